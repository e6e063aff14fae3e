"""The product ships without default or persistent passwords.

Why
---
A password that everybody can read in an image, a chart or a manual is no password: lists of them are what botnets try
first, and most installations never change it. The Code asks for none, neither at first login nor for good.

What counts
-----------
What ships or is deployed, at the line that holds a password in clear text:

- images: `ENV` in the stages that the image is made of, `chpasswd`, `useradd -p`, `htpasswd -b`;
- compose files that users or servers run: named so (`docker-compose.prod.yml`, `deploy/`), said so in their first
  comment, or brought up by the instructions to install, with their `env_file`s. A `docker-compose.yml` that only
  developers use is left alone;
- Helm values and Kubernetes Secrets, Terraform variables and attributes, Ansible defaults and group variables;
- configuration: Spring, .NET, Django and Flask settings (`SECRET_KEY` too), Rails' production section, Laravel,
  `process.env.X || "..."` in a Node configuration, `conf/*.ini`;
- the README and pages about installing, logging in and configuring that print a first password ("log in as `admin` with
  password ...").

A default that stands in where the environment gives no value (`${SECRET_KEY:-changeme}`) counts: it works unless
somebody acts. No findings: references (`${X}`, `{{ }}`, `_FILE`), empty values, placeholders such as `<password>`,
files for tests, examples, continuous integration and development (`application-dev.yml`, `.env.example`).

Advice, which never fails: a password for a database on `localhost`, seed data, and a documented first password that
the product makes people change.

Values are never shown. What a running product does is not seen here: this check supports the claim, a test of an
installation completes it.

How to fix
----------
Ask for the value and stop without it, or make a random one at installation:

    POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it in .env}        # compose
    {{ .Values.adminPassword | default (randAlphaNum 24) }}        # Helm, kept with lookup
    SECRET_KEY = os.environ["SECRET_KEY"]                          # Django
    spring.datasource.password=${DB_PASSWORD}                      # Spring, without a default

Give secrets as files or from a vault (`POSTGRES_PASSWORD_FILE`, `valueFrom.secretKeyRef`), let the first administrator
choose a password, and change the ones that were published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sscop.artefacts.credentials.model import Credential
from sscop.artefacts.credentials.search import Looked, facts
from sscop.artefacts.credentials.statements import Statement, statements
from sscop.check import SUPPORTS, check
from sscop.model import Because, Evidence, Finding, Kind, Unread, met, not_applicable, unmet
from sscop.repository import Repository


@check(title="The product has no default passwords", claims={"no-default-passwords": SUPPORTS})
def default_credentials(repo: Repository) -> Iterator[Finding]:
    """One finding for each password that ships or is printed, else what was looked at without finding one."""
    found = list(facts(repo))
    said = list(statements(repo))
    looked = [one for one in found if isinstance(one, Looked) and not one.aside]
    held = [one for one in found if isinstance(one, Credential)]
    printed = [one for one in said if one.fixed]
    made = [Evidence(one.path, one.line, "a first password is made or chosen") for one in said if not one.fixed]
    yield from (one.finding() for one in found if isinstance(one, Unread))
    same: dict[tuple[str, str, str], list[Credential]] = {}
    for one in held:
        same.setdefault((one.path, one.name, one.text), []).append(one)
    yield from map(_held, same.values())
    yield from map(_printed, printed)
    if all(one.local for one in held) and all(one.forced for one in printed):
        if looked or made:
            yield _none(looked, made, sum(isinstance(one, Looked) and one.aside for one in found))
        elif not any(isinstance(one, Unread) for one in found):
            yield not_applicable("nothing-ships", "found no image, compose file, chart or configuration that ships")


def _held(found: list[Credential]) -> Finding:
    """One finding for a file that gives a variable the same value at several lines."""
    one = found[0]
    if not one.text:
        said = f"`{one.name}` lets people in without a password: {one.where}"
    else:
        verb = "falls back to" if one.fallback else "has"
        said = f"`{one.name}` {verb} a fixed value in {one.where}"
    code, kind = ("local-password", Kind.ADVICE) if one.local else ("default-password", Kind.CLAIM)
    return unmet(
        code,
        said,
        *(Evidence(one.path, also.line) for also in found),
        because=Because.CONTRADICTED,
        kind=kind,
        subject=one.name,
        key=one.name,
        fix="take it from the environment, a file or a vault and stop without it, or make a random one",
    )


def _printed(one: Statement) -> Finding:
    said = "a first password is printed here" + (", which the product makes people change" if one.forced else "")
    return unmet(
        "documented-password",
        said,
        Evidence(one.path, one.line),
        because=Because.CONTRADICTED,
        kind=Kind.ADVICE if one.forced else Kind.CLAIM,
        key=one.path,
        fix="let the first administrator choose the password, or make a random one at installation",
    )


def _none(looked: list[Looked], made: list[Evidence], aside: int) -> Finding:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(one.kind for one in looked).items()))
    places = f"found no default password in what ships: {kinds}" if looked else "found no default password in documents"
    left = f"; compose files with one that nothing here deploys with: {aside}" if aside else ""
    return met("no-default-password", places + left, *made[:3], *(Evidence(one.path) for one in looked[:5]))
