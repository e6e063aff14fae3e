"""Checks as they are registered, and the lint that each one must pass."""

from __future__ import annotations

import inspect
import re

import pytest

from sscop.catalogue import code
from sscop.check import ESTABLISHES, PARTS, SUPPORTS, Check, check
from sscop.model import Finding, Role, met
from sscop_hooks import THEMES, ids, load

ALL = load()
each = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)


@each
def test_the_id_is_the_name_of_its_file(one: Check) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)*", one.id)
    module = inspect.getmodule(one.run)
    assert module is not None
    assert module.__name__ == f"sscop_hooks.{one.theme}.{one.id.replace('-', '_')}" == ids()[one.id]
    assert one.theme in THEMES


@each
def test_the_title_is_short(one: Check) -> None:
    assert 0 < len(one.title) <= 60
    assert one.title[0].isupper()
    assert not one.title.endswith(".")
    assert one.title.isprintable()


@each
def test_the_page_has_its_parts(one: Check) -> None:
    assert [name for name in PARTS if not one.part(name)] == []
    order = [one.doc.index(f"\n{name}\n{'-' * len(name)}\n") for name in PARTS]
    assert order == sorted(order)
    headings = re.findall(r"^(\S.*)\n-+$", one.doc, re.MULTILINE)
    assert headings[: len(PARTS)] == list(PARTS)


@each
def test_the_page_begins_with_a_sentence(one: Check) -> None:
    first = one.doc.split("\n\n")[0]
    assert "\n" not in first
    assert re.fullmatch(r"[A-Z].*\.", first)
    assert one.summary == first


@each
def test_claims_and_principles_are_the_codes(one: Check) -> None:
    assert one.claims or one.principles or one.theme == "assessment"
    assert set(one.claims) <= set(code().claims)
    assert {*one.claims.values()} <= {*Role}
    assert set(one.principles) <= {principle.number for principle in code().principles.values()}


@each
def test_it_asks_for_what_there_is(one: Check) -> None:
    assert {*one.needs} <= {"repo", "settings", "today", "platform", "zizmor"}
    assert tuple(inspect.signature(one.run).parameters) == one.needs


@each
def test_options_are_described(one: Check) -> None:
    assert [
        name for name, about in one.options.items() if not about or not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)
    ] == []


def test_every_hook_file_holds_one_check() -> None:
    assert [one.id for one in ALL] == list(ids())
    assert len({one.id for one in ALL}) == len(ALL)


def test_load_by_id() -> None:
    assert [one.id for one in load("pinned-tools")] == ["pinned-tools"]
    assert [one.id for one in load("pinned-tools", "pinned-tools")] == ["pinned-tools"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pined-tools", "there is no check pined-tools; did you mean pinned-tools"),
        ("zzzz", "there is no check zzzz; sscop list shows them all"),
        ("", "there is no check ; sscop list shows them all"),
        ("../pinned-tools", "there is no check ../pinned-tools"),
    ],
)
def test_an_unknown_id(name: str, said: str) -> None:
    with pytest.raises(LookupError) as caught:
        load("pinned-tools", name)
    assert str(caught.value.args[0]).startswith(said)


# --- the decorator, on a check that stands in this module


@check(title="A sample", claims={"user-need": ESTABLISHES, "test-plan": SUPPORTS}, options={"paths": "where"})
def sample(repo: object, today: object) -> list[Finding]:
    """Not the page: that is the module's."""
    local = met("seen", f"{repo}{today}")
    return [local]


def test_the_decorator() -> None:
    assert (sample.id, sample.title, sample.needs) == ("test-check", "A sample", ("repo", "today"))
    assert (sample.claims, sample.principles, sample.options) == (
        {"user-need": ESTABLISHES, "test-plan": SUPPORTS}, (), {"paths": "where"},
    )  # fmt: skip
    assert sample.doc.startswith("Checks as they are registered")
    assert sample.run("a", "b") == [met("seen", "ab")]


DOC = (
    "A sentence\nof two lines.\n\nWhy\n---\nBecause.\n\nMore.\n\nWhat counts\n-----------\n\n"
    "    code\n    ---\n\nHow to fix\n----------\nSo.\n\nElse\n----\nx"
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Why", "Because.\n\nMore."),
        ("What counts", "code\n    ---"),
        ("How to fix", "So."),
        ("Else", "x"),
        ("None", ""),
    ],
)
def test_parts(name: str, wanted: str) -> None:
    one = sample._replace(doc=DOC)
    assert one.part(name) == wanted
    assert one.summary == "A sentence of two lines."


def test_a_page_without_parts() -> None:
    assert [sample._replace(doc="Only this.").part(name) for name in PARTS] == ["", "", ""]
