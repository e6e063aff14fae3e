"""Do customers know until when each supported version is supported?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sscop.artefacts.changelogs import LTS
from sscop.artefacts.lifecycle.model import Lifecycle, Line, Rule, RuleKind, State
from sscop.artefacts.prose.dates import Kind, months_after
from sscop.judgement.lifecycles import Release, covered, differences, is_current, is_dated, named, place
from sscop.judgement.problems import SHOWN, count
from sscop.model import Because, Evidence, Finding, met, unknown, unmet
from sscop.model import Kind as Weight

FIX = "state for each supported version the day on which its support ends (`sscop explain support-dates` shows how)"
Released = Callable[[], "Sequence[Release] | None"]


def judged(life: Lifecycle, today: date, released: Released) -> Iterator[Finding]:
    """The findings, a MET one among them where real dates were read."""
    for path, line, said in life.problems:
        yield unmet(
            "malformed",
            said,
            Evidence(path, line),
            key=said[:60],
            fix="sscop's docs/guides/lifecycle.md has the format",
        )
    yield from (one.finding() for one in life.unread)
    wrong = list(_wrong(life, today))
    yield from wrong
    lines = life.lines
    current = [one for one in lines if is_current(one, today) and not _impossible(one) and not _passed(one, today)]
    dated = [one for one in current if is_dated(one) and one.end and one.end.day and one.end.day >= today]
    bare = [one for one in current if not is_dated(one) and not one.rolling and not covered(one, dated)]
    periods = [one for one in life.rules if one.kind in (RuleKind.PERIOD, RuleKind.SUCCESSOR)]
    if dated:
        yield _dated(dated)
        yield from _bare(bare, periods)
    elif any(map(is_dated, lines)) and not current:
        yield from () if any(one.code == "date-passed" for one in wrong) else _over(lines, today)
    elif periods:
        yield from _by_rule(periods, life.rules, today, released)
    elif current or any(one.kind is not RuleKind.NOTICE for one in life.rules):
        yield _undated(life, current)
    elif lines:
        yield from _over(lines, today)
    else:
        yield from _nothing(life)


def _impossible(line: Line) -> bool:
    return line.end is not None and line.end.when.kind is Kind.IMPOSSIBLE


def _passed(line: Line, today: date) -> bool:
    return line.end is not None and line.end.day is not None and line.end.day < today


def _wrong(life: Lifecycle, today: date) -> Iterator[Finding]:
    for line in life.lines:
        end = line.end
        if end is None:
            continue
        if end.when.kind is Kind.IMPOSSIBLE:
            said = f"{named(line)} ends on {end.when.text}, and there is no such day"
            yield unmet("impossible-date", said, place(line), because=Because.CONTRADICTED, key=line.name, fix=FIX)
        elif line.state is State.SUPPORTED and _passed(line, today):
            said = f"{named(line)} is called {line.said or 'supported'}, and its support ended on {end.day}"
            fix = "say that it has ended, or until when it is supported now"
            yield unmet("date-passed", said, place(line), because=Because.CONTRADICTED, key=line.name, fix=fix)
        elif end.when.kind is Kind.AMBIGUOUS and end.day and end.day >= today:
            said = f"{end.when.text} can be read as two days; the earlier one counts here"
            yield unmet("ambiguous-date", said, place(line), kind=Weight.ADVICE, key=line.name, fix="write YYYY-MM-DD")
    for one in differences(life):
        fix = "keep one statement, and point to it from the other places"
        places = (Evidence(one.first.path, one.first.line), Evidence(one.second.path, one.second.line))
        key = f"{one.first.name} {one.second.path}"
        yield unmet("differs", one.message, *places, because=Because.CONTRADICTED, key=key, fix=fix)


def _dated(dated: list[Line]) -> Finding:
    each = list(dict.fromkeys(f"{named(one)} until {one.end.day}" for one in dated if one.end))
    shown = ", ".join(each[:3])
    more = f" and {count(len(each) - 3, 'more line')}" if len(each) > 3 else ""
    notes = [place(one)._replace(note=f"{named(one)} until {one.end.day}") for one in dated[:SHOWN] if one.end]
    return met("end-dates", f"states until when versions are supported: {shown}{more}", *notes)


def _bare(bare: list[Line], periods: list[Rule]) -> Iterator[Finding]:
    """Supported versions without an end beside others that have one; under a rule of periods that is advice."""
    for one in bare:
        weight = Weight.ADVICE if periods else Weight.CLAIM
        said = f"{named(one)} is supported, and found no date on which that ends"
        yield unmet("no-end-date", said, place(one), kind=weight, key=one.name, fix=FIX)


def _by_rule(periods: list[Rule], rules: Sequence[Rule], today: date, released: Released) -> Iterator[Finding]:
    found = released()
    if found is None:
        rule = periods[0]
        said = (
            f"says how long versions are supported ({rule.months} months); found no days of releases here to count from"
        )
        yield unknown("rule", said, _rule(rule), fix=f"fetch the tags too, or {FIX}")
        return
    counted = [(rule, _ends(found, rule, today)) for rule in periods]
    rule, ends = next((one for one in counted if one[1]), counted[0])
    if not ends:
        yield unmet("rule-undated", _uncounted(rule, found), _rule(rule), fix=FIX)
        return
    shown = [
        Evidence(one.where.path or rule.path, one.where.line or rule.line, f"{one.name} until {end}")
        for one, end in ends
    ]
    said = f"says how long versions are supported: {rule.months} months {_from(rule)}"
    yield met("rule", said, _rule(rule), *shown[-5:])
    others = [one for one in rules if one.kind is RuleKind.UNTIL_NEXT]
    if others and LTS.search(rule.text):
        said = "releases that are not for the long term end with the next one: found no date for them"
        yield unmet("others-undated", said, _rule(others[0]), _rule(rule), fix=FIX)
    said = f"leaves it to readers to work out the dates, such as {ends[-1][0].name} until {ends[-1][1]}"
    yield unmet("no-dates-written", said, _rule(rule), kind=Weight.ADVICE, fix=FIX)


def _rule(rule: Rule) -> Evidence:
    return Evidence(rule.path, rule.line, rule.text[:100])


def _from(rule: Rule) -> str:
    return "after the next release" if rule.kind is RuleKind.SUCCESSOR else "after a release"


def _uncounted(rule: Rule, found: Sequence[Release]) -> str:
    """Why no end that is to come follows from a rule."""
    said = f"says how long versions are supported ({rule.months} months {_from(rule)}); "
    if not found:
        return said + "found no days of releases to count from"
    if rule.kind is RuleKind.SUCCESSOR:
        return said + "when that comes for those supported now is not known, so that no date follows"
    if LTS.search(rule.text) and not any(one.lts for one in found):
        return said + "found no release that is called one for the long term, to count from"
    return said + "by that, support of every release has ended"


def _ends(found: Sequence[Release], rule: Rule, today: date) -> list[tuple[Release, date]]:
    """The lines that are supported still by a rule, each with its last day; none where that waits for a release."""
    if not rule.months:
        return []
    first = _first(found, rule)
    if rule.kind is RuleKind.SUCCESSOR:
        begun = [(one, after.day) for one, after in zip(first, first[1:], strict=False)]
    else:
        begun = [(one, one.day) for one in first if one.lts or not LTS.search(rule.text)]
    return [(one, end) for one, day in begun if (end := months_after(day, rule.months)) >= today]


def _first(found: Sequence[Release], rule: Rule) -> list[Release]:
    """The first release of each line, by version: of majors where the rule speaks of those, else of minors."""
    said = rule.text.lower()
    wide = 1 if "major" in said and (rule.kind is RuleKind.SUCCESSOR or "minor" not in said) else 2
    first: dict[tuple[int, ...], Release] = {}
    for one in sorted(found, key=lambda one: one.day):
        first.setdefault(one.version[:wide], one)
    return sorted(first.values(), key=lambda one: one.version)


def _undated(life: Lifecycle, current: list[Line]) -> Finding:
    """Which versions are supported, and of none until when: one finding at the first place, the others as evidence."""
    where = {(one.path, one.line) for one in current}
    tables = [one for one in life.sources if any((line.path, line.line) in where for line in one.lines)]
    rules = [one for one in life.rules if one.kind is not RuleKind.NOTICE]
    places = [Evidence(one.path, one.line) for one in tables]
    places += [Evidence(one.path, one.line, one.text[:100]) for one in rules]
    said = "says which versions are supported, and of none until when: found no end date"
    if not tables:
        kind = rules[0].kind
        what = "only the latest versions" if kind is RuleKind.LATEST else "versions"
        said = f"says that {what} are supported, and not until when: found no end date"
        if kind in (RuleKind.COUNT, RuleKind.UNTIL_NEXT):
            said = f"says that support moves on with each release ({kind.value}): found no end date"
    return unmet("no-end-dates", said, *places[:SHOWN], fix=FIX)


def _over(lines: list[Line], today: date) -> Iterator[Finding]:
    ended = [one for one in lines if not _impossible(one)]
    coming = [one for one in ended if one.state is State.COMING or (one.released and one.released > today)]
    if coming or not ended:
        yield unmet("no-end-dates", "found no version that is supported now with its end", place(lines[0]), fix=FIX)
        return
    last = max(ended, key=lambda one: one.end.day if one.end and one.end.day else date.min)
    when = f"; the last end was {last.end.day}" if last.end and last.end.day else ""
    said = f"every version listed has ended{when}: found none that is supported now"
    yield unmet("all-ended", said, place(last), fix="list the versions that are supported, each with its end")


def _nothing(life: Lifecycle) -> Iterator[Finding]:
    templates = [one for one in life.sources if one.template]
    pointing = {one.path for one in life.pointers}
    mentions = [one for one in life.mentions if one.path not in pointing]  # what a page says beside a link to it
    if life.pointers and not mentions:
        places = [Evidence(one.path, one.line, one.target[:200]) for one in life.pointers[:5]]
        said = (
            f"supported versions are said to stand elsewhere, where this does not look: {life.pointers[0].target[:120]}"
        )
        fix = "keep the dates in this repository too, or declare the claim with that address as its record"
        yield unknown("elsewhere", said, *places, fix=fix)
    elif templates:
        places = [Evidence(one.path, one.line, one.template) for one in templates[:5]]
        said = f"the table of supported versions is not filled in: {templates[0].template}"
        yield unmet("starter", said, *places, fix=FIX)
    elif mentions:
        places = [Evidence(one.path, one.line, one.target[:100]) for one in mentions[:5]]
        yield unmet("no-end-dates", "speaks of supported versions, and found no end date in it", *places, fix=FIX)
    elif life.problems or life.unread:
        return
    else:
        said = "found no statement of which versions are supported until when"
        yield unmet("no-lifecycle", said, because=Because.ABSENT, fix=FIX)
