"""What a repository's own product is called, so that its versions are not taken for somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.frameworks.texts import headings, product_names
from sscop.lazy import lazily, vocabulary
from sscop.model import Unread
from sscop.repository import Repository

_MANIFESTS = ("package.json", "pyproject.toml", "setup.cfg", "Cargo.toml", "go.mod", "composer.json", "galaxy.yml")
_NAMED = lazily(
    r"^[ \t{]{0,8}\"?name\"?\s{0,4}[:=]\s{0,4}[\"']?((?:@?[\w.-]{1,60}/)?[\w.-]{2,60})|^module\s{1,4}(\S{2,200})",
    re.MULTILINE,
)


_FILLERS = vocabulary("readme for the a an of and project introduction welcome to about overview")


def _titled(repo: Repository) -> Iterator[str]:
    """The words of the README's first heading, whatever its notation."""
    for path in repo.find("README*")[:1]:
        data = repo.read(path)
        if isinstance(data, bytes):
            title = next(headings(data), b"").decode("utf-8", "replace").lower()
            yield from (one for one in re.findall(r"[a-z][\w.+-]+", title)[:4] if one not in _FILLERS)


def names(repo: Repository) -> frozenset[str]:
    """The names in lower case: of the README's title and of the manifests at the root.

    A word that is another product's name counts only where it is the whole of the title's name (`Redis`, not
    `Redis Exporter`).
    """
    found = {one.lower() for one in product_names(repo)} or set(_titled(repo))
    for path in _MANIFESTS:
        text = repo.text(path) if repo.has(path) else Unread(path, "")
        if isinstance(text, Unread):
            continue
        for match in list(_NAMED.finditer(text[:20_000]))[:1]:
            parts = (match[1] or match[2]).lower().strip("@/").split("/")
            parts = parts[:-1] if len(parts) > 1 and re.fullmatch(r"v\d+", parts[-1]) else parts
            found.update(parts[-2:])
    return frozenset(found)
