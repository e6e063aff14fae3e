"""The action's rules, its lock file, and what its steps do where a whole run by `act` shows too little."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers import PROJECT, commit, git, repository, write
from integration.fake_github import FakeGitHub, Fault
from sscop.config import ConfigError
from sscop.github import action, base, install
from sscop.github.post import has_news, post
from sscop.report import Report
from sscop.reporters.json_ import decode, encode
from unit import report_samples

ACTION: dict[str, Any] = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
LOCKED = dict(re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", LOCK))
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and shell scripts")
MERGE, OTHER = "a" * 40, "b" * 40


def test_only_run_steps_with_keys_that_mean_the_same_everywhere() -> None:
    assert ACTION["runs"].keys() == {"using", "steps"}
    for step in STEPS:
        assert step.keys() <= {"name", "id", "if", "run", "env", "continue-on-error", "working-directory", "shell"}
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input is data: it goes through env"
        assert len(step["run"].splitlines()) <= 10, "logic belongs into Python"


def test_every_input_reaches_a_step_through_its_environment() -> None:
    used = "".join(str(value) for step in STEPS for value in step.get("env", {}).values())
    assert {name for name in ACTION["inputs"] if f"inputs.{name}" not in used} == set()
    assert set(re.findall(r"inputs\.([\w-]+)", json.dumps(STEPS))) == ACTION["inputs"].keys()
    for name, about in ACTION["inputs"].items():
        assert about.keys() == {"description", "default"}, name
        assert isinstance(about["default"], str), name


def test_the_token_reaches_three_steps_only() -> None:
    given = [step["name"] for step in STEPS if "inputs.token" in str(step.get("env"))]
    assert given == ["Find the base", "Ask the platform", "Comment"]


def test_outputs_name_steps_that_exist_and_values_that_they_set(tmp_path: Path) -> None:
    ids = {step["id"] for step in STEPS if "id" in step}
    for name, about in ACTION["outputs"].items():
        match = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}", about["value"])
        assert match
        assert match[1] in ids
        assert match[2] == name
        assert about["description"]
    report = report_samples.report()
    assert action._outputs(report, {"json": "r", "sarif": "s"}).keys() == ACTION["outputs"].keys()


def test_the_guide_has_every_input_and_output() -> None:
    guide = (PROJECT / "docs/action.md").read_text("utf-8")
    tables = re.findall(r"<!-- sscop:(\w+) -->\n(.*?)<!-- sscop:end -->", guide, re.DOTALL)
    for kind, table in tables:
        assert re.findall(r"(?m)^\| `([\w-]+)` \|", table) == list(ACTION[kind]), "run: sscop generate"
    assert [kind for kind, _ in tables] == ["inputs", "outputs"]


def test_the_lock_has_hashes_for_everything_and_names_no_index() -> None:
    entries = re.split(r"(?m)^(?=[a-zA-Z0-9])", LOCK)[1:]
    assert len(entries) >= len(LOCKED) > 5
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|@ ", LOCK)


def test_the_lock_is_in_step_with_what_it_is_made_from() -> None:
    from packaging.requirements import Requirement

    asked = [
        Requirement(line)
        for line in (PROJECT / "requirements.in").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    locked = [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match("[a-z]", line)]
    for one in asked:
        found = [lock for lock in locked if lock.name == one.name.lower()]
        assert found, one
        if one.marker is None:
            assert all(str(lock.specifier)[2:] in one.specifier for lock in found), one
    assert LOCK.count("# via") == len(locked)  # nothing is there without a reason


def test_the_lock_is_in_step_with_the_project() -> None:
    text = (PROJECT / "pyproject.toml").read_text("utf-8")
    wanted = re.search(r"(?ms)^dependencies = \[(.*?)^\]", text)
    extras = re.findall(r"(?m)^(?:github|workflows) = \[(.*)\]$", text)
    assert wanted
    assert len(extras) == 2
    listed = [line.strip().rstrip(",") for line in (*wanted[1].splitlines(), *extras)]
    named = {line[1:-1] for line in listed if line}
    asked = (PROJECT / "requirements.in").read_text("utf-8").splitlines()
    assert named == {line for line in asked if line and line[0] != "#" and not line.startswith("cryptography")}


def test_the_lock_of_the_tests_has_what_the_tests_need() -> None:
    text = (PROJECT / "pyproject.toml").read_text("utf-8")
    lists = re.findall(r"(?ms)^(?:dependencies|github|test) = \[(.*?)\]$", text)
    assert len(lists) == 3
    asked = [re.split(r"[\[>=<]", name)[0] for one in lists for name in re.findall(r'"([A-Za-z][^"]+)"', one)]
    named = {name.lower().replace(".", "-") for name in asked}
    lock = (PROJECT / ".github/requirements/test.lock").read_text("utf-8")
    assert named - set(re.findall(r"(?m)^([a-z0-9.-]+)==", lock)) == set()


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python as the first step leaves it on a runner without a network, below a folder with a space."""
    temp = tmp_path_factory.mktemp("runner temp")
    environ = {**os.environ, "RUNNER_TEMP": str(temp), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    made = install.install(environ)
    assert install.install(environ) == made
    return made


def test_the_python_that_is_set_up_sees_ours_alone(python: str, tmp_path: Path) -> None:
    write(tmp_path, {"yaml.py": "raise SystemExit('theirs')", "sscop_hooks/__main__.py": "raise SystemExit('theirs')"})
    command = [python, "-I", "-m", "sscop_hooks", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("sscop ")


NO_HOST = "WARNING: x\nERROR: no such host\nnotice"
TAMPERED = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n100% bad"


@pytest.mark.parametrize(
    ("pip", "missing", "code", "said"),
    [
        ((0, ""), [], 0, "^$"),
        ((1, NO_HOST), [], 0, r"^::notice title=sscop::using PyYAML .*PyGithub .*\(no such host\)"),
        ((1, NO_HOST), ["PyGithub"], 0, "^::notice title=sscop::using PyYAML "),
        ((2, ""), [], 0, "it ended with 2"),
        ((1, NO_HOST), ["PyYAML"], 3, "^::error title=sscop::.*no such host.*lacks PyYAML"),
        ((1, TAMPERED), [], 3, "^::error title=sscop::.*not the locked one.*100%25"),
    ],
)
def test_set_up(
    pip: tuple[int, str],
    missing: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import venv
    from importlib import metadata

    def run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        if "pip" not in command:
            return subprocess.CompletedProcess(command, 0, f"{tmp_path}\n", "")
        assert {"--require-hashes", "--only-binary"} < set(command)
        return subprocess.CompletedProcess(command, pip[0], "", pip[1])

    def version(name: str) -> str:
        if name in missing:
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(venv, "create", lambda folder, **_: os.makedirs(folder))
    monkeypatch.setattr(install.subprocess, "run", run)
    monkeypatch.setattr(metadata, "version", version)
    environ = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output")}
    assert install.main(environ) == code
    assert re.search(said, capsys.readouterr().out)
    if code == 0:
        assert "python=" in (tmp_path / "output").read_text("utf-8")
        assert (tmp_path / "sscop.pth").read_text("utf-8").startswith(f"{PROJECT / 'src'}\n{PROJECT / 'hooks'}\n")
    else:
        assert not (tmp_path / "output").exists()


class Job:
    """A job's environment on a workspace with a repository."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.workspace = repository(folder / "workspace", files)
        self.first = git(self.workspace, "rev-parse", "HEAD")
        self.folder = folder
        (folder / "temp").mkdir()
        self.environ = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(folder / "temp"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_SERVER_URL": "https://github.example",
            "SSCOP_TODAY": "2026-11-23",
            "SSCOP_CHECKS": "pinned-tools",
        }

    def on(self, name: str, event: Any) -> Job:
        """Set the event."""
        self.environ["GITHUB_EVENT_NAME"] = name
        (self.folder / "event.json").write_text(json.dumps(event), "utf-8")
        return self

    def outputs(self) -> dict[str, str]:
        """What the step set."""
        return dict(line.split("=", 1) for line in (self.folder / "output").read_text("utf-8").splitlines())


WORKFLOW = "on: push\njobs:\n  b:\n    runs-on: self-hosted\n    steps:\n      - uses: {}\n"


@pytest.fixture
def job(tmp_path: Path, python: str, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(sys, "executable", python)
    return Job(tmp_path, {".github/workflows/ci.yml": WORKFLOW.format("a/b@v1")})


def pull(head: str = OTHER, base_sha: object = MERGE) -> dict[str, Any]:
    return {
        "pull_request": {"number": 7, "head": {"sha": head, "repo": {"full_name": "o/r"}}, "base": {"sha": base_sha}}
    }


def test_the_base_of_a_merge(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    git(job.workspace, "checkout", "-q", "-b", "change")
    head = commit(job.workspace, {"a": "b"})
    git(job.workspace, "checkout", "-q", "main")
    onto = commit(job.workspace, {"c": "d"})
    git(job.workspace, "merge", "-q", "--no-ff", "-m", "m", head)
    job.on("pull_request", pull(head))
    assert action.main("base", job.environ) == 0
    assert job.outputs() == {"base": onto, "usual": "new"}
    git(job.workspace, "checkout", "-q", "change")
    assert base.find(str(job.workspace), job.environ, pull(head, onto)) == base.Base(job.first)


@pytest.mark.parametrize(
    ("event", "wanted", "why"),
    [
        (pull(), "", "'origin' does not appear to be a git repository"),
        ({}, "", "the event names no sha"),
        (pull(base_sha="main"), "", "the event names no sha"),
        (pull(), "main:x", "main:x is not a revision"),
        (pull(), "-x", "-x is not a revision"),
        (pull(), OTHER, "'origin' does not appear to be a git repository"),
        (pull(), "v9", "'origin' does not appear to be a git repository"),
    ],
)
def test_no_base(job: Job, event: Any, wanted: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    job.on("pull_request", event).environ |= {"SSCOP_BASE": wanted, "GITHUB_TOKEN": "t"}
    assert action.main("base", job.environ) == 0
    assert job.outputs()["usual"] == "new"
    out = capsys.readouterr().out
    assert out.startswith("::warning title=sscop::no base to compare with, so every unmet finding counts: ")
    assert why in out


def test_a_base_by_the_name_of_a_branch_at_the_origin(job: Job, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(job.workspace), "clone")
    newer = commit(job.workspace, {"a": "b"})
    git(job.workspace, "branch", "later")
    environ = {**job.environ, "GITHUB_EVENT_NAME": "push", "SSCOP_BASE": "later"}
    assert base.find(str(tmp_path / "clone"), environ, {}) == base.Base(newer)
    assert git(tmp_path / "clone", "rev-parse", "--is-shallow-repository") == "false"
    found = base.find(str(tmp_path / "clone"), {**environ, "SSCOP_BASE": "never"}, {})
    assert found.why == "neither this checkout nor its origin has never"
    assert base.find(str(tmp_path / "clone"), {**environ, "SSCOP_BASE": ""}, {}) == base.Base()


def test_a_check(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    commit(job.workspace, {".github/workflows/more.yml": WORKFLOW.format("c/d@v1"), "new\nline": ""})
    job.on("pull_request", pull()).environ |= {"SSCOP_BASE": job.first, "SSCOP_FAIL_ON": "new"}
    job.environ |= {"SSCOP_CHECKS": "pinned-tools,", "SSCOP_REPORT_FILE": "out/r.json", "GITHUB_TOKEN": "secret"}
    assert action.main("check", job.environ) == 0
    outputs = job.outputs()
    assert [outputs[name] for name in ("exit-code", "new", "unmet")] == ["1", "1", "2"]
    assert (job.workspace / "out/r.json").read_bytes() == Path(outputs["report"]).read_bytes()
    out = capsys.readouterr().out
    token = re.search(r"::stop-commands::(\w{32})\n", out)
    assert token
    before, after = out.split(f"::{token[1]}::\n")
    assert "c/d@v1" in before
    assert [line.split(",")[0] for line in after.splitlines()] == [
        "::error file=.github/workflows/more.yml",
        "::notice file=.github/workflows/ci.yml",
    ]
    summary = (job.folder / "summary").read_text("utf-8")
    assert "1 new finding" in summary
    assert "https://github.example/o/r/blob/" in summary
    assert "fork" not in summary


def test_a_check_that_can_not_run(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    commit(job.workspace, {"sub/.sscop.yaml": "version: 1\nfail-on: x\nnonsense: 1\n"})
    job.on("push", {}).environ["SSCOP_ROOT"] = "sub"
    assert action.main("check", job.environ) == 0
    assert job.outputs()["exit-code"] == "2"
    assert "- `" in (job.folder / "summary").read_text("utf-8")
    errors = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error")]
    assert [line.split("::")[1] for line in errors] == [
        "error file=sub/.sscop.yaml,line=3,title=sscop",
        "error file=sub/.sscop.yaml,line=2,title=sscop",
    ] or [line.split("::")[1] for line in errors] == [
        "error file=sub/.sscop.yaml,line=2,title=sscop",
        "error file=sub/.sscop.yaml,line=3,title=sscop",
    ]


@posix
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("kill -9 $$", "it ended with -9 without a word"),
        ("echo Traceback >&2; echo 'KeyError: 1' >&2; exit 1", "KeyError: 1"),
        # all is written, and green, and then something breaks
        ('while [ "$1" != --output ]; do shift; done; cp "$REPORT" "$2"; echo "OSError: x" >&2; exit 1', "OSError: x"),
        ('while [ "$1" != --output ]; do shift; done; echo "{" > "$2"; exit 0', "it ended with 0 without a word"),
    ],
)
def test_a_command_that_dies_is_no_pass(
    job: Job, script: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dead = job.folder / "dead"
    dead.write_text(f"#!/bin/sh\n{script}\n")
    dead.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dead))
    job.environ["REPORT"] = written(job.folder, report_samples.report())
    assert action.main("check", job.on("push", {}).environ) == 0
    assert job.outputs() == {"exit-code": "3", "verdict": f"could not run: {said}"}
    assert f"::error title=sscop::could not run: {said}" in capsys.readouterr().out
    assert "could not run" in (job.folder / "summary").read_text("utf-8")


def test_an_untrusted_run_is_an_error(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    git(job.workspace, "rm", "-q", "-r", ".")
    commit(job.workspace)
    del job.environ["GITHUB_SERVER_URL"]
    assert action.main("check", job.on("push", {}).environ) == 0
    assert job.outputs()["exit-code"] == "3"
    assert "::error title=sscop::can't be trusted: nothing was looked at" in capsys.readouterr().out


@posix
@pytest.mark.parametrize("wanted", ["../r.json", "link/r.json", "/r.json", ".github", "file/r.json"])
def test_files_that_can_not_be_delivered(job: Job, wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    (job.workspace / "link").symlink_to(job.folder)
    (job.workspace / "file").write_text("")
    job.on("push", {}).environ["SSCOP_SARIF_FILE"] = wanted
    assert action.main("check", job.environ) == 0
    assert job.outputs()["exit-code"] == "2"
    assert f"::error title=sscop::{wanted} " in capsys.readouterr().out
    assert not list(job.workspace.rglob("*.sscop-part"))


def test_changed_files_fit_into_a_variable(job: Job) -> None:
    commit(job.workspace, {f"{n:04}-{'x' * 100}": "" for n in range(400)})
    changed = action._changed({**job.environ, "SSCOP_BASE": job.first})
    assert len(changed) < action.CHANGED_BYTES
    assert changed.splitlines()[0].startswith("0000-")
    assert set(map(len, changed.splitlines())) == {105}
    assert action._changed({**job.environ, "SSCOP_BASE": MERGE}) == ""
    assert action._changed(job.environ) == ""


def test_the_check_gets_no_token(job: Job) -> None:
    secrets = {"GITHUB_TOKEN": "x", "ACTIONS_ID_TOKEN_REQUEST_URL": "x", "my_token": "x"}
    given = action._without_tokens({**job.environ, **secrets})
    assert given.keys() - job.environ.keys() == {"SSCOP_CHANGED_FILES"}


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server
        assert server.violations == []


def posting(
    folder: Path, github: FakeGitHub, event: Any = None, name: str = "pull_request", **more: str
) -> dict[str, str]:
    """The environment of a job that posts."""
    (folder / "event.json").write_text(json.dumps(pull() if event is None else event), "utf-8")
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": github.url,
        "GITHUB_SERVER_URL": "https://github.example",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_RUN_ID": "5",
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_TOKEN": "a-token",
        **more,
    }


def written(folder: Path, report: Report | str) -> str:
    path = folder / "report.json"
    path.write_text(report if isinstance(report, str) else encode(report), "utf-8")
    return str(path)


def test_posting(tmp_path: Path, github: FakeGitHub, capsys: pytest.CaptureFixture[str]) -> None:
    environ = posting(tmp_path, github)
    path = written(tmp_path, report_samples.report(report_samples.finding()))
    assert [post(path, mode, environ) for mode in ("never", "changes", "always")] == [0, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "sscop: no comment: not wanted",
        "sscop: comment created",
        "sscop: comment unchanged",
    ]
    (body,) = github.bodies()
    assert f"https://github.example/o/r/blob/{report_samples.HEAD}/" in body
    assert "a pull request can change" not in body


def test_nothing_to_tell_is_no_comment(tmp_path: Path, github: FakeGitHub, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, report_samples.report())
    assert post(path, "changes", posting(tmp_path, github)) == 0
    assert capsys.readouterr().out == "sscop: comment skipped: nothing is new or fixed\n"
    assert post(path, "always", posting(tmp_path, github)) == 0
    assert len(github.bodies()) == 1


def test_what_keeps_a_comment_from_being_made_is_one_warning(
    tmp_path: Path, github: FakeGitHub, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, report_samples.report(report_samples.finding()))
    github.faults = [Fault("POST", "/comments", 403, "Resource not accessible")]
    assert post(path, "changes", posting(tmp_path, github)) == 0
    assert post(path, "changes", posting(tmp_path, github, GITHUB_SERVER_URL="nowhere")) == 0
    assert post(path, "changes", posting(tmp_path, github, {}, "push")) == 0
    assert post(path, "changes", posting(tmp_path, github, GITHUB_EVENT_PATH="/none", GITHUB_EVENT_NAME="x")) == 0
    assert post(path, "changes", posting(tmp_path, github, [1], "push")) == 0
    with monkeypatch.context() as patch:
        patch.setattr("sscop.github.post.send", lambda *_, **__: {}["a key"])
        assert post(path, "changes", posting(tmp_path, github)) == 0
    monkeypatch.setitem(sys.modules, "github", None)
    monkeypatch.delitem(sys.modules, "sscop.github.transport")
    assert post(path, "changes", posting(tmp_path, github)) == 0
    assert post(path, "changes", posting(tmp_path, github, GITHUB_ACTIONS="")) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert "it stopped unexpectedly (KeyError)" in lines[5]
    assert all(line.startswith("::warning title=sscop comment::no comment: ") for line in lines)
    assert last == "sscop: no comment: PyGithub is not installed; pip install 'sscop[github]'"


def test_a_fork_is_not_asked_about(tmp_path: Path, github: FakeGitHub, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, report_samples.report(report_samples.finding()))
    for repo in ({"full_name": "them/r"}, None):  # none: the fork is deleted
        event = pull()
        event["pull_request"]["head"]["repo"] = repo
        assert post(path, "always", posting(tmp_path, github, event)) == 0
        assert capsys.readouterr().out.startswith("sscop: no comment: a pull request from a fork")
    assert github.requests == []


@posix
def test_reports_that_are_none(tmp_path: Path, github: FakeGitHub, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path, report_samples.report(report_samples.finding()))
    link = tmp_path / "link.json"
    link.symlink_to(good)
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(30 * 1024 * 1024)
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"\xff\n::error::forged")
    (tmp_path / "other.json").write_text('{"schema": "::error::forged"}')
    run = {"id": 4, "run_attempt": 1, "event": "pull_request", "head_sha": OTHER, "head_branch": "x"}
    second = posting(tmp_path, github, {"workflow_run": run}, "workflow_run")
    for path in (link, large, bad, tmp_path / "other.json"):
        with pytest.raises(ConfigError, match="no report of sscop"):
            post(str(path), "changes", {**second, "GITHUB_EVENT_NAME": "pull_request"})
        assert post(str(path), "changes", second) == 0
        out = capsys.readouterr().out
        assert out.startswith(
            "::warning title=sscop comment::no comment: what the other run left is no report of sscop"
        )
        assert out.count("\n") == 1
        assert "forged" not in out
    with pytest.raises(ConfigError, match="can't be read"):
        post(str(tmp_path / "none"), "changes", second)
    assert github.requests == []


def test_news() -> None:
    found = report_samples.finding()
    quiet = report_samples.report()
    assert not has_news(quiet)
    assert has_news(report_samples.report(found))
    assert has_news(report_samples.report(found._replace(state=None)))
    assert has_news(report_samples.report(fixed=(found,)))
    assert has_news(quiet._replace(run=quiet.run._replace(policy_changed=True)))
    assert has_news(quiet._replace(looked_at=quiet.looked_at._replace(could_not_run=(("a", "b"),))))
    assert not has_news(report_samples.report(found._replace(state=type(found.state)("standing"))))
    assert decode(encode(quiet)) == quiet
