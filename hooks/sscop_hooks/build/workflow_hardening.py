"""Workflows are hardened against the known ways into a build.

Why
---
A workflow is a program with credentials that strangers start: by a pull request, an issue's title, a comment, a cache.
Most takeovers of build environments since 2024 went through one of a dozen known mistakes, such as an expression that
is pasted into a script, or a trigger that runs a fork's code with the repository's secrets.

What counts
-----------
The audits of zizmor, run offline over workflows, actions and Dependabot's configuration, each at its line with zizmor's
own severity and confidence. Those of at least medium severity and confidence count; the others are advice, which never
fails. So is an expression in a script whose text only those can write who may start the workflow anyway (`inputs`,
`github.ref_name`), and a trigger such as `pull_request_target` where the workflow does not also check out what it was
started by, or first asks whose change it is. And so is, whatever zizmor says of it, what is a matter of taste or of a
setting that few know: an update of Dependabot without a waiting time (`dependabot-cooldown`), `superfluous-actions`,
`self-repository`, `misfeature` and `concurrency-limits`.

What other checks say better is left to them: what is not pinned (`pinned-tools`), permissions (`workflow-permissions`),
secrets and publishing (`build-credentials`).

The repository's own `zizmor.yml` and its comments `# zizmor: ignore` are not obeyed in silence: what they hide is
counted, as advice. Fixtures and vendored code do not count, and a file of comments alone has nothing to audit. Unknown
are files that zizmor does not understand, and those that would take it too long (lines of more than 20,000 characters).

zizmor comes with the extra `workflows`; without it the answer is unknown.

How to fix
----------
Each finding names the audit; its page at docs.zizmor.sh shows a safe form, and `zizmor --fix` writes some of them. An
expression goes into an environment variable first:

    - run: echo "$TITLE"
      env:
        TITLE: ${{ github.event.pull_request.title }}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.artefacts.zizmor import Audit, Auditor
from sscop.check import SUPPORTS, check
from sscop.judgement.audits import behind, by_others, claims, fix, weighs
from sscop.model import Evidence, Finding, Kind, met, not_applicable, unknown, unmet
from sscop.repository import Repository


@check(
    title="Workflows are hardened against known attacks",
    claims={
        "build-changes-authorised": SUPPORTS,
        "build-role-credentials": SUPPORTS,
        "build-credentials-stored": SUPPORTS,
        "component-integrity": SUPPORTS,
        "tools-maintained": SUPPORTS,
    },
)
def workflow_hardening(repo: Repository, zizmor: Auditor | None) -> Iterator[Finding]:
    """One finding for each audit that speaks, one for what is hidden in each file, and one for what is in order."""
    ran = zizmor.audited() if zizmor else None
    if ran is None or ran.why:
        why, fix = (ran.why, ran.fix) if ran else ("zizmor was not started", "run the check by `sscop check`")
        yield unknown("not-audited", why, fix=fix)
        return
    yield from (
        unknown("unread", f"could not be audited: {why}", Evidence(path), key="zizmor") for path, why in ran.unread
    )
    shown = [one for one in ran.found if one not in ran.hidden and not one.ignored and not by_others(one)]
    yield from (_finding(repo, one) for one in shown)
    yield from _hidden(ran.hidden, f"`{ran.configuration}` hides", ran.configuration)
    yield from _hidden([one for one in ran.found if one.ignored], "comments hide", "")
    audited = ran.files - len(ran.unread)
    if not ran.files:
        yield not_applicable("no-workflows", "found no workflow, action or Dependabot configuration to audit")
    elif audited and not any(weighs(repo, one) for one in shown):
        hidden = sum(weighs(repo, one) for one in {*ran.hidden, *(one for one in ran.found if one.ignored)})
        besides = f", besides those that are hidden: {hidden}" if hidden else ""
        yield met("hardened", f"files that zizmor audited: {audited}; found no mistake that weighs{besides}")


def _finding(repo: Repository, found: Audit) -> Finding:
    kind = Kind.CLAIM if weighs(repo, found) else Kind.ADVICE
    said = f"{found.about}: `{found.thing}` {found.said}" if found.thing else f"{found.about}: {found.said}"
    message = f"{said} (severity {found.severity}, confidence {found.confidence})"
    other = behind(repo, found)
    places = [Evidence(found.path, found.line, f"zizmor: {found.ident}"), *([other] if other else [])]
    return unmet(
        found.ident, message, *places, kind=kind, subject=found.thing, key=found.thing, fix=fix(found),
        about=claims(found),
    )  # fmt: skip


def _hidden(found: Iterable[Audit], what: str, by: str) -> Iterator[Finding]:
    files: dict[str, list[Audit]] = {}
    for one in found:
        files.setdefault(one.path, []).append(one)
    for path, audits in files.items():
        names = ", ".join(sorted({one.ident for one in audits}))
        places = [Evidence(path, one.line, one.ident) for one in audits[:5]]
        message = f"{what} findings of zizmor: {len(audits)} ({names})"
        yield unmet("hidden", message, *places, kind=Kind.ADVICE, key=by, fix="say beside each why it may stay hidden")
