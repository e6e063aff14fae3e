"""Tests that publishing tools run by themselves: npm's scripts, Maven's lifecycle, GoReleaser's hooks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from sscop.artefacts import jsonc
from sscop.artefacts.launch import bare
from sscop.artefacts.nodes import Entries, Text, items, load, mapping, text
from sscop.artefacts.pipelines import Activity, tools
from sscop.artefacts.pipelines.tools import Purpose
from sscop.artefacts.releases.model import Channel
from sscop.artefacts.runs import Block, Place, runs
from sscop.artefacts.shell import Script, script
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_NPM_SCRIPTS = ("prepublishOnly", "prepublish", "prepack", "prepare", "preversion", "prerelease")
SKIPS = lazily(
    r"-DskipTests(?!=false)|-Dmaven\.test\.skip(?!=false)|-DskipITs|--skip-tests|-x[ =]test|-Dskip\.tests|-PskipTests"
)
"""Switches with which a tool leaves its tests out."""

_MAVEN_TESTS = ("deploy", "release:perform", "release:prepare", "verify", "install")


def tests_in(repo: Repository, scripts: Sequence[Script], place: Place) -> Evidence | None:
    """The first place where scripts, followed into what they call, run tests."""
    for block in runs(repo, scripts, place) if scripts else ():
        if isinstance(block, Block):
            for command in (command for pipeline in block.pipelines for command in pipeline):
                words = bare([word.text for word in command.words])
                if any(Purpose.TEST in tool.purposes for tool in tools.run(words)) and not SKIPS.search(
                    " ".join(words)
                ):
                    return Evidence(block.place.path, command.line, " ".join(words)[:60])
    return None


def skips(one: Activity) -> str:
    """The switch with which a publishing command leaves tests out; "" without one."""
    match = SKIPS.search(" ".join([*one.words, *map(str, one.step.inputs.values())]))
    return match[0] if match else ""


def maven_tests(words: Sequence[str]) -> str:
    """What says that Maven runs the tests before the goal of a command; "" where it runs none."""
    goals = [word for word in words[1:] if word in _MAVEN_TESTS]
    runs_them = words[:1] and words[0] in ("mvn", "mvnw", "mvnd") and goals and not SKIPS.search(" ".join(words))
    return f"Maven's lifecycle up to `{goals[0]}` tests" if runs_them else ""


def by_tool(repo: Repository, one: Activity, channel: Channel) -> Evidence | None:
    """Where the publishing tool's own lifecycle runs tests before it publishes; None where it runs none."""
    if one.words[:1] == ("np",):
        return Evidence(one.path, one.line, "np runs `npm test`")
    if channel is Channel.NPM or one.tool == "semantic-release":
        return _npm(repo)
    if said := maven_tests(one.words):
        return Evidence(one.path, one.line, said)
    if one.tool == "GoReleaser":
        return next(_goreleaser(repo), None)
    return None


_AT_PUBLISH = ("prepublishOnly", "prepack", "prepare")
"""What npm runs whenever a package is published, by whatever hand."""


def npm_tests(repo: Repository) -> Evidence | None:
    """Where npm runs tests before it publishes the package at the root, whoever asks it to."""
    return _npm(repo, ("package.json",), _AT_PUBLISH)


_MANIFESTS = ("package.json", "packages/*/package.json", "*/package.json")


def _npm(repo: Repository, globs: Sequence[str] = _MANIFESTS, names: Sequence[str] = _NPM_SCRIPTS) -> Evidence | None:
    for path in repo.find(*globs, family=Family.PRODUCT)[:60]:
        node = repo.parse(path, jsonc.load)
        scripts = mapping(node.get("scripts")) if isinstance(node, Entries) else mapping(None)
        for name in names:
            command = scripts.get(name)
            if isinstance(command, Text) and not command.is_null:
                found = tests_in(repo, [script(command)], Place(path, posixpath.dirname(path)))
                if found is not None:
                    return Evidence(path, command.line, f"{name}: {command[:50]}")
    return None


def _goreleaser(repo: Repository) -> Iterator[Evidence]:
    for path in repo.find("**/{.goreleaser,goreleaser}*.{yml,yaml}", family=Family.PRODUCT)[:10]:
        node = repo.parse(path, load)
        hooks = mapping(mapping(node).get("before")).get("hooks") if isinstance(node, Entries) else None
        for hook in items(hooks):
            command = text(hook) or text(mapping(hook).get("cmd"))
            if command is not None and tests_in(repo, [script(command)], Place(path)) is not None:
                yield Evidence(path, command.line, f"before: {command[:50]}")
