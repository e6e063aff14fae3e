"""Which pull request a run is about: from the environment and event of a GitHub job, and where needed the API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sscop.github.client import Client
from sscop.lazy import NamedTuple


class Target(NamedTuple):
    """The pull request to comment on, and the run that does.

    `number` is None where only the API knows it (see `find`); `head` is then its branch, as `owner:branch`.
    `head_sha` is the commit the result is about; `run_id` and `run_attempt` order runs. `project_id` tells two
    products of one repository apart.
    """

    api_url: str
    server_url: str
    repository: str
    number: int | None
    head_sha: str
    run_id: int
    run_attempt: int
    project_id: str
    head: str = ""
    event: str = "pull_request"


def from_environ(
    environ: Mapping[str, str], event: Mapping[str, Any], project_id: str = "root", report_head: str | None = None
) -> Target:
    """The target that a job's environment and its event (the JSON at GITHUB_EVENT_PATH) name.

    In a `workflow_run` job the result comes from another job, which anybody's pull request may have shaped: of it
    only `report_head` is looked at, the head commit it claims to be about, and only to refuse it. Raises
    ValueError, with a sentence to print, where there is no pull request or that commit is another one.
    """
    name = environ.get("GITHUB_EVENT_NAME", "")
    number: int | None = None
    head = ""
    run: object = environ.get("GITHUB_RUN_ID")
    attempt: object = environ.get("GITHUB_RUN_ATTEMPT", "1")
    if name in ("pull_request", "pull_request_target"):
        pull = _map(event, "pull_request")
        number, sha = pull.get("number"), _map(pull, "head").get("sha")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError(f"the event {name} names no pull request")
    elif name == "workflow_run":
        # the run that made the result is the one that counts: results may be posted in another order
        source = _map(event, "workflow_run")
        owner = _map(_map(source, "head_repository"), "owner").get("login")
        head, sha = f"{owner}:{source.get('head_branch')}" if owner else "", source.get("head_sha")
        run, attempt = source.get("id"), source.get("run_attempt", 1)
        if source.get("event") not in ("pull_request", "pull_request_target"):
            raise ValueError("the workflow run was for no pull request")
    else:
        raise ValueError(f"the event {name or '(none)'} has no pull request to comment on")
    if not isinstance(sha, str) or not re.fullmatch(r"[0-9a-f]{40,64}", sha):
        raise ValueError(f"the event {name} names no head commit")
    if report_head is not None and report_head != sha:
        raise ValueError(f"the result is about another commit than the head {sha[:12]}: refused")
    if not (str(run).isdecimal() and str(attempt).isdecimal()):
        raise ValueError("the run has no number")
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII):
        raise ValueError("GITHUB_REPOSITORY names no repository")
    return Target(
        api_url=environ.get("GITHUB_API_URL", "https://api.github.com"),
        server_url=environ.get("GITHUB_SERVER_URL", "https://github.com"),
        repository=repository,
        number=number,
        head_sha=sha,
        run_id=int(str(run)),
        run_attempt=int(str(attempt)),
        project_id=project_id,
        head=head,
        event=name,
    )


def find(target: Target, client: Client) -> int:
    """The number of the target's pull request.

    Asked of GitHub by branch where the event has no number, and held against the head commit. Raises LookupError,
    with a sentence to print, when there is not exactly one; `sscop.github.client.FaultError` when GitHub fails.
    """
    if target.number is not None:
        return target.number
    repo = f"/repos/{target.repository}"
    found = client.pages(f"{repo}/pulls", state="open", head=target.head) if target.head else []
    if not found:  # the fork or its branch may be renamed; the commit still knows
        found = client.pages(f"{repo}/commits/{target.head_sha}/pulls")
    open_ = [pull for pull in found if pull.get("state") == "open" and isinstance(pull.get("number"), int)]
    same = [pull["number"] for pull in open_ if _map(pull, "head").get("sha") == target.head_sha]
    if len(same) == 1:
        number: int = same[0]
        return number
    if same:
        raise LookupError(f"{len(same)} open pull requests have the head {target.head_sha[:12]}")
    if open_:
        raise LookupError(f"the pull request's head is no longer {target.head_sha[:12]}: a newer run reports on it")
    raise LookupError(f"found no open pull request with the head {target.head_sha[:12]}")


def _map(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object under a key, or an empty one."""
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}
