"""Build tools are named by an immutable reference.

Why
---
A tag, a branch or `latest` names another thing tomorrow, and whoever can move it changes your build without asking
you: in March 2025 the tags of a widely used action were moved to code that printed the secrets of some 23,000
repositories' pipelines. A commit, a digest or a hash cannot be moved.

What counts
-----------
Everything that the build fetches and runs, at the line that names it: `uses:` of actions and reusable workflows,
container images (workflows, Dockerfiles with `# syntax`, `COPY --from` and `RUN --mount`, compose, development
containers, GitLab, CircleCI, Azure and Bitbucket pipelines), hooks of pre-commit, includes and orbs, scripts piped
from the network to a shell, and packages installed without an exact version by `run:` commands, Dockerfiles and the
scripts and make targets that these call.

Immutable: a full commit, an image digest, a hash, an `actions.lock` or `devcontainer-lock.json` entry; a path in the
same repository. An exact version (`tox==4.21.2`, `npm i -g x@1.2.3`) is no finding, though its publisher could
replace it. `slsa-framework/slsa-github-generator` must be named by a full version tag, because it verifies itself by
it. An image that the repository builds itself is not a reference.

Advice, which never fails: runner labels such as `ubuntu-latest`, language versions such as `3.12`, packages of an
operating system without a version, the build backend's range, and tool versions that an action picks by default.

Test fixtures and vendored code do not count. An ignore comment of another tool (`# zizmor: ignore`) is shown beside
the finding and not obeyed.

How to fix
----------
Name the commit or digest and keep the readable version in a comment, so that Dependabot and Renovate go on updating
both:

    uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5.0.0
    FROM python:3.13-slim@sha256:<digest>

`pinact run`, `frizbee` or Renovate's `helpers:pinGitHubActionDigests` do it for a whole repository, `pre-commit
autoupdate --freeze` for hooks. Instead of `curl ... | sh`, download the file, check it against a hash that is kept
in the repository, then run it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.reference import Fixity, Reference, Tool
from sscop.artefacts.references import everything
from sscop.check import SUPPORTS, check
from sscop.model import Evidence, Finding, Kind, met, not_applicable, unknown, unmet
from sscop.repository import Repository

ADVICE = {Tool.RUNNER, Tool.TOOLCHAIN, Tool.TOOL_DEFAULT, Tool.OS_PACKAGE}
"""Kinds that cannot be made immutable, or where a moving version is often meant: shown, never failing."""


@check(
    title="Build tools are named by an immutable reference",
    claims={"build-changes-authorised": SUPPORTS, "component-integrity": SUPPORTS},
)
def pinned_tools(repo: Repository) -> Iterator[Finding]:
    """One finding for each reference that can be moved or not be told, and one for the rest."""
    found = repo.once(everything)
    if not found:
        yield not_applicable("no-build-tools", "found no reference to a build tool")
    named = [one for one in found if isinstance(one, Reference)]
    firm = [one for one in named if one.fixity in (Fixity.IMMUTABLE, Fixity.EXACT)]
    loose = [one for one in named if one.fixity is Fixity.MUTABLE]
    yield from (one.finding() for one in found if not isinstance(one, Reference))
    yield from (_mutable(one) for one in loose)
    yield from (_untold(one) for one in named if one.fixity is Fixity.UNKNOWN)
    if firm and all(one.tool in ADVICE for one in loose):
        message = f"immutable or exact references to build tools: {len(firm)}; found no movable one of a pinnable kind"
        yield met("pinned", message)


def _mutable(found: Reference) -> Finding:
    kind = Kind.ADVICE if found.tool in ADVICE else Kind.CLAIM
    message = f"`{found.subject}` can change: {found.why}"
    code = f"mutable-{found.tool.value}"
    return unmet(code, message, _place(found), kind=kind, subject=found.subject, key=found.key, fix=found.pin)


def _untold(found: Reference) -> Finding:
    message = f"`{found.subject}`: {found.why}"
    return unknown(f"unresolved-{found.tool.value}", message, _place(found), key=found.key)


def _place(found: Reference) -> Evidence:
    return Evidence(found.path, found.line, found.note)
