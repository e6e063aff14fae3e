"""Which requirements' ids the tests name."""

from __future__ import annotations

import pytest

from sscop.artefacts import requirement_trace as module
from sscop.artefacts.requirement_trace import requirement_trace
from sscop.judgement.test_plan import trace
from sscop.repository import Repository

STATED = "".join(f"- REQ-{n:03}: The system shall do the thing number {n}.\n" for n in range(1, 9))


def _names(files: dict[str, str | bytes]) -> tuple[list[str], list[str]]:
    found = requirement_trace(Repository.of(files))
    assert found is not None
    return [one.id for _, one in found.named], [one.id for _, one in found.unnamed]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/test_a.py", "def test_req_2(): ..."),
        ("src/a_test.go", "// REQ-002"),
        ("src/ATest.java", "REQ002"),
        ("a.feature", "@req.2"),
        ("spec/x.rb", "it 'REQ-2'"),
    ],
)
def test_ways_to_name_an_id(path: str, text: str) -> None:
    named, unnamed = _names({"docs/requirements.md": STATED, path: text})
    assert named == ["REQ-002"]
    assert len(unnamed) == 7


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"docs/trace-matrix.md": "| REQ-002 | x |"}, True),
        ({"examples/trace-matrix.md": "| REQ-002 | x |"}, False),
    ],
)
def test_matrices(files: dict[str, str | bytes], named: bool) -> None:
    assert ("REQ-002" in _names({"docs/requirements.md": STATED, **files})[0]) is named


def test_a_requirement_may_name_its_test() -> None:
    table = (
        "| ID | What | Test |\n|---|---|---|\n| REQ-1 | It shall work in all cases | `tests/unit/` |\n"
        "| REQ-2 | It shall stop in all cases | `test_stop.py` |\n"
        "| REQ-3 | It shall start in all cases | `tests/none.py` |\n"
    )
    named, unnamed = _names({"docs/requirements.md": table, "tests/unit/a.py": "", "src/test_stop.py": ""})
    assert (named, unnamed) == (["REQ-1", "REQ-2"], ["REQ-3"])


def test_what_names_none() -> None:
    files: dict[str, str | bytes] = {
        "docs/requirements.md": STATED,
        "src/a.py": "REQ-1",
        "tests/a.png": "REQ-2",
        "tests/b.py": "XREQ-3 REQ-44",
    }
    assert _names(files)[0] == []


def test_an_id_of_two_documents_is_not_traced() -> None:
    assert requirement_trace(Repository.of({"specs/1/spec.md": STATED, "specs/2/spec.md": STATED})) is None
    assert requirement_trace(Repository.of({})) is None


def test_ids_of_tools_count_whatever_their_prefix() -> None:
    files: dict[str, str | bytes] = {
        "x.sdoc": (
            "[DOCUMENT]\n\n[REQUIREMENT]\nUID: KVS_1.2\nSTATEMENT: It "
            "shall work.\n\n[REQUIREMENT]\nUID: none\nSTATEMENT: It stays.\n"
        ),
        "tests/a.py": "KVS-1.2",
    }
    assert _names(files) == (["KVS_1.2"], [])


def test_too_much_to_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BYTES", 10)
    found = requirement_trace(
        Repository.of({"docs/requirements.md": STATED, "tests/a.py": "x" * 20, "tests/b.py": "REQ-1"})
    )
    assert found is not None
    assert found.partial
    assert list(trace(found)) == []


def test_findings_of_a_trace() -> None:
    found = requirement_trace(Repository.of({"docs/requirements.md": STATED, "tests/a.py": "REQ-1"}))
    told = list(trace(found))
    assert [one.code for one in told] == ["traced", "untraced"]
    assert told[1].message.endswith("REQ-002, REQ-003, REQ-004, REQ-005, REQ-006 and 2 more")
