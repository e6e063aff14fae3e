"""Policies in prose: the sections of a repository's texts that are about a matter, found by their titles and words.

A title alone is nothing: what a section says decides, and a text about the product's own features (its users' roles,
its application's logs) is none about how the product is made: neither is its manual, nor a proposal for a feature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sscop.artefacts.frameworks.texts import headings, set_aside, texts
from sscop.artefacts.prose.document import Document, Section, read
from sscop.artefacts.prose.templates import unfilled
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository


class Matter(NamedTuple):
    """What to look for. `title` is found in a heading or a file's name, both in lower case; each of `words` in what the
    section and those below it say; none of `without` in the title or the path. `names` are further names of files that
    may be about it, for those that can't be read.
    """

    title: re.Pattern[str]
    words: tuple[re.Pattern[str], ...]
    without: re.Pattern[str]
    names: re.Pattern[str]


PRODUCT = (
    r"(?:^|/)(?:api|apis|reference|user[-_]?(?:guides?|docs|manual)|users?|usage|manual|tutorials?|features?|website|site"
    r"|blog|concepts?|help|admin(?:istrat(?:ion|or))?[-_]guides?"
    r"|keps?|enhancements?|proposals?[-_]?[a-z]{0,20}|[a-z]{1,20}[-_]proposals?|rfcs?|beps?|design[-_]?(?:docs?|proposals?))/"
)
"""Folders, in lower case, of what a product's users read, and of what somebody would like it to do."""
_OURS = lazily(r"(?:^|/)(?:community|contribut\w{0,12}(?:[-_]guides?)?|governance|maintainers?)(?:/|\.\w{1,9}$)")
"""What may lie in such a folder, and is about those who make it all the same."""
_WANTED = lazily(r"^(?:proposal|rfc|kep|design doc(?:ument)?|enhancement)\b")
_MANUAL = lazily(
    r"\b(?:click|dashboards?|tenants?|end[- ]users?|your (?:users|customers|tenants)|customers?|workspaces?"
    r"|web (?:ui|interface|console)|admin (?:ui|console|panel|portal)|navigate to|side ?bar|check ?box"
    r"|licen[cs]e key|enterprise edition|campaigns?|rest api|api (?:keys?|tokens?|calls?|requests?)|sdk"
    r"|middleware|decorators?|user model|this feature)\b"
)
_MAKING = lazily(
    r"\b(?:maintainers?|committers?|contributors?|pull requests?|merge requests?|commit (?:access|rights|bit)|github"
    r"|gitlab|repos?|repositor(?:y|ies)|branch protection|build (?:environment|system|server)s?|ci|code review"
    r"|collaborators?|pipelines?|runners?"
    r"|releas(?:es?|ing)|merg(?:e|es|ed|ing))\b"
)


class Policy(NamedTuple):
    """A section about the matter with all below it; `template` says in words that it is not filled in, else ""."""

    path: str
    section: Section
    sections: tuple[Section, ...]
    document: Document
    template: str

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(piece for one in self.sections for piece in (one.title, one.text) if piece)


def policies(repo: Repository, matter: Matter, *further: str) -> Iterator[Policy | Unread]:
    """The sections of all texts that are about a matter, and the files named like it that could not be read.

    `further` are globs of texts in unusual places.
    """
    found = repo.once(texts)
    for path, data in {**_further(repo, found.counted, further), **found.counted}.items():
        named = matter.title.search(_name(path)) is not None
        if _is_apart(path, matter):
            continue
        if not named and not any(matter.title.search(one.decode("utf-8", "replace").lower()) for one in headings(data)):
            continue
        document = read(repo, path)
        yield from [document] if isinstance(document, Unread) else _of(path, document, matter, named)
    for one in found.refused:
        name = _name(one.path)
        if (matter.title.search(name) or matter.names.search(name)) and not _is_apart(one.path, matter):
            document = read(repo, one.path)  # which reads larger files
            yield from [document] if isinstance(document, Unread) else _of(one.path, document, matter, named=True)


def _further(repo: Repository, known: Mapping[str, bytes], globs: Sequence[str]) -> dict[str, bytes]:
    texts = {
        path: repo.read(path)
        for path in (repo.find(*globs) if globs else ())
        if path not in known and not set_aside(path)
    }
    return {path: data.lower() for path, data in texts.items() if isinstance(data, bytes)}


def is_manual(text: str) -> bool:
    """Whether a text, in lower case, speaks more of using a product than of making one."""
    using, making = ({word.rstrip("s") for word in words.findall(text)} for words in (_MANUAL, _MAKING))
    return len(using) > 1 and len(using) > len(making)


def _name(path: str) -> str:
    return re.sub(r"[-_.]", " ", path.rsplit("/", 1)[-1].lower())


def _is_apart(path: str, matter: Matter) -> bool:
    return matter.without.search(path.lower()) is not None and not _OURS.search(path.lower())


def _of(path: str, document: Document, matter: Matter, named: bool) -> Iterator[Policy]:
    seen: set[int] = set()
    title = (document.title or "").lower()
    if _WANTED.search(title) or matter.without.search(title):
        return
    whole = named or matter.title.search(title) is not None
    sections = document.sections[:1] if whole else document.sections
    for section in sections:
        if section.line in seen or not (whole or (section.level and matter.title.search(section.title.lower()))):
            continue
        if section.title and matter.without.search(section.title.lower()):
            continue
        below = document.sections if whole else document.under(section)
        seen.update(one.line for one in below)
        policy = Policy(path, section, tuple(below), document, "")
        lower = policy.text.lower()
        if all(pattern.search(lower) for pattern in matter.words) and not is_manual(lower):
            yield policy._replace(template=unfilled(document, path) if whole else "")
