"""Written reports: which forms and formats there are, and one in the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sscop.check import Check
from sscop.report import Report
from sscop.reporters.document import Document
from sscop.reporters.forms.basis import Assessment, Form


def written(report: Report, checks: Sequence[Check], form: str, audience: str, kind: str) -> bytes:
    """A form of a report in a format.

    Raises LookupError where a form has no such format, or a library of the extra `report` is missing.
    """
    if kind in ("csv", "xlsx") and form not in ("table", "plan"):
        raise LookupError(f"--form {form} is a text; --format {kind} is for --form table and plan")
    document = _form(form, audience)(Assessment.of(report, checks))
    try:
        return _writer(kind)(document)
    except ImportError as error:
        raise LookupError(f"--format {kind} needs {error.name}: pip install 'sscop[report]'") from None


def _form(form: str, audience: str) -> Form:
    if form == "statement":
        from sscop.reporters.forms import statement

        return {"customer": statement.customer, "assessor": statement.assessor, "internal": statement.internal}[
            audience
        ]
    if form == "self-assessment":
        from sscop.reporters.forms.self_assessment import self_assessment

        return self_assessment
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
