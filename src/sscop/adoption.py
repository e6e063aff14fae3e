"""Day one: the files that `sscop init` proposes, and what to do first. Nothing here writes, asks or reads the clock.

A repository that adopts sscop has debts. They are recorded once, with an end date each, so that the next commit passes
and every later one is held to what is new; no claim is answered for anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sscop.artefacts.prose.dates import months_after
from sscop.catalogue import Claim
from sscop.exceptions import BASELINE
from sscop.lazy import NamedTuple
from sscop.model import Because, Outcome, Status
from sscop.report import Report, Reported
from sscop.repository.places import DECLARED
from sscop.repository.text import printable

FIRST = 5
"""How many things to do first are named."""

MONTHS = {Because.CONTRADICTED: 1, Because.INADEQUATE: 3, Because.ABSENT: 6}
"""How long a debt may stand: what was seen to be wrong the shortest, what is only not there yet the longest."""

HOOK = """\
repos:
  - repo: https://github.com/OWNER/sscop
    rev: <40-hex commit>  # v0.1.0
    hooks: [{id: sscop}]
"""
WORKFLOW = """\
on: pull_request
permissions: {}
jobs:
  sscop:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      pull-requests: write   # for the comment; leave it out and you get annotations and the summary
    steps:
      - uses: actions/checkout@<40-hex commit>
        with: {persist-credentials: false}
      - uses: OWNER/sscop@<40-hex commit>
"""


class Product(NamedTuple):
    """What only people know of the product; "" where nobody said."""

    name: str
    role: str = "developer"
    delivery: str = ""
    visibility: str = ""
    owner: str = ""
    vendor: str = ""


_HINTS = {
    "vendor": "who answers for it, as customers know them",
    "delivery": "[container, package, saas ...]; what does not reach customers that way does not apply",
    "visibility": "public, or private; in a private repository nothing is published",
    "senior-responsible-owner": "the role, not the person",
}
"""Keys that were not answered stay in the file as a comment, for reports and some claims wait for them."""


def configuration(product: Product) -> str:
    """The text of `.sscop.yaml`."""
    delivery = [one.strip() for one in product.delivery.split(",") if one.strip()]
    lines = {
        "name": product.name,
        "vendor": product.vendor,
        "role": product.role,
        "delivery": delivery,
        "visibility": product.visibility,
        "senior-responsible-owner": product.owner,
    }
    said = [
        f"  {key}: {json.dumps(value, ensure_ascii=False)}" if value else f"  # {key}: {_HINTS[key]}"
        for key, value in lines.items()
        if value or key in _HINTS
    ]
    return "\n".join(
        [
            "# What sscop is told about this repository. JSON Schema: docs/schema/sscop.yaml.schema.json of sscop.",
            "version: 1",
            "product:",
            *said,
            "fail-on: gap   # what is unmet fails, but for what a waiver or the baseline lets stand until a day",
            "",
        ]
    )


def baseline(debts: Sequence[Reported], today: date) -> str:
    """The text of `assessment/baseline.yaml`: every unmet claim finding of today, with the day by which it ends."""
    head = (
        "# Debts of the day sscop was adopted. Each fails nothing until its day. Mend one and delete its entry;\n"
        "# add none: a later exception is a waiver in .sscop.yaml, with a reason and an owner.\n"
    )
    lines = [f"{head}version: 1", f"adopted: {today}", "debts:" if debts else "debts: []"]
    for one in debts:
        where = printable(one.path) + (f":{one.line}" if one.line else "")
        fields = {
            "fingerprint": one.fingerprint,
            "check": one.check,
            "code": one.code,
            **({"key": one.key} if one.key else {}),
            **({"where": where} if where else {}),
        }
        said = [f"{name}: {json.dumps(printable(value))}" for name, value in fields.items()]
        lines += [f"  - {said[0]}", *(f"    {line}" for line in said[1:]), f"    until: {until(one, today)}"]
    return "\n".join(lines) + "\n"


def until(debt: Reported, today: date) -> date:
    """The day by which a debt ends."""
    return months_after(today, MONTHS[debt.because or Because.INADEQUATE])


def unanswered(claim: Claim) -> str:
    """The text of a claim's declaration that nobody has answered yet."""
    return (
        "---\n"
        "status: not-assessed\n"
        "---\n"
        f"<!-- {claim.number}: {claim.statement}\n"
        f"Answered for the {claim.scope}. To answer: status (met, partly, not-met, not-applicable), accountable,\n"
        f"declared-by and reviewed above, the argument below; see `sscop explain {claim.slug}` and `sscop explain\n"
        "declarations`.\n-->\n"
    )


def first_steps(report: Report) -> list[str]:
    """What closes most, in the order to do it: what was seen to be wrong, then what stands before most gaps."""
    gaps = {claim.slug for claim in report.claims if claim.status is Status.GAP}
    by_check: dict[str, list[Reported]] = {}
    for one in report.findings:
        if one.fails:
            by_check.setdefault(one.check, []).append(one)

    def order(check: str) -> tuple[bool, int, int, str]:
        found = by_check[check]
        seen_wrong = any(one.because is Because.CONTRADICTED for one in found)
        return (not seen_wrong, -len(gaps & {slug for one in found for slug in one.claims}), len(found), check)

    return [_step(by_check[check], gaps) for check in sorted(by_check, key=order)[:FIRST]]


def _step(found: Sequence[Reported], gaps: set[str]) -> str:
    first = min(found, key=lambda one: one.because is not Because.CONTRADICTED)
    claims = len(gaps & {slug for one in found for slug in one.claims})
    counts = [_many(len(found), "finding"), *([_many(claims, "gap")] if claims else [])]
    place = f" ({printable(first.path)}:{first.line})" if first.path and first.line else ""
    fix = f"; {first.fix}" if first.fix else ""
    return f"{first.check} ({', '.join(counts)}): {first.message}{place}{fix}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def advice(
    report: Report, written: Mapping[str, str], kept: Sequence[str], debts: int, ignored: Sequence[str] = ()
) -> Iterator[str]:
    """What `sscop init` says when it is done, line by line; `ignored` are files that git is told to pass over."""
    claims = sum(path.startswith(DECLARED) for path in written)
    others = [path for path in written if not path.startswith(DECLARED)]
    yield from (f"wrote {path}" for path in others)
    if claims:
        yield f"wrote {DECLARED}: {claims} claims, none assessed"
    yield from (f"kept {path}, which was there" for path in kept)
    unknown = sum(one.outcome is Outcome.UNKNOWN for one in report.findings)
    left = len(report.unmet())
    recorded = (
        f"the baseline stays as it is, {_many(left, 'unmet finding')} of today not in it"
        if BASELINE in kept
        else f"{_many(debts, 'debt')} recorded in the baseline"
    )
    yield f"{recorded}; {unknown} unknown, which are no debts and no passes"
    if steps := first_steps(report):
        yield ""
        yield "What to do first:"
        yield from (f"  {n}. {step}" for n, step in enumerate(steps, 1))
    yield ""
    yield f"Then: git add {'-f ' if ignored else ''}.sscop.yaml assessment"
    if ignored:
        yield f"  (-f because .gitignore names {', '.join(ignored)}, and what git does not track does not count)"
    yield ""
    yield "At each commit, in .pre-commit-config.yaml (OWNER: the account of sscop):"
    yield from (f"  {line}" for line in HOOK.splitlines())
    yield ""
    yield "On pull requests, in .github/workflows/sscop.yml:"
    yield from (f"  {line}" for line in WORKFLOW.splitlines())
