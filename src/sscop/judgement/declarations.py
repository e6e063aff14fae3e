"""Whether a declaration holds: somebody answers for it, it says why, its records are there, its review is not due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from posixpath import normpath

from sscop.artefacts.declarations import FOLDER, Declaration, Record, declarations
from sscop.artefacts.prose.dates import months_after
from sscop.artefacts.prose.links import State, Tree
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.prose.templates import tells
from sscop.lazy import NamedTuple, lazily
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, not_applicable, unmet
from sscop.repository import Repository

USUAL = 12
"""Months that a declaration holds where it does not say."""

TOGETHER = 3
"""Declarations whose dates one commit moves, with nothing else, before that is remarked on."""

_ANSWERS = ("met", "partly", "not-met", "not-applicable")
_ELSEWHERE = lazily(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_UNSAFE = lazily(r"\s*(?:javascript|data|vbscript|file):", re.IGNORECASE)
_INSIDE = lazily(
    r"/[\w.-]{1,100}/|[a-z]:\\|\\\\\w"
    r"|https?://(?:[\w-]{1,63}\.){0,9}(?:localhost|intranet|internal|local|lan|corp|home\.arpa)(?:[.:/?#]|$)"
    r"|https?://(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d",
    re.IGNORECASE,
)
_PATH = lazily(r"[^\s:]*/[^\s:]*|[^\s:/]+\.(?:md|ya?ml|json|csv|txt|pdf|rst|adoc|xlsx?|docx?|html?)")


class Judged(NamedTuple):
    """A declaration with what there is to say of it. `valid`: nothing is wrong but perhaps its age; `due` its end."""

    declaration: Declaration
    findings: tuple[Finding, ...]
    valid: bool
    due: date | None


def judged(repo: Repository, known: Sequence[str], today: date) -> Iterator[Judged | Unread]:
    """All declarations; `known` are the slugs of the edition's claims."""
    tree = Tree(repo)
    for one in repo.once(declarations):
        if isinstance(one, Unread):
            yield one
            continue
        due = _due(one)
        found = [*_wrong(one, known), *_missing(one, today), *_dead(repo, tree, one), *_told(repo, one)]
        valid = not any(flaw.kind is Kind.CLAIM for flaw in found)
        if valid and due and due < today and one.status in _ANSWERS:
            message = f"was last reviewed on {one.reviewed}; a review was due by {due}"
            place = Evidence(one.path, one.line("reviewed"), date=str(one.reviewed))
            found.append(unmet("review-overdue", message, place, fix="look again, and set `reviewed`"))
        yield Judged(one, tuple(found), valid, due)


def summary(found: Sequence[Judged], today: date) -> Iterator[Finding]:
    """How many are answered by a declaration that holds; that nothing is declared, where nothing is."""
    answered = [one for one in found if one.declaration.status != "not-assessed"]
    holding = [one.declaration for one in answered if one.valid and not (one.due and one.due < today)]
    if not answered:
        waiting = f"; claims that wait for an answer: {len(found)}" if found else ""
        yield not_applicable("none-declared", f"nothing is declared in {FOLDER}/{waiting}")
    elif holding:
        places = [Evidence(one.path, one.line("status"), one.status, date=str(one.reviewed)) for one in holding]
        yield met("declared", f"answers that hold: {len(holding)} of {len(answered)}", *places)


def _due(one: Declaration) -> date | None:
    every = months(one.review_every) if one.review_every else USUAL
    return months_after(one.reviewed, every) if one.reviewed and every else None


def _wrong(one: Declaration, known: Sequence[str]) -> Iterator[Finding]:
    for flaw in one.flaws:
        yield unmet("malformed", flaw.text, Evidence(one.path, flaw.line), key=one.slug)
    if one.slug not in known:
        import difflib

        near = difflib.get_close_matches(one.slug, known, 1)
        fix = f"rename it to {near[0]}.md" if near else "`sscop list` shows the claims"
        yield unmet("no-such-claim", f"`{one.slug}` is no claim of the Code", Evidence(one.path, 1), fix=fix)


def _missing(one: Declaration, today: date) -> Iterator[Finding]:
    """What an answer must have; one that is not given yet needs nothing."""
    if one.status not in _ANSWERS:
        return
    place = Evidence(one.path, one.line("status"), one.status)
    needed = {"accountable": one.accountable, "declared-by": one.declared_by, "reviewed": one.reviewed}
    if names := [name for name, value in needed.items() if not value and name not in one.lines]:
        message = f"says `{one.status}` without {', '.join(f'`{name}`' for name in names)}"
        yield unmet("incomplete", message, place, fix="say which role answers for it, which declares it, and when")
    if one.review_every and not 1 <= (months(one.review_every) or 0) <= 24:
        message = f"`review-every` is no length of time from 1 to 24 months: {one.review_every[:60]}"
        yield unmet("interval", message, Evidence(one.path, one.line("review-every")))
    for name, day in (("reviewed", one.reviewed), ("no-occasion-since", one.quiet_since)):
        if day and day > today:
            where = Evidence(one.path, one.line(name))
            yield unmet("future", f"`{name}` is {day}, which is to come", where, because=Because.CONTRADICTED)
    if not one.argument.strip():
        fix = "say below the front matter why this holds, and on what assumptions"
        yield unmet("no-argument", f"says `{one.status}` and not why", place, fix=fix)
    elif blank := next((tell for tell in tells(one.document) if tell.kind in ("placeholder", "starter")), None):
        yield unmet("template", f"is not filled in: {blank.text[:80]}", Evidence(one.path, blank.line))
    if one.checked_by and one.checked_by.casefold() == one.declared_by.casefold():
        where = Evidence(one.path, one.line("checked-by"))
        yield unmet("self-checked", "is checked by the role that declares it", where, kind=Kind.ADVICE)
    if one.status == "met" and not one.records and not one.document.links:
        fix = "name the records that show it"
        yield unmet("no-record", "refers to no record", place, kind=Kind.ADVICE, fix=fix)


def _told(repo: Repository, one: Declaration) -> Iterator[Finding]:
    """What customers read word for word names nothing that is inside: a path, a server that only insiders reach."""
    inside = [word for word in _words(one.customer_answer) if repo.has(word) or _INSIDE.match(word)]
    if inside:
        place = Evidence(one.path, one.line("customer-answer"))
        message = f"customers read `customer-answer` word for word, and it names {inside[0][:100]}"
        fix = "say it without, or name an address that customers can open"
        yield unmet("inside", message, place, kind=Kind.ADVICE, key=inside[0][:100], fix=fix)


def _words(said: str) -> list[str]:
    return [word.strip(".,;:!?()<>[]\"'`") for word in said.split()]


def _dead(repo: Repository, tree: Tree, one: Declaration) -> Iterator[Finding]:
    for resolved in tree.resolve(one.document, one.path):
        place, target = Evidence(one.path, resolved.link.line), resolved.link.target[:200]
        if _UNSAFE.match(target):
            yield unmet("unsafe-link", "a link runs something or leaves the repository", place, key=target)
        elif resolved.state in (State.DEAD, State.UNTRACKED):
            yield unmet("dead-link", f"refers to {target}, which is not here", place, key=target)
    for record in one.records:
        yield from _record(repo, one, record)


def _record(repo: Repository, one: Declaration, record: Record) -> Iterator[Finding]:
    """A record of this repository is there and is what it was; one elsewhere is not looked at."""
    place, reference = Evidence(one.path, record.line, record.title), record.reference
    if _UNSAFE.match(reference):
        yield unmet("unsafe-link", "the reference runs something or leaves the repository", place, key=reference[:200])
    if record.system or _ELSEWHERE.match(reference) or not _PATH.fullmatch(reference):
        return
    path = normpath(reference.split("#", 1)[0])
    if path.startswith(("..", "/")):
        yield unmet("outside", f"{reference[:200]} leaves the repository", place, key=reference[:200])
    elif not repo.has(path):
        fix = "correct the path from the top of the repository, or name the `system` that keeps it"
        yield unmet("dead-record", f"{path[:200]} is not here", place, key=path, fix=fix)
    elif record.digest:
        import hashlib

        data = repo.read(path)
        if isinstance(data, Unread):
            yield data.finding()
        elif f"sha256:{hashlib.sha256(data).hexdigest()}" != record.digest:
            fix = "look at what changed, then set `digest` and `seen-on`"
            yield unmet("record-changed", f"{path} is not what was looked at", place, key=path, fix=fix)


def bumps(repo: Repository, found: Sequence[Judged]) -> Iterator[Finding]:
    """Commits that moved the dates of several declarations and changed nothing else in them."""
    dated = {one.declaration.path: one.declaration for one in found if one.declaration.reviewed}
    by_commit: dict[str, list[Declaration]] = {}
    if len(dated) < TOGETHER:
        return
    for path, (_, last) in repo.last_changes(list(dated)).items():
        by_commit.setdefault(last, []).append(dated[path])
    for commit, those in by_commit.items():
        changed = repo.changed_lines(commit, FOLDER) if len(those) >= TOGETHER else {}
        bare = [one for one in those if _only_dates(changed.get(one.path, ([], [])))]
        if len(bare) >= TOGETHER:
            places = [Evidence(one.path, one.line("reviewed"), commit=commit) for one in bare]
            message = f"one commit moved the dates of {len(bare)} declarations and nothing else: that shows no review"
            fix = "say in each what was looked at (`seen-on` of its records, `checked-by`, the argument)"
            yield unmet("bare-dates", message, *places, kind=Kind.ADVICE, fix=fix)


def _only_dates(change: tuple[list[str], list[str]]) -> bool:
    """Whether all lines taken away and put in are dates of review; a new file takes nothing away."""
    removed, added = change
    return bool(removed) and all(line.lstrip().startswith("reviewed:") for line in [*removed, *added])
