"""Releases that people make: the commands of texts about releasing, of release scripts and of `make release`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.launch import bare
from sscop.artefacts.makefile import load as load_makefile
from sscop.artefacts.pipelines import tools
from sscop.artefacts.pipelines.tools import Purpose
from sscop.artefacts.prose.document import Section, read
from sscop.artefacts.releases.lifecycle import SKIPS, maven_tests
from sscop.artefacts.releases.model import ByHand, Channel
from sscop.artefacts.runs import Block, Place, runs
from sscop.artefacts.shell import Script
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository
from sscop.repository.places import Family

GUIDES = (
    "{RELEAS*,PUBLISH*}.{md,rst,adoc,txt}",
    "{docs,doc,.github,dev,contributing,documentation,internal_docs,internal-docs,internal}/**/*{releas,publish}*.{md,rst,adoc,txt}",
)
"""Texts that are about releasing by their names."""

_TEXTS = (
    *GUIDES,
    "{CONTRIBUTING,MAINTAINERS,MAINTAINING,DEVELOPMENT,DEVELOPERS,HACKING,README}*.{md,rst,adoc}",
    "{docs,.github}/{CONTRIBUTING,MAINTAINERS,MAINTAINING,DEVELOPMENT}*.{md,rst,adoc}",
)
_SCRIPTS = (
    "{release,publish,upload,make-release,make_release}{,.sh,.bash}",
    "{scripts,script,tools,bin,ci,hack,dev,contrib,packaging,release,build}/*{release,publish}*{,.sh,.bash}",
)
_OTHERS = "{scripts,script,tools,bin,dev,build}/*{release,publish}*.{ts,mts,js,mjs,cjs,py,rb,ps1}"
_TARGETS = ("release", "publish", "upload", "pypi", "dist-upload", "publish-release", "push-release")
_MARKS = (
    b"publish", b"twine", b"gem push", b"nuget push", b"hex.publish", b"mvn", b"docker push", b"gh release", b"deploy",
    b"pod trunk", b"goreleaser", b"rake release",
)  # fmt: skip
NOTES = lazily(r"(?:^|/)(?:.*release[-_ ]?notes?.*|releases?/.*\d.*)$", re.IGNORECASE)
_TESTS = lazily(
    r"\b(?:run|pass|green|execut|succeed|wait)\w*\b[^.\n]{0,60}\b(?:tests?|ci|checks|pipeline|workflow)\b|\b(?:tests?|ci|checks|pipeline|workflow)\b[^.\n]{0,60}\b(?:run|pass|green|succeed)\w*",
    re.IGNORECASE,
)
_SPOKEN = lazily(
    r"\b(npm|pnpm|yarn|cargo|poetry|uv|flit|twine|gem)(?:[\"']\s{0,4},\s{0,4}\[?\s{0,4}[\"']|\s{1,4})(?:publish|upload|push)\b"
    r"|\b(git)(?:[\"']\s{0,4},\s{0,4}\[?\s{0,4}[\"']|\s{1,4})tag(?:[\"']\s{0,4},\s{0,4}[\"']|\s{1,4})-[asm]\b"
)
"""Commands in scripts of other languages: as one text, or as a list of words."""

_BETWEEN = lazily(r"[\"',\[\]]")
_SPEAKS = {
    "npm": Channel.NPM, "pnpm": Channel.NPM, "yarn": Channel.NPM, "cargo": Channel.CRATES, "poetry": Channel.PYPI,
    "uv": Channel.PYPI, "flit": Channel.PYPI, "twine": Channel.PYPI, "gem": Channel.GEMS, "git": Channel.TAG,
}  # fmt: skip
_PUBLIC = lazily(r"(?:docs?|documentation)/", re.IGNORECASE)
"""Folders whose deeper texts are about the product, which may publish something itself."""

_INLINE = lazily(r"``([^`\n]{3,200})``|`([^`\n]{3,200})`")
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
    found = [one for one in _all(repo) if one.channel is not Channel.IMAGES or _named(one)]
    known = [one for one in found if one.channel is not Channel.TAG] or found
    return tuple(sorted(known, key=lambda one: not _named(one)))


def _named(one: ByHand) -> bool:
    return re.search(r"releas|publish", one.place.path.lower()) is not None


def _all(repo: Repository) -> Iterator[ByHand]:
    for path in repo.find(*_TEXTS, family=Family.PROSE)[:40]:
        data = repo.read(path)
        if not isinstance(data, Unread) and any(mark in data for mark in _MARKS) and not NOTES.search(path):
            yield from _text(repo, path)
    for path in repo.find(*_SCRIPTS, family=Family.TOOLS)[:20]:
        source = repo.text(path, _LONGEST)
        if (
            isinstance(source, str)
            and (path.endswith((".sh", ".bash")) or source.startswith("#!"))
            and "python" not in source[:60]
        ):
            yield from _run(repo, [Script(source, 1)], path, document=False)
    for path in repo.find(_OTHERS, family=Family.TOOLS)[:20]:
        yield from _spoken(repo, path)
    for path in ("Makefile", "GNUmakefile", "makefile"):
        made = repo.parse(path, load_makefile) if repo.has(path) else None
        if made is not None and not isinstance(made, Unread):
            for target in _TARGETS:
                recipes = list(made.recipes([target])) if made.named(target) else []
                yield from _run(repo, recipes, path, document=False)
    for path in repo.find("{,.}goreleaser.{yml,yaml}", family=Family.TOOLS)[:1]:
        yield ByHand(Channel.FILES, Evidence(path, 1, "goreleaser"), None, document=False)


def _spoken(repo: Repository, path: str) -> Iterator[ByHand]:
    """What a script in another language than the shell's publishes or tags, by its lines."""
    source = repo.text(path, _LONGEST)
    for number, line in enumerate(source.split("\n") if isinstance(source, str) else (), 1):
        plain = line.lstrip()
        match = None if len(line) > 2_000 or plain.startswith(("#", "//", "*")) else _SPOKEN.search(line)
        if match and "dry-run" not in line:
            said = " ".join(_BETWEEN.sub(" ", match[0]).split())
            yield ByHand(_SPEAKS[match[1] or match[2]], Evidence(path, number, said), None, False)


def _text(repo: Repository, path: str) -> Iterator[ByHand]:
    document = read(repo, path)
    source = repo.text(path)
    if isinstance(document, Unread) or not isinstance(source, str):
        return
    lines = source.split("\n")
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
        inline = _inline(lines, section) if path.count("/") < 2 or not _PUBLIC.match(path) else ()
        for some in (scripts, *([one] for one in inline)):
            for one in _run(repo, some, path, document=True):
                yield one._replace(tests=one.tests or told)


def _inline(lines: Sequence[str], section: Section) -> Iterator[Script]:
    """The commands in the sentences and lists of a section."""
    inside = [range(code.line, code.end_line + 1) for code in section.code]
    for number, line in enumerate(lines[section.line : section.end_line], section.line + 1):
        if "`" in line and len(line) <= 2_000 and not any(number in one for one in inside):
            for match in _INLINE.finditer(line):
                yield Script(match[1] or match[2], number)


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
                if Purpose.TEST in tool.purposes and tests is None and not SKIPS.search(" ".join(words)):
                    tests = Evidence(block.place.path, command.line, said)
                channel = _KINDS.get(tool.name) if {Purpose.PUBLISHING, Purpose.RELEASE} & set(tool.purposes) else None
                if channel is not None and not re.search(
                    r"--dry-run|test\.?pypi|--snapshot|localhost|--skip-publish|--skip=publish", " ".join(words)
                ):
                    place = Evidence(block.place.path, command.line, said)
                    own = maven_tests(words)
                    yield ByHand(channel, place, place._replace(note=own) if own else tests, document)
