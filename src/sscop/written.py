"""`sscop report`: a report, looked for here or stored before, in a form and a format."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sscop.check import Check
from sscop.model import Gate
from sscop.report import Report
from sscop.reporters.document import Document
from sscop.reporters.forms.basis import Assessment, Form

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor
    from sscop.repository import Repository


TEXTS = ("markdown", "html", "docx")
KINDS = {
    "table": ("markdown", "html", "csv", "xlsx"),  # twenty columns are a word's width each on a page of Word
    "plan": (*TEXTS, "csv", "xlsx"),
    "in-toto": ("json",),
    "badge": ("svg", "json"),
    "oscal": ("json",),
}
"""The formats of each form that has others than a text's."""


def looked(
    root: str | None,
    rev: str | None,
    asking: str,
    checks: Sequence[Check],
    today: date,
    zizmor: Callable[[Repository], Auditor],
) -> Report:
    """The report of a run of all checks on a revision or the working tree; `asking` is the option `--platform`."""
    from sscop import config as configuration
    from sscop.assess import Asked, assess
    from sscop.cited import described
    from sscop.repository import open_repository

    repo = open_repository(root, rev)
    config = configuration.read(repo, checks)
    platform: dict[str, Any] = {}
    if asking != "none":
        from sscop.github.consult import told

        platform = told(asking, repo, os.environ)._asdict()
    report = assess(checks, repo, config, Asked(today, Gate.NEVER), zizmor=zizmor, **platform)
    return report._replace(cited=described(repo, report.cited, today))


def stored(file: str) -> Report:
    """The report in a JSON file. Raises ConfigError for one that can't be read, or is none of this version."""
    from sscop.config import ConfigError
    from sscop.reporters.json_ import decode

    try:
        with open(file, encoding="utf-8") as stored:
            return decode(stored.read())
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from None
    except ValueError as error:
        raise ConfigError(f"{file}: is no report of this version: {error}") from None


def over_time(
    options: argparse.Namespace, checks: Sequence[Check], zizmor: Callable[[Repository], Auditor]
) -> str | bytes:
    """The trend over the options' stored reports and then revisions, each judged as on the day of its commit.

    Raises LookupError for fewer than two points, or a format whose library is missing.
    """
    from sscop.reporters.forms.trend import Point, trend
    from sscop.repository import open_repository

    points = [Point(os.path.basename(file), stored(file)) for file in options.report]
    for revision in options.revisions:
        repo = open_repository(options.root, revision)
        points.append(Point(revision, looked(options.root, revision, "none", checks, repo.day(), zizmor)))
    if len(points) < 2:
        raise LookupError("a trend has at least two points: give revisions, or stored reports with --report")
    made = _writer_of(options.format)(trend(points))
    if options.output is None and options.format == "docx":
        raise LookupError("--format docx is no text: give --output FILE")
    return made if options.output else made.decode()


def over_revisions(
    options: argparse.Namespace, checks: Sequence[Check], today: date, zizmor: Callable[[Repository], Auditor]
) -> tuple[Report, bytes]:
    """The form `persistence`, from `--since` on (a year before, where it is not given), beside the report of today.

    Raises LookupError for a format that it has not, or a stored report.
    """
    from sscop.artefacts.prose.dates import months_before
    from sscop.persistence import persistence
    from sscop.reporters.forms.persistence import recurring
    from sscop.repository import open_repository

    if options.report:
        raise LookupError(
            "--form persistence is worked out from revisions, not from a stored report: leave --report out"
        )
    if options.format not in TEXTS:
        raise LookupError(f"--form persistence is written as {', '.join(TEXTS)}, not as {options.format}")
    report = looked(options.root, options.rev, options.platform, checks, today, zizmor)
    found = persistence(
        open_repository(options.root, options.rev), options.since or months_before(today, 12), today, checks
    )
    return report, _writer_of(options.format)(recurring(Assessment.of(report, checks), found))


def written(report: Report, checks: Sequence[Check], form: str, audience: str, kind: str) -> bytes:
    """A form of a report in a format.

    Raises LookupError where a form has no such format, or a library of the extra `report` is missing.
    """
    if kind not in KINDS.get(form, TEXTS):
        raise LookupError(f"--form {form} is written as {', '.join(KINDS.get(form, TEXTS))}, not as {kind}")
    if form == "in-toto":
        from sscop.tracing import encode

        return encode(report)
    if form == "oscal":
        from sscop.reporters import oscal

        return oscal.encode(report)
    if form == "badge":
        from sscop.reporters.forms import badge

        return badge.svg(report) if kind == "svg" else badge.endpoint(report)
    return _writer_of(kind)(_form(form, audience)(Assessment.of(report, checks)))


def _writer_of(kind: str) -> Callable[[Document], bytes]:
    write = _writer(kind)

    def written(document: Document) -> bytes:
        try:
            return write(document)
        except ImportError as error:
            raise LookupError(f"--format {kind} needs {error.name}: pip install 'sscop[report]'") from None

    return written


def _form(form: str, audience: str) -> Form:
    if form == "statement":
        from sscop.reporters.forms import statement

        return {"customer": statement.customer, "assessor": statement.assessor, "internal": statement.internal}[
            audience
        ]
    if form in ("self-assessment", "principles-based"):
        from sscop.reporters.forms import self_assessment as forms

        return forms.self_assessment if form == "self-assessment" else forms.principles_based
    if form == "cmmi":
        from sscop.reporters.forms.cmmi import practice_areas

        return practice_areas
    if form == "plan":
        from sscop.reporters.forms.plan import plan

        return plan
    from sscop.reporters.forms import tables

    return tables.table if form == "table" else tables.beside


def _writer(kind: str) -> Callable[[Document], bytes]:
    if kind == "markdown":
        from sscop.reporters.writers import markdown

        return markdown.write
    if kind == "html":
        from sscop.reporters.writers import html

        return html.write
    if kind == "docx":
        from sscop.reporters.writers import word

        return word.write
    from sscop.reporters.writers import sheet

    return sheet.write_csv if kind == "csv" else sheet.write_xlsx
