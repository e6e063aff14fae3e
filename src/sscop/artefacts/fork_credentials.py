"""What is at hand in a job of GitHub's where an outsider's code was fetched and something runs after it.

Source: GitHub's pages on secrets, on `permissions` and on OpenID Connect; the documentation of actions/checkout, which
keeps the token that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sscop.artefacts.credential_names import LONG_LIVED, SECRET
from sscop.artefacts.forked_code import Forks
from sscop.artefacts.nodes import Node, Text, mapping, text
from sscop.artefacts.outsiders import labelled
from sscop.artefacts.token_permissions import grant
from sscop.artefacts.workflow import Job, Step, Workflow
from sscop.lazy import NamedTuple


class Beside(NamedTuple):
    """Names of secrets, and whether the job may prove that it is the pipeline; at the line that fetches the code.

    `let_run` is whether somebody of ours had to let the code run; `asked` whether it was that, or the secrets wait.
    """

    line: int
    secrets: tuple[str, ...]
    identity: bool
    asked: bool
    let_run: bool


def beside(workflow: Workflow, job: Job, forks: Forks) -> Beside | None:
    """What a job holds beside an outsider's code; None where it fetches none, or runs nothing after."""
    exposed = forks.exposed(job)
    if exposed is None or not any(map(_runs, exposed.after)):
        return None
    before = job.steps[: job.steps.index(exposed.step)]
    held = [name for node in (workflow.node.get("env"), job.node.get("env")) for name, _ in secrets_of(node)]
    held += [name for step in before if action_name(step) in LONG_LIVED for name, _ in secrets_of(step.with_)]
    if text(exposed.step.with_.get("persist-credentials")) != "false":
        held += [name for name, _ in secrets_of(exposed.step.with_)]
    let_run = exposed.asked or labelled(workflow.on) or not any(map(_runs, exposed.free))
    waiting = not held and not _given(exposed.free)
    token = grant(job.node.get("permissions", workflow.node.get("permissions")))
    identity = token is not None and (token.all == "write-all" or "id-token" in token.writes())
    names = tuple(dict.fromkeys([*held, *_given(exposed.after)]))
    return Beside(exposed.step.line, names, identity, let_run or waiting, let_run)


def secrets_of(node: Node | None) -> Iterator[tuple[str, Text]]:
    """The entries of a mapping whose value is a secret other than the workflow's own token."""
    for name, value in mapping(node).pairs():
        if isinstance(value, Text) and SECRET.search(value):
            yield str(name), value


def action_name(step: Step) -> str:
    """The action that a step uses, in lower case and without its version; "" for a script."""
    return (step.uses or "").partition("@")[0].lower()


def _given(steps: Iterable[Step]) -> list[str]:
    return [name for step in steps for name, _ in (*secrets_of(step.with_), *secrets_of(step.env))]


def _runs(step: Step) -> bool:
    return bool(step.run or (step.uses or "").startswith(("./", "$/")))
