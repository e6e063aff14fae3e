"""The product has a threat model that is its own, answered and current.

Why
---
Threat modelling asks, before an attacker does, how the software could be abused, and decides what to do about it. A
model that is somebody's example, a list of words, or that nobody has looked at since the product changed, answers
nothing.

What counts
-----------
A file is recognised by what is in it, not by its name:

- a text: `THREAT_MODEL.md`, `docs/threat-model.rst`, a section "Threat model" of `SECURITY.md`, the README, an
  architecture document or a self-assessment;
- OWASP Threat Dragon (1 and 2), OWASP Threat Model Library, Open Threat Model (OTM), AWS Threat Composer, Threagile
  with its risk tracking, pytm (read, never run), threatcl (`threatmodel` blocks in HCL; this needs python-hcl2),
  Microsoft `.tm7`, and lists of `threats:` in JSON or YAML.

Looked for in it: at least five threats of this product, each with an answer; what is to be protected; trust boundaries
or data flows; a status for each threat; assumptions or what is out of scope; an owner; the date of the last review.
Two or more of these not seen is partly met, each with advice. "Recommended", "planned" and "partly mitigated" are open,
not mitigated. A high threat that is open needs a ticket or an acceptance: without one, it is advice at its line.

It speaks of this product: its components, paths, interfaces. A template, an example that came with a tool, threats that
the tool proposed and nobody decided on, or fewer than five threats is inadequate. Tests, examples, templates, vendored
code and instructions for assistants do not count; they are named beside the finding.

It is current for 12 months after the review that it states (`max-age`), else after the file's last change. If it says
what code it covers (`Covers: src/auth/**`, pytm's `sourceFiles`, or the setting), a change of that code after the
review is advice to look again.

How to fix
----------
An hour is enough for a first one. Take the people who know the system, draw what talks to what, mark where trust
changes, and ask at each crossing what somebody hostile could do: pretend, change, deny, read, block, gain rights.
Write down the five that matter most:

    # Threat model of Acme Billing
    Owner: billing team
    Last reviewed: 2026-09-01
    Covers: src/billing/**

    ## Assets
    - Card tokens in the `payments` table; the signing key of `invoiced`
    ## Trust boundaries
    - Browser to `api-gateway`: everything from the browser is untrusted
    ## Out of scope
    - The card processor's own systems
    ## Threats
    | ID | Threat | Severity | Mitigation | Status |
    |---|---|---|---|---|
    | T1 | A customer reads another one's invoice by its number | high | `authorize()` checks the owner | mitigated |
    | T2 | A stolen webhook secret forges payments | high | Rotation every 90 days, #214 | open |

Then keep it true: review it when an interface, a supplier or the way of signing in changes, and at least once a year.
Settings: `checks: {threat-model: {paths: "security/*.json", covers: "src/**", max-age: 12 months}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.nodes import Node, text, texts
from sscop.artefacts.prose.quantities import months
from sscop.artefacts.threat_models import in_other_texts, threat_models
from sscop.check import ESTABLISHES, check
from sscop.judgement.age import age
from sscop.judgement.threat_model import is_good, judge, ranked
from sscop.judgement.threat_models import contradictions, elsewhere
from sscop.judgement.threat_wording import none, standing
from sscop.model import Because, Evidence, Finding, Kind, unknown, unmet
from sscop.repository import Repository


@check(
    title="The product has a threat model, its own and current",
    claims={"threat-modelled": ESTABLISHES},
    options={
        "paths": "a glob of further files that are threat models",
        "covers": "a glob of the code that the threat model is about",
        "max-age": "how long a review holds (12 months)",
    },
)
def threat_model(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What the models amount to, what each lacks, where they contradict, and whether they are current."""
    limit = months(text(settings.get("max-age")) or "12 months")
    if limit is None:
        yield unknown("setting", "`max-age` is a length of time, such as 12 months")
        return
    found = threat_models(repo, texts(settings.get("paths")))
    others = elsewhere(found.models)
    judged = ranked(judge(one) for one in found.models if one.path not in others)
    if not any(map(is_good, judged)):
        more = in_other_texts(repo)
        found = found._replace(unread=found.unread + more.unread)
        judged = ranked([*judged, *map(judge, more.models)])
    good = list(filter(is_good, judged))
    yield from (one.finding() for one in found.unread)
    if not good:
        yield from none(found, judged, others)
    for n, one in enumerate(good):
        yield from standing(one)
        model = one.model
        covers = [str(glob) for glob in texts(settings.get("covers"))] + [glob.text for glob in model.covers]
        stated = model.reviewed.day if model.reviewed else None
        place = Evidence(model.path, model.reviewed.line if model.reviewed else model.line)
        kind = Kind.ADVICE if n else Kind.CLAIM  # where several are kept, the best one answers for the claim
        current = age(stated, model.path, covers, today, limit, repo.find, repo.last_change)
        yield from current.findings(place, kind)
    for said in contradictions(judged):
        place = Evidence(said.path, said.line)
        yield unmet(
            "contradiction", said.text, place, because=Because.CONTRADICTED, subject=said.subject, key=said.subject
        )
