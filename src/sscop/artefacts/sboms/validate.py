"""What the formats' own libraries say of a document, where they are installed (the extra `sbom`).

They are imported here and nowhere else, and only when a document of their format is there.
"""

from __future__ import annotations

import importlib
import re
from typing import Any

from sscop.artefacts.sboms.build import entries, line_of, parse
from sscop.artefacts.sboms.model import Fault, Format, Sbom
from sscop.lazy import NamedTuple

LARGEST = 1 << 20
"""Bytes above which the libraries are not asked: strict validation takes seconds there."""
_FIRST = 3


class Validated(NamedTuple):
    """The library that looked, "" where none did; and what it objects to."""

    by: str = ""
    faults: tuple[Fault, ...] = ()


def validate(sbom: Sbom, text: str) -> Validated:
    """What the format's own library says; nothing where it is not installed or does not know the version."""
    asked = {Format.CYCLONEDX: _cyclonedx, Format.SPDX: _spdx}.get(sbom.format)
    if asked is None or len(text) > LARGEST:
        return Validated()
    try:
        return asked(sbom, text)
    except ImportError:
        return Validated()
    except Exception as problem:  # noqa: BLE001 - a third party's parser may raise anything on such a text
        told = tuple(_told(problem)) if type(problem).__name__ == "SPDXParsingError" else ()
        return Validated("spdx-tools" if told else "", told)


def _cyclonedx(sbom: Sbom, text: str) -> Validated:
    schema: Any = importlib.import_module("cyclonedx.schema")
    versions = {one.to_version(): one for one in schema.SchemaVersion}
    if sbom.version not in versions:
        return Validated()
    name = {"JSON": "JsonStrictValidator", "XML": "XmlValidator"}[sbom.serialisation]
    module: Any = importlib.import_module(f"cyclonedx.validation.{sbom.serialisation.lower()}")
    if sbom.serialisation == "JSON":
        _without_slow_formats()
    try:
        error = getattr(module, name)(versions[sbom.version]).validate_str(text)
    except Exception as problem:
        if type(problem).__name__ == "MissingOptionalDependencyException":
            raise ImportError from None
        raise
    if error is None:
        return Validated("cyclonedx-python-lib")
    data = getattr(error, "data", error)
    where = "/".join(map(str, getattr(data, "absolute_path", ())))
    message = _short(str(getattr(data, "message", data)))
    line = getattr(data, "line", None) if sbom.serialisation == "XML" else _at(text, getattr(data, "absolute_path", ()))
    return Validated("cyclonedx-python-lib", (Fault(f"{where}: {message}" if where else message, line),))


def _without_slow_formats() -> None:
    """Leave out the checks of internationalised addresses, whose grammar takes seconds for a hundred of them."""
    schemas: Any = importlib.import_module("jsonschema")
    for name in ("iri", "iri-reference"):
        schemas.Draft7Validator.FORMAT_CHECKER.checkers.pop(name, None)


def _spdx(sbom: Sbom, text: str) -> Validated:
    if sbom.serialisation != "JSON" or not sbom.version.startswith("2."):
        return Validated()  # its reader of tag-value prints, and writes tables beside itself
    like: Any = importlib.import_module("spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser")
    value = entries(parse(text))
    document = like.JsonLikeDictParser().parse(value if "spdxVersion" in value else entries(value.get("sbom")))
    checks: Any = importlib.import_module("spdx_tools.spdx.validation.document_validator")
    told = checks.validate_full_spdx_document(document)
    faults = [Fault(_short(one.validation_message), _near(text, one.context)) for one in told[:_FIRST]]
    return Validated("spdx-tools", tuple(faults))


def _told(problem: Exception) -> list[Fault]:
    """The messages that a parser's error carries."""
    return [Fault(_short(str(one))) for one in getattr(problem, "messages", [problem])[:_FIRST]]


def _short(message: str) -> str:
    return re.sub(r"\s+", " ", message)[:160]


def _near(text: str, context: Any) -> int | None:
    ident = getattr(context, "spdx_id", None)
    return line_of(text, ident) if isinstance(ident, str) else None


def _at(text: str, path: Any) -> int | None:
    """The line of the last key of a JSON path that the text holds in that order; a rough place."""
    keys = [f'"{one}"' for one in path if isinstance(one, str)]
    return line_of(text, *keys) if keys else None
