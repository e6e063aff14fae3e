"""The team says which secure development framework it follows, for what, and since when.

Why
---
A framework that is only in people's heads can be neither followed by a newcomer nor checked by a customer. Written
down, with its version and an owner, it is what every other practice hangs on. A table that maps ids to the wrong
practices, or cites files that are not there, is worse than none, because somebody will rely on it.

What counts
-----------
A text or a section that says how this product is developed: a mapping to NIST SSDF, OWASP SAMM or DSOMM, the OSPS
Baseline, Microsoft's SDL, SLSA, S2C2F, BSIMM, CMMI, IEC 62443-4-1, ISO/IEC 27001 or 27034, the NCSC's secure
development principles; a policy of secure development; such a section of `SECURITY.md`, `CONTRIBUTING.md` or a
self-assessment. It is recognised by what it says. Looked at are texts at the root, in `docs/` and `.github/`, and
wherever the path speaks of security, development, assurance and the like; working papers, instructions for
assistants, examples and vendored code are not.

Met: it names a framework and says of three practices or more how they are done here, or describes four or more in
its own words. What is not seen is advice: the framework's name and version, what it applies to, an owner, the date of
the last review, evidence. Evidence that only instructions for assistants give (`CLAUDE.md`) is weak.

Not met: no such text; a template; a sentence that drops a name; a review more than twelve months ago, or past the day
that the text itself sets. A badge of the OpenSSF Best Practices programme links to answers kept elsewhere and names
no framework: it is mentioned, and is not enough.

Where the text points to guidance of the organisation or to a page outside, or where the assessment is kept in a
notation that is not read here (OSCAL, DSOMM, SAMM, OSPS data), the answer is that it could not be told.

Contradicted, each at its line: an id of SSDF that does not exist or stands beside another practice's name; cited
files that are not there; a row called done that says "planned". And, in any of the texts looked at, the UK Software
Security Code of Practice quoted with numbers or titles that it has not; a paraphrase is no error.

How to fix
----------
Write one page, `docs/secure-development.md`, and keep it true:

    # Secure development of Acme Billing
    Applies to: this repository and the images built from it
    Framework: NIST SSDF (SP 800-218) version 1.1
    Owner: engineering lead
    Last reviewed: 2026-09-01

    | Practice | How we do it | Evidence |
    |---|---|---|
    | PO.1 Security requirements | Recorded as issues with the label `security` | [CONTRIBUTING](../CONTRIBUTING.md) |
    | PW.1 Threat modelling | Reviewed at every new interface | [threat model](threat-model.md) |
    | PW.7 Code review and analysis | Two reviewers, static analysis at every change | `.github/workflows/ci.yml` |
    | RV.1 Finding vulnerabilities | Private reports, weekly scan | [SECURITY](../SECURITY.md) |

Settings: `checks: {development-framework: {paths: "handbook/sdl.md", max-age: 12 months}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.frameworks.evidence import evidence
from sscop.artefacts.frameworks.quotes import quoted
from sscop.artefacts.frameworks.statements import statements
from sscop.artefacts.nodes import Node, text, texts
from sscop.artefacts.prose.dates import months_before
from sscop.artefacts.prose.quantities import months
from sscop.check import ESTABLISHES, check
from sscop.judgement.framework_statement import Level, judge, ranked
from sscop.judgement.framework_wording import disagreements, misquoted, none, standing
from sscop.model import Finding, unknown
from sscop.repository import Repository


@check(
    title="The secure development framework is written down",
    claims={"framework-documented": ESTABLISHES},
    options={
        "paths": "a glob of further texts that state the framework",
        "max-age": "how long a review holds (12 months)",
    },
)
def development_framework(repo: Repository, settings: Mapping[str, Node], today: date) -> Iterator[Finding]:
    """What the statements amount to and lack, what in them is not so, and where the Code is misquoted."""
    limit = months(text(settings.get("max-age")) or "12 months")
    if limit is None:
        yield unknown("setting", "`max-age` is a length of time, such as 12 months")
        return
    found = statements(repo, texts(settings.get("paths")))
    judged = ranked(judge(one, list(evidence(repo, one))) for one in found.statements)
    yield from (one.finding() for one in found.unread)
    if judged and judged[0].is_good:
        yield from standing(judged, today, months_before(today, limit))
    else:
        yield from none(repo, found, judged)
    yield from disagreements([one for one in judged if one.level is not Level.GENERAL])
    code = repo.once(quoted)
    if code.quotes:
        from sscop.catalogue import code as edition  # only where a text quotes the Code: it takes reading a file

        titles = {one.number: one.title.rstrip(".") for one in edition().principles.values()}
        yield from misquoted(code.quotes, titles)
