"""Where a repository tells how to report a vulnerability: where GitHub looks, texts of their own, sections of others.

GitHub takes a security policy from `.github/`, the root or `docs/`, in that order, in any case and notation
(source: GitHub's documentation, "Creating a default community health file"). A text that only points to another one
in the same repository is followed one hop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from sscop.artefacts.frameworks.texts import WORKING, headings
from sscop.artefacts.prose.document import LIMIT, SUFFIXES, Document, Section, load, read
from sscop.artefacts.prose.sentences import Sentence, sentences
from sscop.artefacts.threat_models.candidates import aside
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository

PLACES = (".github", ".gitlab", "", "docs")
"""Where a security policy is looked for, the first one first."""

_POLICY = lazily(r"security(?:[-_ ]?policy)?(?:\.(?:md|markdown|mdx|rst|adoc|asciidoc|txt))?", re.IGNORECASE)
_OWN = (
    f"**/*disclosure*.{SUFFIXES}", f"**/*vulnerabilit*.{SUFFIXES}", f"**/security*polic*.{SUFFIXES}",
    f"**/*report*security*.{SUFFIXES}", f"**/security.{SUFFIXES}", f"**/*vdp*.{SUFFIXES}",
)  # fmt: skip
_OWN_NAME = lazily(
    r"(?:^|/)(?:[^/]*(?:vulnerabilit|security|responsible|coordinated)[^/]*disclosure[^/]*|disclosure[-_]?policy[^/]*"
    r"|vulnerabilit(?:y|ies)(?:[-_](?:polic|report|handling|process|response|management)[^/]*)?|[^/]*vdp|security"
    r"|report[^/]*(?:vulnerabilit|security)[^/]*|security[-_]?(?:polic|report)[^/]*|security/[^/]*(?:disclosure"
    r"|report)[^/]*)"
    r"\.\w+$",
    re.IGNORECASE,
)
_GUIDES = "{README,CONTRIBUTING,SUPPORT,HACKING,DEVELOPMENT}*"
_REPORTING = (
    r"report[^.|]{{0,60}}{0}|{0}[^.|]{{0,80}}\b(?:report|disclos|contact|e-?mail|notif|inform|let us know)"
    r"|(?:discover|find|found|identif|encounter|aware of)[^.|]{{0,60}}{0}|disclos[^.|]{{0,80}}{0}|(?:contact"
    r"|e-?mail|notif|inform|submit|send)[^.|]{{0,80}}{0}"
)
_ISSUE = (
    r"(?:vulnerabilit"
    r"|security[- ](?:\w+ )?(?:issue|bug|problem|flaw|hole|concern|report|defect|incident|risk|weakness))"
)
ABOUT = lazily(_REPORTING.format(_ISSUE) + r"|\bresponsible disclosure|\bcoordinated disclosure", re.IGNORECASE)
"""What a text says that is about reporting vulnerabilities."""
_TITLE = lazily(
    r"report[^\n]{0,40}(?:vulnerab|security|exploit)|(?:vulnerab|security)[^\n]{0,40}(?:report|disclos|polic"
    r"|issues?\b|bugs\b|contact)"
    r"|responsible disclosure|coordinated disclosure|vulnerability disclosure|^security\W*$|^vulnerabilit(?:y"
    r"|ies)\W*$",
    re.IGNORECASE,
)
_FIELD = lazily(r"^(?:contact|expires|policy|preferred-languages|encryption):", re.IGNORECASE | re.MULTILINE)


class Place(Enum):
    """What kind of text it is."""

    POLICY = "policy"
    """Where GitHub and GitLab show it as the security policy."""
    OWN = "own"
    """A text of its own elsewhere."""
    SECTION = "section"
    """A section of a README or a guide."""
    INHERITED = "inherited"
    """From the owner's public `.github` repository; its path is one there."""


class Text(NamedTuple):
    """A text about reporting vulnerabilities: the sections that are, and what they say.

    `pointed` is the address by which another text points to it, "" for one that was found by its place.
    """

    path: str
    document: Document
    sections: tuple[Section, ...]
    place: Place
    pointed: str = ""

    @property
    def line(self) -> int:
        """Where it begins."""
        first = next((one for one in self.sections if one.level or one.blocks), self.sections[0])
        return first.blocks[0].line if first.blocks and not first.level else first.line

    @property
    def said(self) -> list[Sentence]:
        """What it says, sentence by sentence."""
        return list(sentences(self.document, self.sections))


class Found(NamedTuple):
    """The texts, those that are shown to people first; and what could not be read of what should be one."""

    texts: tuple[Text, ...]
    unread: tuple[Unread, ...]


def find(repo: Repository) -> Found:
    """The texts about reporting vulnerabilities. Ask for it through `repo.once`."""
    texts: list[Text] = []
    unread: list[Unread] = []
    for path in _policies(repo):
        document = read(repo, path)
        if isinstance(document, Unread):
            unread += [] if repo.gone(document) else [document]
        elif text := _policy(repo, path, document):
            texts.append(text)
    if not texts:
        texts += [*_own(repo), *_sections(repo)]
    return Found(tuple(texts), tuple(unread))


def _policies(repo: Repository) -> list[str]:
    """The files at the places where a policy is shown, also symbolic links (which are read as what could not be)."""
    found = repo.find(*(f"{place}/security*" if place else "security*" for place in PLACES))
    linked = [path for path, why in repo.not_counted.items() if "symbolic link" in why]
    named = [one for one in {*found, *linked} if _POLICY.fullmatch(one.rsplit("/", 1)[-1])]
    placed = {place: n for n, place in enumerate(PLACES)}
    kept = [one for one in named if one.rpartition("/")[0].lower() in placed]
    return sorted(kept, key=lambda one: (placed[one.rpartition("/")[0].lower()], one))


def _policy(repo: Repository, path: str, document: Document) -> Text | None:
    data = repo.read(path, LIMIT)
    if path.lower().endswith(".txt") and isinstance(data, bytes) and _FIELD.search(data.decode("utf-8", "replace")):
        return None  # a security.txt
    if path.lower().startswith("docs/") and not ABOUT.search(document.text.translate(_STRAIGHT)):
        return None  # a chapter on the product's security
    return Text(path, document, document.sections, Place.POLICY)


_STRAIGHT = str.maketrans({"\n": " "})


def _own(repo: Repository) -> Iterator[Text]:
    """Texts that are only about this, in other places; at most a few, the nearest to the root first."""
    paths = [one for one in repo.find(*_OWN) if _OWN_NAME.search(one) and not aside(one) and not WORKING.search(one)]
    for path in sorted(paths, key=lambda one: (one.count("/"), one))[:20]:
        document = read(repo, path)
        if isinstance(document, Unread):
            continue
        chapter = re.fullmatch(r"security\.\w+", path.rsplit("/", 1)[-1], re.IGNORECASE) is not None
        if about(document, titled=chapter):  # a chapter on the product's security may speak of reports in passing
            yield Text(path, document, document.sections, Place.OWN)


def _sections(repo: Repository) -> Iterator[Text]:
    """The sections of guides that say how to report a vulnerability."""
    for path in repo.find(_GUIDES, f".github/{_GUIDES}", f"docs/{_GUIDES}", f"docs/{{index,security*}}.{SUFFIXES}"):
        data = repo.read(path, LIMIT)
        if not isinstance(data, bytes) or not re.search(rb"(?i)vulnerab|security", data):
            continue
        if not any(_TITLE.search(one.decode("utf-8", "replace").strip(" #=*")) for one in headings(data)):
            continue
        document = read(repo, path)
        if not isinstance(document, Unread) and (sections := about(document, titled=True)):
            yield Text(path, document, sections, Place.SECTION)


def about(document: Document, titled: bool = False) -> tuple[Section, ...]:
    """The sections that are about reporting, by their title (`titled`) or by what they say; with those below."""
    kept: list[Section] = []
    for section in document.sections:
        if titled and not (section.level and _TITLE.search(section.title)):
            continue
        below = [one for one in (document.under(section) if titled else [section]) if one not in kept]
        if ABOUT.search(" ".join(f"{one.title} {one.text}" for one in below).replace("\n", " ")):
            kept += below
    return tuple(kept)


def inherited(files: dict[str, str]) -> Text | None:
    """The security policy among the community files of the owner's `.github` repository, by their path there."""
    for path in sorted(files, key=lambda one: (one.count("/"), one)):
        if _POLICY.fullmatch(path.rsplit("/", 1)[-1]):
            try:
                document = load(files[path], path)
            except Malformed:
                continue
            return Text(path, document, document.sections, Place.INHERITED)
    return None


def hosted_elsewhere(repo: Repository) -> bool:
    """Whether the files show a host other than GitHub, where no policy is inherited from an owner."""
    if any(True for _ in repo.find(".github/**")[:1]):
        return False
    return bool(repo.find(".gitlab-ci.{yml,yaml}", ".gitlab/**", "bitbucket-pipelines.yml", ".gitea/**", ".forgejo/**"))
