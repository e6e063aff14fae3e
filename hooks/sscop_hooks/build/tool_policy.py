"""What may build the product is on a list: tools, versions and environments, with an owner, and enforced.

Why
---
An attacker who gets one more tool into a build needs no access to the product. Where nobody says which actions, images
and packages may be used, each pull request decides it anew; where a list exists and nothing enforces it, the list is
soon another one than the build.

What counts
-----------
A policy, `tool-policy.yaml` at the root, in `.github/`, `docs/` or `security/`: which actions, images, registries,
hooks, includes, tools, packages, downloads and runners may be used, in which versions or digests, what for, who
answers for it and when it was reviewed; and the environments that build, with evidence of their hardening.

Everything that pipelines, Dockerfiles, hooks and toolchain files use is held against it, at each line: on the list, in
another version, or not on it. Also told: entries that nothing uses, overdue reviews, blanks, evidence that is not
there. And who enforces it: with `violations: fail`, this check in a hook, or in a pipeline that runs it at every change
and fails with it; zizmor's `forbidden-uses`; GitHub's allowed actions (asked with `--platform github`, or set by
Terraform). With none, it is only declared.

A part of a policy is shown with what it lacks: allow lists of actions as code, Allstar, Minder, sisakulint and zizmor
settings, `.tool-versions` with digests, a section that lists allowed tools. Guides to harden the product are no
evidence of how it is built.

All of it is advice, which never fails, until the policy itself says `violations: fail`.

How to fix
----------
`sscop tools --output tool-policy.yaml` writes a policy from what is in use. Strike out what should not be there, fill
in the blanks, `git add` it. `docs/guides/tool-policy.md` has the whole format:

    version: 1
    owner: platform lead
    reviewed: 2026-11-02
    violations: fail
    tools:
      - {action: actions/*, versions: [v4, v5], purpose: check out and set up}
      - {image: python, versions: ["3.13"], purpose: base of what ships}
    environments:
      - name: hosted Linux
        runners: [ubuntu-24.04]
        hardening: {guide: CIS Ubuntu 24.04, evidence: docs/hardening/runner.xml}

Settings: `checks: {tool-policy: {paths: "ci/allowed.yaml"}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.nodes import Node, texts
from sscop.artefacts.pipelines.others import unread
from sscop.artefacts.tool_lists import lists
from sscop.artefacts.tool_policy import Policy, policies
from sscop.artefacts.tool_sections import Listed
from sscop.artefacts.tools_in_use import Use, uses
from sscop.check import check
from sscop.model import Finding, Unread, not_applicable
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="Allowed build tools and environments are listed",
    principles=("2.1",),
    options={"paths": "a glob of further files that are tool policies"},
)
def tool_policy(repo: Repository, settings: Mapping[str, Node], today: date, platform: Platform) -> Iterator[Finding]:
    """What is used against what is allowed; without a policy, what there is of one."""
    used = repo.once(uses)
    found = policies(repo, texts(settings.get("paths")))
    known = [one for one in found if isinstance(one, Policy)]
    using = [one for one in used if isinstance(one, Use)]
    yield from (one.finding() for one in (*found, *(used if known else ())) if isinstance(one, Unread))
    other = [one for one in repo.once(lists) if isinstance(one, Listed)]
    if not (used or found or other or unread(repo)):
        yield not_applicable("no-build-tools", "found nothing that is built with a tool of somebody else")
        return
    from sscop.judgement.no_tool_policy import absent, partial

    if known:
        from sscop.artefacts.tool_enforcement import enforcing
        from sscop.judgement.tool_policy import judged

        fails = any(one.fails for one in known)
        yield from judged(repo, known, using, enforcing(repo, other, fails), platform, today)
    elif other:
        yield from partial(repo, other)
    elif not found:
        yield absent(repo, using)
