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


def judge(repo: Repository, path: str, workflow: Workflow, default: Fact) -> Iterator[Judged | Unread]:
    """What is wrong with the tokens of a workflow, and what its jobs use that could not be read.

    `default` is the repository's setting: `read` or `write`.
    """
    held = tokens(repo, workflow)
    yield from dict.fromkeys(problem for one in held for problem in one.unread)
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
    """One for the top of the workflow, and one for each job that needs a declaration of its own beside that."""
    if default.known and default.value == "read":
        return
    more = [one for one in bare if one.needs - {"contents:read"}]
    plain = [one for one in bare if one not in more]
    so = "which the platform says is `write`" if default.known else "which may be everything"
    if plain:
        names = ", ".join(f"`{one.job.id}`" for one in plain[:3])
        names += f" and {len(plain) - 3} more" if len(plain) > 3 else ""
        where = "at the top of the workflow: " if len(bare) > 1 else "as far as the steps show: "
        yield Judged(
            "default-permissions",
            f"no `permissions` for {names}: the token can do what the repository's setting says, {so}",
            plain[0].job.line,
            fix=f"declare them, {where}`permissions: {{contents: read}}`",
        )
    for one in more:
        yield Judged(
            "default-permissions",
            f"no `permissions` for `{one.job.id}`: the token can do what the repository's setting says, {so}",
            one.job.line,
            one.job.id if len(bare) > 1 else "",
            f"declare them for this job, as far as its steps show: `permissions: {{{_needed(one)}}}`",
        )


def _needed(one: Token) -> str:
    """The least permissions of a job, to copy."""
    levels: dict[str, str] = {}
    for need in sorted(one.needs | {"contents:read"}):
        scope, level = need.split(":")
        levels[scope] = "write" if "write" in (level, levels.get(scope)) else level
    return ", ".join(f"{scope}: {level}" for scope, level in levels.items())


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
            "unknown-permission",
            f"`permissions: {given.all[:40]}` is nothing that GitHub knows",
            given.line,
            given.all,
            "name the scopes that are needed, such as `contents: read`",
        )
    if given.listed:
        message = f"{who} gives `permissions` as a list, which GitHub refuses: it is a mapping of scopes to levels"
        fix = "write one scope a line, such as `contents: read`"
        yield Judged("unknown-permission", message, given.line, "permissions", fix)
    for scope in () if given.listed else given.wrong:
        message = f"`{scope[:40]}` has no level that GitHub knows: it is one word, read, write or none"
        yield Judged("unknown-permission", message, scope.line, str(scope), f"write `{scope[:40]}: read`")
    for scope, level in given.scopes.items():
        if level not in LEVELS and "${{" not in level:
            message = f"`{scope[:40]}: {level[:40]}` is no level that GitHub knows: it is read, write or none"
            yield Judged("unknown-permission", message, scope.line, str(scope), "write one of these words")
        elif scope not in SCOPES:
            message = f"`{scope[:40]}` is no scope that this version knows"
            fix = "see whether it is spelt as GitHub's documentation has it"
            yield Judged("unknown-scope", message, scope.line, str(scope), fix, Kind.ADVICE)


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
        names = ", ".join(f"`{one.job.id}`" for one in without[:3])
        names += f" and {len(without) - 3} more" if len(without) > 3 else ""
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
            yield Judged("needless-write", message, scope.line, str(scope), f"remove `{scope}: write`", Kind.ADVICE)
