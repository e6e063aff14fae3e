"""The JSON report `sscop-report/1`: written, read back as hostile data, and described as a JSON Schema.

All three follow from the NamedTuples of `sscop.report` and `sscop.model`: a tuple with names is an object with
those keys. What the file has beyond that (`tool`, a finding's own place) is said once, in ADDED and `_file`.
Within `/1` keys are only ever added.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sscop.lazy import NamedTuple
from sscop.report import SCHEMA, LookedAt, Report, Reported
from sscop.repository.text import printable

LARGEST = 20 * 1024 * 1024
"""Bytes of a report that `decode` reads at most."""

DEEPEST = 32
"""Levels of nesting that `decode` accepts in the one field of free form, `product`."""

_LONE = re.compile("[\ud800-\udfff]")
_PATHS = {"path"}


class CouldNotRun(NamedTuple):
    """A check that could not run; equal to the pair that `LookedAt.could_not_run` holds."""

    check: str
    reason: str


class NotCounted(NamedTuple):
    """A file found but not counted; equal to the pair that `LookedAt.not_counted` holds."""

    path: str
    reason: str


PAIRS: dict[str, Any] = {"could_not_run": tuple[CouldNotRun, ...], "not_counted": tuple[NotCounted, ...]}

ADDED: dict[type, dict[str, Any]] = {
    Reported: {
        "path": str | None,
        "line": int | None,
        "end_line": int | None,
        "basis": str | None,
        "inherited_from": str | None,
    },
}
"""Keys that an object has beside its tuple's fields: its first evidence's place, and what later versions fill."""


class Tool(NamedTuple):
    """What made the report: the version of sscop and the edition of the Code it used."""

    version: str
    edition: str


def encode(report: Report) -> str:
    """The report as JSON text: keys sorted, indented, ASCII only, one line end at the end.

    Paths are as `sscop.repository.text.printable` has them; bytes elsewhere that were not UTF-8 become `%FF`.
    Raises ValueError where the free-form `product` holds what JSON has no word for.
    """
    file = _plain(report) | {"schema": SCHEMA, "tool": _plain(Tool(report.version, report.edition))}
    del file["version"], file["edition"]
    return json.dumps(file, sort_keys=True, indent=2, allow_nan=False) + "\n"


def decode(text: str) -> Report:
    """The report that a JSON text holds; the text may come from anybody.

    Keys it does not know are passed over. Raises ValueError, with the place inside the JSON, for anything that
    `encode` would not have written: too large, too deep, another schema, a missing key or a wrong type. Keys that
    came to `/1` later have a default and may be missing.
    """
    if len(text) > LARGEST or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise ValueError(f"the report is larger than {LARGEST:,} bytes")
    try:
        data = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("the report is nested too deeply") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(f"$.schema: not {SCHEMA!r}")
    tool = _typed(Tool, data.get("tool"), "$.tool")
    report: Report = _typed(Report, data | tool._asdict(), "$")
    return report


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `encode` writes."""
    described = _schema(Report)
    properties = described["properties"]
    del properties["version"], properties["edition"]
    properties |= {"schema": {"const": SCHEMA}, "tool": _schema(Tool)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **described,
        "required": sorted(properties),
    }


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _text(value: str) -> str:
    """Text that any encoder takes: a byte that was not UTF-8 becomes `%FF`, another lone surrogate U+FFFD."""
    return _LONE.sub(lambda m: f"%{ord(m[0]) - 0xDC00:02X}" if 0xDC80 <= ord(m[0]) <= 0xDCFF else "\ufffd", value)


def _fields(kind: Any) -> dict[str, Any]:
    """The fields of a NamedTuple and their types as the file has them."""
    hints = get_type_hints(kind)
    if kind is LookedAt:
        hints |= PAIRS
    return {name: hints[name] for name in kind._fields}


def _plain(value: Any) -> Any:
    """A value as `json` takes it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(item) for key, item in value.items()}
    if hasattr(value, "_fields"):
        return _object(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, LookedAt):
        value = value._replace(
            could_not_run=tuple(CouldNotRun(*pair) for pair in value.could_not_run),
            not_counted=tuple(NotCounted(*pair) for pair in value.not_counted),
        )
    plain = {name: _plain(item) for name, item in zip(value._fields, value, strict=True)}
    plain |= {name: printable(_text(getattr(value, name))) for name in _PATHS & plain.keys()}
    if isinstance(value, Reported):
        place = plain["evidence"][0] if plain["evidence"] else {}
        plain |= {name: place.get(name) for name in ADDED[Reported]}
    return plain


def _typed(kind: Any, data: Any, where: str) -> Any:
    """The data as a value of this type; `where` is its place in the JSON, for the error."""
    if kind is Any:
        return _free(data, where, 0)
    args, origin = get_args(kind), get_origin(kind)
    if origin in (Union, UnionType):
        return None if data is None else _typed(next(arg for arg in args if arg is not NoneType), data, where)
    if origin is tuple:
        _want(isinstance(data, list), where, "a list", data)
        return tuple(_typed(args[0], item, f"{where}[{n}]") for n, item in enumerate(data))
    if hasattr(kind, "_fields"):
        _want(isinstance(data, dict), where, "an object", data)
        given = {name: hint for name, hint in _fields(kind).items() if name in data or name not in kind._field_defaults}
        return kind(**{name: _typed(hint, data.get(name), f"{where}.{name}") for name, hint in given.items()})
    if origin is not None:
        _want(isinstance(data, dict), where, "an object", data)
        return _free(data, where, 0)
    if issubclass(kind, Enum):
        _want(isinstance(data, str) and data in [member.value for member in kind], where, kind.__name__, data)
        return kind(data)
    _want(type(data) is kind, where, kind.__name__, data)
    if kind is str:
        _want(not _LONE.search(data), where, "text without lone surrogates", data)
    if kind is int:
        _want(0 <= data < 2**31, where, "a number from 0 to 2147483647", data)
    return data


def _free(data: Any, where: str, depth: int) -> Any:
    """Any JSON of bounded depth."""
    _want(depth <= DEEPEST, where, f"at most {DEEPEST} levels", data)
    if isinstance(data, dict):
        return {_typed(str, key, where): _free(item, f"{where}.{key}", depth + 1) for key, item in data.items()}
    if isinstance(data, list):
        return [_free(item, f"{where}[{n}]", depth + 1) for n, item in enumerate(data)]
    if isinstance(data, str):
        return _typed(str, data, where)
    _want(not isinstance(data, float) or math.isfinite(data), where, "a finite number", data)
    return data


def _want(true: bool, where: str, what: str, data: Any) -> None:
    if not true:
        place = where if len(where) <= 200 else where[:200] + "..."
        raise ValueError(f"{place}: {what} expected, not {type(data).__name__}".encode("ascii", "replace").decode())


def _schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a type."""
    args, origin = get_args(kind), get_origin(kind)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(arg) for arg in args]}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0])}
    if hasattr(kind, "_fields"):
        properties = {name: _schema(hint) for name, hint in (_fields(kind) | ADDED.get(kind, {})).items()}
        described = {"type": "object", "properties": properties, "required": sorted(properties)}
        return described | ({"description": " ".join(kind.__doc__.split())} if kind.__doc__ else {})
    if origin is not None:
        return {"type": "object"}
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if kind is int:
        return {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
    return {"type": {str: "string", bool: "boolean", NoneType: "null"}[kind]}
