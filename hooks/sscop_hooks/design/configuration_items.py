"""The items that need configuration control are identified, and are under version control.

Why
---
What is not under version control cannot be reviewed, restored or rebuilt: a pipeline that lives in a web form, a lock
file that everybody's machine makes anew, a list of servers in somebody's folder. Naming the items is how such gaps
are found.

What counts
-----------
Being in git is the version control; a folder without git is unknown. Items are identified by any of:

- a list: `docs/configuration-items.md`, a configuration management plan, a section "Configuration items" or
  "Under version control" of a guide, with three items or more. How a product is configured at run time is
  something else;
- CODEOWNERS whose rules give the sources an owner: who owns what is who approves its changes;
- the setting `paths`.

Where there is none of these, a repository that tracks its sources and two more of build definitions, pipelines,
infrastructure definitions, dependency locks, migrations and documentation counts by that alone: the tree itself says
what is controlled, and the finding says what was seen in it. That nobody wrote down *which* items need control is
advice then, because a list would mostly repeat the tree, and what it would add (what is *not* in the tree: consoles,
secrets, hardware) files can't show. With fewer kinds the answer is unknown.

Not met, each at its line: a listed item that is on disk and not tracked, or not there at all; a list that is a template
still; the dependency lock of an application, Django's migrations, or a pipeline or Dockerfile on this disk, that
`.gitignore` keeps out; a submodule without a commit on record. Advice: an ignored lock of what may be a library,
pipelines and infrastructure that CODEOWNERS leaves without owners. Files of Git LFS are under version control.

How to fix
----------
Begin with what you would need to rebuild the product on a new machine:

    # Configuration items
    All are under version control in this repository; a change needs the owner's review.
    | Item | Where | Owner |
    |---|---|---|
    | Source code and tests | `src/`, `tests/` | product team |
    | Build and dependency locks | `pyproject.toml`, `uv.lock` | product team |
    | Pipelines | `.github/workflows/` | platform team |
    | Infrastructure | `terraform/` | platform team |
    | Branch rules of the repository | GitHub settings, exported to `docs/settings.json` | platform team |

Setting: `checks: {configuration-items: {paths: ["src/**", "terraform/**"]}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.codeowners import Owners, code_owners
from sscop.artefacts.control_lists import ControlList, control_lists
from sscop.artefacts.ignored_items import ignored_items
from sscop.artefacts.nodes import Node, texts
from sscop.artefacts.tracked_kinds import tracked_kinds
from sscop.check import ESTABLISHES, check
from sscop.judgement.configuration_items import contradictions, listed, named, owned, submodules, tracked
from sscop.model import Evidence, Finding, Kind, Unread, unknown, unmet
from sscop.repository import Repository


@check(
    title="Items under configuration control are named and tracked",
    claims={"config-items-versioned": ESTABLISHES},
    options={"paths": "globs of the items that are under configuration control"},
)
def configuration_items(repo: Repository, settings: Mapping[str, Node]) -> Iterator[Finding]:
    """What identifies the items, that they are tracked, and what contradicts it."""
    if repo.facts.revision == "folder":
        yield unknown("no-git", "no git repository holds this folder, so version control can't be seen")
        return
    kinds, owners = repo.once(tracked_kinds), code_owners(repo)
    found = list(control_lists(repo))
    yield from (one.finding() for one in [*found, owners] if isinstance(one, Unread))
    lists = [one for one in found if isinstance(one, ControlList)]
    told = [*listed(repo, lists), *named(repo, texts(settings.get("paths")))]
    if isinstance(owners, Owners):
        finding, bare = owned(owners, kinds)
        if finding:
            told.append(finding)
            yield from _unowned(owners, [one.kind.value for one in bare])
    yield from told
    if not any(one.code in ("listed", "owned") for one in told):
        yield from tracked(kinds)
    yield from contradictions(ignored_items(repo))
    modules = repo.text(".gitmodules") if repo.has(".gitmodules") and not repo.facts.prefix else ""
    if isinstance(modules, str) and repo.facts.revision in ("worktree", "commit"):
        yield from submodules(repo, modules, repo.submodules())


def _unowned(owners: Owners, kinds: list[str]) -> Iterator[Finding]:
    if kinds:
        said = f"gives no owner to the {' and '.join(kinds)}"
        yield unmet("unowned", said, Evidence(owners.path), kind=Kind.ADVICE, key=" ".join(kinds))
