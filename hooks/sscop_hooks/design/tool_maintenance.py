"""Build tools are kept current: actions, hooks, images and toolchains.

Why
---
A tool that is pinned and then forgotten is an old tool: its known vulnerabilities run in the pipeline, with the
pipeline's credentials. Pins are only safe with something that moves them.

What counts
-----------
The tools that are named with a version, kind by kind: actions and reusable workflows, pre-commit hooks, base images of
Dockerfiles, images of compose files, development containers, included pipelines and orbs, and toolchains (`.nvmrc`,
`.python-version`, `.tool-versions`, `mise.toml`, `rust-toolchain.toml`, `global.json`, build wrappers,
`packageManager`). Tests and examples do not count.

For each kind a mechanism that looks after it, folder by folder: Dependabot, Renovate, pre-commit.ci, updatecli, or a
command such as `pre-commit autoupdate` that a pipeline runs on a schedule. Renovate leaves hooks alone unless it is
told otherwise.

Actions, hooks and base images that nothing looks after are unmet, one finding for each kind. The others are advice,
because few mechanisms look after them; so are composite actions in folders that no entry names, and a language that the
pipelines build with and whose version is stated nowhere.

How to fix
----------
    version: 2
    updates:
      - package-ecosystem: github-actions
        directories: ["/", "/.github/actions/*"]
        schedule: {interval: weekly}
      - package-ecosystem: docker
        directories: ["**/*"]
        schedule: {interval: weekly}
      - package-ecosystem: pre-commit
        directory: /
        schedule: {interval: weekly}

For toolchain files Renovate has managers (`nvm`, `pyenv`, `asdf`, `mise`); without it, a note of who looks at them, and
how often, is better than nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.references import everything
from sscop.artefacts.updates import mechanisms
from sscop.check import SUPPORTS, check
from sscop.judgement import tool_findings as say
from sscop.judgement.tool_kinds import kept, kinds
from sscop.judgement.tool_versions import unstated
from sscop.model import Finding, not_applicable
from sscop.repository import Repository


@check(
    title="Build tools are kept up to date",
    claims={"tools-maintained": SUPPORTS},
)
def tool_maintenance(repo: Repository) -> Iterator[Finding]:
    """What keeps each kind of tool current, what does not, and toolchains whose version nobody states."""
    references = repo.once(everything)
    named = kinds(references)
    found = repo.once(mechanisms)
    yield from (one.finding() for one in found.unread)
    if not named:
        yield not_applicable("no-tools", "found no build tool that is named with a version")
    elif found.found:
        yield from say.kinds(kept(named, found.found), found.found)
    elif not found.unread:
        yield from say.none(kept(named, []))
    yield from unstated(repo, references)
