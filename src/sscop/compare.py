"""Findings as a report has them: with a fingerprint by which they are known again, and their state against a base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sscop.check import Check
from sscop.model import Finding, Kind, Outcome, State
from sscop.report import Reported
from sscop.repository.text import printable


def fingerprint(check: str, finding: Finding, occurrence: int) -> str:
    """SHA-256 over check, code, path, key and the occurrence: nothing in it moves with a line or a version."""
    import hashlib

    parts = (check, finding.code, printable(finding.path), finding.key, str(occurrence))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def as_reported(check: Check, findings: Sequence[Finding], known_by: bool) -> list[Reported]:
    """The findings with what a report says of each; with their fingerprints where somebody will know them by these."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for finding in sorted(findings, key=lambda one: (one.path, one.line or 0, one.code, one.subject)):
        place = (finding.code, finding.path, finding.key)
        seen[place] += 1
        claims = (finding.about or tuple(check.claims)) if finding.kind is Kind.CLAIM else ()
        found.append(
            Reported(
                check=check.id,
                code=finding.code,
                outcome=finding.outcome,
                because=finding.because,
                kind=finding.kind,
                claims=claims,
                message=finding.message,
                subject=finding.subject,
                key=finding.key,
                evidence=finding.evidence,
                fix=finding.fix,
                fingerprint=fingerprint(check.id, finding, seen[place]) if known_by else "",
                lapsed=finding.lapsed,
            )
        )
    return found


def in_order(findings: Iterable[Reported]) -> list[Reported]:
    """Findings as every output lists them: by check, then by place."""
    return sorted(findings, key=lambda one: (one.check, one.path, one.line or 0, one.code, one.subject))


def compare(head: Sequence[Reported], base: Sequence[Reported]) -> tuple[list[Reported], list[Reported]]:
    """The head's findings with their state, and the base's unmet claim findings that are fixed.

    A left-over new and fixed pair of the same check, code and key on different paths is one that moved. Where the
    head could not tell (a file that broke, a check that crashed), what the base had there is not fixed.
    """
    untold = {(one.check, one.path) for one in head if one.outcome is Outcome.UNKNOWN}
    before = {one.fingerprint for one in base if one.outcome is Outcome.UNMET}
    after = {one.fingerprint for one in head if one.outcome is Outcome.UNMET}
    gone: dict[tuple[str, str, str], list[Reported]] = {}
    for one in base:
        if one.outcome is Outcome.UNMET and one.fingerprint not in after:
            gone.setdefault((one.check, one.code, one.key), []).append(one)
    stated = []
    for one in head:
        if one.outcome is Outcome.UNMET:
            left = gone.get((one.check, one.code, one.key), [])
            if one.fingerprint in before:
                one = one._replace(state=State.STANDING)
            elif match := next((old for old in left if old.path != one.path), None):
                left.remove(match)
                one = one._replace(state=State.MOVED)
            else:
                one = one._replace(state=State.NEW)
        stated.append(one)
    left_over = [one for left in gone.values() for one in left if one.kind is Kind.CLAIM]
    return stated, [one for one in left_over if not untold & {(one.check, one.path), (one.check, "")}]
