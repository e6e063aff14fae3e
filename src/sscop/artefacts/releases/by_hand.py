"""Releases that people make: the commands of texts about releasing, of release scripts and of `make release`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.launch import bare
from sscop.artefacts.makefile import load as load_makefile
from sscop.artefacts.pipelines import tools
from sscop.artefacts.pipelines.tools import Purpose
from sscop.artefacts.prose.document import read
from sscop.artefacts.releases.model import ByHand, Channel
from sscop.artefacts.runs import Block, Place, runs
from sscop.artefacts.shell import Script
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_TEXTS = (
    "{RELEAS*,releas*,Releas*,PUBLISH*,publish*}.{md,rst,adoc,txt}",
    "{docs,doc,.github,dev,contributing,Documentation,documentation}/**/*{releas,RELEAS,Releas,publish,PUBLISH}*.{md,rst,adoc,txt}",
    "{CONTRIBUTING,MAINTAINERS,MAINTAINING,DEVELOPMENT,DEVELOPERS,HACKING,README}*.{md,rst,adoc}",
    "{docs,.github}/{CONTRIBUTING,MAINTAINERS,MAINTAINING,DEVELOPMENT,contributing,development}*.{md,rst,adoc}",
)
_SCRIPTS = (
    "{release,publish,upload,make-release,make_release}{,.sh,.bash}",
    "{scripts,script,tools,bin,ci,hack,dev,contrib,packaging,release,build}/*{release,publish}*{,.sh,.bash}",
)
_TARGETS = ("release", "publish", "upload", "pypi", "dist-upload", "publish-release", "push-release")
_MARKS = (
    b"publish", b"twine", b"gem push", b"nuget push", b"hex.publish", b"mvn", b"docker push", b"gh release", b"deploy",
    b"pod trunk", b"goreleaser", b"rake release",
)  # fmt: skip
_NOTES = lazily(r"(?:^|/)(?:.*release[-_ ]?notes?.*|releases?/.*\d.*)$", re.IGNORECASE)
_TESTS = lazily(
    r"\b(?:run|pass|green|execut|succeed|wait)\w*\b[^.\n]{0,60}\b(?:tests?|ci|checks|pipeline|workflow)\b|\b(?:tests?|ci|checks|pipeline|workflow)\b[^.\n]{0,60}\b(?:run|pass|green|succeed)\w*",
    re.IGNORECASE,
)
_KINDS = {
    "PyPI": Channel.PYPI, "npm packages": Channel.NPM, "crates.io": Channel.CRATES, "RubyGems": Channel.GEMS,
    "Maven repositories": Channel.MAVEN, "NuGet": Channel.NUGET, "Hex": Channel.HEX, "pub.dev": Channel.PUB,
    "CocoaPods": Channel.PODS, "GitHub releases": Channel.FILES, "GoReleaser": Channel.FILES,
    "VS Code extensions": Channel.EDITOR, "containers": Channel.IMAGES,
}  # fmt: skip


_LONGEST = 200 << 10
"""The size in bytes above which a script is none that people wrote to release."""

_PROMPT = lazily(r"^[ \t]*[$%>][ \t]+", re.MULTILINE)
_WRAPPER = lazily(r"\w{0,20}(?:_run|run_|_exec|maybe|dry_run)\w{0,20}|run|execute|retry")
"""Functions of scripts that run what they are given."""


def by_hand(repo: Repository) -> tuple[ByHand, ...]:
    """The commands, those of texts and scripts about releasing first."""
    found = (one for one in _all(repo) if one.channel is not Channel.IMAGES or _named(one))
    return tuple(sorted(found, key=lambda one: not _named(one)))


def _named(one: ByHand) -> bool:
    return re.search(r"releas|publish", one.place.path.lower()) is not None


def _all(repo: Repository) -> Iterator[ByHand]:
    for path in repo.find(*_TEXTS, family=Family.PROSE)[:40]:
        data = repo.read(path)
        if not isinstance(data, Unread) and any(mark in data for mark in _MARKS) and not _NOTES.search(path):
            yield from _text(repo, path)
    for path in repo.find(*_SCRIPTS, family=Family.TOOLS)[:20]:
        source = repo.text(path, _LONGEST)
        if (
            isinstance(source, str)
            and (path.endswith((".sh", ".bash")) or source.startswith("#!"))
            and "python" not in source[:60]
        ):
            yield from _run(repo, [Script(source, 1)], path, document=False)
    for path in ("Makefile", "GNUmakefile", "makefile"):
        made = repo.parse(path, load_makefile) if repo.has(path) else None
        if made is not None and not isinstance(made, Unread):
            for target in _TARGETS:
                recipes = list(made.recipes([target])) if made.named(target) else []
                yield from _run(repo, recipes, path, document=False)


def _text(repo: Repository, path: str) -> Iterator[ByHand]:
    document = read(repo, path)
    if isinstance(document, Unread):
        return
    general = not re.search(r"releas|publish", path.lower())
    for section in document.sections:
        about = re.search(r"releas|publish|deploy|ship|new version|upload", section.key) is not None
        if general and not about:
            continue
        scripts = [Script(_PROMPT.sub("", code.text), code.line + 1) for code in section.code]
        told = next(
            (Evidence(path, said.line, match[0][:60]) for said in section.said() if (match := _TESTS.search(said))),
            None,
        )
        if told is None and not general:
            told = next(
                (
                    Evidence(path, said.line, match[0][:60])
                    for one in document.sections
                    for said in one.said()
                    if (match := _TESTS.search(said))
                ),
                None,
            )
        for one in _run(repo, scripts, path, document=True):
            yield one._replace(tests=one.tests or told)


def _run(repo: Repository, scripts: Sequence[Script], path: str, *, document: bool) -> Iterator[ByHand]:
    tests: Evidence | None = None
    for block in runs(repo, scripts, Place(path)) if scripts else ():
        if not isinstance(block, Block):
            continue
        for command in (command for pipeline in block.pipelines for command in pipeline):
            words = bare([word.text for word in command.words])
            if words and _WRAPPER.fullmatch(words[0]):
                words = bare(words[1:])
            said = " ".join(words)[:60]
            for tool in tools.run(words):
                if Purpose.TEST in tool.purposes and tests is None:
                    tests = Evidence(block.place.path, command.line, said)
                channel = _KINDS.get(tool.name) if {Purpose.PUBLISHING, Purpose.RELEASE} & set(tool.purposes) else None
                if channel is not None and not re.search(
                    r"--dry-run|test\.?pypi|--snapshot|localhost|--skip-publish|--skip=publish", " ".join(words)
                ):
                    yield ByHand(channel, Evidence(block.place.path, command.line, said), tests, document)
