"""Whether a workflow's tokens can do more than its jobs need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sscop.artefacts.nodes import Text
from sscop.artefacts.token_permissions import ALL, LEVELS, SCOPES, Grant, Token, grant, tokens
from sscop.artefacts.workflow import Workflow, load_workflow
from sscop.lazy import NamedTuple
from sscop.model import Kind, Unread
from sscop.platform import Fact
from sscop.repository import Repository


class Judged(NamedTuple):
    """Something that is given too widely, or wrongly."""

    code: str
    message: str
    line: int
    subject: str = ""
    fix: str = ""
    kind: Kind = Kind.CLAIM

    @property
    def advice(self) -> bool:
        """Whether it never fails."""
        return self.kind is Kind.ADVICE


def judge(repo: Repository, path: str, workflow: Workflow, default: Fact) -> Iterator[Judged]:
    """What is wrong with the tokens of a workflow. `default` is the repository's setting: `read` or `write`."""
    held = tokens(repo, workflow)
    whole = grant(workflow.node.get("permissions"))
    if whole is None and set(workflow.on) != {"workflow_call"}:
        yield from _undeclared([one for one in held if one.own is None and not _declares_itself(repo, one)], default)
    for given, who in [(whole, "the workflow"), *((one.own, f"job `{one.job.id}`") for one in held)]:
        if given:
            yield from _words(given, who)
    if whole:
        yield from _at_the_top(whole, [one for one in held if one.own is None])
    for one in held:
        if one.own and one.sure:
            yield from _needless(one.own.writes(), one)


def _undeclared(bare: Sequence[Token], default: Fact) -> Iterator[Judged]:
    if not bare or (default.known and default.value == "read"):
        return
    names = ", ".join(f"`{one.job.id}`" for one in bare[:3]) + (f" and {len(bare) - 3} more" if len(bare) > 3 else "")
    so = "which the platform says is `write`" if default.known else "which may be everything"
    yield Judged(
        "default-permissions",
        f"no `permissions` for {names}: the token can do what the repository's setting says, {so}",
        bare[0].job.line,
        fix=f"declare them; as far as the steps show: {_needed(bare)}",
    )


def _needed(bare: Iterable[Token]) -> str:
    """The least permissions of jobs, in words to copy."""
    said = []
    for one in list(bare)[:4]:
        levels: dict[str, str] = {}
        for need in sorted(one.needs | {"contents:read"}):
            scope, level = need.split(":")
            levels[scope] = "write" if "write" in (level, levels.get(scope)) else level
        words = ", ".join(f"{scope}: {level}" for scope, level in levels.items())
        said.append(f"`{one.job.id}` {{{words}}}")
    return "; ".join(said)


def _declares_itself(repo: Repository, one: Token) -> bool:
    """Whether a job calls a workflow of this repository whose every job says what its token can do."""
    uses = one.job.uses or ""
    if not uses.startswith(("./", "$/")):
        return False
    called = repo.parse(uses[2:].partition("@")[0], load_workflow)
    if isinstance(called, Unread):
        return False
    return "permissions" in called.node or all("permissions" in job.node for job in called.jobs)


def _words(given: Grant, who: str) -> Iterator[Judged]:
    if given.all == "write-all":
        fix = "name the scopes that are needed"
        yield Judged("write-all", f"{who} gives the token every permission (`write-all`)", given.line, "write-all", fix)
    elif given.all == "read-all":
        fix = "name the scopes that are needed, mostly `contents: read`"
        message = f"{who} gives the token every read permission (`read-all`)"
        yield Judged("read-all", message, given.line, "read-all", fix, Kind.ADVICE)
    elif given.all and given.all not in ALL and "${{" not in given.all:
        yield Judged(
            "unknown-permission", f"`{given.all[:40]}` is no `permissions` that GitHub knows", given.line, given.all
        )
    for scope, level in given.scopes.items():
        if level not in LEVELS and "${{" not in level:
            message = f"`{scope}: {level[:40]}`: the level is read, write or none"
            yield Judged("unknown-permission", message, scope.line, str(scope))
        elif scope not in SCOPES:
            message = f"`{scope}` is no scope that was known to this version"
            yield Judged("unknown-scope", message, scope.line, str(scope), kind=Kind.ADVICE)


def _at_the_top(whole: Grant, inheriting: Sequence[Token]) -> Iterator[Judged]:
    """Writing that is given to all jobs and that some of them show no need of."""
    if len(inheriting) == 1 and inheriting[0].sure:
        yield from _needless(whole.writes(), inheriting[0])
    if len(inheriting) < 2:
        return
    for scope in whole.writes():
        without = [one for one in inheriting if one.job.uses is None and f"{scope}:write" not in one.needs]
        if not without:
            continue
        names = ", ".join(f"`{one.job.id}`" for one in without[:3]) + (" ..." if len(without) > 3 else "")
        yield Judged(
            "write-for-all-jobs",
            f"`{scope}: write` is given to all {len(inheriting)} jobs; found no need of it in {names}",
            scope.line,
            str(scope),
            "give it to the job that needs it, and `contents: read` at the top",
        )


def _needless(writes: Iterable[Text], one: Token) -> Iterator[Judged]:
    for scope in writes:
        if f"{scope}:write" not in one.needs:
            message = f"job `{one.job.id}` may write to `{scope}`, and none of its steps seems to need that"
            yield Judged("needless-write", message, scope.line, str(scope), "remove it", Kind.ADVICE)
