"""The action, run for real by `act` on this machine: real git, the real command, a GitHub on the loopback."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

from helpers import PROJECT, commit, git, repository, write
from integration.fake_github import FakeGitHub, Fault
from integration.fake_settings import as_ordinary, settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="act runs no bash on the host there")

TOKEN = "a-token-that-nothing-may-print"
TODAY = "2026-11-23"
PINNED = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8"

CHECKOUT = """\
        run: |
          git init -q . && git remote add origin "$ORIGIN"
          git fetch -q --no-tags $DEPTH origin "+$SHA:refs/remotes/pull/7/merge"
          git checkout -q --force refs/remotes/pull/7/merge
          eval "$BEFORE"
          find . -name .git -prune -o -type f -exec cksum {} + | sort > "$RESULT/before.txt"
"""
"""What actions/checkout does for a pull request: one commit, and no branch."""

WORKFLOW = """\
on: [pull_request, push, merge_group, workflow_run]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - shell: bash
{checkout}
      - uses: {uses}
        id: sscop
        with: {inputs}
      - if: always()
        shell: bash
        env:
          OUTPUTS: ${{{{ toJSON(steps.sscop.outputs) }}}}
        run: |
          printf '%s' "$OUTPUTS" > "$RESULT/outputs.json"
          cp -R "$GITHUB_WORKSPACE" "$RESULT/workspace"
          find . -name .git -prune -o -type f -exec cksum {{}} + | sort > "$RESULT/after.txt"
          report=$(sed -n 's/^ *"report": "\\(.*\\)",*$/\\1/p' "$RESULT/outputs.json")
          if [ -n "$report" ]; then cp "$(dirname "$report")"/report.* "$RESULT"; fi
"""


def ci(*uses: str) -> dict[str, str]:
    """A workflow file that uses these actions, one a step."""
    steps = "".join(f"      - uses: {name}\n" for name in uses)
    return {".github/workflows/ci.yml": f"on: push\njobs:\n  build:\n    runs-on: self-hosted\n    steps:\n{steps}"}


class Project:
    """A repository at its origin, with the pull request 7 as GitHub has it: a head and a merge commit."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self.work = repository(folder / "work", files)
        self.origin = folder / "the origin.git"
        git(folder, "clone", "-q", "--bare", str(self.work), str(self.origin))
        git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(self.origin, "config", "http.getanyfile", "true")
        self.base = git(self.work, "rev-parse", "HEAD")
        self.head = self.merge = self.base

    def pull(self, files: Mapping[str, str], remove: str = "") -> Project:
        """Push to the pull request's branch."""
        git(self.work, "checkout", "-q", "-B", "change")
        if remove:
            git(self.work, "rm", "-q", remove)
        self.head = commit(self.work, files)
        return self._publish()

    def grow(self, files: Mapping[str, str]) -> Project:
        """Push to the branch that the pull request is for."""
        git(self.work, "checkout", "-q", "main")
        self.base = commit(self.work, files)
        return self._publish()

    def _publish(self) -> Project:
        git(self.work, "checkout", "-q", "--detach", "main")
        git(self.work, "merge", "-q", "--no-ff", "-m", "Merge", self.head)
        self.merge = git(self.work, "rev-parse", "HEAD")
        refs = [f"+{self.merge}:refs/pull/7/merge", f"+{self.head}:refs/pull/7/head", "+main:refs/heads/main"]
        git(self.work, "push", "-q", str(self.origin), *refs)
        git(self.work, "checkout", "-q", "change")
        return self

    def event(self, **more: Any) -> dict[str, Any]:
        """The `pull_request` event of the newest push."""
        head = {"sha": self.head, "ref": "change", "repo": {"full_name": "o/r"}}
        pull = {"number": 7, "head": head, "base": {"sha": self.base, "ref": "main"}}
        return {"number": 7, "pull_request": pull, "repository": {"full_name": "o/r"}, **more}


class Run(NamedTuple):
    """A finished job: `lines` is what its steps printed, `commands` what the runner took for workflow commands."""

    code: int
    lines: list[str]
    commands: list[str]
    outputs: dict[str, str]
    summary: str
    folder: Path

    @property
    def log(self) -> str:
        """All that was printed."""
        return "\n".join(self.lines)

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report."""
        loaded: dict[str, Any] = json.loads(self.read("report.json"))
        return loaded

    def of(self, level: str) -> list[str]:
        """The annotations of a level, without the one about the runner's own Python."""
        return [line for line in self.commands if line.startswith(f"::{level} ") and "not the locked" not in line]

    def read(self, name: str) -> str:
        """A file that the job left."""
        return (self.folder / name).read_text("utf-8")

    def untouched(self) -> bool:
        """Whether the workspace is as it was before the action."""
        return self.read("after.txt") == self.read("before.txt") != ""


class Act:
    """Runs the action on projects, each time in a new workspace."""

    def __init__(self, folder: Path, action: Path, github: FakeGitHub) -> None:
        self.folder, self.action, self.github = folder, action, github
        self.count = 0
        self.lock = threading.Lock()

    def __call__(
        self,
        project: Project,
        inputs: Mapping[str, str] | None = None,
        event: Mapping[str, Any] | None = None,
        *,
        name: str = "pull_request",
        uses: str = "OWNER/sscop@v1",
        checkout: str = CHECKOUT,
        sha: str | None = None,
        depth: str = "--depth=1",
        origin: str | None = None,
        before: str = "",
        path: Path | None = None,
        **env: str,
    ) -> Run:
        """`sha` is what is checked out, `before` runs after that, `path` comes first on PATH."""
        with self.lock:
            self.count += 1
            run_id = self.count
        folder = self.folder / f"run{run_id}"  # no space: act itself breaks on it
        result = folder / "result"
        result.mkdir(parents=True)
        with_ = json.dumps({"today": TODAY, "checks": "pinned-tools", **(inputs or {})})
        workflow = WORKFLOW.format(checkout=checkout, uses=uses, inputs=with_)
        repository(folder / "job", {".github/workflows/w.yml": workflow})
        event_file = folder / "event.json"
        event_file.write_text(json.dumps(project.event() if event is None else event), "utf-8")
        given = {
            "GITHUB_API_URL": self.github.url,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_RUN_ID": str(run_id),
            "ORIGIN": origin or project.origin.as_uri(),
            "SHA": sha or project.merge,
            "DEPTH": depth,
            "BEFORE": before,
            "RESULT": str(result),
            **env,
        }
        command = [beside_python("act"), name, "-C", str(folder / "job"), "-P", "ubuntu-latest=-self-hosted"]
        command += ["--eventpath", str(event_file), "-s", f"GITHUB_TOKEN={TOKEN}", "--json", "--insecure-secrets"]
        command += ["--local-repository", f"OWNER/sscop@v1={self.action}", "--no-cache-server"]
        command += ["--action-cache-path", str(folder / "cache")]
        for variable, value in given.items():
            command += ["--env", f"{variable}={value}"]
        done = subprocess.run(command, env=environment(folder, path), capture_output=True, check=False)
        raw = done.stdout + b"\n" + done.stderr
        (folder / "log.jsonl").write_bytes(raw)  # to read when a test fails
        assert TOKEN.encode() not in raw
        entries = [json.loads(line) for line in raw.splitlines() if line.startswith(b"{")]
        lines = [entry["msg"].rstrip("\n") for entry in entries if entry.get("raw_output")]
        commands = [entry["raw"].rstrip("\n") for entry in entries if entry.get("command") in LEVELS]
        outputs = result / "outputs.json"
        return Run(
            done.returncode,
            lines,
            commands,
            json.loads(outputs.read_text("utf-8")) if outputs.exists() else {},
            "".join(entry["content"] for entry in entries if entry.get("command") == "summary"),
            result,
        )


LEVELS = ("error", "warning", "notice")


def beside_python(name: str) -> str:
    """A program of the test dependencies."""
    found = shutil.which(name, path=os.path.dirname(sys.executable))
    assert found, f"{name} belongs to the test dependencies and is not beside {sys.executable}"
    return found


def environment(folder: Path, first: Path | None) -> dict[str, str]:
    """A runner without a network, whose own Python has the packages: this one."""
    path = [*([str(first)] if first else []), os.path.dirname(sys.executable), os.environ["PATH"]]
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    return {**os.environ, **pip, "PATH": os.pathsep.join(path), "XDG_CACHE_HOME": str(folder / "xdg")}


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of its contents."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The action's folder as a runner has it: an archive, no `.git`; nothing may be written into it."""
    folder = tmp_path_factory.mktemp("actions") / "the action"
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("src", "hooks"):
        shutil.copytree(PROJECT / name, folder / name, ignore=unwanted)
    for name in ("action.yml", "requirements.in", "requirements.lock"):
        shutil.copy(PROJECT / name, folder / name)
    before = snapshot(folder)
    yield folder
    assert snapshot(folder) == before


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def act(tmp_path: Path, action: Path, github: FakeGitHub) -> Act:
    return Act(tmp_path / "runs", action, github)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One action is named by a tag at the base; the pull request brings another one."""
    made = Project(tmp_path / "a project", ci("actions/checkout@v4"))
    return made.pull(ci("actions/checkout@v4", "actions/setup-node@v4"))


def test_a_pull_requests_life(act: Act, github: FakeGitHub, project: Project) -> None:
    first = act(project)
    assert first.code == 1
    assert first.outputs["exit-code"] == "1"
    assert [first.outputs[name] for name in ("new", "unmet", "fixed", "unknown")] == ["1", "2", "0", "0"]
    assert first.report["run"]["base"] == project.base
    assert first.report["repository"]["commit"] == project.merge
    assert first.report["repository"]["shallow"] is True
    assert json.loads(first.read("report.sarif"))["version"] == "2.1.0"
    assert [line.split("::")[1] for line in first.of("error")] == [
        "error file=.github/workflows/ci.yml,line=7,endLine=7,title=sscop pinned-tools/mutable-action"
    ]
    assert "actions/setup-node@v4" in first.of("error")[0]
    assert len(first.of("notice")) == 1  # what stood before
    assert first.of("warning") == []
    assert "1 new finding, 1 standing" in first.summary
    assert f"https://github.example/o/r/blob/{project.merge}/.github/workflows/ci.yml#L7" in first.summary
    assert first.untouched()
    (created,) = github.bodies()
    assert "1 new finding" in created
    assert f"head={project.head}" in created
    assert "https://github.example/o/r/actions/runs/1" in created

    project.pull(ci(PINNED))
    second = act(project)
    assert second.code == 0
    assert [second.outputs[name] for name in ("new", "unmet", "fixed")] == ["0", "0", "1"]
    assert second.commands == first.commands[:1]  # nothing but the runner's own Python
    (edited,) = github.bodies()
    assert "no new findings, 1 fixed" in edited
    assert "### Fixed (1)" in edited
    assert f"head={project.head}" in edited
    assert github.calls("POST", "PATCH", "DELETE") == [
        "POST /repos/o/r/issues/7/comments",
        "PATCH /repos/o/r/issues/comments/1001",
    ]


def test_a_version_bump_makes_nothing_new(act: Act, github: FakeGitHub, tmp_path: Path) -> None:
    project = Project(tmp_path / "bump", ci("actions/checkout@v4")).pull(ci("actions/checkout@v5"))
    run = act(project)
    assert run.code == 0
    assert [run.outputs[name] for name in ("new", "unmet", "fixed")] == ["0", "1", "0"]
    assert "sscop: comment skipped: nothing is new or fixed" in run.lines
    assert github.calls("POST") == []


def test_two_runs_at_once_leave_one_comment(act: Act, github: FakeGitHub, project: Project) -> None:
    met = threading.Barrier(2)

    def together(method: str, path: str) -> None:
        if method == "POST":  # both have seen that there is no comment yet
            met.wait(60)

    github.before = together
    runs: list[Run] = []
    threads = [threading.Thread(target=lambda: runs.append(act(project))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [run.code for run in runs] == [1, 1]
    assert len(github.calls("POST")) == 2
    (left,) = github.bodies()
    assert "run=2.1" in left


def test_a_fork_gets_annotations_and_a_summary(act: Act, github: FakeGitHub, project: Project) -> None:
    event = project.event()
    event["pull_request"]["head"]["repo"]["full_name"] = "someone/r"
    run = act(project, event=event)
    assert run.code == 1
    assert run.outputs["new"] == "1"
    assert len(run.of("error")) == 1
    assert run.of("warning") == []
    assert "1 new finding" in run.summary
    assert "No comment on a pull request from a fork" in run.summary
    (said,) = [line for line in run.lines if "from a fork" in line]
    assert said.startswith("sscop: no comment: a pull request from a fork has a token that can only read")
    assert github.calls("POST", "PATCH", "DELETE") == []

    # The second workflow, which checks out nothing and has a token that can write.
    report = str(run.folder / "report.json")
    source = {"id": 41, "run_attempt": 1, "event": "pull_request", "head_sha": project.head, "head_branch": "change"}
    event = {"workflow_run": {**source, "head_repository": {"owner": {"login": "someone"}}}}
    pull = {"number": 7, "state": "open", "head": {"label": "someone:change", "sha": project.head}}
    second = {"name": "workflow_run", "checkout": "        run: 'true'\n", "event": event}
    github.pulls.append(pull)
    posted = act(project, {"post-report": report}, **second)
    assert posted.code == 0
    assert "sscop: comment created" in posted.lines
    assert posted.outputs["exit-code"] == ""
    (body,) = github.bodies()
    assert "run=41.1" in body
    assert "which a pull request can change" in body
    assert f"/blob/{project.head}/" in body  # nothing is linked on the report's own word

    # The pull request has moved on since.
    pull["head"] = {"label": "someone:change", "sha": project.base}
    late = act(project, {"post-report": report}, **second)
    assert late.code == 0
    assert [line for line in late.of("warning") if "is no longer" in line] == late.of("warning")
    assert len(late.of("warning")) == 1
    assert github.bodies() == [body]


def test_a_read_only_token_is_one_warning(act: Act, github: FakeGitHub, project: Project) -> None:
    refusal = "Resource not accessible by integration"
    github.faults = [Fault("POST", "/comments$", 403, refusal, times=9)]
    run = act(project)
    assert run.code == 1
    assert run.outputs["exit-code"] == "1"
    (warning,) = run.of("warning")
    assert "permissions: pull-requests: write" in warning
    assert github.bodies() == []


def test_no_base_is_said_aloud_and_everything_counts(act: Act, tmp_path: Path) -> None:
    project = Project(tmp_path / "old debts", ci("actions/checkout@v4")).pull({"README.md": "hello\n"})
    assert act(project).code == 0
    run = act(project, before="git remote set-url origin /nowhere")
    assert run.code == 1
    (warning,) = run.of("warning")
    assert warning.startswith("::warning title=sscop::no base to compare with, so every unmet finding counts: ")
    assert "nowhere" in warning
    assert run.report["run"]["fail_on"] == "gap"
    assert "none (no commit" in run.report["run"]["base"]
    assert len(run.of("error")) == 1


def test_a_branch_that_was_checked_out_itself(act: Act, project: Project) -> None:
    fork_point = project.base
    project.grow({"README.md": "more\n"})
    whole = act(project, sha=project.head, depth="")
    assert whole.report["run"]["base"] == fork_point
    assert whole.report["repository"]["shallow"] is False
    assert whole.outputs["new"] == "1"
    shallow = act(project, sha=project.head)
    assert shallow.report["run"]["base"] == project.base


def test_a_base_by_name(act: Act, project: Project) -> None:
    run = act(project, {"base": "main", "fail-on": "new"}, {"ref": "refs/heads/change"}, name="push")
    assert run.code == 1
    assert run.report["run"]["base"] == project.base
    bad = act(project, {"base": "--upload-pack=touch /tmp/x"})
    assert "--upload-pack=touch /tmp/x is not a revision" in bad.of("warning")[0]


def test_other_events_have_the_files_gate(act: Act, github: FakeGitHub, tmp_path: Path) -> None:
    files = ci("actions/checkout@v4")
    project = Project(tmp_path / "pushed", files)
    push = {"name": "push", "event": {"ref": "refs/heads/main"}}
    run = act(project, **push)
    assert run.code == 1
    assert run.report["run"] | {"base": None, "fail_on": "gap"} == run.report["run"]
    quiet = Project(tmp_path / "quiet", {**files, ".sscop.yaml": "version: 1\nfail-on: never\n"})
    assert act(quiet, **push).code == 0
    assert github.calls("POST", "PATCH", "DELETE") == []


def test_the_platform_is_asked_by_default(act: Act, github: FakeGitHub, project: Project) -> None:
    github.settings = as_ordinary(settings())
    run = act(project)
    assert run.outputs["exit-code"] == "1"
    told = run.report["platform"]
    assert (told["repository"], told["questions"], told["answered"]) == ("o/r", 27, 15)
    assert told["permissions"][1] == "Administration: read"
    assert run.report["repository"]["visibility"] == "public"
    assert told["source"] == github.url
    assert "The platform: 15 of 27 questions about" in run.summary
    assert [line for line in run.lines if line.startswith("the platform: 15 of 27 questions about o/r answered")]
    assert run.untouched()
    # with a better token, it is that one that asks
    github.settings = settings()
    assert act(project, {"platform-token": "another"}).report["platform"]["answered"] == 29


def test_the_platform_is_not_asked(act: Act, github: FakeGitHub, project: Project) -> None:
    github.settings = settings()
    quiet = {"comment": "never"}
    for inputs in ({"token": ""}, {"platform": "none"}):
        run = act(project, {**quiet, **inputs})
        assert run.report["platform"] is None
        assert run.outputs["exit-code"] == "1"
    assert github.requests == []
    file = json.dumps({"/repos/o/r": {"visibility": "internal"}})
    run = act(project, {**quiet, "platform": "settings.json"}, before=f"printf '%s' '{file}' > settings.json")
    assert run.report["repository"]["visibility"] == "internal"
    assert run.report["platform"]["source"].endswith("/settings.json")
    run = act(project, {**quiet, "platform": "missing.json"})
    assert run.outputs["exit-code"] == "2"
    assert "missing.json: can't be read" in run.of("error")[0]


def test_a_platform_that_fails_costs_facts_and_not_the_job(act: Act, github: FakeGitHub, project: Project) -> None:
    github.faults = [Fault("GET", "^/repos/o/r$", 401, "Bad credentials", times=99)]
    run = act(project)
    assert run.outputs["exit-code"] == "1"
    assert run.report["platform"]["answered"] == 0
    assert run.report["platform"]["why"] == "not asked: GitHub refuses the token: Bad credentials (401)"


def test_a_merge_queue_counts_what_is_new(act: Act, github: FakeGitHub, project: Project) -> None:
    event = {"merge_group": {"base_sha": project.base, "head_sha": project.merge}}
    run = act(project, event=event, name="merge_group")
    assert [run.outputs[name] for name in ("new", "unmet", "exit-code")] == ["1", "2", "1"]
    assert github.calls("POST", "PATCH", "DELETE") == []


def test_wrong_configuration_and_wrong_inputs(act: Act, github: FakeGitHub, tmp_path: Path) -> None:
    project = Project(tmp_path / "p", {**ci(PINNED), ".sscop.yaml": "version: 1\nfail-on: sometimes\n"})
    run = act(project, event={}, name="push")
    assert run.code == 2 or run.outputs["exit-code"] == "2"
    (error,) = run.of("error")
    assert error.startswith("::error file=.sscop.yaml,line=2,title=sscop::")
    assert "could not run" in run.summary
    assert run.outputs["report"] == ""
    project = Project(tmp_path / "q", ci(PINNED))
    run = act(project, {"checks": "--root=/"}, {}, name="push")
    assert run.outputs["exit-code"] == "2"
    assert "there is no check --root=/" in run.of("error")[0]


def test_files_are_written_on_request_only(act: Act, tmp_path: Path) -> None:
    folder = "a folder/with, a comma"
    project = Project(tmp_path / "p", {f"{folder}/{name}": text for name, text in ci(PINNED, "a/b@v1").items()})
    inputs = {"working-directory": folder, "report-file": "out dir/r.json", "sarif-file": f"{folder}/s.sarif"}
    run = act(project, {**inputs, "fail-on": "never", "checks": "pinned-tools"}, {}, name="push")
    assert run.code == 0
    added = set(run.read("after.txt").splitlines()) - set(run.read("before.txt").splitlines())
    assert {line.split(" ", 2)[2] for line in added} == {f"./{folder}/s.sarif", "./out dir/r.json"}
    written = json.loads(run.read("workspace/out dir/r.json"))
    assert written == run.report
    assert written["repository"]["prefix"] == f"{folder}/"
    (error,) = run.of("error")
    assert error.startswith("::error file=a folder/with%2C a comma/.github/workflows/ci.yml,line=7,")


def test_nothing_is_written_through_a_link_out_of_the_workspace(act: Act, tmp_path: Path) -> None:
    project = Project(tmp_path / "p", ci(PINNED))
    outside = tmp_path / "outside"
    outside.mkdir()
    links = f"ln -s '{outside}' out; ln -s '{outside}/victim' direct.json"
    run = act(project, {"report-file": "out/r.json"}, {}, name="push", before=links)
    assert run.outputs["exit-code"] == "2"
    assert "neither in the workspace" in run.of("error")[0]
    run = act(project, {"report-file": "direct.json"}, {}, name="push", before=links)
    assert run.code == 0
    assert not (run.folder / "workspace" / "direct.json").is_symlink()
    assert list(outside.iterdir()) == []


def test_what_the_repository_says_is_never_run_or_obeyed(act: Act, project: Project, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    code = f"open({str(proof)!r}, 'a').write(__file__)\n"
    modules = ("yaml", "github", "sitecustomize", "sscop", "sscop_hooks", "json", "pip", "venv")
    files = {f"{name}.py": code for name in modules}
    command = f"sh -c 'echo ran >> {proof}'"
    name = ".github/workflows/x\n::error title=forged::obeyed\n.yml"
    project.pull({**files, ".gitattributes": "* diff=d filter=f\n", ".python-version": "9.9\n"})
    project.pull({**ci("actions/checkout@v4", "::add-mask::x@v1"), name: ci("a/b@v1")[".github/workflows/ci.yml"]})
    run = act(
        project,
        before=f"""
            git config diff.external "{command}"; git config diff.d.command "{command}"
            git config diff.d.textconv "{command}"; git config filter.f.clean "{command}"
            git config core.fsmonitor "{command}"; echo "uses: dirty/one@v1" >> .github/workflows/ci.yml
        """,
        PYTHONPATH=".",
    )
    assert run.code == 1
    assert not proof.exists()
    assert all("title=sscop" in line.split("::")[1] for line in run.commands)
    assert "dirty/one" not in run.read("report.json")
    assert run.untouched()


def test_an_old_python_is_told(act: Act, project: Project, tmp_path: Path) -> None:
    for name in ("python3", "python"):
        stub = tmp_path / "old" / name
        write(stub.parent, {name: '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.8.10 && exit 0\nexit 1\n'})
        stub.chmod(0o755)
    run = act(project, path=tmp_path / "old")
    assert run.code != 0
    (error,) = run.of("error")
    assert "needs Python 3.10 or later" in error
    assert "found: Python 3.8.10" in error


def test_an_action_in_the_workspace(act: Act, action: Path, project: Project) -> None:
    run = act(project, uses="./my tools/sscop", before=f"mkdir 'my tools' && cp -R '{action}' 'my tools/sscop'")
    assert run.outputs["exit-code"] == "1"
    assert run.untouched()
    assert snapshot(run.folder / "workspace" / "my tools" / "sscop") == snapshot(action)


class Server(ThreadingHTTPServer):
    """Git's own server over HTTP, for those who bring the token."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: list[str | None] = []
        super().__init__(("127.0.0.1", 0), _Smart)


class _Smart(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        url, given = urlsplit(self.path), self.headers.get_all("Authorization")
        self.server.seen.append(given[0] if given and len(given) == 1 else str(given))
        secret = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
        if given not in ([f"AUTHORIZATION: basic {secret}"], [f"basic {secret}"], ["basic persisted"]):
            self.send_error(401)
            return
        environ = {
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH_INFO": unquote(url.path),
            "QUERY_STRING": url.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "REMOTE_USER": "x",
        }
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        done = subprocess.run(
            ["git", "http-backend"], input=body, env={**os.environ, **environ}, capture_output=True, check=True
        )
        head, data = done.stdout.split(b"\r\n\r\n", 1)
        self.send_response(200)
        for line in head.decode().splitlines():
            self.send_header(*line.split(": ", 1))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET  # noqa: N815


def test_the_token_fetches_the_base_and_stays_nowhere(act: Act, project: Project) -> None:
    server = Server(project.origin.parent)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    origin = f"{url}/{project.origin.name.replace(' ', '%20')}"
    given = {"GITHUB_SERVER_URL": url, "http_proxy": "", "no_proxy": "127.0.0.1"}
    try:
        run = act(project, {"comment": "never"}, before=f"git remote set-url origin '{origin}'", **given)
        assert run.report["run"]["base"] == project.base
        assert set(server.seen) == {f"basic {base64.b64encode(f'x-access-token:{TOKEN}'.encode()).decode()}"}
        assert TOKEN not in run.read("workspace/.git/config")

        server.seen.clear()
        kept = f"git config http.{url}/.extraheader 'AUTHORIZATION: basic persisted'"
        run = act(project, {"comment": "never"}, before=f"git remote set-url origin '{origin}'; {kept}", **given)
        assert run.report["run"]["base"] == project.base
        assert set(server.seen) == {"basic persisted"}
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
