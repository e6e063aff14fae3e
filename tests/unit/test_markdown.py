"""Markdown: what it says, that it fits, and that nothing from a repository gets out of its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sscop.model import Evidence, Kind, Outcome, State
from sscop.report import LookedAt, Report, Run
from sscop.reporters import escape
from sscop.reporters.markdown import COMMENT, SMALLEST, render
from unit.report_samples import BASE, CASES, HEAD, HOSTILE, REPORTS, busy, finding, report

LINK = escape.blob("https://github.com", "OWNER/acme", HEAD)
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = re.compile(r"(<details><summary>[A-Z][a-z, ]+ \([\d,]+\)</summary>|</details>|<br>)\n?")
WRONG = re.compile(r"\b(compliant|certified|approved|validated|level \d|principle \S+ (is )?met)\b", re.IGNORECASE)


def _flat(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_flat(token.children or []))]


def _harmless(markdown: str) -> None:
    """Assert that GitHub would make nothing of this but its own tables, details, code, headings and blob links."""
    for token in _flat(PARSER.parse(markdown)):
        if token.type in ("html_block", "html_inline"):
            assert OURS.fullmatch(token.content), token.content
        elif token.type == "text":
            assert not re.search(
                r"[@#<$`~\\*\[\]_^=]|://|www\.|\b[0-9a-f]{7,40}\b|\w\.[a-z]|:\w+:|\bGH-\d", token.content
            ), token
        elif token.type == "link_open":
            assert str(token.attrs["href"]).startswith(f"https://github.com/OWNER/acme/blob/{HEAD}/")
        else:
            assert token.type != "image"
            assert not token.type.startswith(("bullet", "ordered", "blockquote", "fence", "code_block"))


def test_order_and_words() -> None:
    markdown = render(busy(), COMMENT, LINK)
    lines = markdown.split("\n")
    assert lines[0] == "**sscop: 3 new findings, 2 fixed, 40 standing, 1 moved; the gate `new` fails**"
    assert lines[2] == (
        "Looked at 1,234 files with 4 checks; 1 check could not run. Commit `0123456789ab` (shallow clone), "
        "compared with `89abcdef0123`, on 2026-11-23. sscop 0.1.0, edition 2025-05-07 of the Code."
    )
    assert lines[4:7] == [
        "| New | Standing | Moved | Fixed | Unknown | Advice |",
        "| --: | --: | --: | --: | --: | --: |",
        "| 3 | 40 | 1 | 2 | 1 | 2 |",
    ]
    titles = re.findall(r"^### (.*)$|<summary>(.*)</summary>", markdown, re.MULTILINE)
    assert [a or b for a, b in titles] == [
        "Could not run (1)",
        "New (3)",
        "Fixed (2)",
        "Claims touched (2)",
        "Could not tell (1)",
        "Moved (1)",
        "Standing (40)",
        "Advice (2)",
        "Checks run (2)",
        "Found but not counted (1)",
    ]
    assert "What this does not say" in markdown
    assert "Configured is not performed" in markdown
    assert "sscop explain <check>" in markdown
    assert not WRONG.search(markdown)
    assert markdown.isascii()
    _harmless(markdown)


def test_places_of_one_thing_are_one_row() -> None:
    many = [finding(line=line) for line in (3, 9, 27, 81, 243)] + [finding(line=4, key="actions/cache")]
    markdown = render(report(*many), COMMENT, LINK)
    rows = [line for line in markdown.split("\n") if "mutable-ref" in line]
    assert len(rows) == 2
    address = f"https://github.com/OWNER/acme/blob/{HEAD}/.github/workflows/ci.yml"
    assert f"[`.github/workflows/ci.yml:3`]({address}#L3)<br>[`.github/workflows/ci.yml:9`]" in rows[0]
    assert rows[0].endswith("<br>and 2 more |")


def test_without_key_each_message_has_its_row() -> None:
    markdown = render(report(finding(key="", message="one"), finding(key="", message="other")), COMMENT)
    assert "<br>one<br>" in markdown
    assert "<br>other<br>" in markdown
    assert "](" not in markdown


def test_prefix_and_odd_paths() -> None:
    sample = report(finding(path="a b/\udcff#?.yml", line=2), finding(path="../../x", line=None, key="up"))
    sample = sample._replace(repository=sample.repository._replace(prefix="services/api/"))
    markdown = render(sample, COMMENT, LINK)
    assert (
        f"[`services/api/a b/%FF#?.yml:2`](https://github.com/OWNER/acme/blob/{HEAD}/services/api/a%20b/%FF%23%3F.yml#L2)"
        in markdown
    )
    assert "| `services/api/../../x` |" in markdown


def test_links_lead_nowhere_else() -> None:
    assert [LINK(path, 1) for path in ("/etc/passwd", "a/../b", "./a", "a//b", "")] == [""] * 5
    assert LINK("a:b/(c)|d", None) == f"https://github.com/OWNER/acme/blob/{HEAD}/a%3Ab/%28c%29%7Cd"
    for wrong in (
        ("ftp://x", "a/b", HEAD),
        ("https://x", "a/b/c", HEAD),
        ("https://x", "a/b", "main"),
        ("https:", "a/b", HEAD),
    ):
        with pytest.raises(ValueError, match="not "):
            escape.blob(*wrong)


def test_nothing_found() -> None:
    markdown = render(report(), COMMENT)
    assert markdown.startswith("**sscop: no new findings; nothing at the level of the gate `new`**\n")
    assert "### " not in markdown
    assert "0 | 0 | 0 | 0 | 0 | 0" in markdown


def test_nothing_to_compare_with() -> None:
    sample = report(finding(state=None), finding("sbom", "absent", "", None, kind=Kind.ADVICE, claims=(), state=None))
    markdown = render(sample._replace(run=sample.run._replace(base="no base: a shallow clone")), COMMENT)
    assert markdown.startswith("**sscop: 1 unmet finding; the gate `new` fails**\n")
    assert "compared with no base: a shallow clone," in markdown
    assert "| Unmet, not compared | Fixed | Unknown | Advice |" in markdown
    assert "### Unmet, not compared with a base (1)" in markdown
    assert "the whole repository" in markdown


def test_a_run_that_cannot_be_trusted() -> None:
    sample = report()
    sample = sample._replace(run=sample.run._replace(exit=3, verdict="the check sbom crashed", policy_changed=True))
    markdown = render(sample, COMMENT)
    assert markdown.startswith("**sscop: no new findings; this run can't be trusted** (the check sbom crashed)\n")
    assert "**Policy changed.**" in markdown


def test_what_does_not_fit_is_counted() -> None:
    many = [finding(path=f"a/{n}.yml", key=f"{n % 500}", message=f"thing {n % 500} " + "x" * 90) for n in range(2000)]
    sample = report(*many, *(found._replace(state=State.STANDING) for found in many), fixed=tuple(many[:100]))
    small, large = render(sample, SMALLEST), render(sample, 1_000_000)
    assert len(small.encode()) <= SMALLEST
    assert len(large.encode()) <= 1_000_000
    left = re.findall(r"^([\d,]+) more in the job summary", small, re.MULTILINE)
    shown = 4 * len(re.findall(r"<br>thing \d+ ", small.split("### Fixed")[0]))
    assert shown + int(left[0].replace(",", "")) == 2000
    assert "2,000" in left
    assert "more in the job summary" not in large
    _harmless(small)


def test_a_limit_that_is_none() -> None:
    with pytest.raises(ValueError, match="leaves no room"):
        render(report(), SMALLEST - 1)


def test_what_is_much_too_long_is_left_out() -> None:
    long = "x " * 100_000
    sample = report(finding(message=long), finding(key="short", message="short"), fixed=(finding(message=long),))
    sample = sample._replace(
        version=long,
        edition=long,
        run=Run(long, 7, sample.run.fail_on, long, long, None),
        repository=sample.repository._replace(commit=long),
        looked_at=LookedAt(1, (), ((long, long),), ((long, long),)),
    )
    markdown = render(sample, SMALLEST)
    assert len(markdown.encode()) <= SMALLEST
    assert "(too long to show)" in markdown
    assert "<br>short<br>" in markdown
    assert markdown.count("1 more in the job summary") == 4


@CASES
@given(REPORTS)
def test_any_report_is_harmless_and_fits(any_report: Report) -> None:
    markdown = render(any_report, SMALLEST, LINK)
    assert len(markdown.encode()) <= SMALLEST
    _harmless(markdown)
    assert "\u202e" not in markdown


@CASES
@given(HOSTILE)
def test_any_text_is_harmless_wherever_it_starts(value: str) -> None:
    for markdown in (
        escape.text(value),
        escape.code(value),
        f"- {escape.text(value)}",
        f"| {escape.code(value)} |\n| - |\n",
    ):
        assert "\n" not in markdown.rstrip("\n") or markdown.startswith("|")
    _harmless(escape.text(value))
    _harmless(escape.code(value))
    cells = PARSER.parse(f"| a | b |\n| - | - |\n| {escape.text(value)} | {escape.code(value)} |\n")
    assert sum(token.type == "td_open" for token in cells) == 2


@CASES
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp")), min_size=1))
def test_code_shows_what_it_was_given(value: str) -> None:
    shown = "".join(
        token.content
        for token in _flat(PARSER.parse("x" + escape.code(value)))
        if token.type in ("text", "code_inline")
    )
    assert shown == "x" + value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("the action `a/b@v4` moves", "the action `a/b@v4` moves"),
        ("ask @octocat, see #12 or GH-7.", "ask `@octocat`, see `#12` or `GH-7`."),
        ("(see https://x.example)", "(see `https://x.example`)"),
        ("doesn't say SHA256, v4, 3.10 or 2026-09-01", "doesn't say SHA256, v4, 3.10 or 2026-09-01"),
        ("1. not a list", "1\\. not a list"),
        ("a|b", "`a`&#124;`b`"),
        ("`a``b`", "`a` `b`"),
        ("one ` alone", "one `` ` `` alone"),
        ("deadbeef 1234567", "`deadbeef` `1234567`"),
        ("  line\nend\u2028here\x1b[0m \u202eback\udcff ", "line end `here\\u001b[0m` `\\u202eback%FF`"),
        ("", ""),
    ],
)
def test_text(value: str, expected: str) -> None:
    assert escape.text(value) == expected


def test_lines_of_evidence_without_path_are_no_places() -> None:
    markdown = render(report(finding(evidence=(Evidence("", 3), Evidence("b", None)))), COMMENT)
    assert "| `b` |" in markdown


def test_unknown_is_no_gap() -> None:
    found = finding(outcome=Outcome.UNKNOWN, because=None, state=None)
    markdown = render(report(found), COMMENT)
    assert "Unknown is neither met nor unmet." in markdown
    assert BASE[:12] in markdown
