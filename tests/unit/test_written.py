"""The written reports: what they say, what a customer never reads, and hostile text in every format."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import docx
import openpyxl
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from sscop.assess import Asked, assess
from sscop.check import ESTABLISHES, SUPPORTS, Check
from sscop.config import PATH, read
from sscop.exceptions import BASELINE
from sscop.model import Because, Evidence, Finding, Gate, Kind, Outcome, Status, met, unknown, unmet
from sscop.report import Answer, Report, Subject
from sscop.reporters.document import Document, Paragraph, Span, Table, cell, safe, words
from sscop.reporters.forms.basis import Assessment, draft
from sscop.reporters.forms.self_assessment import _parted
from sscop.reporters.forms.tables import COLUMNS
from sscop.reporters.writers import html, markdown, sheet, word
from sscop.repository import Repository
from sscop.written import written
from test_wording import lint
from unit.report_samples import CASES, HEAD, REPORTS, finding

FORMS = ("self-assessment", "principles-based", "statement", "cmmi", "plan", "crosswalk", "table")
AUDIENCES = ("customer", "assessor", "internal")

CONFIG = """\
version: 1
product: {name: Acme Billing, version: 4.2.0, vendor: Acme, role: developer, visibility: public}
waivers:
  - check: plans
    path: internal/plan.md
    all-subjects: true
    kind: planned
    reason: waits for the secret merger
    owner: hidden team
    approved-by: security lead
    expires: 2027-03-31
"""
ACCEPTED = """\
accepted:
  by-role: CTO
  on: 2026-11-01
  period: 2026-07-01 to 2026-12-31
  residual-gaps: no notice period yet
"""
DECLARED = """\
---
status: met
function: people team
accountable: head of engineering
declared-by: engineering manager
checked-by: quality lead
method: inspection
reviewed: 2026-10-01
population: 23 of 24
customer-answer: Every developer is trained once a year.
records:
  - {title: training log, system: HR system, reference: TR-2026, held-by: people team, seen-on: 2026-10-01}
---
Starters take the course within three months.
"""


def _check(name: str, claims: dict[str, Any], *found: Finding) -> Check:
    def run() -> list[Finding]:
        return list(found)

    return Check(name, "design", name, claims, (), {}, (), f"{name}.", run)


CHECKS = [
    _check(
        "models",
        {"threat-modelled": ESTABLISHES},
        met("model", "a threat model with 5 threats", Evidence("docs/model.md", 7, date="2026-05-01")),
    ),
    _check(
        "plans",
        {"incident-plan": ESTABLISHES, "test-plan": SUPPORTS},
        unmet("thin", "names nobody", Evidence("internal/plan.md", 2), fix="name the role", about=("incident-plan",)),
        unmet("none", "advice", kind=Kind.ADVICE),
    ),
]


def _report(config: str = CONFIG) -> Report:
    files = {PATH: config, "assessment/claims/developers-trained.md": DECLARED, "internal/plan.md": "x"}
    repo = Repository.of(files)
    report = assess(CHECKS, repo, read(repo, CHECKS), Asked(date(2026, 11, 23), Gate.GAP))
    about = Subject("commit", HEAD, False, False, "public", "", "https://forge.example.org/acme/billing")
    return report._replace(repository=about)


def _text(form: str, audience: str = "customer", config: str = CONFIG) -> str:
    return written(_report(config), CHECKS, form, audience, "markdown").decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_it_is(form: str) -> None:
    said = _text(form)
    opening = "Self-assessment by Acme against a voluntary code; not certification, audit or appraisal; Acme Billing"
    assert said.split("\n")[2].replace("`", "") == f"**{opening} 4.2.0 as at 2026-11-23.**"
    assert "DRAFT: nobody has accepted it yet." in said
    assert "DRAFT" not in _text(form, config=CONFIG + ACCEPTED)
    assert lint(said) == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("on: 2026-11-01", "on: 2026-12-01", "DRAFT: it is said to be accepted on 2026-12-01, which is to come."),
        ("to 2026-12-31", "to 2026-11-22", "DRAFT: it was accepted for 2026-07-01 to 2026-11-22"),
        ("2026-07-01 to", "2026-11-24 to", "DRAFT: it was accepted for"),
    ],
)
def test_an_acceptance_that_does_not_hold(old: str, new: str, wanted: str) -> None:
    assert draft(_report(CONFIG + ACCEPTED.replace(old, new))).startswith(wanted)


def test_what_is_not_committed_is_a_draft() -> None:
    report = _report(CONFIG + ACCEPTED)
    assert draft(report) == ""
    assert "not committed" in draft(report._replace(repository=report.repository._replace(dirty=True)))


def test_the_self_assessment_has_every_claim_and_keeps_seen_and_declared_apart() -> None:
    said = _text("self-assessment", config=CONFIG + ACCEPTED)
    rows = [line for line in said.split("\n") if re.match(r"\| \d\.\d\.\d+<br>", line)]
    assert len(rows) == 45
    assert sum("not in the published form" in row for row in rows) == 2
    (trained,) = (row for row in rows if "developers-trained" in row)
    assert "**Declared record:** training log" in trained
    assert "Starters take the course within three months." in trained
    assert "population: 23 of 24" in trained
    assert "**declared**" in trained
    (model,) = (row for row in rows if "threat-modelled" in row)
    assert f"(https://forge.example.org/acme/billing/blob/{HEAD}/docs/model.md#L7)" in model
    assert "2026-05-01" in model
    assert "**Gaps accepted" not in said
    assert "no notice period yet" in said
    assert "1 of 5 claims with evidence seen." in said


def test_principles_based_assurance_says_of_each_claim_whether_it_may_be_made() -> None:
    said = _text("principles-based")
    rows = [line for line in said.split("\n") if re.match(r"\| \d\.\d\.\d+ ", line)]
    assert len(rows) == 45
    made = [row for row in rows if "**yes**" in row]
    assert [slug for row in made for slug in ("developers-trained", "threat-modelled") if slug in row] == [
        "developers-trained",
        "threat-modelled",
    ]
    assert len(made) == 2
    assert all("**no**" in row for row in rows if row not in made)


def test_assumptions_stand_apart_from_the_argument() -> None:
    claim = _report().claims[0]
    answer = Answer(*([""] * len(Answer._fields)))._replace(
        argument="It is so. We assume that it stays so.", records=()
    )
    argument, assumed = _parted(claim._replace(answer=answer))
    assert "".join(span.text for line in assumed for span in line) == "We assume that it stays so."
    assert argument[0][0].text == "It is so."


def test_a_customer_reads_the_allow_list_alone() -> None:
    for config in (CONFIG, CONFIG + ACCEPTED):
        said = _text("statement", "customer", config)
        assert "Every developer is trained once a year." in said
        for secret in (
            "internal",
            "plan.md",
            "merger",
            "hidden team",
            "forge.example",
            "models",
            "people team",
            HEAD[:7],
        ):
            assert secret not in said.replace("internally", ""), secret
        assert len(re.findall(r"^### \d\.\d ", said, re.MULTILINE)) == 14


def test_an_assessor_reads_evidence_and_no_waivers_and_insiders_all() -> None:
    assessor, insider = _text("statement", "assessor"), _text("statement", "internal")
    assert "docs/model.md:7" in assessor
    assert "merger" not in assessor
    assert "merger" in insider
    assert "2027-03-31" in insider


def test_the_cmmi_reading_rates_nothing() -> None:
    said = _text("cmmi")
    assert "unofficial" in said
    assert "written statement" in said
    assert not re.search(r"\blevel\b|\bscore\b|\brating\b|\baffirm", said, re.IGNORECASE)
    assert "docs/model.md:7" in said
    assert "engineering manager, head of engineering, quality lead" in said
    assert "What files can't show" in said.replace("`", "")


def test_the_plan_says_who_when_and_how() -> None:
    (row,) = (line for line in _text("plan").split("\n") if "names nobody" in line)
    for part in ("Fix: name the role", "incident-plan", "small", "hidden team", "2027-03-31", "internal/plan.md:2"):
        assert part in row


ANSWERED = """\
---
status: %s
accountable: security lead
declared-by: engineering manager
reviewed: 2026-10-01
customer-answer: Ask us about it.
---
It is on its way.
"""


def _answered(*checks: Check, config: str = "version: 1\n", **answers: str) -> Report:
    """A report where these claims are declared (`_` for `-` in the slug)."""
    files = {f"assessment/claims/{slug.replace('_', '-')}.md": ANSWERED % said for slug, said in answers.items()}
    repo = Repository.of({PATH: config, **files})
    return assess(checks, repo, read(repo, checks), Asked(date(2026, 11, 23), Gate.GAP))


def _said(report: Report, *checks: Check, form: str = "self-assessment") -> str:
    return written(report, checks, form, "customer", "markdown").decode().replace("`", "")


def test_the_plan_leaves_out_what_does_not_apply() -> None:
    sboms = _check("sboms", {"components-listed": ESTABLISHES}, unmet("none", "found none", because=Because.ABSENT))
    config = "version: 1\nnot-applicable:\n  - {check: sboms, reason: r, owner: lead, reviewed: 2026-10-01}\n"
    report = _answered(sboms, config=config)
    assert [one.waiver.kind for one in report.findings if one.waiver] == ["not-applicable"]
    assert "sboms" not in _said(report, sboms, form="plan")


def test_the_plan_names_what_only_another_answer_closes_and_what_could_not_be_told() -> None:
    plans = _check("plans", {"test-plan": ESTABLISHES}, unmet("thin", "names nobody"), unmet("late", "has no day"))
    policies = _check("policies", {"vdp-published": ESTABLISHES}, unknown("inherited", "may be", fix="write one"))
    report = _answered(plans, policies, test_plan="partly", user_docs="not-met")
    said = _said(report, plans, policies, form="plan")
    assert "has no day (and 1 more)" in said
    assert "| test-plan (and a new answer) |" in said
    assert "- 4.1.3 user-docs: declared not met (assessment/claims/user-docs.md)" in said
    assert "- 1.3.1 test-plan" not in said
    assert "- 3.2.1 vdp-published: policies could not tell; write one" in said


def test_what_was_not_there_is_not_seen_and_speaks_against_nothing() -> None:
    found = (unmet("a", "found no plan", because=Because.ABSENT), unmet("b", "names nobody"))
    said = _said(_answered(plans := _check("plans", {"test-plan": ESTABLISHES}, *found)), plans)
    assert "**Not seen:** found no plan" in said
    assert "**Against it:** names nobody" in said


def test_a_claim_that_is_declared_is_not_called_undeclared() -> None:
    (row,) = (line for line in _said(_answered(privileged_mfa="not-met")).split("\n") if "privileged-mfa" in line)
    assert "nothing seen, no record named" in row
    assert "nothing declared" not in row
    assert "Declared not met by the engineering manager" in row
    assert "declared not met" in row


def test_one_place_is_named_once_however_often_it_was_noted() -> None:
    twice = met("owned", "owners", Evidence("OWNERS", 1, "sources"), Evidence("OWNERS", 1, "pipelines"))
    said = _said(_answered(owners := _check("owners", {"test-plan": ESTABLISHES}, twice)), owners)
    assert "OWNERS:1 |" in said
    assert ":1, :1" not in said


@pytest.mark.parametrize(
    ("declared", "wanted"),
    [
        ("met", "what was seen is not enough"),
        ("partly", "we declare it met in part"),
        ("not-met", "declare it not met"),
    ],
)
def test_a_customer_reads_beside_an_answer_that_the_claim_is_open(declared: str, wanted: str) -> None:
    report = _answered(plans := _check("plans", {"test-plan": ESTABLISHES}, unmet("thin", "x")), test_plan=declared)
    (line,) = (one for one in _said(report, plans, form="statement").split("\n") if "Ask us about it" in one)
    assert f"{wanted}**. Ask us about it." in line


def test_a_customer_reads_why_a_claim_does_not_apply() -> None:
    config = "version: 1\nproduct: {role: reseller}\n"
    said = _said(_answered(config=config, user_docs="not-applicable"), form="statement")
    assert "Does not apply: theme 1 is answered by developers and distributors" in said
    assert "Does not apply: so we declare**. Ask us about it." in said


def test_a_principle_of_one_claim_is_counted_as_one() -> None:
    said = _text("statement")
    assert "0 of 1 claim with evidence seen" in said
    assert "1 gap" in said
    report = _answered(user_docs="not-met", update_policy="not-met")
    assert "| 2 gaps, 1 not assessed |" in _said(report)


def test_the_table_round_trips_as_a_sheet() -> None:
    rows = list(csv.reader(io.StringIO(written(_report(), CHECKS, "table", "", "csv").decode("utf-8-sig"))))
    assert rows[0][0].startswith("Self-assessment by Acme")
    assert tuple(rows[1]) == COLUMNS
    assert len(rows) == 47
    (trained,) = (dict(zip(COLUMNS, row)) for row in rows[2:] if row[0] == "developers-trained")
    assert trained["status-declared"] == "met"
    assert trained["customer-answer"] == "Every developer is trained once a year."
    book = openpyxl.load_workbook(io.BytesIO(written(_report(), CHECKS, "table", "", "xlsx")))
    assert [[value or "" for value in row] for row in book.active.iter_rows(min_row=2, values_only=True)] == rows[1:]


def test_a_workbook_offers_the_words_that_an_answer_takes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(_report(), CHECKS, "table", "customer", "xlsx")))
    offered = {str(one.sqref): one.formula1 for one in book.active.data_validations.dataValidation}
    columns = {title: openpyxl.utils.get_column_letter(n) for n, title in enumerate(COLUMNS, 1)}
    assert offered == {
        f"{columns['status-declared']}3:{columns['status-declared']}47": (
            '"met,partly,not-met,not-applicable,not-assessed"'
        ),
        f"{columns['method']}3:{columns['method']}47": '"inspection,interview,test"',
    }


def test_a_sheet_of_a_text_is_refused() -> None:
    with pytest.raises(LookupError, match="is written as markdown, html, docx, not as csv"):
        written(_report(), CHECKS, "statement", "customer", "csv")


def test_a_report_of_another_edition_is_refused() -> None:
    with pytest.raises(LookupError, match="no edition"):
        written(_report()._replace(edition="1999-01-01"), CHECKS, "plan", "", "markdown")


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("https://a.example/b#L1", True), ("#p1.1", True), ("", False), ("javascript:alert(1)", False),
        ("http://a.example", False), ("https://a.example/'x", False), ("https://a b", False), ("//a.example", False),
        ("data:text/html,x", False), ("HTTPS://a.example", False),
    ],
)  # fmt: skip
def test_what_may_be_a_link(href: str, wanted: bool) -> None:
    assert bool(safe(href)) is wanted


NASTY = "<script>alert(1)</script> @team [x](javascript:alert(1)) =cmd|' /C calc'!A0 \u202e\x1b[31m\x00 a|b\n# h"


def _nasty() -> Document:
    spans = words(NASTY, Span(NASTY, "javascript:alert(1)"), Span(NASTY, code=True))
    return Document(NASTY, NASTY, NASTY, (Paragraph(spans), Table((NASTY, "b"), ((cell(spans), cell(f"={NASTY}")),))))


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def _harmless(page: str) -> None:
    read = _Page(page)
    assert not {"script", "iframe", "img", "object", "form", "link", "base"} & set(read.tags)
    assert read.handlers == []
    assert all(link.startswith(("https://", "#")) for link in read.links)


def test_hostile_text_does_nothing_in_a_page() -> None:
    page = html.write(_nasty()).decode()
    _harmless(page)
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_hostile_text_does_nothing_in_markdown() -> None:
    rendered = cmarkgfm.github_flavored_markdown_to_html(markdown.write(_nasty()).decode(), Options.CMARK_OPT_UNSAFE)
    _harmless(rendered)
    assert "@team" not in re.sub(r"<code>.*?</code>", "", rendered, flags=re.DOTALL)


def test_hostile_text_is_no_formula_in_a_sheet() -> None:
    rows = list(csv.reader(io.StringIO(sheet.write_csv(_nasty()).decode("utf-8-sig"))))
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row)
    book = openpyxl.load_workbook(io.BytesIO(sheet.write_xlsx(_nasty())))
    assert {one.data_type for row in book.active.iter_rows() for one in row} <= {"s", "n"}


def test_hostile_text_is_text_in_word() -> None:
    made = docx.Document(io.BytesIO(word.write(_nasty())))
    assert "<script>alert(1)</script>" in made.paragraphs[0].text
    assert not any("javascript" in rel.target_ref for rel in made.part.rels.values() if rel.is_external)


@CASES
@given(REPORTS, st.sampled_from(FORMS), st.sampled_from(AUDIENCES))
def test_any_report_is_written(report: Report, form: str, audience: str) -> None:
    report = report._replace(edition="2025-05-07", claims=_report().claims + report.claims)
    _harmless(written(report, CHECKS, form, audience, "html").decode())
    assert written(report, CHECKS, form, audience, "markdown").startswith(b"# ")


def test_a_word_file_of_every_form_opens() -> None:
    for form in sorted(set(FORMS) - {"table"}):
        made = docx.Document(io.BytesIO(written(_report(), CHECKS, form, "assessor", "docx")))
        assert "not certification, audit or appraisal" in made.paragraphs[1].text


def test_a_table_of_twenty_columns_is_read_sideways_and_not_letter_by_letter() -> None:
    with pytest.raises(LookupError, match="--form table is written as markdown, html, csv, xlsx, not as docx"):
        written(_report(), CHECKS, "table", "customer", "docx")
    assert '<table class="many">' in written(_report(), CHECKS, "table", "customer", "html").decode()
    assert '<table class="many">' not in written(_report(), CHECKS, "plan", "customer", "html").decode()


def test_places_outside_the_web_are_no_links() -> None:
    report = _report()._replace(repository=Subject("folder", None, None, None, "unknown", ""))
    assert "](https://" not in written(report, CHECKS, "self-assessment", "", "markdown").decode()


def test_many_places_are_counted() -> None:
    many = tuple(Evidence(f"f{n}.md", 1) for n in range(40))
    one = finding(outcome=Outcome.MET, because=None, evidence=many, claims=("threat-modelled",), state=None)
    report = _report()._replace(findings=(one,))
    assert "and 28 more" in written(report, CHECKS, "self-assessment", "", "markdown").decode()
    assert Assessment.of(report, CHECKS).findings("threat-modelled", Outcome.MET) == [one]
    assert BASELINE not in _text("plan")
    assert Status.GAP.value in _text("self-assessment")


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    full = "".join(char * 2 for char in colour) if len(colour) == 3 else colour
    parts = [int(full[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_of_a_page_stands_out_from_what_is_behind_it(dark: bool) -> None:
    page = written(_report(), CHECKS, "self-assessment", "customer", "html").decode()
    schemes = re.findall(r":root \{([^{}]*--ink[^{}]*)\}", page)
    assert len(schemes) == 2
    colours = {name: value for one in schemes[: 1 + dark] for name, value in re.findall(r"--([\w-]+): #(\w+)", one)}
    for name in set(colours) - {"paper", "soft", "line"}:
        for behind in ("paper", "soft"):
            low, high = sorted((_light(colours[name]), _light(colours[behind])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (name, behind)


def test_a_page_is_printed_in_the_light() -> None:
    page = written(_report(), CHECKS, "self-assessment", "customer", "html").decode()
    assert re.findall(r"@media ([^{]*prefers-color-scheme: dark[^{]*)\{", page) == [
        "screen and (prefers-color-scheme: dark) "
    ]
