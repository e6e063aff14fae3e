"""What stands inside a line of Markdown: its plain text, its links, and the forms that titles are compared in.

Source: CommonMark 0.31 and GitHub's extensions, as far as text for people needs them. Every pattern is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.lazy import NamedTuple, lazily

_MARKUP = lazily(r"[*_`~\[\]<>&\\!]")
_IMAGE = lazily(r"!\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_TARGET = (
    r"\(\s{0,3}(?:<([^<>\n]*)>|([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*))(?:\s{1,3}(?:\"[^\"]*\"|'[^']*'))?\s{0,3}\)"
)
_LABEL = r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"
_INLINE = lazily(_LABEL + _TARGET)
_IMAGE_LINK = lazily(r"!\[([^\[\]]*)\]" + _TARGET)
_BY_NAME = lazily(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_SHORTCUT = lazily(r"(?<![\]!\\])\[([^\[\]]{1,200})\](?![\[(:])")
_TAG = lazily(r"</?[A-Za-z][^<>]*>")
_AUTOLINK = lazily(r"<([A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
_BARE = lazily(r"\bhttps?://[^\s<>\"'`|\\\])}]+")
_HREF = lazily(r"<(a|img)\b[^<>]*?\b(?:href|src)\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_CODE = lazily(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_EMPHASIS = lazily(r"\*+|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPE = lazily(r"\\([!-/:-@\[-`{-~])")
_ATTRIBUTES = lazily(r"\{[#.:][^{}]*\}\s*$")


class Link(NamedTuple):
    """A link or image: its target as written, its text, and its line."""

    target: str
    text: str
    line: int
    image: bool = False


class Words(str):
    """Plain text that knows its first line and what the author wrote (`raw`, markup and all)."""

    __slots__ = ("line", "raw")
    line: int
    raw: str

    def pieces(self) -> Iterator[Words]:
        """The text line by line, each at its own line."""
        for n, raw in enumerate(self.raw.split("\n")):
            yield words(raw, self.line + n)


def words(raw: str, line: int) -> Words:
    """The plain text of a line or paragraph."""
    said = Words(plain(raw))
    said.line, said.raw = line, raw
    return said


def plain(raw: str) -> str:
    """The text without markup: emphasis, code marks, links (their text stays), images (their alternative), tags."""
    if not _MARKUP.search(raw):
        return raw.strip()
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\x00{len(kept) - 1}\x00"

    text = raw.replace("\x00", " ")
    text = _CODE.sub(lambda match: keep(match[2].strip()), text)
    text = _ESCAPE.sub(lambda match: keep(match[1]), text)
    if "[" in text:
        text = _IMAGE.sub(lambda match: match[1], text)
        text = _BY_NAME.sub(lambda match: match[1], _INLINE.sub(lambda match: match[1], text))
    if "<" in text:
        text = _TAG.sub(lambda match: " " if match[0][1:3].lower() == "br" else "", _AUTOLINK.sub(lambda m: m[1], text))
    text = _EMPHASIS.sub("", text)
    if "&" in text:
        import html

        text = html.unescape(text)
    if kept:
        text = re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])] if int(match[1]) < len(kept) else "", text)
    return text.strip()


def links(raw: str, line: int) -> Iterator[Link]:
    """The links and images of a line or paragraph that carry their target; see `named` for the others."""
    if "](" not in raw and "://" not in raw and "<" not in raw:
        return
    for n, piece in enumerate(_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), raw).split("\n"), line):
        for match in _IMAGE_LINK.finditer(piece):
            yield Link(match[2] or match[3] or "", match[1], n, image=True)
        rest = _IMAGE_LINK.sub(lambda match: match[1], piece)
        for match in _INLINE.finditer(rest):
            yield Link(match[2] or match[3] or "", plain(match[1]), n)
        rest = _INLINE.sub(" ", rest)
        for match in _HREF.finditer(rest):
            yield Link(match[2], "", n, image=match[1].lower() == "img")
        rest = _HREF.sub(" ", rest)
        for match in _AUTOLINK.finditer(rest):
            yield Link(match[1], match[1], n)
        for match in _BARE.finditer(_AUTOLINK.sub(" ", rest)):
            yield Link(match[0].rstrip(".,;:!?*_"), match[0], n)


def named(raw: str, line: int) -> Iterator[tuple[str, str, int]]:
    """The text, name and line of each link by reference (`[text][name]`, `[name][]`, `[name]`).

    A name may go over the ends of lines.
    """
    if "][" in raw:
        for n, piece in enumerate(raw.split("\n"), line):
            for match in _BY_NAME.finditer(piece):
                yield match[1], (match[2] or match[1]).lower(), n
    if "]" in raw:
        at, number = 0, line
        for match in _SHORTCUT.finditer(raw):
            name = " ".join(match[1].split())
            number += raw.count("\n", at, match.start())
            at = match.start()
            yield name, name.lower(), number


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading: lower case, punctuation dropped, spaces to hyphens."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def custom_anchor(raw: str) -> tuple[str, str]:
    """A heading without its `{#anchor .class}`, and that anchor ("" without one)."""
    match = _ATTRIBUTES.search(raw) if raw.rstrip().endswith("}") else None
    if not match:
        return raw, ""
    name = re.search(r"#([\w:.-]+)", match[0])
    return raw[: match.start()].rstrip(), name[1] if name else ""


_NUMBERING = lazily(r"^(?:§\s*)?(?:\d+(?:\.\d+)*[.):]?|\(?[a-z]\)|[ivx]+[.)]|[a-z]\.)\s+(?=\S)")
_AMERICAN = [
    (lazily(rf"\b{british}"), american)
    for british, american in (
        ("modell", "model"), ("organis", "organiz"), ("authoris", "authoriz"), ("prioritis", "prioritiz"),
        ("categoris", "categoriz"), ("minimis", "minimiz"), ("utilis", "utiliz"), ("recognis", "recogniz"),
        ("summaris", "summariz"), ("standardis", "standardiz"), ("defence", "defense"), ("licence", "license"),
        ("behaviour", "behavior"), ("catalogue", "catalog"), ("judgement", "judgment"), ("artefact", "artifact"),
        ("programme\\b", "program"), ("centre", "center"), ("analys(?=e[ds]?\\b|ing)", "analyz"),
    )
]  # fmt: skip


def normal(title: str) -> str:
    """A title or name in the form for comparing: lower case, American, without numbering, markup and punctuation."""
    text = _NUMBERING.sub("", plain(title).lower().strip())
    text = re.sub(r"[^\w'&/]+|_", " ", text).replace("'", "").strip()
    for british, american in _AMERICAN:
        text = british.sub(american, text)
    return text
