"""zizmor as a process: what becomes of it when it is missing, odd, slow or wrong; and its JSON, whatever it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop import audits
from sscop.artefacts.zizmor import Audited, load
from sscop.artefacts.zizmor import given as given_to_it
from sscop.assess import run as run_check
from sscop.audits import Zizmor
from sscop.config import Config
from sscop.model import Outcome
from sscop.repository import Malformed, Repository, open_repository
from sscop.testing import make_history
from sscop_hooks import load as load_checks

WORKFLOW = """\
on: pull_request
permissions: {}
jobs:
  a:
    runs-on: x
    steps:
      - run: echo "${{ github.head_ref }}"
"""
ODD = "on: {workflow_dispatch: {inputs: {a: {type: int}}}}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n"
ACTION = "name: a\ndescription: b\nruns: {using: composite, steps: [{shell: sh, run: '${{ inputs.y }}'}]}\n"
PATH = ".github/workflows/ci.yml"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")


def stand_in(folder: Path, script: str) -> str:
    """A program that is not zizmor; what it is given lies in `folder/given`."""
    program = folder / "zizmor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def audited(repo: Repository, program: str) -> Audited:
    """What comes of a run, with the copies gone after it."""
    run = Zizmor(repo, program)
    folder = run._folder
    try:
        return run.audited()
    finally:
        run.close()
        assert not folder or not os.path.exists(folder)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 1", "ended with exit code 1"),
        ("echo nonsense", "not valid JSON"),
        ("echo '{}'", "no list of findings"),
        ("echo '[{\"ident\": 1}]'", "another shape"),
        ('echo \'[{"determinations": {}, "locations": []}]\'', "another shape"),
        ("kill -9 $$", "exit code -9"),
    ],
)
def test_a_run_that_goes_wrong_is_unknown_in_words(tmp_path: Path, script: str, why: str) -> None:
    assert why in audited(Repository.of({PATH: WORKFLOW}), stand_in(tmp_path, script)).why


def test_a_slow_run_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "SECONDS", 0.05)
    found = audited(Repository.of({PATH: WORKFLOW}), stand_in(tmp_path, "exec tail -f /dev/null"))
    assert "took longer than" in found.why


def test_a_run_that_nobody_asks_is_ended_too(tmp_path: Path) -> None:
    run = Zizmor(Repository.of({PATH: WORKFLOW}), stand_in(tmp_path, "exec tail -f /dev/null"))
    run.close()
    assert run._runs[0]._process.returncode == -9


def test_too_much_output_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "OUTPUT_LIMIT", 10)
    assert (
        "said more than" in audited(Repository.of({PATH: WORKFLOW}), stand_in(tmp_path, "echo '[              ]'")).why
    )


def test_a_missing_one_is_named_with_the_way_to_install_it(tmp_path: Path) -> None:
    found = audited(Repository.of({PATH: WORKFLOW}), str(tmp_path / "none"))
    assert found.why == audits.MISSING
    assert "pip install" in found.fix


def test_one_that_cannot_be_started_is_unknown(tmp_path: Path) -> None:
    program = tmp_path / "zizmor"
    program.write_text("not a program")
    assert "could not be started" in audited(Repository.of({PATH: WORKFLOW}), str(program)).why


def test_without_files_nothing_is_started(tmp_path: Path) -> None:
    assert audited(Repository.of({"README.md": ""}), stand_in(tmp_path, "exit 1")) == Audited()


def test_it_gets_explicit_inputs_and_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    program = stand_in(tmp_path, f'env > "{tmp_path}/env"; echo "$@" > "{tmp_path}/arguments"; echo "[]"')
    found = audited(Repository.of({PATH: WORKFLOW, "-x/action.yml": "runs: {using: composite, steps: []}\n"}), program)
    assert "TOKEN" not in (tmp_path / "env").read_text()
    assert (tmp_path / "arguments").read_text().endswith(f"--no-config --no-ignores -- -x/action.yml {PATH}\n") or (
        tmp_path / "arguments"
    ).read_text().endswith(f"--no-config --no-ignores -- {PATH} -x/action.yml\n")
    assert {path for path, _ in found.unread} == {PATH, "-x/action.yml"}, "what it does not say it completed is unread"


def test_names_that_leave_the_folder_are_not_given() -> None:
    repo = Repository.of(
        {"../.github/action.yml": "runs: {}", "a\udc80/action.yml": "runs: {}", "b\n/action.yml": "x: 1"}
    )
    found = Zizmor(repo, "/none")
    assert not found._paths
    assert len(found.audited().unread) == 3


def test_the_real_one_says_what_is_hidden_and_by_what() -> None:
    repo = Repository.of({PATH: WORKFLOW, ".github/zizmor.yml": "rules: {template-injection: {ignore: [ci.yml]}}\n"})
    run = Zizmor(repo)
    try:
        found = run.audited()
    finally:
        run.close()
    assert [one.ident for one in found.hidden] == ["template-injection"]
    assert found.configuration == ".github/zizmor.yml"
    assert (found.hidden[0].thing, found.hidden[0].line) == ("github.head_ref", 7)


def test_a_configuration_that_it_refuses_is_unread() -> None:
    run = Zizmor(Repository.of({PATH: WORKFLOW, "zizmor.yml": "rules: 7\n"}))
    try:
        found = run.audited()
    finally:
        run.close()
    assert [path for path, _ in found.unread] == ["zizmor.yml"]
    assert [one.ident for one in found.found] == ["template-injection"]
    assert not found.hidden


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["ident", "determinations", "locations", "symbolic", "concrete", "route", "kind", "Key"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_findings_or_malformed(data: object) -> None:
    with suppress(Malformed):
        assert isinstance(load(json.dumps(data)), tuple)


@given(st.text(max_size=60))
def test_any_text_is_findings_or_malformed(text: str) -> None:
    with suppress(Malformed):
        assert isinstance(load(text), tuple)


@pytest.mark.parametrize("files", [{}, {".github/workflows/odd.yml": ODD}])
def test_a_configuration_that_can_t_be_read_is_unread(files: dict[str, str]) -> None:
    large = "rules: {}\n" + "# padding\n" * 120_000
    run = Zizmor(Repository.of({PATH: WORKFLOW, "zizmor.yml": large, **files}))
    try:
        found = run.audited()
    finally:
        run.close()
    assert [(path, "over the limit" in why) for path, why in found.unread if path not in files] == [
        ("zizmor.yml", True)
    ]
    assert [one.ident for one in found.found] == ["template-injection"]
    assert not found.hidden


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WORKFLOW.replace("${{ github.head_ref }}", "${{ github.head_ref }}" * 8000), "too many expressions"),
        (WORKFLOW + "\n".join("        ${{ github.head_ref }}" for _ in range(8000)), "too many expressions"),
        (WORKFLOW + "      - uses: a/b@v1\n" * 3000, "too many expressions and actions"),
        (WORKFLOW + "      - run: " + "curl " * 5000, "a line of more than 20,000"),
        ("on: " + "[" * 1001, "nested more than 1,000"),
        ("on: " + "{a: " * 1001, "nested more than 1,000"),
        ("on: " + "[]" * 1001, ""),
    ],
    ids=["line", "lines", "actions", "script", "lists", "mappings", "flat"],
)
def test_what_would_take_zizmor_long_is_not_given_to_it(text: str, why: str) -> None:
    held, refused = given_to_it(Repository.of({PATH: text, "a/action.yml": ACTION}))
    assert "a/action.yml" in held
    assert [path for path, said in refused if why in said] == ([PATH] if why else [])
    assert (PATH in held) is not bool(why)


def test_what_all_files_cost_together_is_bounded() -> None:
    text = WORKFLOW + "        ${{ github.head_ref }}\n" * 3500
    held, refused = given_to_it(Repository.of({f".github/workflows/{n}.yml": text for n in range(9)}))
    assert len(held) == 1
    assert len(refused) == 8


def test_a_configuration_that_was_deleted_is_none(tmp_path: Path) -> None:
    make_history(
        str(tmp_path),
        {PATH: WORKFLOW.encode(), "zizmor.yml": b"rules: {}\n"},
        [("2026-01-01", ["**/*", "zizmor.yml"])],
    )
    (tmp_path / "zizmor.yml").unlink()
    run = Zizmor(open_repository(str(tmp_path)))
    try:
        found = run.audited()
    finally:
        run.close()
    assert not found.unread
    assert [one.ident for one in found.found] == ["template-injection"]


@pytest.mark.parametrize("text", ["", "# later\n", "---\n# a\n\n  # b\n...\n", "\ufeff# a\r\n"])
def test_a_file_of_comments_alone_has_nothing_to_audit(text: str) -> None:
    (check,) = load_checks("workflow-hardening")
    for files, outcome in (({}, Outcome.NOT_APPLICABLE), ({PATH: "on: push\npermissions: {}\njobs: {}\n"}, None)):
        repo = Repository.of({"a/action.yml": text, **files})
        run = Zizmor(repo)
        try:
            assert "a/action.yml" not in {path for path, _ in run.audited().unread}
            findings, _ = run_check(check, repo, Config(), date(2026, 1, 1), zizmor=run)
        finally:
            run.close()
        assert outcome in (None, *(one.outcome for one in findings))


def test_what_is_not_utf_8_is_said_and_does_not_stop_the_others() -> None:
    folder = ".github/workflows"
    repo = Repository.of(
        {PATH: WORKFLOW, f"{folder}/a.yml": WORKFLOW.encode("utf-16"), f"{folder}/b.yml": "\ufeff" + WORKFLOW}
    )
    run = Zizmor(repo)
    try:
        found = run.audited()
    finally:
        run.close()
    assert [path for path, why in found.unread if "UTF-8" in why] == [f"{folder}/a.yml"]
    assert {one.path for one in found.found} == {PATH, f"{folder}/b.yml"}


def test_names_that_fill_the_command_line_are_given_as_their_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        PATH: WORKFLOW,
        "a b/action.yml": ACTION,
        ".github/workflows/odd.yml": ODD,
    }

    def ran() -> Audited:
        run = Zizmor(Repository.of(files))
        try:
            return run.audited()
        finally:
            run.close()

    one_by_one = ran()
    monkeypatch.setattr(audits, "ARGUMENTS", 1)
    as_folder = ran()
    assert {one.path for one in one_by_one.found} == {PATH, "a b/action.yml"}
    assert set(as_folder.found) == set(one_by_one.found)
    assert as_folder.unread == one_by_one.unread


def test_a_name_that_is_too_long_for_a_copy_is_said() -> None:
    path = "/".join(["z" * 250] * 17) + "/action.yml"
    for files in ({path: "runs: {}"}, {path: "runs: {}", PATH: WORKFLOW}):
        run = Zizmor(Repository.of(files))
        try:
            found = run.audited()
        finally:
            run.close()
        assert [one for one, why in found.unread if "could not be written" in why] == [path]
        assert bool(found.found) is (PATH in files)


def test_an_interruption_while_it_starts_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(audits, "_Run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Zizmor(Repository.of({PATH: WORKFLOW}))
    assert not list(tmp_path.glob("sscop-*"))


@pytest.mark.parametrize("others", [0, 1])
def test_files_that_stop_it_are_left_out_one_after_the_other(others: int) -> None:
    odd = {f".github/workflows/odd{number}.yml": ODD for number in range(6)}
    run = Zizmor(Repository.of({**odd, **({PATH: WORKFLOW} if others else {}), "zizmor.yml": "rules: {}"}))
    try:
        found = run.audited()
    finally:
        run.close()
    assert {path for path, _ in found.unread} == {*odd}
    assert len(found.found) == others
    assert not found.why


def test_more_files_that_stop_it_than_it_is_run_again_for_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "STUMBLES", 2)
    run = Zizmor(Repository.of({f".github/workflows/odd{number}.yml": ODD for number in range(3)} | {PATH: WORKFLOW}))
    try:
        assert "stumbles over more than 1 file" in run.audited().why
    finally:
        run.close()


def test_a_link_is_not_followed_to_what_it_names(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    make_history(str(folder), {PATH: WORKFLOW.encode()}, [("2026-01-01", [PATH])])
    (folder / "action.yml").symlink_to("/etc/passwd")
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    run = Zizmor(open_repository(str(folder)))
    try:
        found = run.audited()
    finally:
        run.close()
    assert not found.unread
    assert {one.path for one in found.found} == {PATH}


def test_it_is_looked_for_beside_our_interpreter_and_its_packages_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, packages = tmp_path / "here", tmp_path / "lib" / "python3" / "site-packages"
    for folder in (here, here / "bin", packages / "bin", tmp_path / "bin"):
        folder.mkdir(parents=True, exist_ok=True)
    stand_in(here, "exit 1")
    stand_in(here / "bin", "exit 1")
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", str(here))
    for executable in ("", "python", str(tmp_path / "python")):
        monkeypatch.setattr(sys, "executable", executable)
        monkeypatch.setattr(sys, "path", ["", str(here), str(packages)])
        assert audits._beside() == ""
    by_pip = stand_in(tmp_path / "bin", "exit 1")
    assert audits._beside() == by_pip
    in_a_target = stand_in(packages / "bin", "exit 1")
    assert audits._beside() == in_a_target
    monkeypatch.setattr(sys, "executable", str(here / "python"))
    assert audits._beside() == str(here / "zizmor")


def test_without_it_the_check_is_unknown_with_the_way_to_install_it(tmp_path: Path) -> None:
    (check,) = load_checks("workflow-hardening")
    repo = Repository.of({PATH: WORKFLOW})
    for auditor, said in ((None, "was not started"), (Zizmor(repo, str(tmp_path / "none")), "not installed")):
        findings, _ = run_check(check, repo, Config(), date(2026, 1, 1), zizmor=auditor)
        assert [one.outcome for one in findings] == [Outcome.UNKNOWN]
        assert said in findings[0].message
        assert findings[0].fix


@pytest.mark.parametrize("name", ["verbatim_path", "given_path"])
def test_the_path_is_read_in_each_version_s_word(name: str) -> None:
    place = {"location": {"start_point": {"row": 6, "column": 8}}, "feature": "uses: Owner/Action/part@v1"}
    symbolic = {
        "key": {"Local": {name: f".\\{PATH}" if name == "given_path" else PATH}},
        "kind": "Primary", "annotation": "said", "feature_kind": "Normal", "route": {"route": [{"Key": "jobs"}]},
    }  # fmt: skip
    found = {
        "ident": "x", "desc": "about", "url": "u", "ignored": False,
        "determinations": {"severity": "High", "confidence": "Low"},
        "locations": [{"symbolic": symbolic, "concrete": place}],
    }  # fmt: skip
    (one,) = load(json.dumps([found]))
    assert (one.path, one.line, one.thing) == (PATH, 7, "owner/action/part")
    assert (one.severity, one.confidence, one.ignored) == ("high", "low", False)
