"""What a text says of a component: an address, a version, a licence. Regular expressions over prose and banners."""

from __future__ import annotations

import re

from sscop.lazy import NamedTuple, lazily

HEAD = 6000
"""The characters of a source file in which its banner stands."""


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
        """These facts, with what the other ones know where these do not."""
        return Identity(self.origin or other.origin, self.version or other.version, self.licence or other.licence)

    @property
    def is_complete(self) -> bool:
        """Whether all three were found."""
        return None not in self


_URL = lazily(
    r"(?:(?:https?|git|ssh|svn)://|git@)(?!(?:[\w-]{1,20}\.)?(?:apache\.org/licenses|gnu\.org|opensource\.org|example\.|spdx\.org"
    r"|mozilla\.org|creativecommons|shields\.io|fsf\.org|localhost|schemastore\.org|json-schema\.org|gitter\.im|w3\.org"
    r"|travis-ci|appveyor|codecov|coveralls|badge|jsdelivr\.com/using|openssl\.org/source/license|daringfireball"
    r"|github\.com/sponsors|docs\.github))[\w.@:/~?&=#+-]{6,200}|\bpkg:[a-z]+/[\w@./%-]{2,100}|(?<=[\s:])/npm/[\w@./-]{2,100}",
    re.IGNORECASE,
)
NUMBER = r"v?(\d{1,9}(?:\.\d{1,9}){1,3}(?:[-+.]?[A-Za-z][\w-]{0,20}(?:\.\d{1,5})?)?)"
_VERSION = lazily(
    r"\b(?:\w{1,30}[_-])?(?:version|release|revision|commit(?:hash)?|tag|sha1?|hash|ref|rev|upgraded?|updated?"
    r"|last_upgraded?|vendored|imported)\b[\"'\s:=@(`*-]{0,8}(?:(?:is|of|number|to|from|at|id|hash)\s{1,2})?[\"'`]?"
    rf"(?:{NUMBER}|([0-9a-f]{{7,64}})\b)",
    re.IGNORECASE,
)
_LICENSED = lazily(
    r"SPDX-License-Identifier:\s*\S+|\blicen[cs]ed? under|\bunder the (?:terms|\w+ licen[cs]e)|\breleased under"
    r"|\bpublic domain|\b(?:MIT|BSD|Apache|ISC|zlib|Boost|GPL|LGPL|MPL|Mozilla Public)[- ](?:style )?(?:licen[cs]e|\d)"
    r"|\bpermission is hereby granted|\bredistribution and use in source|@license|[\w.]/licen[cs]es?\b"
    r"|\blicen[cs]es?[\"']?\s{0,3}[:=]\s{0,3}[\"']?\w{2,}|\b(?:MIT|ISC|BSD-\d-Clause|Apache-2\.0)\b",
    re.IGNORECASE,
)
_NOT_ITS_OWN = lazily(
    r"(?:licen[cs]es?|MPL|GPL|LGPL|EPL|BSL)(?:\s*\([^)\n]{0,40}\))?,?[\s*#/-]{0,12}(?:v(?:ersion)?\.?\s*)?\d+(?:\.\d+)*"
    r"|cmake_(?:minimum_required|policy)\s*\([^)]{0,60}\)|\bpython_requires\b[^\n]{0,60}|\"lockfileVersion\"[^\n]{0,20}"
    r"|(?:using|minified by|built with|generated (?:by|with)|requires?)\b[^\n]{0,60}|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
"""Versions of licences, of tools, and of what a build asks for."""
_MACRO = lazily(
    r"(?:#[ \t]{0,4}define[ \t]{1,8}\w{0,40}VERSION\w{0,20}[ \t]{1,20}[\"']?(?:[A-Za-z]{1,12}[ \t])?"
    r"|__version__[ \t]{0,4}=[ \t]{0,4}[\"']|\bversion[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"'])v?(\d{1,6}\.\d[\w.+-]{0,30})",
    re.IGNORECASE,
)
_PROJECT = lazily(
    rf"\b(?:project\s{{0,5}}\([^)]{{0,80}}\bVERSION\s|AC_INIT\(\s{{0,5}}\[?[\w .+-]{{1,40}}\]?\s{{0,5}},\s{{0,5}}\[?)"
    rf"[\"'\s]{{0,9}}{NUMBER}",
    re.IGNORECASE,
)
"""What CMake's `project` and autoconf's `AC_INIT` say."""
_DASHED = lazily(r"\s[-|]\s{1,2}v(\d{1,9}\.\d{1,9}[\w.]{0,20})")
"""The version in a single-file library's first line: `Ogg Vorbis audio decoder - v1.22 - public domain`."""
_HEADED = lazily(rf"\b{NUMBER}(?=[\s,;*|)\]:]|$)", re.MULTILINE)
_COMMENT = lazily(
    r"/\*.*?(?:\*/|\Z)|//[^\n]*|<!--.*?(?:-->|\Z)|\"{3}.*?(?:\"{3}|\Z)"
    r"|^[ \t]*(?:#(?![ \t]{0,4}(?:define|include|if|pragma|el|un|en))|;|--|%"
    r"|(?=[\w ]{0,60}\b(?:version|copyright|licen[cs]e)\b))[^\n]*",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


def facts(text: str, path: str, first: int = 1) -> Identity:
    """The first address, version and licence in a text that begins at a line of a file."""
    plain = _NOT_ITS_OWN.sub(_blank, text)
    version = next((one for one in _VERSION.finditer(plain) if one[1] or _is_commit(one[2])), None)
    return Identity(
        _seen(_URL.search(text), text, path, first),
        version and _seen(version, text, path, first, 1 if version[1] else 2),
        _seen(_LICENSED.search(text), text, path, first),
    )


def of_text(text: str, path: str) -> Identity:
    """The facts of a text that is about one component: a README, a manifest, a list of changes."""
    found = facts(text, path)
    name = path.rpartition("/")[2].lower()
    top = text[:HEAD] if re.match(r"version|changes|changelog|news|history", name) else ""
    if name.startswith("readme"):
        top = "\n".join(text[:1000].split("\n")[:3])
    match = _HEADED.search(top) or _PROJECT.search(text)
    if found.version is None and match:
        found = found._replace(version=_seen(match, text, path, 1, 1))
    if found.origin is None and name == "go.mod":
        found = found._replace(origin=Seen(text[:80].partition("\n")[0], path, 1))
    return found


def of_source(text: str, path: str, name: str) -> Identity:
    """What the comments at the top of a component's source file say, and the version that it defines."""
    head = text[:HEAD]
    banner = _comments(head)
    found = facts(banner, path)
    plain = _NOT_ITS_OWN.sub(_blank, banner)
    titled = _titled(name).search(plain) or _DASHED.search(plain, 0, 400)
    if titled:
        return found._replace(version=_seen(titled, banner, path, 1, 1))
    if found.version is None:
        stated = {one[1]: one for one in _MACRO.finditer(text)}
        if len(stated) == 1:  # of several, nobody can tell which is its own
            found = found._replace(version=_seen(next(iter(stated.values())), text, path, 1, 1))
    return found


def _comments(text: str) -> str:
    """A source text with everything but its comments blanked, line for line."""
    kept, end = [], 0
    for match in _COMMENT.finditer(text):
        kept += ["\n" * text.count("\n", end, match.start()), match[0]]
        end = match.end()
    return "".join(kept)


def near(text: str, path: str, name: str) -> Identity:
    """What a list says near a component's name."""
    found = Identity()
    pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", re.IGNORECASE)
    for count, match in enumerate(pattern.finditer(text)):
        if count > 4 or found.is_complete:
            break
        begin = text.rfind("\n", 0, max(match.start() - 60, 0)) + 1
        window = text[begin : match.end() + 500]
        said = facts(window, path, text.count("\n", 0, begin) + 1)
        if said.version is None:
            number = re.search(rf"\b{NUMBER}", text[match.end() : match.end() + 60])
            line = text.count("\n", 0, match.start()) + 1
            said = said._replace(version=Seen(number[1], path, line) if number else None)
        found = found.filled(said)
    return found


def asked_for(text: str, path: str, name: str) -> Identity:
    """A copy of what package.json asks npm for: its range, and npm as the origin."""
    wanted = rf'"((?:@[\w.-]+/)?{re.escape(name)}(?:\.js|\.org)?)"\s*:\s*"[~^=v]*(\d+\.\d[\w.-]*)"'
    match = re.search(wanted, text, re.IGNORECASE)
    if match is None:
        return Identity()
    line = text.count("\n", 0, match.start()) + 1
    return Identity(Seen(f"pkg:npm/{match[1]}", path, line), Seen(match[2], path, line))


def _titled(name: str) -> re.Pattern[str]:
    """A component's name, its first words or its last, with a version after it: `jQuery UI - v1.13.2`."""
    words = [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word][:6]
    starts = [r"[\s._-]?".join("".join(words[:count])[:40]) for count in range(len(words), 0, -1)]
    names = "|".join(one for one in (*starts, *words[-1:]) if len(one) > 2) or "(?!)"
    return re.compile(rf"\b(?:{names})(?:\.[a-z]{{1,4}})?(?:@|[\s,:-]{{1,4}}(?:version\s)?){NUMBER}", re.IGNORECASE)


def _seen(match: re.Match[str] | None, text: str, path: str, first: int, group: int = 0) -> Seen | None:
    return match and Seen(match[group][:120], path, first + text.count("\n", 0, match.start()))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _is_commit(text: str) -> bool:
    return bool(re.search(r"\d", text) and re.search(r"[a-f]", text))
