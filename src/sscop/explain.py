"""Pages for the terminal: what the Code asks, which checks look at it, and where it leads in CMMI.

Pure text in, text out: the caller hands in the checks and the catalogue, and prints what comes back. The
output is plain ASCII, so that any terminal and any encoding can show it.

A page is made as logical lines of any length; `_finish` wraps each at its own indentation. A line that starts
with RAW stays as it is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from sscop.catalogue import Claim, Cmmi, Code, CrosswalkEntry, PracticeArea, Principle, Theme
from sscop.check import Check
from sscop.model import Role

WIDTH = 88

RAW = "\0"

SCOPES = {
    "organisation": "the organisation; one answer holds for all its products",
    "product": "the product; one answer holds for all its repositories",
    "repository": "each repository by itself",
}

REACH = {
    "high": "most of it",
    "partial": "part of it",
    "none": "nothing that settles it; it takes a declaration or a record kept elsewhere",
}

ASCII = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- ")
"""Quotation marks, dashes and the hard space of typography, and what stands for them here."""


def listing(checks: Sequence[Check], code: Code, width: int = WIDTH) -> str:
    """List all themes, principles and claims of an edition with the checks that look at them."""
    best = [_roles(slug, checks) for slug in code.claims]
    counts = [sum(map(bool, best)), sum(Role.ESTABLISHES in roles for roles in best)]
    head = (
        f"{code.edition.title}, edition {code.edition.id}: {len(code.themes)} themes, "
        f"{len(code.principles)} principles, {len(code.claims)} claims. Claims that a check can establish: "
        f"{counts[1]}; that checks only support: {counts[0] - counts[1]}; without a check: "
        f"{len(best) - counts[0]}."
    )
    lines = [head]
    for theme in code.themes.values():
        lines += ["", *_title(f"{theme.number} {theme.title}"), *_outlines(theme, checks, code)]
    loose = [c for c in checks if not c.principles and not code.claims.keys() & c.claims.keys()]
    if loose:
        lines += ["", *_title("Checks of no single principle"), ""]
        lines += [f"  - {c.id}: {c.title}" for c in loose]
    return _finish(lines, code, width)


def explain(
    topic: str,
    checks: Sequence[Check],
    code: Code,
    cmmi: Cmmi,
    crosswalk: Sequence[CrosswalkEntry],
    width: int = WIDTH,
) -> str:
    """Explain a check (id), claim (slug or number), principle or theme (number) or practice area (code).

    A word that names two of them, such as a check and a claim, gets both pages. Raises LookupError, with what
    comes near, for a word that names none.
    """
    topic = topic.strip()
    pages = [_check(check, code, cmmi) for check in checks if check.id == topic]
    claims = [claim for claim in code.claims.values() if topic in (claim.slug, claim.number)]
    pages += [_claim(claim, checks, code, cmmi) for claim in claims]
    if principle := code.principles.get(topic):
        pages.append(_principle(principle, checks, code, crosswalk))
    if theme := code.themes.get(topic):
        pages.append(_theme(theme, checks, code))
    if area := cmmi.areas.get(topic.upper()):
        pages.append(_area(area, code, cmmi))
    if not pages:
        raise LookupError(_suggest(topic, checks, code, cmmi))
    return _finish([line for page in pages for line in ("", *page)][1:], code, width)


def _check(check: Check, code: Code, cmmi: Cmmi) -> list[str]:
    lines = [*_title(f"{check.id}: {check.title}"), "", *_prose(check.doc)]
    if check.options:
        lines += ["", *_title(f"Options (checks.{check.id} in .sscop.yaml)", "-"), ""]
        lines += [f"  - {key}: {what}" for key, what in check.options.items()]
    lines += ["", *_title("Claims", "-"), ""]
    claims = {code.claims[slug]: role for slug, role in check.claims.items() if slug in code.claims}
    lines += [f"  {role.value} {_name(claim)}: {claim.statement}" for claim, role in claims.items()]
    if not claims:
        lines.append("  Tied to no single claim.")
    lines += [f"  advice under {n} {code.principles[n].title}" for n in check.principles]
    return [*lines, *_areas([*claims], cmmi)]


def _claim(claim: Claim, checks: Sequence[Check], code: Code, cmmi: Cmmi) -> list[str]:
    principle = code.principles[claim.principle]
    lines = [*_title(_name(claim)), "", claim.statement, ""]
    lines += [
        f"Principle {principle.number}: {principle.title}",
        f"Answered for: {SCOPES[claim.scope]}.",
        f"Usual evidence: {claim.evidence_typical}.",
        f"Files in a repository can show: {REACH[claim.reach]}.",
        f"Wording: ours. The official claim is {claim.status}: {claim.verification}.",
    ]
    lines += [] if claim.in_template else ["The self-assessment form of May 2025 does not list it."]
    lines += [f"Number: {claim.number_note}."] if claim.number_note else []
    lines += ["", *_title("Checks", "-"), ""]
    found = [check for check in checks if claim.slug in check.claims]
    lines += [f"  {check.claims[claim.slug].value}: {check.id}: {check.title}" for check in found]
    if not found:
        lines.append("  No check here yet: the claim is not assessed, and people must answer it.")
    elif Role.ESTABLISHES not in _roles(claim.slug, checks):
        lines.append("  Supporting checks help; people must complete the answer.")
    return [*lines, *_areas([claim], cmmi)]


def _principle(
    principle: Principle, checks: Sequence[Check], code: Code, crosswalk: Sequence[CrosswalkEntry]
) -> list[str]:
    theme = code.themes[principle.theme]
    lines = [*_outline(principle, checks, code), "", f"Theme {theme.number}: {theme.title}"]
    lines += ["", *_title("Guidance (advice, in our words)", "-"), ""]
    lines += [f"  - {point}" for point in principle.guidance]
    if principle.notes:
        lines += ["", *_title("Notes", "-"), "", *(f"  - {note}" for note in principle.notes)]
    found = [entry for entry in crosswalk if entry.principle == principle.number]
    if found:
        lines += ["", *_title("Elsewhere (signposts: confidence, origin, basis)", "-"), ""]
    for entry in found:
        ref = entry.ref if entry.ref.startswith(entry.framework) else f"{entry.framework} {entry.ref}"
        lines.append(f"  - {ref}: {entry.about} ({entry.confidence}, {entry.status}; {entry.basis})")
    return lines


def _theme(theme: Theme, checks: Sequence[Check], code: Code) -> list[str]:
    lines = [*_title(f"{theme.number} {theme.title}"), "", theme.aim, "", code.edition.responsible]
    lines += ["", "Answered by:"]
    for audience in code.audiences:
        if theme.number in audience.themes:
            lines.append(f"  - {audience.who}" + (f" ({audience.note})" if audience.note else ""))
    return [*lines, *_outlines(theme, checks, code)]


def _area(area: PracticeArea, code: Code, cmmi: Cmmi) -> list[str]:
    lines = [*_title(f"{area.code} {area.name}"), ""]
    lines.append(f"{cmmi.version} practice area, domain {area.domain}. In our words: {area.description}.")
    lines += ["", *_title("Claims that lead here", "-"), ""]
    for slug, claim in code.claims.items():
        lines += [f"  - {_name(claim)}: {link.why}" for link in cmmi.links[slug] if link.area == area.code]
    if area.code in cmmi.unreached:
        lines.append(f"  None. {cmmi.unreached[area.code]}")
    if area.code in cmmi.cross_cutting:
        lines.append(f"  - all claims: {cmmi.cross_cutting[area.code]}")
    return [*lines, "", cmmi.statement]


def _areas(claims: Sequence[Claim], cmmi: Cmmi) -> list[str]:
    """Say where these claims lead in CMMI, and with what right; nothing when there are none."""
    if not claims:
        return []
    lines = ["", *_title(f"{cmmi.version} practice areas", "-"), ""]
    for claim in claims:
        source = f", for {claim.slug}" if len(claims) > 1 else ""
        lines += [f"  {link.area} {cmmi.areas[link.area].name}{source}: {link.why}" for link in cmmi.links[claim.slug]]
    return [*lines, "", cmmi.statement]


def _outlines(theme: Theme, checks: Sequence[Check], code: Code) -> list[str]:
    outlines = (_outline(code.principles[number], checks, code) for number in theme.principles)
    return [line for outline in outlines for line in ("", *outline)]


def _outline(principle: Principle, checks: Sequence[Check], code: Code) -> list[str]:
    """A principle with its claims, the checks for each, and the checks that only give advice."""
    lines = [f"{principle.number} {principle.title}"]
    for slug in principle.claims:
        lines.append(f"  {_name(code.claims[slug])}: {code.claims[slug].statement}")
        roles = _roles(slug, checks)
        lines += [f"        {role.value}: {', '.join(roles[role])}" for role in Role if role in roles]
        lines += [] if roles else ["        no check here yet: not assessed"]
    advice = [check.id for check in checks if principle.number in check.principles]
    return lines + ([f"  advice: {', '.join(advice)}"] if advice else [])


def _roles(slug: str, checks: Sequence[Check]) -> dict[Role, list[str]]:
    """The ids of the checks for a claim, by role; a role that no check has is left out."""
    found: dict[Role, list[str]] = {}
    for check in checks:
        if slug in check.claims:
            found.setdefault(check.claims[slug], []).append(check.id)
    return found


def _suggest(topic: str, checks: Sequence[Check], code: Code, cmmi: Cmmi) -> str:
    import difflib

    names = {check.id for check in checks} | {*code.claims, *code.principles, *code.themes}
    names |= {claim.number for claim in code.claims.values()}
    shown = {name: name for name in names} | {area.lower(): area for area in cmmi.areas}
    near = [shown[name] for name in difflib.get_close_matches(topic.lower(), sorted(shown))]
    hint = f"did you mean {', '.join(near)}?" if near else "`sscop list` shows what there is"
    return f"nothing here is called {topic!r}: {hint}"


def _name(claim: Claim) -> str:
    return f"{claim.number} {claim.slug} ({claim.scope})"


def _title(text: str, line: str = "=") -> list[str]:
    return [RAW + text, line * len(text)]


def _prose(text: str) -> list[str]:
    """A check's page as logical lines: paragraphs and list items flow; headings, tables and code stay."""
    lines: list[str] = []
    for n, part in enumerate(re.split(r"^(```.*?^```)$", text, flags=re.DOTALL | re.MULTILINE)):
        part = part if n % 2 else re.sub(r"^(\S.*\n-+)\n", r"\1\n\n", part, flags=re.MULTILINE)
        for block in [part] if n % 2 else re.split(r"\n\s*?\n", part.strip("\n")):
            if n % 2 or re.match(r" |\||.+\n-+$", block):
                lines += ["", *(RAW + line for line in block.split("\n"))]
            elif block.strip():
                items = re.split(r"\n(?=\s*(?:[-*]|\d+\.) )", block)
                lines += ["", *(re.sub(r"\s*\n\s*", " ", item) for item in items)]
    return lines[1:]


def _finish(lines: Iterable[str], code: Code, width: int) -> str:
    """Wrap every line, hanging under its first words; add the source; words stay whole."""
    done: list[str] = []
    for line in [*lines, "", f"{code.edition.title}, edition {code.edition.id}. {code.edition.attribution}"]:
        bullet = re.match(r"(\s*)((?:[-*]|\d+\.) )?", line)
        indent, mark = (bullet[1], bullet[2] or "") if bullet else ("", "")
        hang = " " * (len(indent) + (len(mark) or (4 if indent else 0)))
        wrapped = textwrap.wrap(line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
        done += [line[1:]] if line.startswith(RAW) else wrapped or [""]
    return "\n".join([*done, ""]).translate(ASCII).encode("ascii", "replace").decode("ascii")
