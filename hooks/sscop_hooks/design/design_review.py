"""Design decisions are recorded, signed and dated, and do not contradict each other.

Why
---
A design review that nobody can find again protects nobody: the next change is made without knowing what was weighed,
by whom and when. A short record beside the code is read in the pull request that it is about, and it is where abuse
of a new interface is cheapest to think through.

What counts
-----------
Records of any usual form: architecture decision records (adr-tools, MADR, Log4brains, the NHS table), one-pagers and
proposals with an owner and a status, KEPs, numbered RFCs, in Markdown, reStructuredText or AsciiDoc. They are found
in folders such as `docs/adr`, `decisions`, `design`, `proposals` and `rfcs`, and recognised by what they say.
Templates, indexes, fixtures and examples are not records.

Met: accepted records that say when they were decided; those that also say by whom are counted. For the claim that
threats were modelled only a record counts that says itself what somebody hostile could do and what stops them.

Not met, each at its line: an accepted record without a date or with an impossible one; one without deciders where the
others of its folder name theirs, or where the field holds a placeholder still; two records with one number; a record
that supersedes another one which still reads as accepted; dead links to records, and any dead link in a recent
record; a file with a record's number that is still the template; a proposal open for more than twelve months.

Advice, which never fails: what recent records do not weigh (complexity, scalability, usability, maintainability,
security, or what else these are called); a folder whose form has no place for deciders (adr-tools' has none) or for
a date; long-open proposals of a numbered process (RFCs, KEPs), in one line; links in old records that the code has
left behind. Old records are history: nobody is asked to rewrite them.

How to fix
----------
Write one page per decision, `docs/adr/0012-short-title.md`, and let the review of the pull request be the review of
the design. The front matter says who, when and what was weighed, a sentence each:

    ---
    status: accepted
    date: 2026-03-02
    decision-makers: [platform lead, security lead]
    design-review:
      complexity: One more process to run, and no new protocol.
      scalability: Ten times today's load fits into one node; measured in March.
      usability: Nothing changes for callers; operators get one new setting.
      maintainability: The library has two releases a year and a long-term branch.
      security: A caller who forges the header is refused, because only the proxy may set it.
    ---
    # 12. Let the proxy end TLS

A decision that was taken over needs two lines: `superseded by` in the old record, `supersedes` in the new one. Close
a proposal that nobody follows as `withdrawn` or `deferred`. `docs/guides/design-records.md` has a whole example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.design_criteria import hostile
from sscop.artefacts.design_records import Flavour, Record, Template, records
from sscop.artefacts.design_relations import observations
from sscop.artefacts.design_signatures import SHOWN, Observation
from sscop.artefacts.design_state import State
from sscop.artefacts.nodes import Node, text, texts
from sscop.artefacts.prose.dates import months_before
from sscop.artefacts.prose.quantities import months
from sscop.check import SUPPORTS, check
from sscop.model import Because, Evidence, Finding, Kind, Outcome, Unread, met, not_applicable, unknown, unmet
from sscop.repository import Repository

ADVICE = {"old-links", "no-deciders", "undated-form", "open-proposals", "criteria"}
"""Observations that never fail: history, what a usual form has no place for, what is good to weigh."""
OPPOSITE = {"duplicate-number", "one-way-supersedes", "lost-successor", "dead-link", "impossible-date", "future-date"}
"""Observations of records that say two things, or something that is not so."""
USUAL = {"recent": "24 months", "abandoned": "12 months"}


@check(
    title="Design decisions are recorded, signed and dated",
    claims={"threat-modelled": SUPPORTS},
    options={
        "paths": "a glob of further files that are design records",
        "recent": "how far back records are asked what they weigh (24 months)",
        "abandoned": "how long a proposal may stay open (12 months)",
    },
)
def design_review(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """One finding for each contradiction, one of each kind of advice, and one for what is in order."""
    spans = {key: months(text(settings.get(key)) or usual) for key, usual in USUAL.items()}
    for key in [key for key, span in spans.items() if span is None]:
        place = Evidence(".sscop.yaml", settings[key].line)
        yield unknown("setting", f"`{key}` is a length of time, such as {USUAL[key]}", place)
        return
    found = records(repo, texts(settings.get("paths")))
    yield from (one.finding() for one in found if isinstance(one, Unread))
    recent, stale = (months_before(today, span or 0) for span in spans.values())
    yield from map(_finding, observations(repo, found, recent, stale, today))
    yield from _standing(repo, found)


def _finding(seen: Observation) -> Finding:
    if seen.code == "untold":
        return unknown(seen.code, seen.text)
    because = Because.CONTRADICTED if seen.code in OPPOSITE else Because.INADEQUATE
    kind = Kind.ADVICE if seen.code in ADVICE else Kind.CLAIM
    return unmet(seen.code, seen.text, *seen.places, because=because, kind=kind, key=seen.key, fix=seen.fix)


def _standing(repo: Repository, seen: Sequence[Record | Template | Unread]) -> Iterator[Finding]:
    """What is in order; else why there is nothing to say. Only an analysis of abuse bears on the claim."""
    found = [one for one in seen if isinstance(one, Record)]
    accepted = [one for one in found if one.state is State.ACCEPTED and one.flavour is not Flavour.ASSESSMENT]
    signed = [one for one in accepted if one.day or one.deciders]
    if places := list(hostile(repo, signed)):
        message = f"accepted records that say what somebody hostile could do: {len(places)}"
        yield met("abuse-analysed", message, *places[:SHOWN])
    if signed:
        dated, decided = sum(one.day is not None for one in signed), sum(one.deciders is not None for one in signed)
        message = f"accepted design records: {len(signed)}; {dated} say when and {decided} who decided"
        yield Finding(Outcome.MET, "recorded", message, kind=Kind.ADVICE)
    elif accepted:
        yield unknown("unsigned", f"found {len(accepted)} accepted design records that say neither when nor by whom")
    elif found and all(one.state is State.UNSTATED for one in found):
        yield unknown("no-status", f"found {len(found)} design records, none of which says whether it was accepted")
    elif found:
        yield not_applicable("none-accepted", f"found {len(found)} design records, none of which is accepted now")
    elif not any(isinstance(one, Unread) for one in seen):
        what = "only templates of design records" if seen else "no design records"
        yield not_applicable("no-records", f"found {what}")
