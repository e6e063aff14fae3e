"""An update mechanism looks after every ecosystem that the repository is built from, and its changes are tested.

Why
---
A known vulnerability is mended by a new version, and a repository that nobody updates does not get it. A mechanism that
covers one folder of five, or that points at a folder which has moved, looks like an answer and is none.

What counts
-----------
Dependabot (`.github/dependabot.yml`, version 2), Renovate (all its files and the key in `package.json`, with the
presets that are in the repository), Scala Steward, Maestro, updatecli, and commands such as `uv lock --upgrade` or
`npm update` that a pipeline runs on a schedule.

They are compared with the manifests that are there, folder by folder: what an entry reaches below its folder (members
of a workspace, modules of a build, a `requirements` folder) is what Dependabot reaches; Renovate looks everywhere but
where `enabledManagers`, `packageRules`, `ignorePaths` or its presets keep it away. What no mechanism covers is unmet,
one finding for each ecosystem. What is left out by name (`exclude-paths`, `ignorePaths`) is taken as meant. Manifests
of tests, examples and documentation, and those without components from outside, are not asked for; nor are actions,
images and hooks, which are the check `tool-maintenance`.

A preset of another repository can't be read: what it may switch off is unknown. Entries that find nothing, and those
with security updates only (`open-pull-requests-limit: 0`), are advice.

Updates are tested where tests run on pull requests; where none are seen to, it is unknown, because they may run
elsewhere.

Dependabot's security updates, and a bot that is set up elsewhere, can be on without a file, and a policy can be
followed by hand. Files do not show that: declare it.

How to fix
----------
One entry for each ecosystem, with the folders of its manifests:

    version: 2
    updates:
      - package-ecosystem: npm
        directories: ["/", "/tools/*"]
        schedule: {interval: weekly}
        cooldown: {default-days: 7}
        groups: {minor: {update-types: [minor, patch]}}

Let the tests run on `pull_request`, so that an update that breaks something is seen before it is merged.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems import manifests
from sscop.artefacts.pipelines import activities
from sscop.artefacts.updates import PRE_COMMIT, mechanisms, misplaced
from sscop.artefacts.updates.dependabot import Dependabot
from sscop.artefacts.updates.model import Reach
from sscop.check import ESTABLISHES, SUPPORTS, check
from sscop.judgement import update_findings as say
from sscop.judgement.updates import answers, components, idle, not_read, reaching, written
from sscop.model import Evidence, Finding, not_applicable, unknown
from sscop.repository import Repository


@check(
    title="Third-party components are kept up to date",
    claims={"component-update-process": ESTABLISHES, "component-updates-tested": SUPPORTS},
)
def dependency_updates(repo: Repository) -> Iterator[Finding]:
    """What each ecosystem's updates come to, what can't be told, and whether they are tested."""
    inventory = repo.once(manifests)
    found = repo.once(mechanisms)
    wanted = components(repo, inventory)
    configs = [one for one in found.found if isinstance(one, Dependabot)]
    unread = [one for one in found.unread if one.path not in PRE_COMMIT]
    yield from (one.finding() for one in unread)
    yield from (finding for config in configs for finding in say.broken(config))
    if not wanted:
        yield from (one.finding() for one in inventory.unread)
        for one in not_read(inventory)[:1]:
            yield unknown(
                "not-read", f"the manifests of {one.tool} are not read here", Evidence(one.path), key=one.tool
            )
        yield not_applicable("no-components", "found no manifest of the product's own with third-party components")
        return
    reached = answers(wanted, found.found)
    if found.found:
        if not unread and not any(one.is_refused for one in configs):
            yield from say.reached(reached, found)
        yield from say.idle([one for config in configs for one in idle(repo, config, reached)])
        if reaching(reached, Reach.ALL, Reach.SECURITY, Reach.UNTOLD):
            yield say.tested(repo.once(activities))
    elif not unread:
        yield say.none(reached, misplaced(repo), written(repo))
