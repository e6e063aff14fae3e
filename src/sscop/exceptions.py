"""What a repository states against a finding: waivers, checks that do not apply, and the debts of the day of adoption.

Each is dated and owned, and each ends: a bare "disable" does not exist. They stand in `.sscop.yaml` (WAIVERS, EXEMPT)
and in `assessment/baseline.yaml` (DEBTS); `sscop.excused` says what they mean for a run's findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.nodes import Entries, Node, Text, items, mapping, text
from sscop.artefacts.shape import Fields, Flag, Many, Problem, Shape, Word
from sscop.lazy import NamedTuple

BASELINE = "assessment/baseline.yaml"
KINDS = {
    "accepted-risk": "the risk is known and taken",
    "planned": "it will be mended by then",
    "false-positive": "the finding is wrong: it is removed, and proves nothing",
}


class Waiver(NamedTuple):
    """An exception to one finding until the end of a day; `line` is its place in `.sscop.yaml`.

    `subject` is the finding's subject or key, `path` its path; "" where the finding has none.
    """

    line: int
    check: str
    path: str
    subject: str
    all_subjects: bool
    kind: str
    reason: str
    owner: str
    expires: date


class Exempt(NamedTuple):
    """A check that is stated not to apply, and the last day on which the statement counts as reviewed."""

    line: int
    check: str
    reason: str
    owner: str
    due: date


class Debt(NamedTuple):
    """A finding of the day of adoption, by its fingerprint and by what a move to another file leaves of it."""

    line: int
    fingerprint: str
    check: str
    code: str
    key: str
    until: date


class Exceptions(NamedTuple):
    """All that is stated."""

    waivers: tuple[Waiver, ...] = ()
    exempt: Mapping[str, Exempt] = {}
    debts: tuple[Debt, ...] = ()


def waivers_shape(ids: Sequence[str]) -> Shape:
    """The shape of `waivers:`."""
    fields: dict[str, Shape] = {
        "check": Word("the check whose finding it is", choices=tuple(ids)),
        "path": Word("the finding's path, where it has one"),
        "subject": Word("what the finding is about, as it says: the thing without its version will do"),
        "all-subjects": Flag("every finding of the check at this path; the run says how many those are"),
        "kind": Word(f"why: {'; '.join(f'{kind} ({about})' for kind, about in KINDS.items())}", choices=tuple(KINDS)),
        "reason": Word("why that is right, in words"),
        "owner": Word("the role that answers for it"),
        "approved-by": Word("another role, which agreed"),
        "expires": Word("the last day on which it counts, at most twelve months ahead", day=True),
    }
    about = "Dated exceptions to single findings."
    return Many(about, Fields("A waiver.", fields, ("check", "kind", "reason", "owner", "approved-by", "expires")))


def exempt_shape(ids: Sequence[str]) -> Shape:
    """The shape of `not-applicable:`."""
    fields: dict[str, Shape] = {
        "check": Word("the check that does not apply", choices=tuple(ids)),
        "reason": Word("why there is nothing here that it is about"),
        "owner": Word("the role that answers for it"),
        "reviewed": Word("the day when that was last looked at", day=True),
        "review-every": Word("how long that holds, such as 12 months"),
    }
    about = "Checks that do not apply; what is seen all the same still counts."
    return Many(about, Fields("A check that does not apply.", fields, ("check", "reason", "owner", "reviewed")))


def baseline_shape() -> Fields:
    """The shape of `assessment/baseline.yaml`."""
    fields: dict[str, Shape] = {
        "fingerprint": Word("the finding's fingerprint", pattern="[0-9a-f]{64}"),
        "check": Word("the check"),
        "code": Word("the finding's code"),
        "key": Word("what it is about"),
        "where": Word("where it was, for readers"),
        "until": Word("the last day on which it may stand", day=True),
    }
    return Fields(
        "Debts recorded on the day sscop was adopted; each fails nothing until its day.",
        {
            "version": Word("the format's version", choices=("1",), integer=True),
            "adopted": Word("the day it was recorded", day=True),
            "debts": Many("one for each finding", Fields("A debt.", fields, ("fingerprint", "check", "code", "until"))),
        },
        required=("version", "adopted", "debts"),
    )


def stated(root: Entries, baseline: Node | None) -> Exceptions:
    """What a configuration of the right shape, and a baseline of the right shape, state."""
    return Exceptions(
        tuple(_waiver(one) for one in map(mapping, items(root.get("waivers")))),
        {one.check: one for one in map(_exempt, map(mapping, items(root.get("not-applicable"))))},
        tuple(_debt(one) for one in map(mapping, items(mapping(baseline).get("debts")))),
    )


def beyond_shape(root: Entries) -> Iterator[Problem]:
    """What a shape can't say: a waiver that names nothing, twice the same check, a length of time that is none."""
    from sscop.artefacts.prose.quantities import months

    seen: set[str] = set()
    for one in map(mapping, items(root.get("waivers"))):
        if "path" not in one and "subject" not in one and "all-subjects" not in one:
            yield Problem(
                one.line,
                "a waiver names one finding: its `path`, its `subject`, or both; where the finding has neither, "
                "say `all-subjects: true`",
            )
        if one.get("subject") and one.get("all-subjects") == "true":
            yield Problem(one.line, "a waiver is for one `subject` or for `all-subjects`, not for both")
        if str(one.get("owner")).casefold() == str(one.get("approved-by")).casefold():
            yield Problem(one.line, "`approved-by` is another role than the `owner`")
    accepted = mapping(root.get("accepted"))
    begin, _, end = str(accepted.get("period") or "").partition(" to ")
    if begin and end < begin:
        yield Problem(accepted.line, f"`period` ends on {end}, before it begins")
    for one in map(mapping, items(root.get("not-applicable"))):
        check, every = str(one.get("check")), text(one.get("review-every"))
        if check in seen:
            yield Problem(one.line, f"`{check}` is stated not to apply twice")
        seen.add(check)
        if every is not None and not 1 <= (months(every) or 0) <= 24:
            yield Problem(every.line, "`review-every` is a length of time from 1 to 24 months")


def _waiver(one: Entries) -> Waiver:
    return Waiver(
        one.line,
        _said(one, "check"),
        _said(one, "path"),
        _said(one, "subject"),
        one.get("all-subjects") == "true",
        _said(one, "kind"),
        _said(one, "reason"),
        _said(one, "owner"),
        date.fromisoformat(_said(one, "expires")),
    )


def _exempt(one: Entries) -> Exempt:
    from sscop.artefacts.prose.dates import months_after
    from sscop.artefacts.prose.quantities import months

    every = months(_said(one, "review-every") or "12 months") or 12
    due = months_after(date.fromisoformat(_said(one, "reviewed")), every)
    return Exempt(one.line, _said(one, "check"), _said(one, "reason"), _said(one, "owner"), due)


def _debt(one: Entries) -> Debt:
    until = date.fromisoformat(_said(one, "until"))
    return Debt(one.line, _said(one, "fingerprint"), _said(one, "check"), _said(one, "code"), _said(one, "key"), until)


def _said(one: Entries, name: str) -> str:
    value = one.get(name)
    return str(value) if isinstance(value, Text) else ""
