"""XML as elements with lines."""

from __future__ import annotations

import pytest

from sscop.artefacts.ecosystems.xml import parse
from sscop.repository import Malformed


def test_elements() -> None:
    root = parse('<?xml version="1.0" encoding="ISO-8859-1"?>\n<p:a xmlns:p="x" k="v">\n <b>é</b>\n <b><c/></b></p:a>')
    assert (root.name, root.attributes["k"], root.line) == ("a", "v", 2)
    assert root.value("b") == "é"
    assert root.at("b", "c") == 4
    assert root.at("d") is None
    assert root.value("d") == ""
    assert [one.name for one in root.every()] == ["a", "b", "b", "c"]
    assert len(root.children("*")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "<?xml version='1.0'",
        "<a/><b/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a>" * 200,
        "<a>\x00</a>",
    ],
)
def test_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)
