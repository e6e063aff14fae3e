"""Every software bill of materials that a repository keeps, recognised by what is in a file.

Names only choose what to open: `bom.json` may list screws, `sbom.yaml` is usually some tool's configuration.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from sscop.artefacts.sboms.model import Sbom
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

GLOBS = (
    "**/*sbom*.{json,xml,spdx,yaml,yml,rdf,cdx,jsonld,tag}", "**/*sbom*/**/*.{json,xml,spdx,rdf,jsonld}",
    "**/bom.{json,xml}", "**/*.bom.{json,xml}", "**/*.cdx.{json,xml}", "**/*cyclonedx*.{json,xml}",
    "**/*.spdx", "**/*.spdx.{json,yaml,yml,rdf,xml}", "**/*.swidtag",
)  # fmt: skip

LIMIT = 16 << 20
LIMITS = {".yaml": 1 << 20, ".yml": 1 << 20}
"""Sizes in bytes above which a file is not read; LIMIT where the extension is none of these."""
MANY = 60
"""SBOMs that are read; one product has a few, and a collection of others' has thousands."""

_MARK = lazily(
    r"\"(?:bomFormat|specFormat|spdxVersion)\"\s*:|cyclonedx\.org/schema|https://spdx\.org/rdf/3\.|spdx\.org/rdf/terms"
    r"|^[ \t]*(?:spdxVersion|SPDXVersion):|SoftwareIdentity\b|/schemas/bom-\d",
    re.MULTILINE,
)
_CLAIMS = lazily(
    r"sbom[^/]*\.(?:json|xml|spdx|cdx)$|\.(?:cdx|spdx)\.(?:json|xml|rdf)$|cyclonedx[^/]*\.(?:json|xml)$|\.spdx$",
    re.IGNORECASE,
)
_ABOUT = lazily(
    r"conf(?:ig)?\b|schema|policy|settings|package(?:-lock)?\.json|report|summary|options|rules|requirement|index|manifest"
    r"|tsconfig|launch|diff|results?\b|sources?\b|ignore|license|locale|messages|openapi|swagger|dashboard|metadata",
    re.IGNORECASE,
)
_HOLLOW = lazily(r"[\s{}\[\]\"',:]*|null|\s*\{\s*\"[\w$]+\"\s*:\s*(?:\"[^\"]{0,80}\"|\[\s*\]|\{\s*\})\s*\}\s*")
_LFS = "version https://git-lfs.github.com/spec/"


class Hollow(NamedTuple):
    """A file that by its name is an SBOM, and by its content none; why, as the end of a sentence."""

    path: str
    why: str


class Found(NamedTuple):
    """The SBOMs, the files that only look like one, those that could not be read, and those that do not count."""

    sboms: tuple[Sbom, ...] = ()
    hollow: tuple[Hollow, ...] = ()
    unread: tuple[Unread, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()


def sboms(repo: Repository) -> Found:
    """The SBOMs that a repository keeps; ask by `repo.once(sboms)`."""
    found: list[Sbom] = []
    hollow: list[Hollow] = []
    unread: list[Unread] = []
    aside: list[tuple[str, str]] = []
    for path in sorted(repo.find(*GLOBS), key=lambda path: (path.count("/"), path)):
        reason = not_counted(path, Family.MADE) or ("one of too many to read" if len(found) >= MANY else "")
        if reason:
            aside += [(path, reason)] if _CLAIMS.search(path) else []
            continue
        text = repo.text(path, limit(path))
        if isinstance(text, Unread):
            unread += [text] if _claims(path) and not repo.gone(text) else []
        elif text.startswith(_LFS):
            unread += [Unread(path, "is a Git LFS pointer, the file itself is elsewhere")] if _claims(path) else []
        elif not _MARK.search(text):
            hollow += [Hollow(path, _why(text))] if _claims(path) else []
        else:
            read = repo.parse(path, reader(text), limit(path))
            if isinstance(read, Unread):
                unread.append(read)
            elif read is not None:
                found.append(read._replace(path=path))
    repo.not_counted.update(aside)
    return Found(tuple(found), tuple(hollow), tuple(unread), tuple(aside))


def limit(path: str) -> int:
    """The size in bytes above which a file is not read."""
    return LIMITS.get(posixpath.splitext(path)[1].lower(), LIMIT)


def _claims(path: str) -> bool:
    """Whether a file's name says that it is an SBOM, and not something about SBOMs."""
    name = posixpath.basename(path)
    return bool(_CLAIMS.search(name)) and not _ABOUT.search(name)


def _why(text: str) -> str:
    short = " ".join(text.split())
    if _HOLLOW.fullmatch(text[:400]) and len(text) < 400:
        return f"holds nothing: `{short[:60]}`" if short else "is empty"
    return "is in none of the formats CycloneDX, SPDX and SWID"


def reader(text: str) -> Callable[[str], Sbom | None]:
    """The reader of the format that a text is in."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "<":
        from sscop.artefacts.sboms import cyclonedx_xml, markup

        if "cyclonedx.org/schema" in text[:20_000]:
            return cyclonedx_xml.read
        return markup.read_swid if "SoftwareIdentity" in text[:20_000] else markup.read_rdf
    if start in ("{", "["):
        return read_json
    from sscop.artefacts.sboms import spdx

    return spdx.read_tags if re.search(r"^[ \t]*SPDXVersion:", text, re.MULTILINE) else spdx.read_yaml


def read_json(text: str) -> Sbom | None:
    """The document in JSON, whichever format it is in: a word of another one may stand anywhere in it."""
    from sscop.artefacts.sboms import cyclonedx, spdx, spdx3

    marks = {
        cyclonedx.read: ('"bomFormat"', '"specFormat"', "cyclonedx.org/schema"),
        spdx.read_json: ('"spdxVersion"',),
        spdx3.read: ("https://spdx.org/rdf/3.",),
    }
    wanted = (reader for reader, held in marks.items() if any(mark in text for mark in held))
    return next(filter(None, (reader(text) for reader in wanted)), None)
