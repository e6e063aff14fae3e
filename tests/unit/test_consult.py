"""Where a run's settings come from: GitHub or a file, for which repository, and what is said where there are none."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import git, repository
from integration.fake_github import FakeGitHub, Fault
from integration.fake_settings import as_ordinary, settings
from sscop.artefacts.settings.export import load
from sscop.config import ConfigError
from sscop.github import action, consult
from sscop.platform import UNASKED, Answer, Answers
from sscop.report import Consulted
from sscop.repository import open_repository
from sscop_hooks.__main__ import main

TOKEN = "ghp_a-token-that-nothing-may-print"
SERVER = "https://github.example"
NEITHER = "neither GITHUB_REPOSITORY nor the remote `origin`"


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        server.settings = settings()
        yield server
    assert server.violations == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "work", {".github/workflows/ci.yml": "on: push\njobs: {}\n", "docs/SUPPORT.md": "x"})


def environ(github: FakeGitHub, **more: str) -> dict[str, str]:
    return {
        "GITHUB_API_URL": github.url,
        "GITHUB_SERVER_URL": SERVER,
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "o/r",
    } | more


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.example/o/r.git", "o/r"),
        ("https://github.example/o/r/", "o/r"),
        ("https://x-access-token:secret@GitHub.example/o/r", "o/r"),
        ("https://github.example:8443/o/r", "o/r"),
        ("ssh://git@github.example:22/o/r.git", "o/r"),
        ("ssh://git@ssh.github.example:443/o/r.git", "o/r"),
        ("git@github.example:o/r.git", "o/r"),
        ("github.example:o/r", "o/r"),
        ("git@github.example:o/.github", "o/.github"),
        ("https://github.com/o/r", ""),
        ("https://github.example/o/r/x", ""),
        ("https://github.example/o", ""),
        ("https://github.example.evil.example/o/r", ""),
        ("https://[/o/r", ""),
        ("file:///srv/o/r", ""),
        ("/srv/o/r", ""),
        ("../o/r", ""),
        ("git@github.example:/o/r", ""),
        ("", ""),
    ],
)
def test_the_name_of_the_origin(root: Path, url: str, name: str) -> None:
    git(root, "config", "remote.origin.url", url)
    assert consult.origin_name(str(root), SERVER) == name


def test_a_folder_without_git(github: FakeGitHub, tmp_path: Path) -> None:
    assert consult.of_github(str(tmp_path), environ(github)).repository == "o/r"


def test_which_repository_is_meant(root: Path, tmp_path: Path) -> None:
    assert consult.repository(str(root), {"GITHUB_REPOSITORY": "a/b"}) == "a/b"
    with pytest.raises(ValueError, match=r"neither GITHUB_REPOSITORY nor the remote `origin` names a repository on gi"):
        consult.repository(str(root), {})
    with pytest.raises(ValueError, match="neither"):
        consult.repository(str(tmp_path), {"GITHUB_SERVER_URL": "https://["})
    git(root, "config", "remote.origin.url", "https://secret@github.com/c/d.git")
    assert consult.repository(str(root), {}) == "c/d"
    assert consult.repository(str(root), {"GITHUB_REPOSITORY": " ", "GITHUB_SERVER_URL": ""}) == "c/d"


def test_settings_are_asked_for(github: FakeGitHub, root: Path) -> None:
    git(root, "update-ref", "refs/remotes/origin/v3.x", "HEAD")
    github.settings["/repos/o/r/branches"] = (404, {"message": "Not Found"})
    github.settings["/repos/o/r/rules/branches/v3.x"] = (200, [])
    github.settings["/repos/o/r/branches/v3.x"] = (404, {"message": "Branch not found"})
    facts, consulted = consult.told("github", open_repository(str(root)), environ(github))
    assert facts.visibility.value == "public"
    assert consulted
    assert (consulted.repository, consulted.source, consulted.permissions) == ("o/r", github.url, ("Contents: read",))
    # the repository has a page on support of its own, and a branch that only the clone knows of
    assert [path for path in github.calls() if "/contents/" in path] == ["GET /repos/o/.github/contents/SECURITY.md"]
    assert "GET /repos/o/r/rules/branches/v3.x" in github.calls()


def test_none_is_none(root: Path) -> None:
    assert consult.told("none", open_repository(str(root)), {}) == consult.Told(UNASKED, None)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"GITHUB_TOKEN": ""}, "no token in GITHUB_TOKEN or GH_TOKEN"),
        ({"GITHUB_TOKEN": "t\nx"}, "no token, or one that can't be one"),
        ({"GITHUB_API_URL": "ftp://x"}, "not the address of an API: 'ftp://x'"),
        ({"GITHUB_API_URL": "http://["}, "Invalid IPv6 URL"),
        ({"GITHUB_REPOSITORY": "o"}, "'o' is not OWNER/NAME"),
        (
            {"GITHUB_REPOSITORY": ""},
            "neither GITHUB_REPOSITORY nor the remote `origin` names a repository on github.example",
        ),
    ],
)
def test_what_keeps_it_from_being_asked(github: FakeGitHub, root: Path, more: dict[str, str], why: str) -> None:
    facts, consulted = consult.told("github", open_repository(str(root)), environ(github, **more))
    assert facts == UNASKED._replace(refused=why)
    assert consulted == Consulted("", "GitHub", "", 0, 0, (), why)
    assert consulted.words() == f"not asked: {why}"
    assert github.requests == []


def test_another_variable_for_the_token(github: FakeGitHub, root: Path) -> None:
    given = environ(github, GH_TOKEN=TOKEN)
    del given["GITHUB_TOKEN"]
    assert consult.of_github(str(root), given).by_path["/repos/o/r"].why == ""


def test_without_pygithub(github: FakeGitHub, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "github", None)
    monkeypatch.delitem(sys.modules, "sscop.github.transport", raising=False)
    _, consulted = consult.told("github", open_repository(str(root)), environ(github))
    assert consulted
    assert consulted.why == "PyGithub is not installed; pip install 'sscop[github]'"


def test_the_report_says_what_would_show_more(github: FakeGitHub, root: Path) -> None:
    github.settings = as_ordinary(github.settings)
    _, consulted = consult.told("github", open_repository(str(root)), environ(github))
    assert consulted
    assert consulted.words() == (
        f"14 of 26 questions about o/r answered ({github.url}, {consulted.asked[:10]}); more with Actions: read; "
        "Administration: read; Metadata: read (by somebody who may push); Webhooks: read"
    )
    github.faults.append(Fault("GET", "/rulesets$", 429, "too many"))
    _, consulted = consult.told("github", open_repository(str(root)), environ(github))
    assert consulted
    assert consulted.why == "not asked: GitHub's rate limit: too many (429)"


def test_a_file_of_answers(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"/repos/o/r": {"visibility": "private"}, "/orgs/o": null}', "utf-8")
    facts, consulted = consult.told(str(path), open_repository(str(root)), {})
    assert facts.visibility.value == "private"
    assert consulted
    assert consulted.words() == f"1 of 2 questions about o/r answered ({path}); null, which says nothing"
    _, consulted = consult.told(str(path), open_repository(str(root)), {"GITHUB_REPOSITORY": "p/q"})
    assert consulted
    assert consulted.words().endswith("; this repository seems to be p/q")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "can't be read: No such file or directory"),
        (b"\xff", "settings.json:1: is not UTF-8"),
        (b'{\n"a": }', "settings.json:2: is not valid JSON: Expecting value"),
        (b"[" * 99_999, "settings.json:1: is nested too deeply to read"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, raw: bytes | None, words: str) -> None:
    path = tmp_path / "settings.json"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ConfigError, match=r"settings\.json") as error:
        consult.of_file(str(path))
    assert words in str(error.value)


def job(github: FakeGitHub, root: Path, **more: str) -> dict[str, str]:
    (root.parent / "temp").mkdir(exist_ok=True)
    (root.parent / "output").write_text("")
    places = {"GITHUB_WORKSPACE": str(root), "RUNNER_TEMP": str(root.parent / "temp")}
    return environ(github, **places, GITHUB_OUTPUT=str(root.parent / "output"), **more)


def outputs(given: dict[str, str]) -> dict[str, str]:
    return dict(line.split("=", 1) for line in Path(given["GITHUB_OUTPUT"]).read_text("utf-8").splitlines())


def test_the_step_leaves_the_answers(github: FakeGitHub, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = job(github, root)
    assert action.main("platform", given) == 0
    file = Path(outputs(given)["file"])
    assert file.is_relative_to(root.parent / "temp")
    answers = load(file.read_text("utf-8"))
    assert answers.repository == "o/r"
    assert [path for path in answers.by_path if "/contents/" in path] == ["/repos/o/.github/contents/SECURITY.md"]
    assert capsys.readouterr().out == ""
    assert action._arguments({**given, "SSCOP_PLATFORM_FILE": str(file)}, {})[2:] == [
        f"--root={root}/.",
        "--rev=HEAD",
        "--lapsed=tell",
        f"--platform={file}",
        "--",
    ]


@pytest.mark.parametrize(
    ("event", "wanted"),
    [("pull_request", "tell"), ("push", "tell"), ("schedule", "fail"), ("workflow_dispatch", "fail")],
)
def test_what_the_calendar_did_fails_what_the_calendar_started(
    github: FakeGitHub, root: Path, event: str, wanted: str
) -> None:
    given = {**job(github, root), "GITHUB_EVENT_NAME": event}
    assert f"--lapsed={wanted}" in action._arguments(given, {})


@pytest.mark.parametrize("more", [{"GITHUB_TOKEN": ""}, {"SSCOP_PLATFORM": "none"}])
def test_the_step_asks_nothing(github: FakeGitHub, root: Path, more: dict[str, str]) -> None:
    given = job(github, root, **more)
    assert action.main("platform", given) == 0
    assert outputs(given) == {"file": ""}
    assert github.requests == []
    assert "--platform" not in " ".join(action._arguments({**given, "SSCOP_PLATFORM_FILE": ""}, {}))


def test_the_step_takes_a_file(github: FakeGitHub, root: Path) -> None:
    given = job(github, root, SSCOP_PLATFORM="ci/settings.json")
    assert action.main("platform", given) == 0
    assert outputs(given) == {"file": f"{root}/ci/settings.json"}


def test_a_checkout_of_another_repository(github: FakeGitHub, root: Path) -> None:
    other = repository(root / "other", {"a": "b"})
    git(other, "config", "remote.origin.url", f"{SERVER}/p/q")
    action.main("platform", job(github, root, SSCOP_ROOT="other"))
    assert github.calls() == ["GET /repos/p/q"]
    github.requests.clear()
    (root / "part").mkdir()
    action.main("platform", job(github, root, SSCOP_ROOT="part"))
    assert github.calls()[0] == "GET /repos/o/r"


def test_settings_are_not_worth_a_failed_job(github: FakeGitHub, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def why() -> str:
        given = job(github, root)
        assert action.main("platform", given) == 0
        [answer] = load(Path(outputs(given)["file"]).read_text("utf-8")).by_path.values()
        return answer.why

    monkeypatch.setitem(sys.modules, "github", None)
    monkeypatch.delitem(sys.modules, "sscop.github.transport", raising=False)
    assert why() == "not asked: PyGithub is not installed; pip install 'sscop[github]'"
    monkeypatch.setattr(consult, "of_github", lambda *_: {}["a key"])
    assert why() == "not asked: it stopped unexpectedly (KeyError); please report it"


def cli(monkeypatch: pytest.MonkeyPatch, root: Path, given: dict[str, str], *arguments: str) -> int:
    monkeypatch.chdir(root)
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return main(arguments)


def test_the_command(
    github: FakeGitHub, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    github.settings = as_ordinary(github.settings)
    file = root.parent / "settings.json"
    assert cli(monkeypatch, root, environ(github), "settings", "--output", str(file)) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("sscop: GitHub: 14 of 26 questions about o/r answered (http://127.0.0.1")
    report = root.parent / "report.json"
    wanted = ("check", "pinned-tools", "--platform", str(file), "--format", "json", "--output", str(report))
    assert cli(monkeypatch, root, {}, *wanted, "--format", "text") == 0
    data: dict[str, Any] = json.loads(report.read_text("utf-8"))
    assert data["platform"]["questions"] == 26
    assert data["platform"]["permissions"][1] == "Administration: read"
    assert data["repository"]["visibility"] == "public"
    assert f"\nthe platform: 14 of 26 questions about o/r answered ({github.url}, 20" in capsys.readouterr().out
    assert (
        cli(monkeypatch, root, environ(github, GITHUB_TOKEN=""), "check", "--platform", "github", "pinned-tools") == 0
    )
    assert "\nthe platform: not asked: no token in GITHUB_TOKEN or GH_TOKEN\n" in capsys.readouterr().out
    asked = ("check", "--platform", "github", "--format", "text")
    untold = environ(github, GITHUB_TOKEN="")
    for check in ("branch-rules", "platform-access"):
        assert cli(monkeypatch, root, untold, *asked, check) == 3
        said = capsys.readouterr().out
        assert "GitHub could not be asked: no token in GITHUB_TOKEN or GH_TOKEN" in said
        assert "run `sscop check --platform github`" not in said
        assert cli(monkeypatch, root, untold, "check", check) == 0  # a hook asks nothing
        assert "run `sscop check --platform github`" in capsys.readouterr().out
    assert cli(monkeypatch, root, environ(github, GITHUB_REPOSITORY="p/q"), *asked, "branch-rules") == 3
    assert "GitHub could not be asked" in capsys.readouterr().out
    assert cli(monkeypatch, root, environ(github), *asked, "branch-rules") in (0, 1)
    capsys.readouterr()
    assert cli(monkeypatch, root, {}, "check", "--platform", "ci.yml") == 2
    assert capsys.readouterr().err == "sscop: ci.yml: can't be read: No such file or directory\n"


def test_the_command_where_nothing_is_answered(
    github: FakeGitHub, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(monkeypatch, root, environ(github), "settings", "--repository", "p/q") == 3
    said = capsys.readouterr()
    assert load(said.out).by_path["/repos/p/q"].permission == "Metadata: read"
    assert TOKEN not in said.out + said.err
    assert "0 of " in said.err
    assert cli(monkeypatch, root, environ(github, GITHUB_TOKEN=""), "settings") == 2
    assert capsys.readouterr().err == "sscop: no token in GITHUB_TOKEN or GH_TOKEN\n"


def test_answers_without_an_answer() -> None:
    assert consult.summary(Answers()).words() == "not asked: the answers hold nothing"
    refused = {"/repos/o/r": Answer(0, None, "x", "A: read\x1b[1m")}
    one = consult.summary(Answers("o/r", "s", "2026-01-02T03:04:05", refused))
    assert one.words() == "0 of 1 questions about o/r answered (s, 2026-01-02); more with A: read\\u001b[1m"
