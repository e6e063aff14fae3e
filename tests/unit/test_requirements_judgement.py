"""What records of requirements, forms, links and trackers amount to; proposals and accessibility."""

from __future__ import annotations

from sscop.artefacts.accessibility import accessibility
from sscop.artefacts.commits import Trace
from sscop.artefacts.issue_forms import Form
from sscop.artefacts.proposals import proposals
from sscop.artefacts.requirement_records import Found, Kind, Record, Statement
from sscop.artefacts.trackers import Tracker
from sscop.judgement.requirements import elsewhere, needs, nothing, recorded, traced, unfilled
from sscop.model import Evidence, Outcome, Unread
from sscop.model import Kind as FindingKind
from sscop.repository import Repository

FORM = Form("f.yml", 1, "Story", True, ("Who", "Why"))
NONE = Found((), (), ())


def _trace(total: int = 100, issues: int = 0, pulls: int = 0, tickets: int = 0) -> Trace:
    return Trace(total, issues, pulls, tickets, (("ABC", tickets),) if tickets else (), None)


def _record(kind: Kind, count: int, path: str = "a.md") -> Record:
    return Record(path, 1, kind, "T", tuple(Statement(f"R-{n}", "It shall.", n + 1) for n in range(count)))


def test_records_count_from_three_on() -> None:
    assert list(recorded([_record(Kind.DOCUMENT, 2), _record(Kind.DOCUMENT, 2, "b.md")])) == []
    assert [one.code for one in recorded([_record(Kind.DOORSTOP, 1, f"{n}.yml") for n in range(3)])] == ["doorstop"]
    assert [one.code for one in recorded([_record(Kind.PROPOSAL, 1)])] == ["proposal"]


def test_traces_need_a_form_and_half_of_the_changes() -> None:
    assert [one.code for one in traced(_trace(issues=50), [FORM])] == ["traced"]
    assert list(traced(_trace(issues=49), [FORM])) == []
    assert list(traced(_trace(issues=50), [FORM._replace(questions=())])) == []
    assert list(traced(_trace(total=9, issues=9), [FORM])) == []
    assert list(traced(None, [FORM])) == []


def test_where_it_is_kept_instead() -> None:
    jira = Tracker("Jira", "README.md", 3, "in Jira")
    codes = [
        elsewhere(_trace(), [jira, jira._replace(name="Trello")], []),
        elsewhere(_trace(tickets=5), [], []),
        elsewhere(_trace(issues=10), [], []),
        elsewhere(_trace(), [], [FORM]),
        elsewhere(_trace(issues=9, tickets=4), [], []),
    ]
    assert [one.code if one else "" for one in codes] == [
        "kept-elsewhere",
        "kept-in-tracker",
        "kept-in-issues",
        "taken-in-by-form",
        "",
    ]


def test_why_nothing_was_seen() -> None:
    template = _record(Kind.DOCUMENT, 0)._replace(template="placeholders were left in")
    meant = template._replace(template="its name says so (`template`)")
    assert nothing(NONE._replace(templates=(meant, template)), _trace(), [], True).code == "unfilled"
    assert nothing(NONE._replace(templates=(meant,)), _trace(), [], True).code == "absent"
    assert nothing(NONE._replace(records=(_record(Kind.DOCUMENT, 1),)), _trace(), [], True).code == "thin"
    assert (
        nothing(NONE._replace(closed=(Unread("a.pdf", "is no text"),)), _trace(), [], True).outcome is Outcome.UNKNOWN
    )
    assert nothing(NONE, None, [], True).code == "no-history"
    assert nothing(NONE, None, [], False).outcome is Outcome.NOT_APPLICABLE
    said = nothing(NONE, _trace(pulls=3), [FORM], True).message
    assert "and 3 a pull request alone" in said
    assert "f.yml asks" in said
    assert nothing(NONE, _trace(total=0), [], True).message == "found no record of requirements"
    assert [one.code for one in unfilled(NONE._replace(templates=(meant, template)))] == ["unfilled"]


def test_needs_beside_requirements_and_alone() -> None:
    seen = list(recorded([_record(Kind.DOCUMENT, 3)]))
    assert [one.code for one in needs([_record(Kind.DOCUMENT, 3)], [], seen)] == ["no-user-need"]
    assert list(needs([], [], [])) == []
    (alone,) = needs([], [Evidence("package.json", 1)], [])
    assert alone.kind is FindingKind.ADVICE
    assert list(needs([], [], list(recorded([_record(Kind.FEATURE, 3)])))) == []


def test_proposals_that_say_what_is_wanted() -> None:
    text = (
        "# RFC 1: X\n\n- Status: accepted\n- Author: team\n\n## Motivation\n\n"
        + "A word or two about it. " * 5
        + "\n\n## Proposal\n\nX.\n"
    )
    repo = Repository.of(
        {"rfcs/0001-x.md": text, "rfcs/0002-y.md": text.replace("Motivation", "Context"), "docs/adr/0001-z.md": text}
    )
    assert [one.path for one in proposals(repo)] == ["rfcs/0001-x.md"]


def test_a_proposal_whose_prose_cannot_be_read() -> None:
    repo = Repository.of(
        {"keps/1-x/kep.yaml": "title: X\nkep-number: 1\nstatus: implementable\n", "keps/1-x/README.md": "- a\n" * 9000}
    )
    assert proposals(repo) == []


def test_accessibility() -> None:
    repo = Repository.of(
        {
            "docs/accessibility.md": "# A\n\nWCAG 2.2\n",
            "docs/accessibility2.md": "WCAG",
            "package.json": '{"devDependencies": {"jest-axe": "1"}}',
        }
    )
    assert [(one.path, one.line) for one in accessibility(repo)] == [("docs/accessibility.md", 3), ("package.json", 1)]
    assert (
        accessibility(Repository.of({"accessibility.md": "# none", "package.json": "{}", "Gemfile": b"\0" * 2_000_000}))
        == []
    )
