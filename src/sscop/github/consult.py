"""The platform's settings for a run: asked of GitHub, or read from what was asked before; and what came of it.

Nothing here fails a run: what can't be had is unknown, with the reason. Only a file that is none is a usage error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from sscop.artefacts.settings import read
from sscop.artefacts.settings.export import LARGEST, dump, load
from sscop.config import ConfigError
from sscop.github.questions import COMMUNITY_PLACES
from sscop.lazy import NamedTuple
from sscop.platform import UNASKED, Answer, Answers, Platform
from sscop.report import Consulted
from sscop.reporters.escape import clean
from sscop.repository import Malformed, Repository
from sscop.repository.git import Git, GitError

API, SERVER = "https://api.github.com", "https://github.com"

UNKEYED = "no token in GITHUB_TOKEN or GH_TOKEN"
NOT_INSTALLED = "PyGithub is not installed; pip install 'sscop[github]'"

_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)
_SSH = re.compile(r"(?:[\w.-]{1,100}@)?([\w.-]{1,250}):(?!/)(.{1,300})", re.ASCII)


class Told(NamedTuple):
    """What a run knows of the platform: the facts, and for the report how they came (None where nothing was wanted)."""

    platform: Platform = UNASKED
    consulted: Consulted | None = None


def told(wanted: str, repo: Repository, environ: Mapping[str, str]) -> Told:
    """What `--platform` asks for: `none`, `github`, or a file of answers. Raises ConfigError for no such file."""
    if wanted == "none":
        return Told()
    if wanted != "github":
        answers = of_file(wanted)
    else:
        try:
            answers = of_github(repo.facts.root, environ)
        except ValueError as error:
            why = clean(str(error))
            return Told(UNASKED._replace(refused=why), Consulted("", "GitHub", "", 0, 0, (), why))
    consulted = summary(answers)
    if wanted == "github" and not consulted.answered:
        return Told(read(answers)._replace(refused=consulted.why or "it answered none of the questions"), consulted)
    here = "" if wanted == "github" else _expected(repo.facts.root, environ)
    if here and here.lower() != answers.repository.lower():
        consulted = consulted._replace(why=clean(f"this repository seems to be {here}"))
    return Told(read(answers), consulted)


def _expected(root: str, environ: Mapping[str, str]) -> str:
    try:
        return repository(root, environ)
    except ValueError:
        return ""


def of_file(path: str) -> Answers:
    """The answers in a file, which is their source where it names no other. Raises ConfigError with the place."""
    try:
        with open(path, encoding="utf-8") as file:
            answers = load(file.read(LARGEST + 1))
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}:1: is not UTF-8") from None
    except Malformed as error:
        raise ConfigError(f"{path}:{error.line or 1}: {error.reason}") from None
    return answers if answers.source else answers._replace(source=path)


def of_github(root: str, environ: Mapping[str, str], name: str = "") -> Answers:
    """What GitHub answers about a repository, whose checkout is at `root` ("" without one).

    Raises ValueError, with a sentence, where it can't be asked.
    """
    token = environ.get("GITHUB_TOKEN") or environ.get("GH_TOKEN") or ""
    if not token:
        raise ValueError(UNKEYED)
    name = name or repository(root, environ)
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not OWNER/NAME")
    try:
        from sscop.github.client import Client
        from sscop.github.facts import AGAIN, REQUESTS, SECONDS, gather

        api_url = environ.get("GITHUB_API_URL") or API
        client = Client(api_url, token.strip(), most=REQUESTS, seconds=SECONDS, again=AGAIN)
    except ImportError:
        raise ValueError(NOT_INSTALLED) from None
    with client:
        return gather(client, name, _branches(root), _files(root)) if root else gather(client, name)


def repository(root: str, environ: Mapping[str, str]) -> str:
    """The repository's name on GitHub: the job's, or that of `origin`. Raises ValueError where neither says it."""
    if named := environ.get("GITHUB_REPOSITORY", "").strip():
        return named
    server = environ.get("GITHUB_SERVER_URL") or SERVER
    if origin := origin_name(root, server):
        return origin
    raise ValueError(f"neither GITHUB_REPOSITORY nor the remote `origin` names a repository on {_host(server)}")


def origin_name(root: str, server: str) -> str:
    """OWNER/NAME of the remote `origin` where that is on the server; empty otherwise."""
    try:
        url = Git(root).run("config", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
    except GitError:
        return ""
    try:
        if "://" in url:
            parts = urlsplit(url)
            host, path = parts.hostname or "", parts.path
        else:
            match = _SSH.fullmatch(url)
            host, path = (match[1], match[2]) if match else ("", "")
    except ValueError:
        return ""
    name = path.strip("/").removesuffix(".git")
    ours = _host(server)
    return name if host.lower() in (ours, f"ssh.{ours}") and _NAME.fullmatch(name) else ""


def summary(answers: Answers) -> Consulted:
    """For the report: how much was answered, and what would show more."""
    given = answers.by_path.values()
    unknown = [answer for answer in given if answer.why]
    permissions = sorted({answer.permission for answer in unknown if answer.permission})
    others = sorted((answer.why for answer in unknown if not answer.permission), key=lambda why: why[:9] != "not asked")
    return Consulted(
        clean(answers.repository), clean(answers.source or "by hand"), clean(answers.asked), len(answers.by_path),
        len(answers.by_path) - len(unknown), tuple(map(clean, permissions)), clean(others[0] if others else "")[:300],
    )  # fmt: skip


def export(name: str | None, environ: Mapping[str, str]) -> tuple[str, Consulted]:
    """The answers about a repository as `sscop settings` gives them. Raises ConfigError where it can't be asked."""
    try:
        answers = of_github("" if name else os.path.abspath("."), environ, name or "")
    except ValueError as error:
        raise ConfigError(str(error)) from None
    return dump(answers), summary(answers)


def for_action(root: str, environ: Mapping[str, str], elsewhere: bool) -> str:
    """The answers for a job's check as text; where none can be had, that with its reason.

    `elsewhere`: the folder may be another repository's checkout, whose settings are then meant.
    """
    name = (elsewhere and origin_name(root, environ.get("GITHUB_SERVER_URL") or SERVER)) or ""
    try:
        answers = of_github(root, environ, name)
    except ValueError as error:
        why = str(error)
    except Exception as error:  # noqa: BLE001 - settings are not worth a failed job, whatever broke
        why = f"it stopped unexpectedly ({type(error).__name__}); please report it"
    else:
        return dump(answers)
    name = name or environ.get("GITHUB_REPOSITORY", "")
    return dump(Answers(name, "GitHub", "", {f"/repos/{name}": Answer(0, None, f"not asked: {why}")}))


def _host(server: str) -> str:
    try:
        return (urlsplit(server).hostname or "").lower()
    except ValueError:
        return ""


def _files(root: str) -> list[str]:
    """The names of the files where GitHub looks for community files."""
    found: list[str] = []
    for place in COMMUNITY_PLACES:
        with suppress(OSError):
            found += [entry.name for entry in os.scandir(os.path.join(root, place)) if entry.is_file()]
    return found


def _branches(root: str) -> list[str]:
    """Names of branches that this clone knows."""
    try:
        raw = Git(root).run("for-each-ref", "--format=%(refname)", "--count=2000", "refs/remotes/origin", "refs/heads")
    except GitError:
        return []
    names = [os.fsdecode(line) for line in raw.split(b"\n") if line]
    return [name.removeprefix("refs/remotes/origin/").removeprefix("refs/heads/") for name in names]
