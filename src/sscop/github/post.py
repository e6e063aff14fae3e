"""`sscop comment`: a JSON report as the pull request's comment, from the job that made it or from another one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from sscop.config import ConfigError
from sscop.github.comment import Posted, Result
from sscop.github.comment import post as send
from sscop.github.target import from_environ
from sscop.model import State
from sscop.report import Report
from sscop.reporters.escape import blob, clean, data
from sscop.reporters.json_ import LARGEST, decode
from sscop.reporters.markdown import COMMENT, render

SECOND_HAND = (
    "Reported by the pull request's own workflow run, which a pull request can change; posted by another one that "
    "runs nothing of it.\n\n"
)
"""Above a comment whose report comes from a job that was not ours to trust."""

FORK = (
    "no comment: a pull request from a fork has a token that can only read; the findings are in the annotations and "
    "the job summary (docs/action.md shows the second workflow that comments)"
)


def post(report: str, mode: str, environ: Mapping[str, str]) -> int:
    """Comment with the report in the file `report`; prints one line and returns 0 whatever GitHub makes of it.

    Raises ConfigError where the caller got it wrong: a report that is not there, or is none. From a `workflow_run`
    job the report may be anybody's, and one that is none is just not posted.
    """
    if mode == "never":
        return _say("no comment: not wanted")
    found = _read(report, second_hand=environ.get("GITHUB_EVENT_NAME") == "workflow_run")
    if isinstance(found, str):
        return _say(found, environ)
    event = read_event(environ)
    if is_fork(environ, event):
        return _say(FORK)
    try:
        posted = _send(found, mode, environ, event)
    except ImportError:
        return _say("no comment: PyGithub is not installed; pip install 'sscop[github]'", environ)
    except ValueError as error:
        return _say(f"no comment: {clean(str(error))}", environ)
    except Exception as error:  # noqa: BLE001 - a comment is not worth a failed job, whatever broke
        return _say(f"no comment: it stopped unexpectedly ({type(error).__name__}); please report it", environ)
    if posted.result is Result.FAILED:
        return _say(posted.why, environ)
    why = posted.why or ("nothing is new or fixed" if posted.result is Result.SKIPPED else "")
    return _say(f"comment {posted.result.value}{': ' if why else ''}{why}")


def _send(report: Report, mode: str, environ: Mapping[str, str], event: Mapping[str, Any]) -> Posted:
    """Comment. Raises ValueError, with a sentence, where the job is about no pull request."""
    target = from_environ(environ, event, report.repository.prefix.rstrip("/") or "root")
    second_hand = target.event == "workflow_run"
    # What the pull request's own job looked at is its merge commit; on somebody else's word nothing is linked.
    commit = target.head_sha if second_hand else report.repository.commit or target.head_sha
    said = render(report, COMMENT, blob(target.server_url, target.repository, commit))
    run = f"{target.server_url.rstrip('/')}/{target.repository}/actions/runs/{target.run_id}"
    body = f"{SECOND_HAND if second_hand else ''}{said}\n[The run with all of it]({run})\n"
    return send(target, environ.get("GITHUB_TOKEN", ""), body, changed=has_news(report), mode=mode)


def has_news(report: Report) -> bool:
    """Whether a pull request's people should hear of this run: more than what stood before."""
    unmet = any(found.fails and found.state in (State.NEW, None) for found in report.findings)
    return unmet or bool(report.fixed or report.looked_at.could_not_run) or report.run.policy_changed


def read_event(environ: Mapping[str, str]) -> Mapping[str, Any]:
    """The event that started the job; empty where there is none to be read."""
    try:
        with open(environ.get("GITHUB_EVENT_PATH", ""), "rb") as file:
            event = json.load(file)
    except (OSError, ValueError):
        return {}
    return event if isinstance(event, dict) else {}


def is_fork(environ: Mapping[str, str], event: Mapping[str, Any]) -> bool:
    """Whether the job is for a pull request from another repository (a deleted one has no name)."""
    place: Any = event
    for key in ("pull_request", "head", "repo", "full_name"):
        place = place.get(key) if isinstance(place, Mapping) else None
    return environ.get("GITHUB_EVENT_NAME") == "pull_request" and place != environ.get("GITHUB_REPOSITORY")


def _read(path: str, second_hand: bool) -> Report | str:
    """The report in a file, or in words why a second-hand one is not to be posted. Raises ConfigError for our own."""
    try:
        if os.path.islink(path):
            raise ValueError("a link, not a file")  # an artefact's link could lead anywhere on this machine
        with open(path, "rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ValueError(f"the report is larger than {LARGEST:,} bytes")
        return decode(raw.decode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except ValueError as error:
        if second_hand:
            return f"no comment: what the other run left is no report of sscop: {clean(str(error))[:300]}"
        raise ConfigError(f"{path}: no report of sscop: {error}") from None


def _say(line: str, warn_in: Mapping[str, str] | None = None) -> int:
    """One line; as a warning on the pull request where the job runs on GitHub."""
    if warn_in is not None and warn_in.get("GITHUB_ACTIONS") == "true":
        line = f"::warning title=sscop comment::{data(line)}"
    else:
        line = f"sscop: {line}"
    sys.stdout.write(line.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()
    return 0
