"""Whether a lock is in step with a manifest: what the one asks for and the other does not have.

Only sure differences are told. What a lock may rightly record otherwise (overridden, aliased, conditional, the
repository's own packages) is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sscop.artefacts.ecosystems.model import (
    MEMBERS,
    REGISTRY,
    Dependency,
    Ecosystem,
    Inventory,
    Manifest,
    Record,
    Wanted,
    normal,
)
from sscop.artefacts.ecosystems.ranges import satisfies
from sscop.lazy import NamedTuple, lazily

_EXACT = lazily(r"\d+(?:\.\d+){1,3}\Z")

UNKNOWN_TO_IT = "unknown to it"
"""What is recorded where a lock does not speak of the manifest at all."""


class Drift(NamedTuple):
    """One difference: what the manifest asks for at a line, and what the lock has ("" for nothing).

    Without a name, it is about the whole manifest.
    """

    name: str
    spec: str
    line: int
    recorded: str = ""


def drifts(manifest: Manifest, record: Record, key: str, inventory: Inventory, sums: frozenset[str]) -> list[Drift]:
    """The sure differences, in the manifest's order. `sums` are the lines of every go.sum that counts for a go.mod."""
    wanted = record.wanted.get(key)
    if wanted and wanted.digest and manifest.digests:
        if wanted.digest in manifest.digests:
            return []
        has = {*record.packages, *wanted.specs}
        gone = [one for one in _third_party(manifest) if not {one.name, normal(one.name)} & has]
        return _missing(gone) or [Drift("", "", manifest.line)]
    if manifest.tool == "yarn" and not record.wanted:
        return list(_yarn(manifest, record, inventory))
    if manifest.ecosystem is Ecosystem.GOMOD:
        return _missing(one for one in _third_party(manifest) if not _summed(one, sums))
    virtual = manifest.ecosystem is Ecosystem.CARGO and not manifest.name  # a workspace that is no crate itself
    if wanted is None and MEMBERS in record.patterns and _third_party(manifest) and not virtual:
        return [Drift("", "", manifest.line, UNKNOWN_TO_IT)]
    rule = _RULES.get(manifest.tool)
    if rule is None or manifest.partial:
        return []
    return list(rule(manifest, record, wanted))


def _third_party(manifest: Manifest) -> list[Dependency]:
    return [one for one in manifest.third_party if one.group != "peer" and one.name not in manifest.unsure]


def _missing(found: Iterator[Dependency] | list[Dependency]) -> list[Drift]:
    return [Drift(one.name, one.spec, one.line) for one in found]


def _summed(one: Dependency, sums: frozenset[str]) -> bool:
    return f"{one.name} {one.spec}/go.mod" in sums or f"{one.name} {one.spec}" in sums


def _npm(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    """What npm, berry and bun record: the ranges of each package.json, and the versions that were chosen for them."""
    for one in _third_party(manifest) if wanted else ():
        assert wanted
        spec = wanted.specs.get(one.name, "absent")
        if spec == "absent":
            yield Drift(one.name, one.spec, one.line)
        elif spec is not None and spec.removeprefix("npm:") != one.spec.removeprefix("npm:"):
            versions = record.packages.get(one.package, ())
            if one.source == REGISTRY and versions and all(_in(v, one.spec) is False for v in versions):
                yield Drift(one.name, one.spec, one.line, spec.removeprefix("npm:"))


def _in(version: str, spec: str, plain: str = "=") -> bool | None:
    return satisfies(version, spec.rpartition("@")[2] if spec.startswith("npm:") else spec, plain)


def _pnpm(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    """A frozen install of pnpm refuses ranges that are not the very ones that it recorded."""
    if wanted is None or "pnpmfile" in record.patterns:
        return
    overridden = " ".join(one for one in record.patterns if one.startswith("override "))
    for one in _third_party(manifest):
        spec = wanted.specs.get(one.name, "absent")
        if spec != one.spec and one.name not in overridden and not one.spec.startswith("catalog:"):
            yield Drift(one.name, one.spec, one.line, "" if spec in ("absent", None) else str(spec))


def _yarn(manifest: Manifest, record: Record, inventory: Inventory) -> Iterator[Drift]:
    """In yarn 1, the lock records each `name@range` that anything asks for."""
    own = {one.name for one in inventory.of(Ecosystem.NPM, Ecosystem.BUN)}
    recorded = {pattern[: pattern.find("@", 1)] for pattern in record.patterns}
    roots = [one for one in inventory.of(Ecosystem.NPM) if one.members is not None]
    unsure = {name for root in roots for name in root.unsure}
    for one in _third_party(manifest):
        if one.name in own or one.name in unsure or one.source != REGISTRY or not one.spec:
            continue
        if f"{one.name}@{one.spec}" not in record.patterns:
            yield Drift(one.name, one.spec, one.line, "another range" if one.name in recorded else "")


def _deno(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in _third_party(manifest) if wanted else ():
        assert wanted
        if one.real and one.real not in wanted.specs:
            yield Drift(one.name, one.spec, one.line)


def _uv(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    """The lock of uv records the requirements themselves."""
    own = normal(manifest.name)
    names = Counter(normal(one.name) for one in manifest.dependencies)
    for one in manifest.third_party if wanted else ():
        assert wanted
        name = normal(one.name)
        spec = wanted.specs.get(name, "absent")
        if name == own:
            continue
        if spec == "absent":
            yield Drift(one.name, one.spec, one.line)
        elif spec is not None and names[name] == 1 and one.source == REGISTRY:
            asked, has = _clauses(one.spec), _clauses(spec)
            if asked != has and asked is not None and has is not None:
                yield Drift(one.name, one.spec, one.line, spec or "any version")


def _clauses(spec: str) -> frozenset[str] | None:
    """A version specifier's clauses; None for a form that tools may write in another way."""
    clauses = frozenset("".join(one.split()) for one in spec.strip("() ").split(",") if one.strip())
    return clauses if all(re.fullmatch(r"(?:[<>]=?|==|!=|~=)\d+(?:\.\d+)*(?:\.\*)?", one) for one in clauses) else None


def _named(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    """Formats where the sure thing is that each direct dependency's name is among the packages."""
    for one in _third_party(manifest):
        if manifest.tool == "pdm" and one.group != "runtime":
            continue  # a lock of PDM may be of some groups alone
        name = normal(one.name) if manifest.ecosystem in (Ecosystem.PIP, Ecosystem.UV) else one.name
        if name not in record.packages and normal(name) not in manifest.unsure:
            yield Drift(one.name, one.spec, one.line)


def _cargo(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    """A crate's dependencies stand in the lock by their real names, optional and other targets' ones too."""
    if wanted is None:
        return
    for one in manifest.dependencies:
        if one.group == "workspace" or not one.package:
            continue
        versions = record.packages.get(one.package, ())
        if one.third_party and one.package not in wanted.specs:
            yield Drift(one.name, one.spec, one.line)
        elif one.source == REGISTRY and versions and all(satisfies(v, one.spec, "^") is False for v in versions):
            yield Drift(one.name, one.spec, one.line, ", ".join(versions))


def _nuget(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in _third_party(manifest) if wanted else ():
        assert wanted
        name = one.name.lower()
        if name in manifest.unsure:
            continue
        requested = wanted.specs.get(name, "absent")
        if requested == "absent":
            yield Drift(one.name, one.spec, one.line)
            continue
        low = re.match(r"\[([\d.]+), ?\)\Z", requested or "")
        if low and _EXACT.match(one.spec) and _numbers(low[1]) != _numbers(one.spec):
            yield Drift(one.name, one.spec, one.line, low[1])


def _numbers(version: str) -> list[int]:
    return [int(one) for one in (*version.split("."), "0", "0", "0")[:4]]


def _gems(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in _third_party(manifest) if wanted else ():
        assert wanted
        spec = wanted.specs.get(one.name, "absent")
        if spec == "absent":
            yield Drift(one.name, one.spec, one.line)
        elif spec is not None and one.spec and one.source == REGISTRY and _gem(spec) != _gem(one.spec):
            yield Drift(one.name, one.spec, one.line, spec or "any version")


def _gem(spec: str) -> frozenset[str]:
    """The clauses of a gem's requirement; one without an operator means `=`."""
    clauses = ("".join(one.split()) for one in spec.split(","))
    return frozenset(f"={one}" if one[:1].isdigit() else one for one in clauses if one)


def _swift(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in _third_party(manifest):
        if one.source != REGISTRY and one.name.lower() not in record.packages:
            yield Drift(one.name, one.spec, one.line)


def _terraform(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in manifest.dependencies:
        name = "/".join(one.real.split("/")[-2:])
        if "builtin" not in one.real and name not in record.packages:
            yield Drift(one.name, one.spec, one.line)


def _helm(manifest: Manifest, record: Record, wanted: Wanted | None) -> Iterator[Drift]:
    for one in manifest.third_party:
        versions = record.packages.get(one.name, ())
        if not versions:
            yield Drift(one.name, one.spec, one.line)
        elif _EXACT.match(one.spec) and one.spec not in versions:
            yield Drift(one.name, one.spec, one.line, versions[0])


_RULES = {
    "npm": _npm,
    "yarn": _npm,
    "bun": _npm,
    "pnpm": _pnpm,
    "deno": _deno,
    "uv": _uv,
    "pdm": _named,
    "cargo": _cargo,
    "nuget": _nuget,
    "composer": _named,
    "bundler": _gems,
    "swift": _swift,
    "dart": _named,
    "mix": _named,
    "terraform": _terraform,
    "helm": _helm,
}


def go_sums(manifest: Manifest, inventory: Inventory, read: dict[str, Record]) -> frozenset[str]:
    """The lines of the go.sum beside a go.mod and of the go.work.sum above it."""
    found: frozenset[str] = frozenset()
    for lock in inventory.locks:
        above = not lock.folder or manifest.path.startswith(f"{lock.folder}/")
        beside = lock.folder == manifest.folder
        if lock.ecosystem is Ecosystem.GOMOD and lock.path in read and (beside or (above and "work" in lock.path)):
            found |= read[lock.path].patterns
    return found
