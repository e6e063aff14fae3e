"""A README as the front page of documentation: is it a stub, and where does it say that the documentation is?"""

from __future__ import annotations

import re

from sscop.artefacts.frameworks.texts import product_names
from sscop.artefacts.guide_wording import DOCUMENTATION, DOCUMENTED, NOT_DOCUMENTATION, STARTERS
from sscop.artefacts.prose.document import Document
from sscop.artefacts.prose.language import size
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository

FEW, LONG = 40, 450
"""Words below which a README without any code says nothing, and above which one is no starter any more."""
_HOSTS = lazily(r"[\w-]+\.(?:readthedocs\.(?:io|org)|github\.io|gitbook\.io)$|(?:docs|documentation)\.")


class Place(NamedTuple):
    """Where something was seen, and the words."""

    path: str
    line: int
    text: str


def stub(repo: Repository, path: str, document: Document) -> str:
    """Why a README alone is no guide: a tool's starter, or next to nothing."""
    source = repo.text(path)
    lower = " ".join(source.lower().split()) if isinstance(source, str) else ""
    if starter := STARTERS.search(lower):
        words = size(document.text)
        if words < LONG:
            return f"is a tool's starter still (\u201c{lower[slice(*starter.span())][:60]}\u201d)"
    body = sum(size(section.text) for section in document.sections)
    if body < FEW and not any(section.code for section in document.sections):
        return f"says next to nothing ({body} words)"
    return ""


def away(repo: Repository, path: str, document: Document) -> Place | None:
    """Where the README says that the documentation is: an address that has the product's name or is a host of such."""
    names = {re.sub(r"[^a-z0-9]", "", one.lower()) for one in repo.once(product_names)}
    for link in document.links:
        target = link.target.lower()
        if link.image or not target.startswith(("http://", "https://")) or NOT_DOCUMENTATION.search(target):
            continue
        host, _, rest = target.partition("://")[2].partition("/")
        ours = {
            place
            for place in (host, rest)
            for name in names
            if len(name) > 2 and name in re.sub(r"[^a-z0-9]", "", place)
        }
        hosted = _HOSTS.match(host) is not None
        if (
            DOCUMENTED.fullmatch(link.text.strip())
            or (hosted and ours)
            or (DOCUMENTATION.search(link.text) and host in ours)
        ):
            return Place(path, link.line, link.target[:160])
    return None
