"""What a revision states of work that is to be done again and again: when it was done, and how often it is due.

Claims about persistence need more than the last date: `sscop.persistence` asks this of one revision after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from sscop.artefacts.access_policies import reviews
from sscop.artefacts.declarations import Declaration, declarations
from sscop.artefacts.frameworks.texts import texts
from sscop.artefacts.hardening_results import hardening_results
from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.prose.metadata import metadata
from sscop.artefacts.prose.quantities import intervals, months
from sscop.artefacts.threat_models import threat_models
from sscop.artefacts.tool_policy import Environment, Policy, environments, policies
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

DAYS_OF_A_MONTH = 30.4375


class Duty(NamedTuple):
    """One duty as a revision states it: `days` on which it was done, `months` until it is due again (None: not said).

    `kind` and `subject` tell it from others over time.
    """

    kind: str
    subject: str
    path: str
    line: int
    days: tuple[date, ...]
    months: int | None


def duties(repo: Repository) -> list[Duty]:
    """All duties of a revision that state a day; the same kind and subject once, with the days of all."""
    found: dict[tuple[str, str], Duty] = {}
    documents: set[str] = set()
    for one in (*_models(repo), *_access(repo), *_audits(repo), *_policies(repo), *_declared(repo)):
        documents.add(one.path)
        _add(found, one)
    for one in _documents(repo, documents):
        _add(found, one)
    return list(found.values())


def _add(found: dict[tuple[str, str], Duty], one: Duty) -> None:
    before = found.get((one.kind, one.subject))
    if before:
        one = before._replace(days=tuple(sorted({*before.days, *one.days})), months=before.months or one.months)
    if one.days:
        found[one.kind, one.subject] = one


def _models(repo: Repository) -> Iterator[Duty]:
    for model in threat_models(repo).models:
        if model.reviewed and model.reviewed.day and not model.template:
            document = read(repo, model.path) if model.path.endswith((".md", ".rst", ".adoc", ".txt")) else None
            every = _every(document) if isinstance(document, Document) else None
            yield Duty("threat model", model.path, model.path, model.reviewed.line, (model.reviewed.day,), every)


def _access(repo: Repository) -> Iterator[Duty]:
    for one in reviews(repo):
        if not isinstance(one, Unread) and not one.policy.template:
            every = max(1, round(one.every / DAYS_OF_A_MONTH)) if one.every else None
            yield Duty("access review", "build environment", one.policy.path, one.policy.section.line, one.held, every)


def _audits(repo: Repository) -> Iterator[Duty]:
    stated = repo.once(environments)
    named = {str(path): environment for _, environment in stated for path in environment.evidence}
    for one in hardening_results(repo, named):
        if isinstance(one, Unread):
            continue
        path, results = one
        environment: Environment | None = named.get(path)
        every = months(environment.review.every) if environment and environment.review.every else None
        for result in results:
            if result.day and not result.definition:
                # A machine's name is its owner's affair: what this makes may go into a calendar that others read.
                target = f", target {sha256(result.target.encode()).hexdigest()[:6]}" if result.target else ""
                subject = f"{result.benchmark or result.format}{target}"
                yield Duty("hardening audit", subject, path, result.line, (result.day,), every)


def _policies(repo: Repository) -> Iterator[Duty]:
    for one in policies(repo):
        if isinstance(one, Policy) and one.review.day:
            every = months(one.review.every) if one.review.every else None
            yield Duty("tool policy", one.path, one.path, one.review.line, (one.review.day,), every)


def _declared(repo: Repository) -> Iterator[Duty]:
    for one in repo.once(declarations):
        if isinstance(one, Declaration) and one.reviewed and one.status != "not-assessed":
            every = months(one.review_every) if one.review_every else None
            yield Duty("declaration", one.slug, one.path, one.line("reviewed"), (one.reviewed,), every)


_PROMISES = lazily(
    rb"review(?:ed)?[ -](?:cycle|frequency|interval|period|every|cadence|schedule|by|due)|next[ -]review|reviewed every"
)


def _documents(repo: Repository, known: set[str]) -> Iterator[Duty]:
    """Other documents that state when they were reviewed and when that is due again."""
    for path, data in repo.once(texts).counted.items():
        if path in known or not _PROMISES.search(data):
            continue
        document = read(repo, path)
        if isinstance(document, Unread) or (every := _every(document)) is None:
            continue
        dated = metadata(document).dated("reviewed", "updated", "date")
        if dated and dated.when.day:
            yield Duty("document", path, path, dated.line, (dated.when.day,), every)


def _every(document: Document) -> int | None:
    """The months between reviews that a document states of itself, by length or by the day of the next one."""
    facts = metadata(document)
    if said := facts.get("review-every"):
        told = str(said.value)
        return months(told) or next((max(1, round(one.days / DAYS_OF_A_MONTH)) for one in intervals(told)), None)
    last, following = facts.dated("reviewed", "updated", "date"), facts.dated("next-review")
    if last and following and last.when.day and following.when.day:
        apart = (following.when.day - last.when.day).days
        return round(apart / DAYS_OF_A_MONTH) or None if apart > 0 else None
    return None
