"""Sentences with their lines, links and leads."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.sentences import FEW, LONG, LOOKED, MANY, Sentence, said_in, sentences


def said(text: str, path: str = "x.md") -> list[Sentence]:
    document = load(text, path)
    return list(sentences(document, document.sections))


def test_a_paragraph_is_cut_into_sentences_at_their_own_lines() -> None:
    found = said("# T\n\nFirst, e.g. this one. Second\ngoes on. **Third!** Fourth?\nv1.2 is the fifth\n")
    assert [(one.text, one.line) for one in found] == [
        ("First, e.g. this one.", 3), ("Second goes on.", 3), ("Third!", 4), ("Fourth?", 4), ("v1.2 is the fifth", 5),
    ]  # fmt: skip
    assert {one.title for one in found} == {"T"}
    assert {one.kind for one in found} == {"sentence"}


def test_an_abbreviation_or_an_ellipsis_ends_no_sentence() -> None:
    text = "See no. 5 (1.x, 2.x, ...) for ca. 3 weeks, approx. 20 days. Is it so? no. That is all"
    assert [one.text for one in said(text)] == [
        "See no. 5 (1.x, 2.x, ...) for ca. 3 weeks, approx. 20 days.", "Is it so?", "no.", "That is all",
    ]  # fmt: skip


def test_one_section_is_said_without_rows_and_quotes_unless_asked() -> None:
    text = "# T\n\n> Quoted.\n\nOwn [link](a.md).\n\n| A | B |\n|---|---|\n| c | d |\n\n## Other\n\nNot this.\n"
    document = load(text)
    section = document.sections[1]
    assert [one.text for one in said_in(section)] == ["Quoted.", "Own link."]
    assert [one.text for one in said_in(section, rows=True)] == ["Quoted.", "Own link.", "c | d"]
    assert [one.text for one in said_in(section, quoted=False)] == ["Own link."]
    assert not any(one.links for one in said_in(section))


def test_an_item_has_what_announces_it() -> None:
    found = said("Reach us at:\n\n- a@b.org\n- by phone\n  - in the day\n")
    assert [(one.text, one.lead) for one in found[1:]] == [
        ("a@b.org", "Reach us at:"), ("by phone", "Reach us at:"), ("in the day", "by phone"),
    ]  # fmt: skip
    assert found[1].whole == "Reach us at: a@b.org"
    assert found[0].whole == "Reach us at:"
    assert found[0].title == ""


def test_a_row_has_the_header() -> None:
    (row,) = said("| Severity | Fix |\n|---|---|\n| High | 3 days |\n")
    assert (row.text, row.lead, row.kind, row.line) == ("High | 3 days", "Severity | Fix", "row", 3)


def test_a_pair_is_said_too() -> None:
    assert [one.text for one in said(":contact: a@b.org\n", "x.rst")] == ["contact: a@b.org"]


def test_a_sentence_has_its_own_links() -> None:
    first, second, third = said("See [one](a.md). See [two](b.md). Then\n[a long\nname](https://x.org/c)\n")
    assert [link.target for link in first.links] == ["a.md"]
    assert [link.target for link in second.links] == ["b.md"]
    assert [link.target for link in third.links] == ["https://x.org/c"]


def test_links_by_name_alone_count() -> None:
    (one,) = said("See the [security\npage].\n\n[security page]: https://x.org/security\n")
    assert [link.target for link in one.links] == ["https://x.org/security"]


def test_curly_quotes_are_straight() -> None:
    assert said("Don\u2019t \u201copen\u201d it")[0].text == 'Don\'t "open" it'


def test_no_more_is_looked_at_than_a_policy_can_have() -> None:
    assert len(said("Ab. " * (MANY + 9))) == MANY
    assert sum(len(one.text) for one in said("word " * LOOKED)) <= LOOKED
    assert len(said("word " * LONG)[0].text) == LONG
    assert len(said(" ".join(f"[x](a{n}.md)" for n in range(FEW + 3)))[0].links) == FEW


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200))
def test_lines_are_lines_of_the_text(text: str) -> None:
    for one in said(text):
        assert 1 <= one.line <= text.count("\n") + text.count("\r") + 1
        assert "\n" not in one.text
