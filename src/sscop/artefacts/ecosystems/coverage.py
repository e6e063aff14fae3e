"""Which lock covers which manifest: its own, or that of the workspace that it is a member of."""

from __future__ import annotations

from collections.abc import Iterable

from sscop.artefacts.ecosystems.gathering import up
from sscop.artefacts.ecosystems.model import Ecosystem, Inventory, Lock, Manifest, Record
from sscop.artefacts.ecosystems.records import record
from sscop.lazy import NamedTuple
from sscop.repository import Repository
from sscop.repository.globs import compiled

_JS = (Ecosystem.NPM, Ecosystem.BUN)
_PYTHON = (Ecosystem.PIP, Ecosystem.UV)
_WORKSPACES = (*_JS, Ecosystem.UV, Ecosystem.CARGO, Ecosystem.PUB, Ecosystem.DENO, Ecosystem.MIX)


class Unit(NamedTuple):
    """What is locked together: the manifest at its root, all its manifests, and the lock, or None without one.

    `others` are further locks of the same folder that another tool keeps.
    """

    root: Manifest
    manifests: tuple[Manifest, ...]
    lock: Lock | None
    others: tuple[Lock, ...] = ()


def units(repo: Repository, inventory: Inventory) -> list[Unit]:
    """The manifests of the product with the locks that cover them; requirements files are not among them."""
    locks: dict[tuple[Ecosystem, str], list[Lock]] = {}
    for kept in inventory.locks:
        locks.setdefault((_family(kept.ecosystem), kept.folder), []).append(kept)
    roots = {(_family(one.ecosystem), one.folder): one for one in inventory.manifests if one.members is not None}
    grouped: dict[tuple[str, str], list[Manifest]] = {}
    covering: dict[tuple[str, str], Lock | None] = {}
    for one in inventory.manifests:
        if one.aside:
            continue
        root, lock = _root(repo, one, locks, roots)
        key = (_family(one.ecosystem).value, lock.path if lock else root.path)
        grouped.setdefault(key, []).append(one)
        covering[key] = lock
    return [_unit(manifests, covering[key], key[1], locks) for key, manifests in grouped.items()]


def _unit(
    manifests: list[Manifest], lock: Lock | None, root: str, locks: dict[tuple[Ecosystem, str], list[Lock]]
) -> Unit:
    beside = [one for one in manifests if lock and one.folder == lock.folder]
    first = next(iter(beside or [one for one in manifests if one.path == root]), manifests[0])
    others = locks.get((_family(first.ecosystem), lock.folder), []) if lock else []
    return Unit(first, tuple(manifests), lock, tuple(one for one in others if lock and one.tool != lock.tool))


def _family(ecosystem: Ecosystem) -> Ecosystem:
    """The ecosystem under which the locks of related ones are kept."""
    if ecosystem in _JS:
        return Ecosystem.NPM
    return Ecosystem.PIP if ecosystem in _PYTHON else ecosystem


def _root(
    repo: Repository,
    manifest: Manifest,
    locks: dict[tuple[Ecosystem, str], list[Lock]],
    roots: dict[tuple[Ecosystem, str], Manifest],
) -> tuple[Manifest, Lock | None]:
    """The manifest whose lock counts for one, and that lock."""
    family = _family(manifest.ecosystem)
    here = _choose(manifest, locks.get((family, manifest.folder), []))
    if here:
        return manifest, here
    root = manifest
    if manifest.ecosystem not in _WORKSPACES and manifest.tool != "pip":
        return manifest, None
    for folder in up(manifest.folder)[1:]:
        above = roots.get((family, folder))
        lock = _choose(above or manifest, locks.get((family, folder), []))
        relative = manifest.path[len(folder) + 1 if folder else 0 :].rpartition("/")[0]
        if lock and _records(repo, lock, manifest, relative):
            return above or manifest, lock
        if above and is_member(above, relative):
            return (above, lock) if lock else _root(repo, above, locks, roots)
    return root, None


def _choose(manifest: Manifest, found: Iterable[Lock]) -> Lock | None:
    """The lock of the manifest's tool among those of a folder; pip reads those of no other tool but `pylock`."""
    fitting = [one for one in found if one.tool == manifest.tool]
    if not fitting and manifest.tool == "pip":
        fitting = [one for one in found if one.tool in ("pylock", "uv")]
    if manifest.tool == "nuget" and len(fitting) > 1:
        name = manifest.path.rpartition("/")[2].rpartition(".")[0].lower()
        fitting = [one for one in fitting if name in one.path.lower()] or fitting
    return fitting[0] if fitting else None


def is_member(root: Manifest, relative: str) -> bool:
    """Whether a folder below a workspace's root is a member by its globs."""
    if root.ecosystem is Ecosystem.CARGO and not root.members:
        return not any(_matches(glob, relative) for glob in root.excluded)
    members = [glob for glob in root.members or () if not glob.startswith("!")]
    excluded = [*root.excluded, *(glob[1:] for glob in root.members or () if glob.startswith("!"))]
    return any(_matches(glob, relative) for glob in members) and not any(_matches(glob, relative) for glob in excluded)


def _matches(glob: str, folder: str) -> bool:
    glob = glob.removeprefix("./").rstrip("/")
    return bool(compiled(glob).match(folder)) or (glob.endswith("/**") and bool(compiled(glob[:-3]).match(folder)))


def _records(repo: Repository, lock: Lock, manifest: Manifest, relative: str) -> bool:
    """Whether a lock above a manifest speaks of it."""
    found = record(repo, lock)
    if not isinstance(found, Record):
        return False
    return key(lock, manifest, relative) in found.wanted


def key(lock: Lock, manifest: Manifest, relative: str | None = None) -> str:
    """The name under which a lock speaks of a manifest."""
    if lock.ecosystem is Ecosystem.CARGO:
        return manifest.name
    if relative is not None:
        return relative
    return manifest.folder[len(lock.folder) + 1 if lock.folder else 0 :]
