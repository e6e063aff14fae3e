"""What an SBOM that a repository keeps is worth: whether it lists components, the product's own, and today's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from sscop.artefacts.ecosystems import Ecosystem, Inventory, Lock, Manifest, manifests, record
from sscop.artefacts.sboms import Found, limit, sboms
from sscop.artefacts.sboms.model import Component, Holds, Sbom
from sscop.artefacts.sboms.validate import Validated, validate
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence, Finding, Kind, Unread, met, unknown, unmet
from sscop.repository import Repository

SHIPPED = ("runtime", "optional", "peer", "build")
"""The groups of dependencies that an SBOM of the product lists."""

_ENOUGH = 5
"""One in so many direct dependencies may be missing or of another version: more is another product, or another time."""
_FEW = 3
_MOST_LOCKS = 6

_NAME = lazily(r"pkg:([a-zA-Z0-9.+-]+)/(?:[^@?#]*/)?([^@?#]+)")
_TOOLING = lazily(r"(?:^|/)(?:\.[^/]+|hack|scripts?|tools?|ci)/")
_SEPARATORS = lazily(r"[-_.]+")
_TYPES = {
    "npm": {Ecosystem.NPM, Ecosystem.BUN, Ecosystem.DENO}, "pypi": {Ecosystem.PIP, Ecosystem.UV},
    "cargo": {Ecosystem.CARGO}, "golang": {Ecosystem.GOMOD}, "maven": {Ecosystem.MAVEN, Ecosystem.GRADLE},
    "gem": {Ecosystem.BUNDLER}, "nuget": {Ecosystem.NUGET}, "composer": {Ecosystem.COMPOSER}, "hex": {Ecosystem.MIX},
    "pub": {Ecosystem.PUB}, "swift": {Ecosystem.SWIFT},
}  # fmt: skip

FIX_NEW = "generate it anew from the locks, better where a release is made, and publish it with the release"
FIX_EMPTY = (
    "generate it from the locks (`syft dir:. -o cyclonedx-json`, `cdxgen`, the package manager's own), or delete it"
)


class Kept(NamedTuple):
    """A kept SBOM, and what it lacks as the end of a sentence ("" for nothing). `unsure` is what could not be told."""

    sbom: Sbom
    lacks: str = ""
    code: str = ""
    unsure: str = ""
    advice: tuple[tuple[str, str, int | None], ...] = ()
    compared: str = ""
    """What it is in step with, as the end of a sentence; "" where there was nothing to compare it with."""

    @property
    def place(self) -> Evidence:
        """Where it says when it was made."""
        sbom = self.sbom
        said = f"{sbom.format.value} {sbom.version}, {len(sbom.components)} components"
        return Evidence(sbom.path, sbom.line, said, date=sbom.created.isoformat() if sbom.created else None)


def kept(repo: Repository) -> tuple[list[Kept], Found]:
    """The SBOMs that count, judged: of one subject in several editions the newest."""
    found = repo.once(sboms)
    listed = [one for one in found.sboms if one.holds in (Holds.COMPONENTS, Holds.NOTHING)]
    inventory: Inventory = repo.once(manifests) if listed else Inventory((), (), ())
    return [_judged(repo, one, inventory) for one in _newest(listed)], found


def _newest(listed: list[Sbom]) -> list[Sbom]:
    """Without the older editions of what is listed again in the same format: a release's SBOM is a record of it."""
    best: dict[tuple[str, str, str], Sbom] = {}
    for one in listed:
        folder, _, name = one.path.rpartition("/")
        about = one.subject.name if one.subject and one.subject.name else re.sub(r"v?\d+(?:[._-]\d+)*", "", name)
        key = (about, one.format.value + one.serialisation, "" if one.subject else folder)
        if key not in best or (one.stated, one.path) > (best[key].stated, best[key].path):
            best[key] = one
    return [one for one in listed if one in best.values()]


def _judged(repo: Repository, sbom: Sbom, inventory: Inventory) -> Kept:
    if sbom.holds is Holds.NOTHING:
        return Kept(sbom, "lists no component besides the product itself", "sbom-empty")
    nameless = [one for one in sbom.components if not one.name]
    if not sbom.version or len(nameless) * _ENOUGH > len(sbom.components):
        return Kept(sbom, f"breaks its own format: {sbom.faults[0].text}", "sbom-malformed")
    advice = tuple(_advice(repo, sbom))
    wanted = _wanted(sbom, inventory)
    names = {_key(one.name) for one in sbom.components} | {_purl_name(one) for one in sbom.components}
    direct = {name: manifest for manifest in wanted for name in _direct(manifest)}
    missing = [name for name in direct if _key(name) not in names]
    if direct and len(missing) == len(direct) and len(direct) >= _FEW:
        at = direct[missing[0]].path
        return Kept(
            sbom, f"lists none of the {len(direct)} packages that `{at}` and others name", "sbom-of-other", "", advice
        )
    outdated, compared = _outdated(repo, sbom, wanted, inventory, direct)
    if compared and len(outdated) * _ENOUGH > compared:
        lacks = f"is older than the locks: {_some(outdated)} of other versions"
        return Kept(sbom, lacks, "sbom-stale", "", advice)
    if len(missing) * _ENOUGH > len(direct) or (missing and outdated):
        lacks = f"lacks {len(missing)} of {len(direct)} packages that the manifests name: {_some(missing)}"
        return Kept(sbom, lacks, "sbom-incomplete", "", advice)
    lacks, unsure = _by_date(repo, sbom, [one for one in wanted if one in direct.values()], inventory)
    if missing and lacks:
        return Kept(sbom, f"{lacks}; it lacks {_some(missing)}", "sbom-stale", "", advice)
    if missing:
        advice += (("sbom-lacks", f"lacks {_some(missing)}, which the manifests name", None),)
    if compared:
        return Kept(
            sbom, advice=advice, compared=f", {compared} of them in the versions of the locks" if not outdated else ""
        )
    said = ", the packages that the manifests name among them" if direct and not missing else ""
    return Kept(sbom, lacks, "sbom-stale" if lacks else "", unsure, advice, said)


def _some(names: Iterable[str]) -> str:
    shown = [f"`{name}`" for name in sorted(names)]
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _key(name: str) -> str:
    """A package's name without its group or scope, in the one way of writing that all share."""
    return _SEPARATORS.sub("-", re.split(r"[/:]", name.rstrip("/"))[-1].lower())


def _purl_name(one: Component) -> str:
    match = _NAME.match(one.ident)
    return _key(match[2].replace("%2F", "/")) if match else ""


def _wanted(sbom: Sbom, inventory: Inventory) -> list[Manifest]:
    """The manifests that the SBOM is about: those beside or below it if any, and of the ecosystems that it lists."""
    types = {match[1].lower() for one in sbom.components if (match := _NAME.match(one.ident))}
    known = {ecosystem for name in types for ecosystem in _TYPES.get(name, ())}
    all_known = {ecosystem for held in _TYPES.values() for ecosystem in held}
    own = [one for one in inventory.manifests if not (one.aside or is_tooling(one.path))]
    wanted = [one for one in own if one.ecosystem in known] or [one for one in own if one.ecosystem in all_known]
    folder = sbom.path.rpartition("/")[0]
    below = [one for one in wanted if folder and (one.folder == folder or one.folder.startswith(f"{folder}/"))]
    return below or wanted


def is_tooling(path: str) -> bool:
    """Whether a manifest is of the tools beside the product: `.github/requirements.txt`, `hack/`, `scripts/`."""
    return bool(_TOOLING.search(path))


def _direct(manifest: Manifest) -> Iterator[str]:
    """What a manifest takes from a registry and ships."""
    for one in manifest.third_party:
        if one.group == "runtime" and one.source == "registry" and one.package not in manifest.unsure:
            yield one.package


def _outdated(
    repo: Repository, sbom: Sbom, wanted: list[Manifest], inventory: Inventory, direct: dict[str, Manifest]
) -> tuple[list[str], int]:
    """The direct dependencies whose listed versions are none of the locks', and how many could be compared."""
    listed: dict[str, set[str]] = {}
    for one in sbom.components:
        listed.setdefault(_key(one.name), set()).add(one.version.removeprefix("v"))
    locked: dict[str, set[str]] = {}
    for lock in _locks(inventory, wanted):
        held = record(repo, lock)
        if not isinstance(held, Unread):
            for name, versions in held.packages.items():
                locked.setdefault(_key(name), set()).update(version.removeprefix("v") for version in versions)
    both = [name for name in direct if any(listed.get(_key(name), ())) and locked.get(_key(name))]
    return [name for name in both if not listed[_key(name)] & locked[_key(name)]], len(both)


def _locks(inventory: Inventory, wanted: list[Manifest]) -> list[Lock]:
    """The locks of the manifests' ecosystems, the nearest to the root first."""
    folders = {(one.ecosystem, folder) for one in wanted for folder in _up(one.folder)}
    found = [one for one in inventory.locks if (one.ecosystem, one.folder) in folders]
    return sorted(found, key=lambda one: one.path.count("/"))[:_MOST_LOCKS]


def _up(folder: str) -> Iterator[str]:
    """A folder and those that it lies in."""
    yield folder
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _by_date(repo: Repository, sbom: Sbom, wanted: list[Manifest], inventory: Inventory) -> tuple[str, str]:
    """What is older by its date than the locks' (or manifests') last change, and what could not be told."""
    paths = [one.path for one in _locks(inventory, wanted)] or [one.path for one in wanted][:_MOST_LOCKS]
    if not paths:
        return "", ""
    changes = [(change[0], path) for path in paths if (change := repo.last_change(path))]
    own = repo.last_change(sbom.path) if sbom.created is None else None
    made = sbom.created or (own[0] if own else None)
    if not changes or made is None:
        return "", "whether this SBOM is older than the locks can't be told: there is no history here"
    last, path = max(changes)
    if made + timedelta(days=1) < last:
        return f"is of {made.isoformat()}, and `{path}` was changed on {last.isoformat()}", ""
    return "", ""


def _advice(repo: Repository, sbom: Sbom) -> Iterator[tuple[str, str, int | None]]:
    """What is missing of the minimum elements, and what the format's library or our own look objects to."""
    absent = list(_minimum(sbom))
    if absent:
        yield "sbom-minimum", f"of the NTIA's minimum elements, not seen: {', '.join(absent)}", None
    text = repo.text(sbom.path, limit(sbom.path))
    checked = Validated() if isinstance(text, Unread) else validate(sbom, text)
    faults = checked.faults if checked.by else sbom.faults
    if faults:
        by = f"by {checked.by}" if checked.by else "looked at here; the extra `sbom` asks the format's own library"
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        yield "sbom-faults", f"does not hold to its format: {faults[0].text}{more} ({by})", faults[0].line


def _minimum(sbom: Sbom) -> Iterator[str]:
    total = len(sbom.components)

    def few(present: int, what: str) -> Iterator[str]:
        if present * 10 < total * 9:
            yield f"{what} of {total - present} of {total} components"

    yield from few(sum(bool(one.supplier) for one in sbom.components), "the supplier")
    yield from few(sum(bool(one.version) for one in sbom.components), "the version")
    yield from few(sum(bool(one.ident) for one in sbom.components), "a unique identifier")
    if not sbom.related:
        yield "how components depend on one another"
    if not sbom.authors and not sbom.tools:
        yield "the author"
    if sbom.created is None:
        yield "the time"


def told(found: list[Kept], otherwise: bool) -> Iterator[Finding]:
    """The findings of kept SBOMs; where the claim is met `otherwise`, what they lack is advice."""
    kind = Kind.ADVICE if otherwise else Kind.CLAIM
    for one in found:
        key = one.sbom.subject.name if one.sbom.subject else ""
        if one.lacks:
            fix = FIX_EMPTY if one.code == "sbom-empty" else FIX_NEW
            yield unmet(one.code, f"this SBOM {one.lacks}", one.place, kind=kind, key=key, fix=fix)
            continue
        if one.unsure:
            yield unknown("sbom-age", one.unsure, one.place, key=key)
        else:
            parts = len(one.sbom.components)
            message = f"an SBOM lists {parts} components{one.compared}"
            yield met("sbom-kept", message, one.place, key=key)
        for code, message, line in one.advice:
            place = Evidence(one.sbom.path, line or one.sbom.line)
            yield unmet(
                code, f"this SBOM {message}" if code != "sbom-minimum" else message, place, kind=Kind.ADVICE, key=key
            )
