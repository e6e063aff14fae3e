"""Downloads that anybody on the way can change: plain http, and TLS whose certificates are not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.insecure import feeds, guides, sources
from sscop.artefacts.insecure.model import Download
from sscop.repository import Repository

__all__ = ["Download", "downloads"]


def downloads(repo: Repository) -> tuple[Download, ...]:
    """All of them; to be asked for as `repo.once(downloads)`."""
    return tuple(dict.fromkeys(_all(repo)))


def _all(repo: Repository) -> Iterator[Download]:
    yield from guides.guides(repo)
    yield from sources.sources(repo)
    yield from feeds.feeds(repo)
