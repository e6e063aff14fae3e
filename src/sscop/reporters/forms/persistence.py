"""Recurring duties over time: each with its stated interval, and what the revisions show of it."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.judgement.persistence import LATE, USUAL, Done, Extended, Kept, Moved
from sscop.model import Evidence
from sscop.persistence import MANY, Persistence
from sscop.reporters.document import Block, Cell, Document, Heading, Paragraph, Span, Spans, Table, cell, cells, words
from sscop.reporters.forms.basis import Assessment, basis, commit_href, document, places

DUTIES = ("Duty", "Interval", "Done", "Not done when due", "Interval lengthened", "Due again")
EXCUSES = ("What is excused", "Until", "Put off")
SHOWN = 24
"""Times of one duty that are shown: two years of a monthly one."""


def recurring(assessment: Assessment, found: Persistence) -> Document:
    """The document: what it rests on, the duties, what is excused, and what revisions can't show."""
    blocks: list[Block] = [*basis(assessment), Paragraph(words(_looked(found)))]
    if found.left_out:
        left = f"{found.left_out} older revisions are left out: the newest {MANY} are looked at."
        blocks.append(Paragraph(words(left), "note"))
    for commit in found.unread:
        said = "Its configuration can't be read by this version, so what it excused is not known: "
        blocks.append(Paragraph((Span(said), _commit(assessment, commit)), "note"))
    blocks.append(Heading("Recurring duties", 2, "duties"))
    if found.kept:
        rows = tuple(_duty(assessment, one) for one in found.kept)
        blocks.append(Table(DUTIES, rows, (24, 10, 26, 16, 14, 10)))
    else:
        blocks.append(Paragraph(words("Found no duty that states a day on which it was done.")))
    blocks.append(Heading("What is excused, and until when", 2, "excused"))
    if found.extended:
        rows = tuple(_excuse(assessment, one) for one in found.extended)
        blocks.append(Table(EXCUSES, rows, (56, 12, 32)))
    else:
        blocks.append(Paragraph(words("Found no waiver, debt or statement that a check does not apply.")))
    blocks += [Heading("What revisions can't show", 2, "limits"), Paragraph(words(_LIMITS))]
    return document("Persistence of recurring duties", assessment, *blocks)


_LIMITS = (
    "A day counts from the commit that first states it; the days of commits are those that the committers' machines "
    "gave. Whether the work behind a day was done well is not seen here, and what is not committed is no record. Where "
    f"no interval is stated, {USUAL} months are taken."
)


def _looked(found: Persistence) -> str:
    many = "1 revision" if found.looked == 1 else f"{found.looked} revisions"
    begins = f", the oldest of {found.begins}" if found.looked else ""
    return f"From {found.since} on: {many} of the files that state duties{begins}."


def _duty(assessment: Assessment, one: Kept) -> tuple[Cell, ...]:
    duty = one.duty
    where = places(assessment, [Evidence(duty.path, duty.line)], assessment.link())
    if one.ended:  # the file may be gone at the commit that links lead to
        where = tuple(span._replace(href="") for span in where)
    interval = f"{duty.months} months" if duty.months else f"none stated ({USUAL} months taken)"
    left = len(one.done) - SHOWN
    done = [_done(assessment, at) for at in one.done[-SHOWN:]]
    done = [words(f"{left} earlier times"), *done] if left > 0 else done
    missed = [words(f"due by {at.due}: " + (f"done on {at.done}" if at.done else "not seen")) for at in one.missed]
    done += [words(f"{day} is stated, and was to come") for day in one.coming[:SHOWN]]
    overdue = " (overdue)" if one.due is not None and one.due.isoformat() < assessment.report.run.today else ""
    again = f"stated no more since {one.ended}" if one.ended else f"{one.due or ''}{overdue}"
    return (
        cells([words(Span(duty.kind, strong=True), f": {duty.subject}"), where]),
        cell(interval),
        cells(done),
        cells(missed or [words("none")]),
        cells([_moved(assessment, at) for at in one.moved] or [words("no")]),
        cell(again),
    )


def _done(assessment: Assessment, one: Done) -> Spans:
    notes = list(_notes(one))
    said = f" ({'; '.join(notes)})" if notes else ""
    return (Span(f"{one.day}, stated in "), _commit(assessment, one.commit), Span(said))


def _notes(one: Done) -> Iterator[str]:
    if one.bare:
        yield "that commit changed nothing there but days, which shows no review"
    if (late := (one.recorded - one.day).days) > LATE:
        yield f"{late} days later"


def _moved(assessment: Assessment, one: Moved) -> Spans:
    return (Span(f"{one.before} to {one.after} on {one.day}, "), _commit(assessment, one.commit))


def _excuse(assessment: Assessment, one: Extended) -> tuple[Cell, ...]:
    term = one.term
    where = places(assessment, [Evidence(term.path, term.line)], assessment.link())
    times = len(one.moved)
    many = [words("once:" if times == 1 else f"{times} times:")] if times else [words("no")]
    return (
        cells([words(Span(term.kind, strong=True), ": ", Span(term.subject, code=True)), where]),
        cell(f"{term.until}" + (f"; stated no more since {one.ended}" if one.ended else "")),
        cells([*many, *(_moved(assessment, at) for at in one.moved)]),
    )


def _commit(assessment: Assessment, commit: str) -> Span:
    return Span(commit[:12], commit_href(assessment.report.repository.url, commit), code=True)
