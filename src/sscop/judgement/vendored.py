"""What is said of third-party code and programs in the repository: known by version, or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.embedded import Piece, Vendored
from sscop.model import Evidence, Finding, Kind, met, unmet
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_SHOWN, _NAMED = 10, 3
_FIX = (
    "write beside it, or in one list for all (VENDORED.md, a CycloneDX file, THIRD-PARTY-NOTICES): where it is from, "
    "the version or commit, the licence, and what was changed"
)


def findings(repo: Repository, found: Vendored) -> Iterator[Finding]:
    """One finding for each piece that nobody can identify, advice for what is half known, one for what is known."""
    unnamed = [one for one in found.pieces if one.identity.version is None]
    known = [one for one in found.pieces if one.identity.version]
    own = [one for one in unnamed if not _aside(one)]
    for piece in own[:_SHOWN]:
        yield _unidentified(piece)
    more = len(own) - _SHOWN + found.more if len(own) > _SHOWN or found.more else 0
    if more:
        message = f"found no version of {more} more vendored component{'s' if more > 1 else ''}"
        places = [Evidence(one.component.place) for one in own[_SHOWN : 2 * _SHOWN]]
        yield unmet("unidentified", message, *places, key="more", fix=_FIX)
    aside = [one for one in unnamed if _aside(one)]
    if aside:
        yield _advice("unidentified-aside", f"found no version of {_names(aside)}, in examples or documentation", aside)
    half = [one for one in known if not one.identity.is_complete and not _aside(one)]
    if half:
        yield _advice("half-known", f"found no {_lacks(half)} of {_names(half)}", half)
    if len(known) + len(found.managed) + len(found.submodules) + len(found.packages):
        yield _known(found, known)
    if found.wrappers:
        yield from _wrappers(repo, found.wrappers)


def _unidentified(piece: Piece) -> Finding:
    component, identity = piece
    missing = [
        name
        for name, seen in zip(("origin", "version", "licence"), (identity.origin, None, identity.licence))
        if seen is None
    ]
    listed = " or ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    size = f" ({len(component.files)} files)" if len(component.files) > 1 else ""
    places = [Evidence(component.place)]
    places += [Evidence(seen.path, seen.line, "what is known") for seen in (identity.origin, identity.licence) if seen]
    message = f"found no {listed} of `{component.path}`{size}"
    return unmet("unidentified", message, *places, key=component.path, subject=component.name, fix=_FIX)


def _advice(code: str, message: str, pieces: Sequence[Piece]) -> Finding:
    places = [Evidence(one.component.place) for one in pieces[:_SHOWN]]
    return unmet(code, message, *places, kind=Kind.ADVICE, key=code, fix=_FIX)


def _lacks(pieces: Sequence[Piece]) -> str:
    names = [name for name, at in (("origin", 0), ("licence", 2)) if any(one.identity[at] is None for one in pieces)]
    return " or ".join(names)


def _known(found: Vendored, known: Sequence[Piece]) -> Finding:
    parts = [
        (len(known), "vendored component with a version", "vendored components with a version"),
        (len(found.managed), "folder that a package manager fills", "folders that a package manager fills"),
        (len(found.submodules), "submodule at a commit", "submodules at a commit"),
        (len(found.packages), "package with its version in its name", "packages with their version in their names"),
    ]
    said = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)
    places = [Evidence(seen.path, seen.line) for one in known[:_SHOWN] if (seen := one.identity.version)]
    places += [Evidence(one.by, 1) for one in found.managed[:_NAMED]]
    places += [Evidence(".gitmodules")] if found.submodules else []
    places += [Evidence(path) for path in found.packages[:_NAMED]]
    return met("identified", f"known: {said}", *places, key="identified")


def _wrappers(repo: Repository, paths: Sequence[str]) -> Iterator[Finding]:
    """Wrapper jars are named by their properties; a change of the jar itself is seen only where something checks it."""
    if any(_checks(repo, path) for path in repo.find(".github/workflows/*.{yml,yaml}", ".gitlab-ci.yml")):
        yield met(
            "wrapper-checked", "the build wrapper's jar is checked in the pipeline", Evidence(paths[0]), key="wrapper"
        )
        return
    message = f"found nothing that checks `{paths[0]}` against its publisher's checksums"
    fix = "`gradle/actions/wrapper-validation`, or `gradle/actions/setup-gradle`, which does it too"
    yield unmet("wrapper-unchecked", message, Evidence(paths[0]), kind=Kind.ADVICE, key="wrapper", fix=fix)


def _checks(repo: Repository, path: str) -> bool:
    data = repo.read(path)
    said = (b"wrapper-validation", b"gradle/actions/setup-gradle", b"gradle/actions/wrapper")
    return isinstance(data, bytes) and any(one in data for one in said)


def _aside(piece: Piece) -> bool:
    return not_counted(piece.component.files[0], Family.PRODUCT) not in ("", "vendored code")


def _names(pieces: Sequence[Piece]) -> str:
    names = [f"`{one.component.path}`" for one in pieces]
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
