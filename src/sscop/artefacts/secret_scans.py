"""Where a repository is searched for secrets: hooks before a commit or push, and pipelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Union

from sscop.artefacts.launch import bare
from sscop.artefacts.nodes import Entries, Node, Text, items, load, mapping, text, texts
from sscop.artefacts.pipelines import Activity, Event, Purpose, Step, activities, tools
from sscop.artefacts.runs import Block, Place, runs, script_file
from sscop.artefacts.shell import Script, script
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

CONFIG = ".pre-commit-config.yaml"
LIMITED = {"detect-private-key", "detect-aws-credentials"}
"""Hooks that look for one kind of secret."""

_NAMED = lazily(r"secrets?[-_ ]?(?:scan|detect)|(?:detect|scan)[-_]secrets|gitleaks|trufflehog|ggshield", re.IGNORECASE)
_NAMED_LINTER = lazily(r"(?:super|mega)-?linter", re.IGNORECASE)
_LINTER = lazily(r"(?:super-linter|github)/super-linter(?:/slim)?@", re.IGNORECASE)
_MEGALINTER = lazily(r"oxsecurity/megalinter(?:/flavors/\w+)?@", re.IGNORECASE)
_REPORT = lazily(r"--(?:report|output|json|sarif|format)")
_SETTINGS = (
    "**/.gitleaks.toml", "**/gitleaks.toml", "**/.gitleaksignore", "**/.secrets.baseline", "**/.gitguardian.{yml,yaml}",
    "**/.talismanrc", "**/.secretlintrc*", "**/.trufflehog*", ".github/secret_scanning.{yml,yaml}",
)  # fmt: skip


class Scan(NamedTuple):
    """A search for secrets, at the place that names it. `by` is `hook` or `pipeline`.

    `hollow` says why it stops nothing, in words; "" where it does. `reports`: it writes a report, which something else
    may judge.
    """

    tool: str
    by: str
    path: str
    line: int
    hollow: str = ""
    reports: bool = False


class Baseline(NamedTuple):
    """A list of findings to leave out: how many, and how many of them nobody has judged (detect-secrets)."""

    path: str
    entries: int
    unjudged: int


class Scans(NamedTuple):
    """All scans; settings of scanners; calls of what is in another repository and named after secrets; the unread."""

    found: tuple[Scan, ...]
    settings: tuple[str, ...]
    elsewhere: tuple[Scan, ...]
    unread: tuple[Unread, ...]


def scans(repo: Repository) -> Scans:
    """Every search for secrets that hooks and pipelines make."""
    acts = repo.once(activities)
    facts = [*_hooks(repo), *_git_hooks(repo)]
    found = [one for one in facts if isinstance(one, Scan)]
    found += (_piped(one) for one in acts.of(Purpose.SECRET_SCAN) if one.words[1:2] != ("version",))
    steps = (step for pipeline in acts.pipelines for job in pipeline.jobs for step in job.steps if step.uses)
    found += (Scan(tool, "pipeline", step.path, step.line) for step in steps for tool in _linters(step))
    elsewhere = [
        Scan(one.said, "pipeline", one.path, one.line)
        for one in acts.calls
        if (one.kind in ("workflow", "action") and _NAMED.search(one.said))
        or (one.kind == "workflow" and _NAMED_LINTER.search(one.said))
    ]
    unread = [one for one in facts if isinstance(one, Unread)]
    found = list({(one.tool, one.path, one.hollow): one for one in reversed(found)}.values())[::-1]
    elsewhere = list({(one.tool, one.path): one for one in elsewhere}.values())
    return Scans(tuple(found), tuple(repo.find(*_SETTINGS)), tuple(elsewhere), (*unread, *acts.unread))


def _piped(one: Activity) -> Scan:
    hollow = f"its failing fails nothing (`{one.tolerance}`)" if one.tolerance else ""
    if one.never:
        hollow = "its conditions keep it from running"
    elif {trigger.event for trigger in one.pipeline.triggers} == {Event.MANUAL}:
        hollow = "it is only started by hand"
    return Scan(one.tool, "pipeline", one.path, one.line, hollow, bool(hollow) and any(map(_REPORT.match, one.words)))


def _linters(step: Step) -> Iterator[str]:
    """What runs gitleaks among other linters: super-linter runs all of them unless some are asked for by name."""
    uses = step.uses or ""
    asked = {key: str(value).lower() for key, value in step.env.items() if key.startswith("VALIDATE_")}
    others = any(value == "true" for key, value in asked.items() if key != "VALIDATE_ALL_CODEBASE")
    if _LINTER.match(uses) and asked.get("VALIDATE_GITLEAKS", "false" if others else "true") == "true":
        yield "Gitleaks in super-linter"
    elif _MEGALINTER.match(uses):
        yield "Gitleaks in MegaLinter"


def _hooks(repo: Repository) -> Iterator[Union[Scan, Unread]]:
    """Hooks of pre-commit: its own file, and another one that a makefile or script installs by its path."""
    for path in repo.find("**/*pre-commit*.{yml,yaml}", family=Family.TOOLS):
        if path != CONFIG and not _installed(repo, path):
            continue
        config = repo.parse(path, load)
        if isinstance(config, Unread):
            yield from () if repo.gone(config) else [config]
            continue
        for source in items(mapping(config).get("repos")):
            for hook in items(mapping(source).get("hooks")):
                yield from _hook(repo, path, hook)


def _hook(repo: Repository, path: str, hook: Node) -> Iterator[Scan]:
    name = text(mapping(hook).get("id"))
    entry = text(mapping(hook).get("entry"))
    if not name:
        return
    hollow = "it is only started by hand" if texts(mapping(hook).get("stages")) == ["manual"] else ""
    known = [tool.name for tool in tools.hooked(name) if Purpose.SECRET_SCAN in tool.purposes]
    if entry and not known:
        known = list(_run(repo, script(entry), Place(path)))
    yield from (Scan(name if name in LIMITED else tool, "hook", path, name.line, hollow) for tool in known[:1])


def _installed(repo: Repository, path: str) -> bool:
    if path.startswith(".github/"):
        return False
    name = path.encode("utf-8", "surrogateescape")
    for maker in repo.find("**/Makefile", "**/*.mk", "**/package.json", "**/{Taskfile,justfile}*", family=Family.TOOLS)[
        :50
    ]:
        data = repo.read(maker)
        if isinstance(data, bytes) and name in data:
            return True
    return False


def _git_hooks(repo: Repository) -> Iterator[Scan]:
    """Hooks of husky, lefthook and lint-staged, and those in `.githooks`."""
    for path in repo.find(".husky/{pre-commit,pre-push}", ".githooks/{pre-commit,pre-push}"):
        for block in script_file(repo, path):
            if isinstance(block, Block):
                yield from (Scan(tool, "hook", path, line) for tool, line in _tools(block))
    for path in repo.find("{lefthook,.lefthook}.{yml,yaml}"):
        config = repo.parse(path, load)
        for event in ("pre-commit", "pre-push", "commit-msg"):
            for run in _runs(mapping(None if isinstance(config, Unread) else config).get(event)):
                yield from (Scan(tool, "hook", path, run.line) for tool in _run(repo, script(run), Place(path)))
    data = repo.read("package.json") if repo.has("package.json") else b""
    if isinstance(data, bytes) and b"lint-staged" in data:
        for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
            if re.match(r"\s*\"[^\"]*\*[^\"]*\"\s*:.*\bsecretlint\b", line):
                yield Scan("secretlint", "hook", "package.json", number)


def _runs(node: Node | None) -> Iterator[Text]:
    """The commands of a lefthook event: `commands` by name, or `jobs` and `scripts` in lists."""
    for one in [*mapping(mapping(node).get("commands")).values(), *items(mapping(node).get("jobs"))]:
        run = text(mapping(one).get("run")) if isinstance(one, Entries) else None
        if run:
            yield run


def _run(repo: Repository, given: Script, place: Place) -> Iterator[str]:
    for block in runs(repo, [given], place):
        if isinstance(block, Block):
            yield from (tool for tool, _ in _tools(block))


def _tools(block: Block) -> Iterator[tuple[str, int]]:
    for piped in block.pipelines:
        for command in piped:
            for tool in tools.run(bare([word.text for word in command.words])):
                if Purpose.SECRET_SCAN in tool.purposes:
                    yield tool.name, command.line


def baselines(repo: Repository) -> Iterator[Baseline]:
    """What scanners are told to leave out, counted."""
    for path in repo.find("**/.secrets.baseline", family=Family.TOOLS):
        counted = repo.parse(path, load_baseline, 8 * 1024 * 1024)
        if not isinstance(counted, Unread) and counted[0]:
            yield Baseline(path, *counted)
    for path in repo.find("**/.gitleaksignore", family=Family.TOOLS):
        given = repo.text(path)
        lines = [] if isinstance(given, Unread) else given.split("\n")
        entries = sum(1 for line in lines if line.strip() and not line.lstrip().startswith("#"))
        if entries:
            yield Baseline(path, entries, 0)


def load_baseline(source: str) -> tuple[int, int]:
    """The entries of a detect-secrets baseline, and those without a verdict (`is_secret`)."""
    import json

    try:
        found = json.loads(source)
    except (ValueError, RecursionError):
        return 0, 0
    results = found.get("results") if isinstance(found, dict) else None
    entries = [
        one
        for listed in (results.values() if isinstance(results, dict) else ())
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    ]
    return len(entries), sum(1 for one in entries if "is_secret" not in one)
