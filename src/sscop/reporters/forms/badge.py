"""A badge: the product, how many claims are in which status, as of when and until when. Never one score, never a colour
that says good or bad: what a number is worth is in the statement beside it.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from html import escape

from sscop.check import Check
from sscop.model import Status
from sscop.report import Report
from sscop.reporters.escape import clean
from sscop.reporters.forms.basis import Assessment
from sscop.reporters.forms.due import due

DAYS = 90
"""How long a badge is current at most; it ends earlier where something is due."""

_SHOWN = (Status.EVIDENCE_SEEN, Status.PARTLY_SEEN, Status.DECLARED, Status.GAP, Status.CONTRADICTED, Status.UNKNOWN)
_WORDS = {Status.EVIDENCE_SEEN: "seen", Status.PARTLY_SEEN: "partly seen", Status.GAP: "gaps"}
_WIDTH = 6.6
"""Pixels that a character takes, about, at 11 pixels of Verdana."""


def valid_until(report: Report) -> date:
    """The last day on which the badge is current: before the first thing falls due, 90 days at most."""
    today = date.fromisoformat(report.run.today)
    coming = [one.day for one in due(report, DAYS) if one.day >= today]
    return min([today + timedelta(days=DAYS), *coming])


def message(report: Report) -> str:
    """The counts in words, without those that are nought, with the days."""
    settled = [one.status for one in report.claims]
    counts = [f"{settled.count(status)} {_WORDS.get(status, status.value)}" for status in _SHOWN if status in settled]
    others = len(settled) - sum(settled.count(status) for status in _SHOWN)
    counts += [f"{others} other"] if others else []
    return f"{', '.join(counts) or 'no claims'} | {report.run.today} to {valid_until(report)}"


def endpoint(report: Report) -> bytes:
    """JSON for a badge service that asks an endpoint (schemaVersion 1 of shields)."""
    told = {"schemaVersion": 1, "label": _label(report), "message": message(report), "color": "informational"}
    return (json.dumps(told, indent=2) + "\n").encode()


def svg(report: Report) -> bytes:
    """The badge itself, with its words as text for those who hear it."""
    label, said = _label(report), message(report)
    left, right = (round(len(text) * _WIDTH) + 14 for text in (label, said))
    width = left + right
    title = escape(f"{label}: {said}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="22" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect width="{width}" height="22" rx="4" fill="#2b5f91"/>'
        f'<path d="M4 0h{left - 4}v22H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="#3b4048"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="7" y="15" textLength="{left - 14}">{escape(label)}</text>'
        f'<text x="{left + 7}" y="15" textLength="{right - 14}">{escape(said)}</text></g></svg>\n'
    ).encode("utf-8", "backslashreplace")


def _label(report: Report) -> str:
    checks: list[Check] = []
    draft = " (draft)" if report.accepted is None else ""
    return clean(f"{Assessment.of(report, checks).product}, Software Security Code of Practice{draft}")[:120]
