"""Every flavour of design record as one neutral record, with the lines that say it."""

from __future__ import annotations

import pytest

from sscop.artefacts.design_criteria import abuse, criteria
from sscop.artefacts.design_records import Flavour, Record, Template, records
from sscop.artefacts.design_state import State, state_of
from sscop.artefacts.prose.dates import Kind
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.inline import words
from sscop.model import Unread
from sscop.repository import Repository

BODY = "\n## Context\n\nTwo services call each other.\n\n## Decision\n\nOne of them calls a queue.\n"


def one(source: str, path: str = "docs/adr/0012-use-a-queue.md") -> Record:
    (found,) = records(Repository.of({path: source}))
    assert isinstance(found, Record)
    return found


def test_nygard() -> None:
    found = one(
        "# 12. Use a queue\n\nDate: 2020-01-02\n\n## Status\n\nAccepted\n\n"
        "Supersedes [4. Use a file](0004-use-a-file.md)\n"
        "\nSuperceded by [15. Use a stream](0015-use-a-stream.md)\n" + BODY
    )
    assert (found.number, found.title, found.line, found.flavour) == ("12", "12. Use a queue", 1, Flavour.DECISION)
    assert found.state is State.HISTORICAL
    assert found.day
    assert (found.day.when.text, found.day.line) == ("2020-01-02", 3)
    assert found.deciders is None
    assert [(ref.target, ref.number, ref.line) for ref in found.supersedes] == [("0004-use-a-file.md", "4", 9)]
    assert [(ref.target, ref.number, ref.line) for ref in found.superseded_by] == [("0015-use-a-stream.md", "15", 11)]


def test_madr_2() -> None:
    found = one("# Use a queue\n\n* Status: accepted\n* Deciders: the platform team\n* Date: 2020-01-02\n" + BODY)
    assert (found.state, found.deciders, found.number) == (State.ACCEPTED, "the platform team", "12")
    assert found.status
    assert found.deciders
    assert (found.status, found.status.line, found.deciders.line) == ("accepted", 3, 4)


def test_madr_4() -> None:
    found = one(
        "---\nstatus: superseded by ADR-0123\ndate: 2020-01-02\ndecision-makers: [a, b]\n---\n# Use a queue\n" + BODY
    )
    assert (found.state, found.deciders, found.line) == (State.HISTORICAL, "a, b", 6)
    assert [(ref.target, ref.number) for ref in found.superseded_by] == [("", "123")]


def test_nhs_table_in_a_quotation() -> None:
    table = "# ADR-012: Use a queue\n\n>|  |  |\n>|--|--|\n"
    table += ">| Date | `05/06/2023` |\n>| Status | `RFC` |\n>| Deciders | `Engineering` |\n"
    found = one(table + BODY, "docs/adr/ADR-012_Use_a_queue.md")
    assert (found.state, found.deciders, found.number) == (State.PROPOSED, "Engineering", "12")
    assert found.day
    assert (found.day.when.kind, found.day.line) == (Kind.AMBIGUOUS, 5)


def test_log4brains_dates_its_file_names() -> None:
    found = one("# Use a queue\n\n- Status: accepted\n" + BODY, "docs/adr/20200102-use-a-queue.md")
    assert found.number == ""
    assert found.day
    assert (found.day.when.text, found.day.line) == ("2020-01-02", 1)


def test_a_folder_can_carry_number_and_date() -> None:
    found = one("# Use a queue\n" + BODY, "docs/decision-records/2020-01-02-use-a-queue/README.md")
    assert (found.state, found.folder) == (State.UNSTATED, "docs/decision-records")
    assert found.day
    assert found.day.when.text == "2020-01-02"


def test_one_pager() -> None:
    found = one(
        "# Queues\n\n* Owner: A (@a)\n* Reviewers: B\n* Status: Accepted, revision 1.0\n\n## Background\n\nx\n",
        "design/queues.md",
    )
    assert (found.flavour, found.state, found.deciders) == (Flavour.PROPOSAL, State.ACCEPTED, "B")
    assert found.day is None


def test_kep() -> None:
    kep = "title: Queues\nkep-number: 77\nstatus: implementable\n"
    kep += "approvers: ['@a']\ncreation-date: 2020-01-02\nlast-updated: 2021-02-03\n"
    found = list(
        records(Repository.of({"keps/sig-x/77-queues/kep.yaml": kep, "keps/sig-x/77-queues/README.md": "# KEP\n"}))
    )
    (record,) = found
    assert isinstance(record, Record)
    assert (record.number, record.state, record.deciders, record.prose) == (
        "77",
        State.ACCEPTED,
        "@a",
        "keps/sig-x/77-queues/README.md",
    )
    assert record.day
    assert (record.day.when.text, record.day.line) == ("2021-02-03", 6)


def test_rfc_with_bullets() -> None:
    found = one(
        "- Feature Name: `queues`\n- Start Date: 2020-01-02\n- RFC PR: [x/y#12](https://z.org/12)\n"
        "\n# Summary\n\nx\n\n# Motivation\n\ny\n",
        "text/0012-queues.md",
    )
    assert (found.flavour, found.title, found.number, found.state) == (Flavour.PROCESS, "queues", "12", State.UNSTATED)


def test_pep() -> None:
    found = one(
        "PEP: 12\nTitle: Queues\nStatus: Final\nCreated: 02-Jan-2020\n"
        "\nAbstract\n========\n\nx\n\nRationale\n=========\n\ny\n",
        "peps/pep-0012.rst",
    )
    assert (found.flavour, found.title, found.number, found.state) == (Flavour.PROCESS, "Queues", "12", State.ACCEPTED)


def test_asciidoc_and_review_records() -> None:
    adoc = one(
        "= ADR 12: Queues\n:status: accepted\n:date: 2020-01-02\n\n== Decision\n\nx\n", "docs/adr/0012-queues.adoc"
    )
    assert (adoc.state, adoc.number) == (State.ACCEPTED, "12")
    review = one(
        "# Review of queues\n\n| Status | Date | Approved by |\n|-|-|-|\n| Approved | 2020-01-02 | Lead |\n",
        "docs/design-reviews/queues.md",
    )
    assert (review.state, review.deciders, review.flavour) == (State.ACCEPTED, "Lead", Flavour.DECISION)


def test_self_assessment() -> None:
    found = one(
        "# T\n\n## Metadata\n\n| Assessment Stage | Incomplete |\n|-|-|\n| Software | x |\n\n## Goals\n\nx\n",
        "docs/self-assessment.md",
    )
    assert (found.flavour, found.state) == (Flavour.ASSESSMENT, State.PROPOSED)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("docs/adr/README.md", "# Decisions\n\n* Status: accepted\n"),
        ("docs/adr/notes.md", "# Notes\n\nNothing of the kind.\n"),
        ("docs/design/buttons.md", "# Buttons\n\n## Background\n\nThey are round.\n"),
        ("docs/page.md", "# 1. Page\n\n* Status: accepted\n"),
        ("docs/rfcs/index.md", "# Index\n\nStatus: accepted\nOwner: x\n"),
        ("examples/docs/adr/0001-x.md", "# 1. X\n\n* Status: accepted\n"),
        ("docs/adr/templates/0001-x.md", "# 1. X\n\n* Status: accepted\n"),
        ("docs/adr/0001-x.md", "# 1. X\n\n```\n* Status: accepted\n```\n"),
    ],
)
def test_what_is_no_record(path: str, source: str) -> None:
    assert not list(records(Repository.of({path: source})))


def test_fixtures_are_named_as_not_counted() -> None:
    repo = Repository.of({"tests/project/adr/0001-x.md": "# 1. X\n\n* Status: accepted\n"})
    assert not list(records(repo))
    assert repo.not_counted


def test_settings_can_name_further_places() -> None:
    repo = Repository.of({"choices/queues.adoc": "= Queues\n:status: accepted\n:author: us\n\n== Context\n\nx\n"})
    assert not list(records(repo))
    assert len(list(records(repo, ["choices/*"]))) == 1


def test_templates_and_unreadable_files_are_told_apart() -> None:
    madr = "# [short title]\n\n* Status: [proposed | accepted]\n* Deciders: [list everyone]\n* Date: [YYYY-MM-DD]\n\n"
    madr += "## Decision\n\n[what]\n"
    found = list(
        records(Repository.of({"docs/adr/template.md": madr, "docs/adr/0007-x.md": madr, "docs/adr/0008-x.md": b"\0"}))
    )
    assert [(type(it), getattr(it, "named", None)) for it in found] == [
        (Template, False),
        (Unread, None),
        (Template, True),
    ]


@pytest.mark.parametrize(
    ("path", "title"),
    [("rfcs/RFC-0000/README.md", "RFC"), ("docs/adr/000-x.md", "x"), ("docs/adr/0007-x.md", "ADR-NNNN x")],
)
def test_a_number_that_no_record_has_is_a_template_on_purpose(path: str, title: str) -> None:
    text = f"# {title}\n\nStatus: provisional\n\nDate: YYYY-MM-DD\n\n## Decision\n\nTBD\n"
    (found,) = records(Repository.of({path: text}))
    assert isinstance(found, Template)
    assert found.named


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Accepted", State.ACCEPTED),
        ("\u2705 Accepted", State.ACCEPTED),
        ("Accepted, superseded by [2](2.md)", State.HISTORICAL),
        ("Partly superseded", State.ACCEPTED),
        ("~~Proposed~~ Accepted", State.ACCEPTED),
        ("Active :smile:", State.ACCEPTED),
        ("Implementable", State.ACCEPTED),
        ("Draft", State.PROPOSED),
        ("RFC", State.PROPOSED),
        ("Not accepted", State.HISTORICAL),
        ("Pending Approval", State.PROPOSED),
        ("In Discussion", State.PROPOSED),
        ("Withdrawn", State.HISTORICAL),
        ("Proposed, not yet accepted", State.PROPOSED),
        ("Declined\nUntil later", State.HISTORICAL),
        ("April Fool!", State.UNSTATED),
        (
            'A decision may be "proposed" until it has been agreed upon, or "accepted" afterwards.\nImplemented',
            State.ACCEPTED,
        ),
        ("Accepted\n\nAmended by [3](3.md)", State.ACCEPTED),
        ("", State.UNSTATED),
    ],
)
def test_state(said: str, state: State) -> None:
    assert state_of(words(said, 5))[0] is state


def test_the_line_that_says_the_state() -> None:
    assert state_of(words("See below.\n\nAccepted", 5))[1].line == 7


def test_a_proposal_is_as_old_as_its_last_date() -> None:
    found = one("---\nstatus: proposed\ndate: 2020-01-02\nupdated: 2022-03-04\n---\n# X\n" + BODY)
    assert found.day
    assert found.day.when.text == "2022-03-04"


def test_dates_in_a_changelog_and_in_a_status() -> None:
    log = one("# X\n\n## Changelog\n\n- 2020-01-02: draft\n- 3 March 2021: accepted\n\n## Status\n\nAccepted\n" + BODY)
    assert log.day
    assert (log.day.when.text, log.day.line) == ("3 March 2021", 6)
    status = one("# X\n\n## Status\n\nAccepted - January 2021\n" + BODY)
    assert status.day
    assert status.day.when.kind is Kind.MONTH


def test_placeholders_left_in_fields_are_known() -> None:
    found = one("# X\n\n* Status: accepted\n* Deciders: [list everyone]\n* Date: 2020-01-02\n" + BODY)
    assert [(fact.field, fact.line) for fact in found.unfilled] == [("decider", 4)]
    assert found.deciders is None


def test_criteria_by_synonym_sentence_and_front_matter() -> None:
    found = criteria(
        load(
            "---\ndesign-review:\n  complexity: One more process to run.\n  usability: none\n---\n# X\n\n"
            "Tags: #scalability #maintainability\n\n## Security\n\nOnly the proxy may set the header.\n\n"
            "| Driver | Why |\n|-|-|\n| Load | ten times today's throughput is enough |\n"
        )
    )
    assert found == {"complexity": 3, "security": 10, "scalability": 16}


def test_an_analysis_of_abuse_needs_sentences_and_somebody_hostile() -> None:
    says = "# X\n\n## Security considerations\n\nAn attacker who reads the queue sees tokens. They live for "
    says += (
        "a minute, and only the proxy can exchange one, so a stolen token opens nothing after that minute has passed.\n"
    )
    assert abuse(load(says)) == 3
    assert not abuse(load("# X\n\n## Security considerations\n\nNone.\n"))
    assert not abuse(load("# X\n\n## Threats\n\n- Spoofing\n- Tampering\n- Repudiation\n"))
    denied = (
        "# X\n\n## Security implications\n\nThis change has no security impact. Frame pointers lie on the stack, and "
    )
    denied += "they do not give an attacker anything that was not there before, so the posture stays the same.\n"
    assert not abuse(load(denied))
    fields = "| Field | Description |\n|-|-|\n" + "| threat.name | The name that an attacker group is known by |\n" * 5
    assert not abuse(load(f"# X\n\n## Threat fields\n\n{fields}"))
    assert abuse(load("# X\n\n## Threats\n\n" + fields.replace("Field", "Mitigation"))) == 3
    assert not abuse(load("# An attack\n\n" + says.split("considerations\n\n")[1]))
    assert not abuse(load("# X\n\n## Context\n\n" + says.split("considerations\n\n")[1]))


@pytest.mark.xfail(
    reason="known miss: a folder that is the status (plans/done) with nothing said in the file", strict=True
)
def test_folder_as_status() -> None:
    assert one("# X\n" + BODY, "docs/decisions/accepted/0001-x.md").state is State.ACCEPTED


@pytest.mark.xfail(reason="known miss: records in documents that are not text (docx, pdf, org)", strict=True)
def test_other_formats() -> None:
    assert list(records(Repository.of({"docs/adr/0001-x.org": "* Status\nAccepted\n"})))
