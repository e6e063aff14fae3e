"""The JSON report: written, read back as if from anybody, described."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.model import Evidence
from sscop.report import Report
from sscop.reporters.json_ import DEEPEST, LARGEST, decode, encode, schema
from unit.report_samples import CASES, HEAD, REPORTS, busy, finding, report

VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_shape() -> None:
    data = json.loads(encode(busy()))
    assert list(data) == sorted(
        ["schema", "tool", "run", "product", "repository", "looked_at", "claims", "checks", "findings", "fixed"]
        + ["platform", "accepted", "cited"]
    )
    assert data["schema"] == "sscop-report/1"
    assert data["tool"] == {"version": "0.1.0", "edition": "2025-05-07"}
    assert data["run"]["fail_on"] == "new"
    assert data["repository"]["commit"] == HEAD
    assert data["looked_at"]["could_not_run"] == [
        {"check": "workflow-hardening", "reason": "zizmor is not installed: install `sscop[workflows]`"}
    ]
    assert data["looked_at"]["not_counted"] == [{"path": "tests/fixtures/threat-model.md", "reason": "a fixture"}]
    found = data["findings"][0]
    assert sorted(found) == sorted(
        [
            "check",
            "code",
            "outcome",
            "because",
            "kind",
            "claims",
            "message",
            "subject",
            "key",
            "path",
            "line",
            "end_line",
            "evidence",
            "fix",
            "fingerprint",
            "state",
            "basis",
            "inherited_from",
            "waiver",
            "lapsed",
        ]
    )
    assert (found["path"], found["line"], found["end_line"]) == (".github/workflows/ci.yml", 12, None)
    assert sorted(found["evidence"][0]) == sorted(["path", "line", "end_line", "note", "date", "commit"])
    assert (found["basis"], found["inherited_from"], found["waiver"]) == (None, None, None)


def test_no_place() -> None:
    found = json.loads(encode(report(finding(path=""))))["findings"][0]
    assert (found["path"], found["line"], found["evidence"]) == (None, None, [])


def test_round_trip() -> None:
    assert decode(encode(busy())) == busy()


def test_paths_are_printable() -> None:
    found = finding(path="caf\udce9/\n.yml", evidence=(Evidence("caf\udce9/\n.yml", 1, "byte \udcff, line\nend"),))
    data = json.loads(encode(report(found)))["findings"][0]
    assert data["path"] == data["evidence"][0]["path"] == "caf%E9/%0A.yml"
    assert data["evidence"][0]["note"] == "byte %FF, line\nend"


@CASES
@given(REPORTS)
def test_what_is_written_is_read_back(any_report: Report) -> None:
    text = encode(any_report)
    assert text.isascii()
    VALIDATOR.validate(json.loads(text))
    assert encode(decode(text)) == text


def test_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@CASES
@given(st.text() | JSON.map(json.dumps))
def test_anything_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(text)


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [place for key, item in items for place in _places(item, (*path, key))]


SAMPLE = encode(report(finding(), fixed=(finding(line=3),)))
PLACES = _places(json.loads(SAMPLE))


@CASES
@given(st.sampled_from(PLACES), JSON)
def test_one_wrong_value_is_a_value_error_or_harmless(place: tuple[Any, ...], value: Any) -> None:
    data = json.loads(SAMPLE)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        read = decode(json.dumps(data))
    except ValueError:
        return
    assert isinstance(read, Report)
    assert not list(VALIDATOR.iter_errors(json.loads(encode(read))))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("schema",), "sscop-report/2", "$.schema: not 'sscop-report/1'"),
        (("findings", 0, "line"), "12", None),
        (("findings", 0, "evidence", 0, "line"), True, "$.findings[0].evidence[0].line: int expected, not bool"),
        (("findings", 0, "evidence", 0, "line"), -1, "$.findings[0].evidence[0].line: a number from 0"),
        (("findings", 0, "outcome"), "passed", "$.findings[0].outcome: Outcome expected, not str"),
        (("findings", 0, "message"), "\ud800", "$.findings[0].message: text without lone surrogates"),
        (("tool",), None, "$.tool: an object expected, not NoneType"),
        (("looked_at", "files"), 1.5, "$.looked_at.files: int expected, not float"),
        (("product",), [], "$.product: an object expected, not list"),
        (("product", "name"), float("inf"), "Infinity is not JSON"),
        (("unheard-of",), [1], None),
    ],
)
def test_errors_say_where(path: tuple[Any, ...], value: Any, message: str | None) -> None:
    data = json.loads(SAMPLE)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    if message is None:
        assert decode(json.dumps(data)) == decode(SAMPLE)
    else:
        with pytest.raises(ValueError, match=r".") as caught:
            decode(json.dumps(data))
        assert str(caught.value).startswith(message)


def test_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match=r"\$.product.name: a finite number"):
        decode(SAMPLE.replace('"Acme Billing"', "1e999"))


def test_too_deep_and_too_large() -> None:
    deep = SAMPLE.replace('"Acme Billing"', "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    with pytest.raises(ValueError, match="at most 32 levels"):
        decode(deep)
    with pytest.raises(ValueError, match="nested too deeply"):
        decode("[" * 200_000)
    with pytest.raises(ValueError, match="larger than"):
        decode(" " * (LARGEST + 1))
