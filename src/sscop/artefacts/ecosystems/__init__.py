"""What a repository builds on: the manifests and locks of every package manager, found and read once.

`repo.once(manifests)` is the way in. Locks are read only when asked for, by `record`.
"""

from __future__ import annotations

from sscop.artefacts.ecosystems import (
    declared,
    dotnet,
    golang,
    javascript,
    jvm,
    others,
    python,
    rust,
    scripted,
    terraform,
)
from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import Dependency, Ecosystem, Inventory, Lock, Manifest
from sscop.artefacts.ecosystems.records import record
from sscop.repository import Repository

__all__ = ["Dependency", "Ecosystem", "Inventory", "Lock", "Manifest", "manifests", "record"]

_FAMILIES = (javascript, python, rust, golang, jvm, dotnet, declared, scripted, terraform, others)


def manifests(repo: Repository) -> Inventory:
    """All manifests and locks of a repository; call it as `repo.once(manifests)`."""
    found = Gathering(repo)
    for family in _FAMILIES:
        family.gather(found)
    unread = tuple(one for one in dict.fromkeys(found.unread) if not repo.gone(one))
    return Inventory(tuple(found.manifests), tuple(found.locks), unread)
