"""Proposals (RFCs, KEPs, design proposals) that say what is wanted: their goals, motivation or requirements."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.design_records import Flavour, records
from sscop.artefacts.design_records import Record as Design
from sscop.artefacts.prose.document import read
from sscop.artefacts.requirement_records.model import Kind, Record, Statement
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_WANTED = lazily(
    r"^(?:goals?|motivations?|requirements?|use cases?|user stories|problem(?: statement)?|objectives?|user needs?"
    r"|(?:goals?|motivation)\b.*)$"
)
_WORD = lazily(r"[^\W\d_]{2,}")


def proposals(repo: Repository) -> list[Record]:
    """The proposals of a repository with a filled-in section on what is wanted; for `Repository.once`."""
    return list(_proposals(repo))


def _proposals(repo: Repository) -> Iterator[Record]:
    for one in records(repo):
        if not isinstance(one, Design) or one.flavour not in (Flavour.PROPOSAL, Flavour.PROCESS):
            continue
        document = read(repo, one.prose)
        if isinstance(document, Unread):
            continue
        for section in document.titled(_WANTED.pattern):
            said = " ".join(part.text for part in document.under(section))
            if len(_WORD.findall(said)) > 14:
                wanted = Statement(one.number, section.title, section.line)
                yield Record(one.prose, section.line, Kind.PROPOSAL, one.title, (wanted,))
                break
