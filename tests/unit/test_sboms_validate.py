"""What the formats' own libraries are asked, with stand-ins for them: they are an extra."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sscop.artefacts.sboms.model import Fault, Format, Holds, Sbom
from sscop.artefacts.sboms.validate import LARGEST, Validated, validate

CDX = Sbom(Format.CYCLONEDX, "1.6", Holds.COMPONENTS)
SPDX = Sbom(Format.SPDX, "2.3", Holds.COMPONENTS)


def put(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    parts = name.split(".")
    for n in range(1, len(parts)):
        if ".".join(parts[:n]) not in sys.modules:
            monkeypatch.setitem(sys.modules, ".".join(parts[:n]), ModuleType(".".join(parts[:n])))
    module = ModuleType(name)
    vars(module).update(members)
    monkeypatch.setitem(sys.modules, name, module)


def cyclonedx(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    class Validator:
        def __init__(self, version: Any) -> None:
            self.version = version

        def validate_str(self, text: str) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

    put(monkeypatch, "cyclonedx.schema", SchemaVersion=[SimpleNamespace(to_version=lambda: "1.6")])
    put(monkeypatch, "cyclonedx.validation.json", JsonStrictValidator=Validator)
    put(monkeypatch, "cyclonedx.validation.xml", XmlValidator=Validator)


def spdx(monkeypatch: pytest.MonkeyPatch, told: list[Any], error: Exception | None = None) -> None:
    class Parser:
        def parse(self, value: Any) -> Any:
            if error:
                raise error
            return value

    base = "spdx_tools.spdx"
    put(monkeypatch, f"{base}.parser.jsonlikedict.json_like_dict_parser", JsonLikeDictParser=Parser)
    put(monkeypatch, f"{base}.validation.document_validator", validate_full_spdx_document=lambda document: told)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("cyclonedx", "cyclonedx.schema", "spdx_tools", "spdx_tools.spdx"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("without")
def test_without_the_libraries_nobody_looked() -> None:
    assert validate(CDX, "{}") == Validated()
    assert validate(SPDX, "{}") == Validated()
    assert validate(Sbom(Format.SWID, "2015", Holds.NOTHING), "") == Validated()


def test_large_files_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    cyclonedx(monkeypatch, None)
    assert validate(CDX, " " * (LARGEST + 1)) == Validated()


def test_cyclonedx(monkeypatch: pytest.MonkeyPatch) -> None:
    cyclonedx(monkeypatch, None)
    assert validate(CDX, "{}") == Validated("cyclonedx-python-lib")
    assert validate(CDX._replace(version="9.9"), "{}") == Validated()
    error = SimpleNamespace(data=SimpleNamespace(message="is\nwrong", absolute_path=["components", 0, "type"]))
    cyclonedx(monkeypatch, error)
    text = '{\n"components": [{\n"type": 1}]}'
    assert validate(CDX, text).faults == (Fault("components/0/type: is wrong", 3),)
    assert validate(CDX, "{}").faults == (Fault("components/0/type: is wrong", 1),)
    cyclonedx(monkeypatch, SimpleNamespace(data=SimpleNamespace(message="bad", absolute_path=[0])))
    assert validate(CDX, "{}").faults == (Fault("0: bad", None),)
    cyclonedx(monkeypatch, SimpleNamespace(data=SimpleNamespace(message="bad", line=7)))
    assert validate(CDX._replace(serialisation="XML"), "<bom/>").faults == (Fault("bad", 7),)


def test_a_library_with_parts_missing_did_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = type("MissingOptionalDependencyException", (Exception,), {})
    cyclonedx(monkeypatch, missing())
    assert validate(CDX, "{}") == Validated()
    cyclonedx(monkeypatch, ZeroDivisionError())
    assert validate(CDX, "{}") == Validated()


def test_spdx(monkeypatch: pytest.MonkeyPatch) -> None:
    message = SimpleNamespace(validation_message="is\nwrong", context=SimpleNamespace(spdx_id="SPDXRef-a"))
    nowhere = SimpleNamespace(validation_message="too", context=None)
    spdx(monkeypatch, [message, nowhere])
    text = json.dumps({"spdxVersion": "SPDX-2.3", "packages": ["SPDXRef-a"]}, indent=0)
    assert validate(SPDX, text) == Validated("spdx-tools", (Fault("is wrong", 4), Fault("too", None)))
    assert validate(SPDX, '{"sbom": {}}').by == "spdx-tools"
    assert validate(SPDX._replace(serialisation="tag-value"), text) == Validated()


def test_what_the_parser_of_spdx_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    error = type("SPDXParsingError", (Exception,), {})()
    error.messages = ["no date"]
    spdx(monkeypatch, [], error)
    assert validate(SPDX, "{}") == Validated("spdx-tools", (Fault("no date"),))
    spdx(monkeypatch, [], KeyError("Relationship"))
    assert validate(SPDX, "{}") == Validated()
