"""What pipelines do with a change that brings in a component: scan it for known vulnerabilities, and test it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.ecosystems import Ecosystem, Inventory, manifests
from sscop.artefacts.pipelines import Activities, Activity, Purpose, activities
from sscop.artefacts.pipelines.hooks import run_by_pipelines
from sscop.judgement.sboms import is_tooling
from sscop.judgement.scans import (
    MAY_CHECK,
    SHOWN,
    Scan,
    called,
    inadequate,
    left_open,
    on_review,
    open_workflows,
    place,
    unread,
    weigh,
)
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, Outcome, met, not_applicable, unmet
from sscop.repository import Repository

NOT_PACKAGES = {
    Ecosystem.GITHUB_ACTIONS, Ecosystem.DOCKER, Ecosystem.DOCKER_COMPOSE, Ecosystem.PRE_COMMIT, Ecosystem.TERRAFORM,
    Ecosystem.DEVCONTAINERS, Ecosystem.DOTNET_SDK, Ecosystem.RUST_TOOLCHAIN, Ecosystem.HELM, Ecosystem.GITSUBMODULE,
    Ecosystem.BAZEL, Ecosystem.CONDA,
}  # fmt: skip
"""What is pinned and updated by other means than a scan of packages."""

_JS = {Ecosystem.NPM, Ecosystem.BUN, Ecosystem.DENO}
_PYTHON = {Ecosystem.PIP, Ecosystem.UV}
_COVERS = {
    "npm audit": _JS, "Retire.js": _JS, "importmap audit": set[Ecosystem](), "pip-audit": _PYTHON, "Safety": _PYTHON,
    "cargo audit": {Ecosystem.CARGO}, "cargo deny": {Ecosystem.CARGO}, "govulncheck": {Ecosystem.GOMOD},
    "Nancy": {Ecosystem.GOMOD}, "bundler-audit": {Ecosystem.BUNDLER}, "composer audit": {Ecosystem.COMPOSER},
    "mix audits": {Ecosystem.MIX}, "dotnet list --vulnerable": {Ecosystem.NUGET},
    "OSS Index": {Ecosystem.MAVEN, Ecosystem.GRADLE}, "Swift and Dart audits": {Ecosystem.PUB, Ecosystem.SWIFT},
}  # fmt: skip
"""The ecosystems of scanners that know one; the others read all."""

NAMED = lazily(
    r"depend\w*-?(?:review|scan|check|vuln)|scan-dep|vulnerab|vulncheck|audit"
    r"|(?:^|[ /_-])(?:sca|snyk(?!-iac)|owasp|trivy|grype|osv)(?:[/_. -]|$)"
)
_BOTS = (".github/dependabot.{yml,yaml}", "renovate.{json,json5}", ".renovaterc*", ".github/renovate.{json,json5}")

FIX_SCAN = (
    "let a scan run on pull requests that fails on a finding, such as `actions/dependency-review-action`, "
    "`osv-scanner` or the package manager's own `audit`"
)
FIX_TESTS = "let the tests run on pull requests (`on: pull_request`) and fail the job"


def findings(repo: Repository) -> Iterator[Finding]:
    """What is said of scans and of tests."""
    inventory: Inventory = repo.once(manifests)
    acts: Activities = repo.once(activities)
    found = _present(inventory)
    if not found and not inventory.unread:
        yield not_applicable("no-components", "found no manifest that names third-party packages")
        return
    scans = weigh([*acts.of(Purpose.COMPOSITION_SCAN), *_by(run_by_pipelines(repo), Purpose.COMPOSITION_SCAN)])
    yield from _scans(repo, acts, scans, found)
    yield from _tests(acts)


def _by(found: Sequence[Activity], purpose: Purpose) -> list[Activity]:
    return [one for one in found if one.purpose is purpose]


def _present(inventory: Inventory) -> dict[Ecosystem, tuple[Evidence, bool]]:
    """The ecosystems from which the product takes packages: a manifest that does, and whether what is shipped does."""
    found: dict[Ecosystem, tuple[Evidence, bool]] = {}
    for one in inventory.manifests:
        if one.ecosystem in NOT_PACKAGES or one.aside or is_tooling(one.path):
            continue
        named = [dependency for dependency in one.third_party if dependency.source == "registry"]
        shipped = [dependency for dependency in named if dependency.group == "runtime"]
        if named and (one.ecosystem not in found or (shipped and not found[one.ecosystem][1])):
            first = (shipped or named)[0]
            found[one.ecosystem] = (Evidence(one.path, first.line, first.name), bool(shipped))
    return found


def _scans(
    repo: Repository, acts: Activities, scans: list[Scan], present: dict[Ecosystem, tuple[Evidence, bool]]
) -> Iterator[Finding]:
    good = [scan.one for scan in scans if not scan.lacks]
    promised = list(called(acts.calls, NAMED, "a scan of components", FIX_SCAN))
    if good:
        tools = ", ".join(dict.fromkeys(one.tool for one in good))
        message = f"changes are scanned for components with known vulnerabilities before the merge: {tools}"
        yield met("scanned", message, *map(place, good[:SHOWN]), key="scan")
        if not promised:
            yield from _uncovered(good, present)
    elif promised and (promised[0].outcome is Outcome.UNKNOWN or not scans):
        yield from promised
    elif scans:
        yield from inadequate(scans, FIX_SCAN)
    elif problems := list(unread(acts)):
        yield from problems
    elif maybe := [call for call in open_workflows(acts.calls, MAY_CHECK) if on_review(call)]:
        yield left_open(maybe, "scan of components")
    else:
        bots = repo.find(*_BOTS)
        hint = (
            f"; `{bots[0]}` has updates proposed, which looks at no component that somebody else adds" if bots else ""
        )
        message = f"found no scan of third-party components on pull requests{hint}"
        yield unmet("no-scan", message, because=Because.ABSENT, key="scan", fix=FIX_SCAN)


def _uncovered(good: list[Activity], present: dict[Ecosystem, tuple[Evidence, bool]]) -> Iterator[Finding]:
    """The ecosystems that none of the scans reads."""
    if any(one.tool not in _COVERS for one in good):
        return
    covered = {ecosystem for one in good for ecosystem in _COVERS[one.tool]}
    if covered & _PYTHON:
        covered |= _PYTHON
    for ecosystem, (at, shipped) in present.items():
        if ecosystem not in covered:
            tools = " and ".join(dict.fromkeys(one.tool for one in good))
            message = f"{tools} reads no `{ecosystem.value}` packages, and found no other scan of them on pull requests"
            kind = Kind.CLAIM if shipped else Kind.ADVICE
            yield unmet("ecosystem-not-scanned", message, at, kind=kind, key=ecosystem.value, fix=FIX_SCAN)


def _tests(acts: Activities) -> Iterator[Finding]:
    """That tests run at the change, or can't fail it. Whether there are any is `tests-in-ci`'s affair: here, advice."""
    tests = weigh(acts.of(Purpose.TEST))
    good = [scan.one for scan in tests if not scan.lacks]
    if good:
        tools = ", ".join(dict.fromkeys(one.tool for one in good[:SHOWN]))
        yield met("tested", f"changes are tested before the merge: {tools}", place(good[0]), key="tests")
    elif tolerated := [scan for scan in tests if scan.code == "scan-cannot-fail"]:
        yield from inadequate(tolerated, FIX_TESTS, most=1)
    elif not list(unread(acts)):
        message = "found no tests on pull requests that are read here: a new component may be merged untested"
        yield unmet("no-tests", message, because=Because.ABSENT, kind=Kind.ADVICE, key="tests", fix=FIX_TESTS)
