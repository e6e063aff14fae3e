"""Texts that list the tools which may be used: sections of policies, handbooks and standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.prose.document import SUFFIXES, Document, Item, Section
from sscop.artefacts.prose.inline import normal
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

MANY = 150
"""Files of one form that are read."""

_NAMED = lazily(
    r"tool|action|build|pin|allow|approved|software|asset|supply|depend|polic|standard|environment|secur|contribut"
    r"|release|ci[-_./]|workflow",
    re.IGNORECASE,
)
_ALLOWING = r"(?:approved|allowed|permitted|sanctioned|trusted|allow ?list(?:ed)?|white ?list(?:ed)?)"
_THINGS = (
    r"(?:tools?|tooling|toolchains?|actions?|(?:actions? )?providers?|base images?|runners?|software"
    r"|(?:build|development|ci) environments?)"
)
_TITLE = lazily(
    rf"\b{_ALLOWING}\b(?: [\w/&-]+){{0,4}} {_THINGS}\b"
    rf"|\b{_THINGS}(?: and [\w/-]+| source| use| usage)? (?:policy|{_ALLOWING}(?: list)?|catalogu?e)\b"
    r"|\b(?:dependency|version|tool|action|image)s? pinning policy\b"
)
_SPEAKS = lazily(rb"(?i)approved|allow-?[ ]?list|allowed|permitted|trusted|white-?[ ]?list|sanctioned|policy|catalog")
_UNDERLINE = lazily(rb"[ \t]*([=~^-])\1{3,}")
_OTHER = lazily(r"\b(?:ai|agents?|agentic|mcp|llm|claude|copilot|assistant|chat|user|pull|cookie|upload)\b")
"""Tools of assistants, images that users upload, pull policies: nothing that builds."""
_KNOWN = lazily(
    r"(?<![\w-])(?:git|docker|podman|node(?:\.?js)?|npm|pnpm|yarn|python|pip|poetry|uv|ruby|java|jdk|maven|gradle|go|rust"
    r"|cargo|dotnet|\.net|terraform|opentofu|kubectl|helm|ansible|packer|github(?: actions)?|gitlab|jenkins|circleci"
    r"|azure devops|sonar\w*|snyk|trivy|grype|syft|codeql|dependabot|renovate|semgrep|cosign|vs ?code"
    r"|visual studio(?: code)?|intellij|eslint|ruff|pytest|jest|pre-commit|alpine|debian|ubuntu|distroless"
    r"|[a-z][\w-]+/[a-z*][\w.*-]*)(?![\w-])",
    re.IGNORECASE,
)


_HEAD = lazily(r"\s[-\u2013\u2014]\s|\s\(|[:;,]\s")
_HEADING = 400
"""Bytes of a heading that are looked at."""

WORDS = 4
"""A name has no more; what is longer is a sentence."""


class Listed(NamedTuple):
    """A list in some notation: what it is called, what it allows with the lines, who enforces it ("" for nobody).

    `lacks` are the parts of a policy that it does not say.
    """

    form: str
    path: str
    line: int
    allows: tuple[tuple[str, int], ...]
    enforced: str
    lacks: tuple[str, ...]


ALL = ("the owner", "the date of a review", "purposes", "environments")


def sections(repo: Repository) -> Iterator[Listed]:
    """A section that announces what is approved and lists it: three things or more, two of which build software."""
    from sscop.artefacts.prose.document import read

    paths = [path for path in repo.find(f"**/*.{SUFFIXES}", family=Family.PROSE) if _NAMED.search(path)]
    for path in paths[:MANY]:
        data = repo.read(path)
        if isinstance(data, Unread) or not _announces(data):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            continue
        for section in document.sections:
            if section.level and _TITLE.search(section.key) and not _OTHER.search(section.key):
                listed = _listed(document, section)
                tools = tuple((name, line) for name, line, builds in listed if builds)
                if len(listed) >= 3 and len(tools) >= 2:
                    title = f"\u201c{section.title}\u201d"
                    yield Listed(title, path, section.line, tools, "", _lacks(document, section))
                    break


def _announces(data: bytes) -> bool:
    """Whether a heading speaks of what is allowed, before the text is read as prose."""
    at = 0
    while match := _SPEAKS.search(data, at):  # line by line: a line may be all there is
        start = data.rfind(b"\n", at, match.start()) + 1 or at
        end = data.find(b"\n", match.end())
        if data[start : start + 1] in (b"#", b"=") or (end > 0 and _UNDERLINE.match(data, end + 1)):
            said = data[start : end if end > 0 else None][:_HEADING].decode("utf-8", "replace")
            if _TITLE.search(normal(said.strip("#= \t\r*"))):
                return True
        if end < 0:
            return False
        at = end + 1
    return False


def _listed(document: Document, section: Section) -> tuple[tuple[str, int, bool], ...]:
    """The names that a section lists: what its rows and items begin with, where that is no sentence.

    With each its line and whether it speaks of what builds software: the name of an item, all of a row.
    """
    found: list[tuple[str, int, bool]] = []
    for part in document.under(section):
        items = [(str(block.text), block.line) for block in part.blocks if isinstance(block, Item)]
        listed = [(name, line, name) for said, line in items if (name := _name(said))]
        for row in (row for table in part.tables for row in table.rows):
            first = next((str(cell) for cell in row.cells if any(map(str.isalpha, cell))), "")
            listed += [(name, row.line, " ".join(row.cells)) for name in (_name(first),) if name]
        found += [(name, line, bool(_KNOWN.search(said))) for name, line, said in listed]
    return tuple(found)


def _name(said: str) -> str:
    name = _HEAD.split(said, maxsplit=1)[0].strip()
    return name if len(name.split()) <= WORDS else ""


def _lacks(document: Document, section: Section) -> tuple[str, ...]:
    """What the text does not say of what a policy holds."""
    from sscop.artefacts.prose.metadata import metadata

    told, parts = metadata(document), document.under(section)
    heads = " ".join(cell.lower() for part in parts for table in part.tables for cell in table.header)
    said = " ".join(part.text for part in parts)[:100_000].lower()
    titles = " ".join(one.key for one in document.sections)
    has = {
        ALL[0]: told.get("owner", "author") or "owner" in heads,
        ALL[1]: told.dated("reviewed", "updated", "date") or "review" in heads,
        ALL[2]: re.search(r"purpose|use|reason|why|category|description", heads),
        ALL[3]: re.search(r"environment|runner|platform", f"{heads} {titles}"),
        "versions": re.search(r"version|digest|\bsha\b|\bpin|@\S|\bv\d|\d\.[\dx]", f"{heads} {said}"),
    }
    return tuple(name for name, seen in has.items() if not seen)
