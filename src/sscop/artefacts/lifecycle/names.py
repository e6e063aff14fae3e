"""What a repository's own product is called, so that its versions are not taken for somebody else's."""

from __future__ import annotations

import re

from sscop.artefacts.frameworks.texts import product_names
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

_MANIFESTS = ("package.json", "pyproject.toml", "setup.cfg", "Cargo.toml", "go.mod", "composer.json", "galaxy.yml")
_NAMED = lazily(
    r"^[ \t{]{0,8}\"?name\"?\s{0,4}[:=]\s{0,4}[\"']?((?:@?[\w.-]{1,60}/)?[\w.-]{2,60})|^module\s{1,4}(\S{2,200})",
    re.MULTILINE,
)


def names(repo: Repository) -> frozenset[str]:
    """The names in lower case: of the README's title and of the manifests at the root.

    A word that is another product's name counts only where it is the whole of the title's name (`Redis`, not
    `Redis Exporter`).
    """
    found = {one.lower() for one in product_names(repo)}
    for path in _MANIFESTS:
        text = repo.text(path) if repo.has(path) else Unread(path, "")
        if isinstance(text, Unread):
            continue
        for match in list(_NAMED.finditer(text[:20_000]))[:1]:
            parts = (match[1] or match[2]).lower().strip("@/").split("/")
            parts = parts[:-1] if len(parts) > 1 and re.fullmatch(r"v\d+", parts[-1]) else parts
            found.update(parts[-2:])
    return frozenset(found)
