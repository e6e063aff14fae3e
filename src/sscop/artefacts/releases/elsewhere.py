"""What points to a release that is made where no pipeline is read: other systems' files, guides to releasing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sscop.artefacts.pipelines.named import parts
from sscop.artefacts.releases.by_hand import GUIDES, NOTES
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_LONGEST = 200 << 10
_LINE = 2_000
_SCRIPT = lazily(r"(?:^|[\s\"'\[,=])(?:\./)?((?:[\w.-]{1,60}/){0,6}[\w.-]{1,60}\.(?:sh|bash|py|rb|js|ps1))\b")
_SIGNS = lazily(
    r"\bcosign\s{1,9}(?:sign|attest)(?:-blob)?\b|\bgpg2?\b[^\n]{0,80}(?:--detach-sig|--sign\b|--clear-?sign|-ab\b)"
    r"|\bsigntool(?:\.exe)?\s{1,9}sign\b|\bjarsigner\s|\bapksigner\s{1,9}sign\b|\bcodesign\s|\bminisign\s[^\n]{0,60}-S"
    r"|\b(?:bazel(?:isk)?|make|just|task|gradlew?|mage)\s{1,9}(?:\S{1,60}\s{1,9}){0,3}[:/\w-]{0,60}\bsign(?![a-z])"
    r"[\w:-]{0,40}"
)
"""Commands that sign, also behind a target of a build tool that says so by its name."""

_PUBLISHES = lazily(
    r"^\s{0,8}-?\s{0,4}(?:before_)?deploy\s{0,4}:|\b(?:npm|cargo|poetry|flit|uv)\s{1,4}publish\b|semantic-release"
    r"|\btwine\s{1,4}upload|\bgem\s{1,4}push\b|\bnuget\s{1,4}push\b|goreleaser",
    re.IGNORECASE | re.MULTILINE,
)
_BUILD = (
    "{eng,build,scripts,tools,ci,.ci,.config,packaging,buildscripts}/**/"
    "*.{props,targets,proj,ps1,psm1,cake,fsx,cs,py,rb,js,mjs,ts,sh,cmd,bat,yml,yaml}"
)
_BY_NAME = {"sign", "signing", "codesign", "publish", "publishing", "release", "deploy"}
_OTHER_WORK = {
    "notes", "check", "test", "tests", "docs", "doc", "changelog", "draft", "version", "bump", "label", "site", "pages",
    "website", "storybook", "db", "database", "note", "coverage",
}  # fmt: skip
_POINTS = lazily(
    r"\btrusted[- ]publish\w{0,6}|\battest(?:ation|ations|ed|s)?\b|\bprovenance\b|\b(?:gpg|pgp|cosign|sigstore)\b"
    r"|\bsigned\b|\bsignatures?\b|\bgithub actions?\b|\bworkflow (?:run|is|will)\b"
    r"|\b(?:release|publish\w{0,4}|deploy\w{0,4}|nightly) (?:workflow|pipeline|job|action)s?\b"
    r"|\b(?:travis|jenkins|buildkite|azure pipelines|circleci|appveyor)\b|[\w-]{2,40}-releases?\b(?=[`>_/]|\.git)",
    re.IGNORECASE,
)
"""What a guide to releasing names that signs or publishes somewhere else."""


def signed_there(repo: Repository, others: tuple[Unread, ...]) -> Evidence | None:
    """The first command that signs in the file of a system that is not read, or in a script that it names."""
    for other in others:
        for path in dict.fromkeys((other.path, *_named(repo, other.path))):
            for number, line in _lines(repo, path):
                if match := _SIGNS.search(line):
                    return Evidence(path, number, " ".join(match[0].split())[:60])
    return None


def _named(repo: Repository, path: str) -> Iterator[str]:
    """The repository's scripts that a pipeline's file names, from the root or from its own folder."""
    for _, line in _lines(repo, path):
        for match in _SCRIPT.finditer(line):
            for one in (match[1], posixpath.join(posixpath.dirname(path), match[1])):
                if repo.has(one):
                    yield one


def publishes_there(repo: Repository, other: Unread) -> bool:
    """Whether the file of a system that is not read says that it publishes something."""
    said = repo.text(other.path, _LONGEST)
    return not isinstance(said, str) or _PUBLISHES.search(said) is not None


def pointed(repo: Repository) -> Evidence | None:
    """What says that releases are made or signed elsewhere, in its note: the line of a guide to releasing that names a
    pipeline, another repository or what signs, or a build's file that by its name signs or publishes. None without one.
    """
    for path in repo.find(*GUIDES, family=Family.PROSE)[:40]:
        if NOTES.search(path):
            continue
        for number, line in _lines(repo, path):
            if match := _POINTS.search(line):
                return Evidence(path, number, f"a guide to releasing names `{match[0]}`")
    for path in repo.find(_BUILD, family=Family.TOOLS)[:2_000]:
        words = parts(path.rpartition("/")[2])
        if words & _BY_NAME and not words & _OTHER_WORK:
            return Evidence(path, 1, f"`{path}` by its name signs or publishes")
    return None


def _lines(repo: Repository, path: str) -> Iterator[tuple[int, str]]:
    """The lines of a file that are no comments, none of them longer than people write."""
    said = repo.text(path, _LONGEST)
    for number, line in enumerate(said.split("\n") if isinstance(said, str) else (), 1):
        if len(line) <= _LINE and not (line.lstrip().startswith("#") and not path.endswith((".md", ".rst", ".adoc"))):
            yield number, line
