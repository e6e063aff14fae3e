"""Any bytes in, a document or a reason out; and what an adversary would write ends soon."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscop.artefacts.design_criteria import abuse, criteria
from sscop.artefacts.design_records import records
from sscop.artefacts.prose import dates, quantities
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.inline import normal, plain, slug, words
from sscop.artefacts.prose.links import Tree
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.templates import copied, verdict
from sscop.model import Unread
from sscop.repository import Repository

PIECES = st.sampled_from(
    [
        "# a\n",
        "## Status\n",
        "\n",
        "\n\n",
        "- x\n",
        "  - y\n",
        "1. z\n",
        "> ",
        "| a | b |\n",
        "|---|---|\n",
        "```\n",
        "~~~\n",
        "---\n",
    ]
    + [
        "<details>\n",
        "</details>\n",
        "<table>",
        "<td>",
        "<!--",
        "-->",
        "[a](b)",
        "[a]: b\n",
        "![i](j)",
        "[n][m]",
        "`c`",
        "**b**",
    ]
    + [
        "Status: accepted\n",
        "date: 2024-02-30\n",
        "05/06/2023",
        "{x}",
        "[YYYY-MM-DD]",
        "===\n",
        "***\n",
        ":f: v\n",
        ".. d:: e\n",
    ]
    + [
        "+--+--+\n",
        "=== ===\n",
        "|===\n",
        "= T\n",
        "== U\n",
        "----\n",
        "::\n",
        "    code\n",
        "\t",
        "\r",
        "\0",
        "\u2028",
        "é",
        "&amp;",
    ]
    + ["a attacker", "supersedes [1](0001-a.md)\n", "three months ", "@team", "x@y.org", "https://a.b/c)"]
)
SUFFIX = st.sampled_from(["md", "rst", "adoc", "txt", "mdx"])
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100)


def use(data: bytes, suffix: str) -> Document | Unread:
    """Read a text and ask everything of it."""
    path = f"docs/adr/0001-a.{suffix}"
    repo = Repository.of({path: data, "docs/adr/0002-b.md": "# B\n"})
    list(records(repo))
    document = read(repo, path)
    if isinstance(document, Document):
        assert document.sections[0].level == 0
        assert all(1 <= one.line <= document.lines for one in document.sections)
        assert all(one.line >= 1 for one in document.blocks)
        assert [one.line for one in document.links] == sorted(one.line for one in document.links)
        for fact in metadata(document).facts:
            assert fact.when.kind in dates.Kind
        assert 0 <= verdict(document, path).share <= 1
        list(Tree(repo).resolve(document, path))
        assert set(criteria(document).values()) <= set(range(1, document.lines + 1))
        abuse(document)
        list(document.sections[0].said())
        assert all(isinstance(one, Section) for one in document.under(document.sections[-1]))
    return document


@RELAXED
@given(st.binary(max_size=400), SUFFIX)
def test_any_bytes(data: bytes, suffix: str) -> None:
    use(data, suffix)


@RELAXED
@given(st.lists(PIECES, max_size=40), SUFFIX)
def test_any_order_of_markup(pieces: list[str], suffix: str) -> None:
    use("".join(pieces).encode(), suffix)


@RELAXED
@given(st.text(max_size=200))
def test_any_text_is_read_as_a_value(text: str) -> None:
    assert dates.read(text).kind in dates.Kind
    assert all(one.kind is not dates.Kind.NONE for one in dates.find(text))
    assert all(one.days >= 0 for one in quantities.intervals(text))
    list(quantities.contacts(text))
    list(quantities.owners(text))
    quantities.months(text)
    assert plain(text) == plain(text)
    assert normal(text) == normal(text).strip()
    slug(text)
    copied(text)
    assert words(text, 3).line == 3


@RELAXED
@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y"]))
def test_dates_written_in_any_form_are_read_again(day: object, form: str) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    written = day.strftime(form.replace("%Y", f"{day.year:04d}"))
    assert dates.read(written).day == day


LARGE = 100_000
HOSTILE = {
    "pipes": "|",
    "rows": "|a|b|\n|-|-|\n",
    "quotes": ">",
    "items": "- a\n",
    "brackets": "[",
    "links": "[a](",
    "images": "![a](",
    "labels": "[[a]",
    "emphasis": "*a",
    "underscores": "_",
    "backticks": "`a",
    "angles": "<a ",
    "tags": "<td>",
    "comments": "a <!-- b --> ",
    "headings": "# a\n",
    "pairs": "Status: a\n",
    "dates": "12/12/",
    "braces": "{a",
    "choices": "a | ",
    "fields": ":a: b\n",
    "grid": "+--+\n| a |\n",
    "roles": ":a:`b ",
    "macros": "link:a[",
    "spaces": " ",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("suffix", ["md", "rst", "adoc"])
def test_large_hostile_texts_come_to_an_end(name: str, suffix: str) -> None:
    """A quadratic reader would take minutes here, and the run's own limit would end it: nothing is timed."""
    use((HOSTILE[name] * (LARGE // len(HOSTILE[name]))).encode(), suffix)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * n + "- a" for n in range(900)),
        "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|b\n" * 9_000,
        "---\n" + "- " * 5_000 + "\n---\n",
        "[a](" + " " * LARGE,
        "a" + "_" * LARGE + "b",
    ],
    ids=["deep list", "wide table", "deep front matter", "open link", "long word"],
)
def test_single_hostile_texts_come_to_an_end(text: str) -> None:
    use(text.encode(), "md")
