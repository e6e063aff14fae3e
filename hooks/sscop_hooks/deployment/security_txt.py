"""A security.txt says where to report vulnerabilities, and it has not expired.

Why
---
Researchers and their tools look for `/.well-known/security.txt` before anything else. One that expired, or whose
address leads nowhere, tells them that nobody is looking.

What counts
-----------
Files named `security.txt` that a site serves (in `public/`, `static/` ... below `.well-known/`, or at the root, which
is the older place), read as RFC 9116 says, each problem at its line:

- `Contact`: one or more, each a URI (`mailto:`, `https:`, `tel:`); reserved domains, placeholders and public issues do
  not count;
- `Expires`: exactly one, a date and time of RFC 3339 that has not passed; more than a year ahead is advice;
- `Encryption`, `Acknowledgments`, `Canonical`, `Policy`, `Hiring`: URIs, and never `http:`;
- `Preferred-Languages`: at most one; `CSAF`: the address of a `provider-metadata.json`;
- unknown fields are ignored; a line that is neither field nor comment is a problem.

A file with an OpenPGP cleartext signature is read through it; the signature is not verified. `Policy` establishes that
a policy is published, as far as files tell: the page is not looked at.

A file made by a template is judged by what stands in it, and its expiry is unknown. One that code makes (a route, a
controller, a handler) or redirects is unknown; the fields that the code names are told. Files of tests
and of vendored code do not count.

None at all is advice where there is a disclosure policy, and never a gap: a library without a site needs none.

How to fix
----------
Serve this at `/.well-known/security.txt`, and put the day before it expires into your calendar:

    Contact: mailto:security@<your domain>
    Expires: 2027-09-01T00:00:00Z
    Policy: https://<your domain>/security-policy
    Preferred-Languages: en
    Canonical: https://<your domain>/.well-known/security.txt
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sscop.artefacts.disclosure.texts import find
from sscop.artefacts.nodes import Node
from sscop.artefacts.security_txt_files import files
from sscop.check import ESTABLISHES, check
from sscop.judgement.published import PUBLISHED, published
from sscop.judgement.security_txt import differing, judge, made, policy
from sscop.model import Because, Evidence, Finding, Kind, Outcome, not_applicable, unmet
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="A security.txt follows RFC 9116 and has not expired",
    claims={"vdp-published": ESTABLISHES, "vdp-confidential": ESTABLISHES},
    options=PUBLISHED,
)
def security_txt(repo: Repository, settings: Mapping[str, Node], today: date, platform: Platform) -> Iterator[Finding]:
    """Each problem of each file; else the channel and the policy that they name; else that there is none."""
    found = repo.once(files)
    yield from (one.finding() for one in found.unread)
    for one in found.served:
        problems = list(judge(one, today))
        yield from problems
        named = policy(one)
        if named is not None and not any(_is_gap(problem) for problem in problems):
            yield published(named, platform, settings)
    if found.served:
        yield from differing(found.served)
    else:
        yield from map(made, found.made[:1])
    if not (found.served or found.made or found.unread):
        yield _none(repo)


def _is_gap(problem: Finding) -> bool:
    return problem.outcome is Outcome.UNMET and problem.kind is Kind.CLAIM


def _none(repo: Repository) -> Finding:
    policies = repo.once(find).texts
    if not policies:
        return not_applicable("no-file", "found no security.txt, and no disclosure policy that it could lead to")
    said = "found no security.txt; where the product has a web site, it leads researchers to the policy"
    place = Evidence(policies[0].path, policies[0].line)
    return unmet(
        "no-file", said, place, because=Because.ABSENT, kind=Kind.ADVICE, fix="serve /.well-known/security.txt"
    )
