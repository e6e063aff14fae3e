"""What bots that propose updates, and what texts say of them, tell of alerts of known vulnerabilities."""

from __future__ import annotations

from sscop.artefacts.ecosystems import Inventory
from sscop.artefacts.told_alerts import told_alerts
from sscop.artefacts.updates import DEPENDABOT, RENOVATE, mechanisms
from sscop.artefacts.updates.model import Reach
from sscop.judgement.updates import answers, components, reaching
from sscop.lazy import NamedTuple
from sscop.model import Evidence, Finding, met, unknown
from sscop.repository import Repository

SHOWN = 3
FIX = (
    "let a scan run on a schedule (`on: schedule`) over the default branch, or switch the platform's alerts on and let "
    "the run see them (`--platform github`)"
)


class Bots(NamedTuple):
    """What is said of them. `lacks` is the configuration that covers none of the components, and what it covers."""

    findings: list[Finding]
    lacks: Evidence | None


def by_bots(repo: Repository, inventory: Inventory) -> Bots:
    """What the configurations and the texts come to together.

    A configuration asks for new versions; alerts are a setting of the platform. Where it covers every component and a
    text says that alerts are raised and come in, the two agree. One that covers tools alone tells nothing.
    """
    paths = [path for path in (*DEPENDABOT, *RENOVATE) if repo.has(path)]
    told = list(told_alerts(repo))[:SHOWN]
    if not paths:
        return Bots([_told(told)] if told else [], None)
    held = mechanisms(repo)
    reached = answers(components(repo, inventory), held.found)
    covered = reaching(reached, Reach.ALL, Reach.SECURITY)
    asked = {(one.by.path, one.said.line or 1) for one in covered if one.by}
    shown = [Evidence(*place) for place in sorted(asked)[:SHOWN]] or [Evidence(paths[0], 1)]
    if reached and not held.unread and not reaching(reached, Reach.ALL, Reach.SECURITY, Reach.UNTOLD):
        names = ", ".join(dict.fromkeys(one.manifest.ecosystem for one in reached))
        return Bots([_told(told)] if told else [], Evidence(paths[0], 1, f"none of the product's ecosystems ({names})"))
    if told and reached and len(covered) == len(reached):
        message = f"`{paths[0]}` covers every component, and a text says that known vulnerabilities are alerted to"
        return Bots([met("documented", message, *told, *shown)], None)
    message = (
        f"`{paths[0]}` asks for updates to new versions; whether the platform's alerts of known vulnerabilities"
        " are on is a setting that files don't show"
    )
    return Bots([unknown("alerts-untold", message, *shown, *told, fix=FIX)], None)


def _told(told: list[Evidence]) -> Finding:
    message = "a text says that known vulnerabilities are alerted to; that the platform does so, files don't show"
    return unknown("alerts-untold", message, *told, fix=FIX)
