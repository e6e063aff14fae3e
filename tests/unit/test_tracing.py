"""A statement and the same looked at again: nothing differs, one file edited, one word changed, another version."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import commit, git, repository, sscop
from sscop.config import ConfigError
from sscop.repository.git import GitError
from sscop.tracing import PREDICATE, UnusableError, decode, differences
from sscop.verify import verify
from sscop_hooks import load
from unit.report_samples import REPORTS

IDS = ("configuration-items", "default-credentials", "declarations")
FILES = {
    "README.md": "# Acme\n",
    "Dockerfile": "FROM scratch\nENV ADMIN_USER=admin\nENV ADMIN_PASSWORD=admin\nCMD run\n",
    "docs/configuration-items.md": (
        "# Configuration items\n\nUnder version control:\n\n- `Dockerfile`\n- `README.md`\n- `src/`\n- `docs/`\n"
    ),
    "src/a.py": "x = 1\n",
    "assessment/claims/user-docs.md": (
        "---\nstatus: met\naccountable: lead\ndeclared-by: writer\nreviewed: 2026-10-01\n---\nThere is a manual.\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "acme", FILES)


def _statement(folder: Path, *more: str) -> Path:
    file = folder.parent / "statement.json"
    arguments = (
        "report",
        "--form",
        "in-toto",
        "--format",
        "json",
        "--today",
        "2026-11-23",
        "--output",
        str(file),
        *more,
    )
    assert sscop(*arguments, cwd=folder).code == 0
    return file


def _verify(folder: Path, file: Path) -> tuple[bool, list[str]]:
    return verify(str(file), str(folder), "none", load(), _no_auditor)


def _no_auditor(repo: Any) -> Any:
    from sscop.audits import Zizmor

    return Zizmor(repo)


def _changed(file: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    told = json.loads(file.read_text())
    change(told)
    file.write_text(json.dumps(told))
    return file


def test_nothing_differs(folder: Path) -> None:
    file = _statement(folder)
    found, lines = _verify(folder, file)
    assert (found, lines[1:]) == (
        False, ["nothing differs: every cited file, every claim and every piece of evidence is as stated"],
    )  # fmt: skip
    told = json.loads(file.read_text())
    assert told["subject"] == [{"name": "product", "digest": {"gitCommit": git(folder, "rev-parse", "HEAD")}}]
    assert "assessment/claims/user-docs.md" in told["predicate"]["cited"]
    assert told["predicate"]["claims"]["user-docs"]["declared"] == "met"


def test_one_edited_file_is_found(folder: Path) -> None:
    file = _statement(folder)
    path = folder / "assessment/claims/user-docs.md"
    path.write_text(path.read_text() + "More.\n")
    assert _verify(folder, file) == (True, [
        _verify(folder, file)[1][0],
        "assessment/claims/user-docs.md: is not what the statement cites (SHA-256 differs)",
        "differences: 1",
    ])  # fmt: skip


def test_the_statements_own_commit_is_looked_at(folder: Path) -> None:
    file = _statement(folder)
    commit(folder, {"assessment/claims/user-docs.md": "---\nstatus: not-met\n---\n"})
    assert _verify(folder, file)[0] is False


def test_a_statement_of_another_commit_says_where_the_checkout_is(folder: Path) -> None:
    file = _statement(folder)
    stated = git(folder, "rev-parse", "HEAD")[:12]
    commit(folder, {"src/b.py": "y = 2\n"})
    _, lines = _verify(folder, file)
    assert f"files at {stated} (the checkout is at {git(folder, 'rev-parse', 'HEAD')[:12]})" in lines[0]


@pytest.mark.parametrize(("key", "value"), [("name", "Another Product"), ("version", "9.9"), ("vendor", "Another")])
def test_a_statement_for_another_product_differs(folder: Path, key: str, value: str) -> None:
    config = "version: 1\nproduct: {name: Acme, version: '4.2'}\n"
    commit(folder, {".sscop.yaml": config})
    file = _changed(_statement(folder), lambda told: told["predicate"]["product"].update({key: value}))
    found, lines = _verify(folder, file)
    assert found
    assert [line for line in lines if line.startswith(f"product's {key}: {value} in the statement, ")] == lines[1:-1]


def test_a_statement_that_was_changed(folder: Path) -> None:
    def better(told: dict[str, Any]) -> None:
        told["predicate"]["claims"]["no-default-passwords"]["status"] = "evidence seen"
        told["predicate"]["evidence"].append({"check": "sbom", "code": "sbom", "places": ["sbom.json:1"], "claims": []})
        told["predicate"]["cited"]["src/a.py"] = {"sha256": "0" * 64}
        told["predicate"]["edition"] = "2027-01-01"

    _, lines = _verify(folder, _changed(_statement(folder), better))
    assert "edition of the Code: 2027-01-01 in the statement, 2025-05-07 here" in lines
    assert "src/a.py: cited in the statement; not cited, or not there, here" in lines
    assert any(line.startswith("claim no-default-passwords: evidence seen in the statement, ") for line in lines)
    assert "evidence not seen again: sbom/sbom at sbom.json:1" in lines


def test_one_made_from_uncommitted_changes(folder: Path) -> None:
    (folder / "README.md").write_text("# Acme 2\n")
    git(folder, "add", "-A")
    found, lines = _verify(folder, _statement(folder))
    assert found
    assert "it was made from changes that are not committed, so it speaks of no commit" in lines


def test_a_commit_that_is_not_here(folder: Path) -> None:
    def elsewhere(told: dict[str, Any]) -> None:
        told["subject"][0]["digest"]["gitCommit"] = "0" * 40

    with pytest.raises(GitError, match="no commit 0000"):
        _verify(folder, _changed(_statement(folder), elsewhere))


def test_an_envelope_is_opened(folder: Path) -> None:
    file = _statement(folder)
    payload = base64.b64encode(file.read_bytes()).decode()
    envelope = {"payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": []}
    file.write_text(json.dumps(envelope))
    assert _verify(folder, file)[0] is False
    file.write_text(json.dumps({**envelope, "payload": "?"}))
    with pytest.raises(ConfigError, match="not base64"):
        _verify(folder, file)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (b"{", "not JSON"),
        (b"[]", "no JSON object"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no in-toto statement"),
        (json.dumps({"_type": "https://in-toto.io/Statement/v1", "predicateType": "x"}), "no statement of sscop"),
        (
            json.dumps({"_type": "https://in-toto.io/Statement/v1", "predicateType": PREDICATE[:-1] + "9"}),
            "a newer version",
        ),
        (
            json.dumps({"_type": "https://in-toto.io/Statement/v1", "predicateType": PREDICATE, "predicate": {}}),
            "not whole",
        ),
    ],
)
def test_what_is_no_statement(told: bytes | str, wanted: str) -> None:
    with pytest.raises(UnusableError, match=wanted):
        decode(told if isinstance(told, bytes) else told.encode())


def test_the_command(folder: Path) -> None:
    file = _statement(folder)
    assert sscop("verify", str(file), cwd=folder).code == 0
    (folder / "assessment/claims/user-docs.md").write_text("x")
    assert sscop("verify", str(file), cwd=folder).code == 1
    file.write_text("{}")
    done = sscop("verify", str(file), cwd=folder)
    assert (done.code, "no in-toto statement" in done.err) == (2, True)
    assert sscop("verify", str(folder / "none"), cwd=folder).code == 2
    assert sscop("report", "--form", "in-toto", cwd=folder).code == 2


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(REPORTS, st.fixed_dictionaries(
    {"claims": st.dictionaries(st.text(max_size=5), _JSON, max_size=2), "cited": st.dictionaries(st.text(), _JSON),
     "evidence": st.lists(_JSON, max_size=3), "tool": st.dictionaries(st.sampled_from(["version", "x"]), _JSON),
     "asAt": st.text(), "edition": st.text(), "committed": _JSON},
), _JSON)  # fmt: skip
def test_any_statement_is_held_against_any_report(report: Any, predicate: Any, subject: Any) -> None:
    told = {"_type": "https://in-toto.io/Statement/v1", "predicateType": PREDICATE, "subject": subject}
    told["predicate"] = predicate
    decoded = decode(json.dumps(told).encode())
    lines = list(differences(decoded, report))
    assert all(line.isprintable() for line in lines)
