"""What is written about a piece of third-party code: where it is from, which version, under which licence."""

from __future__ import annotations

import re
from typing import NamedTuple

from sscop.artefacts.updates.model import parent
from sscop.artefacts.vendored.places import Component, is_code, is_licence
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

DESCRIBED = 10
"""The files of one component, and of its root, that are read."""
HEAD = 6000
"""The characters of a source file in which its banner stands."""
LARGEST = 400_000


class Seen(NamedTuple):
    """One fact, and where it is written."""

    text: str
    path: str
    line: int


class Identity(NamedTuple):
    """The facts about a component; None for what was not found."""

    origin: Seen | None = None
    version: Seen | None = None
    licence: Seen | None = None

    def filled(self, other: Identity) -> Identity:
        """This, with what the other one knows where this one does not."""
        return Identity(self.origin or other.origin, self.version or other.version, self.licence or other.licence)

    @property
    def is_complete(self) -> bool:
        """Whether all three were found."""
        return None not in self


_URL = lazily(
    r"(?:(?:https?|git|ssh|svn)://|git@)(?!(?:www\.)?(?:apache\.org/licenses|gnu\.org|opensource\.org|example\.|spdx\.org"
    r"|mozilla\.org/MPL|creativecommons|img\.shields|github\.com/sponsors|docs\.github|fsf\.org|localhost))[\w.@:/~?&=#+-]{6,200}"
)
_REGISTRY = lazily(r"\b(?:pkg:[a-z]+/[\w@./%-]{2,100}|(?:CRAN|CPAN|PyPI|npm|crates\.io|Maven Central|vcpkg)\b)")
_NUMBER = r"v?(\d{1,9}(?:\.\d{1,9}){1,3}[\w+-]{0,20}(?:\.[\w-]{1,12})?)"
_WORDS = r"(?:version|release|revision|commit(?:hash)?|tag|sha1?|hash|ref|rev|upgraded?|updated?|last_upgrade[d_a-z]*|vendored|imported)"
_VERSION = lazily(
    rf"\b\w{{0,30}}{_WORDS}\b[\"'\s:=@(`*-]{{0,8}}(?:(?:is|of|number|to|from|at|id|hash)\s{{1,2}})?[\"'`]?(?:{_NUMBER}|([0-9a-f]{{7,64}})\b)",
    re.IGNORECASE,
)
_BANNER = lazily(rf"\b{_NUMBER}(?=[\s,;*|)]|$)", re.MULTILINE)
_MACRO = lazily(
    rf"(?:#[ \t]{{0,4}}define[ \t]{{1,8}}\w{{0,40}}VERSION\w{{0,20}}[ \t]{{1,20}}[\"']?|__version__[ \t]{{0,4}}=[ \t]{{0,4}}[\"']|"
    rf"\bversion[\"']?[ \t]{{0,2}}[:=][ \t]{{0,2}}[\"'])v?(\d[\w.+-]{{0,30}})",
    re.IGNORECASE,
)
_LICENSED = lazily(
    r"SPDX-License-Identifier:\s*\S+|\b(?:licen[cs]ed? under|under the (?:terms|\w+ licen[cs]e)|released under|public domain"
    r"|(?:MIT|BSD|Apache|ISC|zlib|Boost|GPL|LGPL|MPL|Mozilla Public)[- ](?:style )?(?:licen[cs]e|\d)|permission is hereby granted"
    r"|redistribution and use in source|[\"']?licen[cs]es?[\"']?\s{0,3}[:=]\s{0,3}[\"']?\w{2,}|@license|\b(?:MIT|ISC|BSD-\d-Clause|Apache-2\.0)\b)",
    re.IGNORECASE,
)
_DESCRIBING = lazily(
    r"(?:readme|metadata|version|changes|changelog|news|history|moz\.yaml|package\.json|bower\.json|composer\.json|cargo\.toml"
    r"|setup\.(?:py|cfg)|pyproject\.toml|pkg-info|cgmanifest|vendor|vendored|upstream|origin|source|\.gitrepo|cmakelists|configure\.ac"
    r"|meson\.build|go\.mod|pom\.xml|library\.json|maintainer|import|info|third|notice|about|build\.zig\.zon|versions?|deps)"
    r"[\w.-]*|[\w.-]+\.(?:podspec|gemspec|nuspec|spdx|bzl|cdx\.json|about|dist-info/metadata)",
    re.IGNORECASE,
)
_ROOT_TEXT = lazily(r"(?:.*\.(?:md|txt|rst|adoc|json|ya?ml|toml|bzl|html|xml|cfg|ini|lock|csv|in)|[A-Z_-]+|readme.*|makefile)", re.IGNORECASE)
TOP = (
    "{notice,third*party*,3rd*party*,*third*part*,vendor*,dependencies,dependencies.*,credits*,attribution*,*licenses*,copying*,copyright*,licence*,license*}",
    "cgmanifest.json",
    "*.cdx.json",
    "*.spdx*",
    "reuse.toml",
    ".reuse/dep5",
    "debian/copyright",
    "vendir.lock.yml",
    "docs/*{third,3rd,licen,credit,attribution,vendor}*",
)
"""Files at the top that list what is in the repository."""


def identify(repo: Repository, component: Component) -> Identity:
    """All that is found about a component: in it, beside it, in its root folder, in the lists at the top."""
    found = _of_name(component)
    if component.is_folder:
        found = found.filled(_inside(repo, component))
    for path in _code(component)[: 1 if found.is_complete else 4]:
        found = found.filled(_of_source(repo, path))
    if found.is_complete:
        return found
    beside = [path for path in component.files if not is_code(path)]
    for path in [*beside[:DESCRIBED], *_around(repo, component), *repo.once(_lists)]:
        if not found.is_complete:
            found = found.filled(_mentions(repo, path, component))
    return found


def _of_name(component: Component) -> Identity:
    """A version in the name of the folder or file."""
    path = component.path
    match = re.search(rf"[-_.]{_NUMBER}", re.sub(r"(?:\.min|\.slim)?\.\w{1,6}$", "", path.rpartition("/")[2]))
    return Identity(version=Seen(match[1], path, 1)) if match else Identity()


def _inside(repo: Repository, component: Component) -> Identity:
    start = len(component.path) + 1
    near = sorted((path for path in component.files if path.count("/", start) < 2), key=lambda path: path.count("/"))
    licence = next((Seen(path[start:], path, 1) for path in near if is_licence(path)), None)
    found = Identity(licence=licence)
    named = [path for path in near if _DESCRIBING.fullmatch(path.rpartition("/")[2])]
    for path in named[:DESCRIBED]:
        if not found.is_complete:
            found = found.filled(_of_text(repo, path))
    return found


def _of_text(repo: Repository, path: str) -> Identity:
    """The first address, version and licence in a text that is about one component."""
    text = repo.text(path)
    if isinstance(text, Unread):
        return Identity()
    text = text[:LARGEST]
    found = _facts(text, path, 1)
    name = path.rpartition("/")[2].lower()
    if found.version is None and re.match(r"(?:version|changes|changelog|news|history|readme|cmakelists|configure|meson)", name):
        match = _BANNER.search(text[:HEAD])
        if match:
            found = found._replace(version=Seen(match[1], path, text.count("\n", 0, match.start()) + 1))
    if found.origin is None and name == "go.mod":
        found = found._replace(origin=Seen(text[:80].partition("\n")[0], path, 1))
    return found


def _of_source(repo: Repository, path: str) -> Identity:
    """What the banner of a source file says, and a version that it defines."""
    text = repo.text(path, 8 * 1024 * 1024)
    if isinstance(text, Unread):
        return Identity()
    head = text[:HEAD]
    comment = "\n".join(line for line in head.split("\n")[:80] if _COMMENT.match(line)) or head[:300]
    found = Identity(*(_moved(one, head, path) for one in _facts(comment, path, 1)))
    if found.version is None:
        match = _MACRO.search(text[:LARGEST]) or (_BANNER.search(comment[:600]) if _LICENSED.search(comment) else None)
        if match:
            line = text.count("\n", 0, match.start()) + 1 if match.string is not comment else 1
            found = found._replace(version=Seen(match[1], path, line))
    return found


_COMMENT = lazily(r"\s{0,8}(?:/?\*|//|#|;|--|<!--|/\*|%|\"\"\"|[\w ]{0,60}\b(?:version|copyright|licen[cs]e)\b)", re.IGNORECASE)


def _moved(seen: Seen | None, head: str, path: str) -> Seen | None:
    """A fact found in the comment lines, at its line in the file."""
    at = head.find(seen.text) if seen else -1
    return seen and Seen(seen.text, path, head.count("\n", 0, max(at, 0)) + 1)


def _facts(text: str, path: str, first: int) -> Identity:
    def seen(match: re.Match[str] | None, group: int = 0) -> Seen | None:
        return match and Seen(match[group][:120], path, first + text.count("\n", 0, match.start()))

    version = next((one for one in _VERSION.finditer(text) if one[1] or _is_commit(one[2])), None)
    return Identity(
        seen(_URL.search(text) or _REGISTRY.search(text)),
        seen(version, 1 if version and version[1] else 2) if version else None,
        seen(_LICENSED.search(text)),
    )


def _is_commit(text: str) -> bool:
    return bool(re.search(r"\d", text) and re.search(r"[a-f]", text))


def _code(component: Component) -> list[str]:
    """Its source files, those likely to carry a version first."""
    own = component.name.lower().replace("-", "_")
    names = sorted(
        (path for path in component.files if is_code(path)),
        key=lambda path: ("version" not in path.lower(), own not in path.rpartition("/")[2].lower(), path.count("/"), path),
    )
    return names


def _around(repo: Repository, component: Component) -> list[str]:
    """Texts in the root of the vendored code, and those beside and above a file among the product's own."""
    folders = [component.root] if component.root else []
    folder = component.path if component.is_folder else parent(component.path)
    while folder and len(folders) < 4:
        folders.append(folder)
        folder = parent(folder)
    globs = [f"{re.sub(r'([*?[{}])', '?', one)}/*" for one in dict.fromkeys(folders)] + (["package.json"])
    found = [path for path in repo.find(*globs) if _ROOT_TEXT.fullmatch(path.rpartition("/")[2])]
    return sorted(found, key=lambda path: (not path.startswith(component.root), -path.count("/")))[: 2 * DESCRIBED]


def _lists(repo: Repository) -> list[str]:
    return repo.find(*TOP)[: 2 * DESCRIBED]


def _mentions(repo: Repository, path: str, component: Component) -> Identity:
    """What a text says near the component's name."""
    text = repo.text(path)
    if isinstance(text, Unread) or len(text) > LARGEST:
        return Identity()
    if path in component.files:
        return _of_text(repo, path)
    found = Identity()
    name = re.escape(component.name)
    for match in list(re.finditer(rf"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])", text, re.IGNORECASE))[:5]:
        begin = text.rfind("\n", 0, max(match.start() - 60, 0)) + 1
        window = text[begin : match.end() + 500]
        first = text.count("\n", 0, begin) + 1
        near = _facts(window, path, first)
        if near.version is None:
            number = re.search(rf"\b{_NUMBER}", text[match.end() : match.end() + 60])
            if number:
                near = near._replace(version=Seen(number[1], path, text.count("\n", 0, match.start()) + 1))
        found = found.filled(near)
    return found
