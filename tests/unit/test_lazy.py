"""What is compiled when first used behaves as what it stands for."""

from __future__ import annotations

import pickle
import re
import typing

import pytest

from helpers import PROJECT
from sscop.lazy import NamedTuple, lazily


class Light(NamedTuple):
    """One of ours."""

    make: str
    line: int
    notes: tuple[str, ...] = ()
    cls: object = None

    @property
    def place(self) -> str:
        """Where it is."""
        return f"{self.make}:{self.line}"


class Usual(typing.NamedTuple):
    """What it stands for."""

    make: str
    line: int
    notes: tuple[str, ...] = ()
    cls: object = None


def test_a_tuple_is_what_typing_makes_of_the_same_class() -> None:
    for values, named in [(("a", 1), {}), (("a",), {"line": 1, "notes": ("x",)}), ((), {"make": "a", "line": 1})]:
        ours, theirs = Light(*values, **named), Usual(*values, **named)
        assert tuple(ours) == tuple(theirs)
        assert repr(ours) == repr(theirs).replace("Usual", "Light")
        assert ours._asdict() == theirs._asdict()
        assert (ours.make, ours.line, ours.notes, ours.cls) == (theirs.make, theirs.line, theirs.notes, theirs.cls)
        assert tuple(ours._replace(line=7)) == tuple(theirs._replace(line=7))
    assert (Light._fields, Light._field_defaults) == (Usual._fields, Usual._field_defaults)
    assert Light._make(["a", 2]).place == "a:2"
    assert pickle.loads(pickle.dumps(Light("a", 2))) == Light("a", 2)
    match Light("a", 2):
        case Light(make, line):
            assert (make, line) == ("a", 2)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("a",), {}), (("a", 1, (), None, 5), {}), (("a", 1), {"x": 2})]
)
def test_a_tuple_of_the_wrong_values_is_none(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Light(*values, **named)  # type: ignore[arg-type]


def test_a_tuple_cannot_be_changed_and_holds_nothing_else() -> None:
    light = Light("a", 1)
    with pytest.raises(AttributeError):
        light.line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        light.other = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        light._replace(other=2)  # type: ignore[call-arg]


def test_no_module_pays_for_the_usual_one() -> None:
    sources = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "hooks").rglob("*.py")]
    usual = re.compile(r"^from typing import .*\bNamedTuple\b", re.MULTILINE)
    assert [path.name for path in sources if usual.search(path.read_text())] == []


def test_a_pattern_is_compiled_when_first_used() -> None:
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("")
    assert lazily("B", re.IGNORECASE).search("ab")
