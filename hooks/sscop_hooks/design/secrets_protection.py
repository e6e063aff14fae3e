"""Secrets are kept out of the repository, and something looks for those that slip in.

Why
---
A key that was committed once is public for good: history keeps it, and people who search for keys are faster than a
clean-up. What finds it before the push costs a second; what keeps keys elsewhere costs nothing at all.

What counts
-----------
*Something looks.* A hook (pre-commit, husky, lefthook) or a pipeline that runs gitleaks, TruffleHog, detect-secrets,
ggshield, git-secrets, Talisman, secretlint or their like, and that can fail: `continue-on-error`, `|| true` and a hook
that is only started by hand stop nothing. A scanner's settings without anything that runs it are only half. Hooks for
one kind of secret (`detect-private-key`) count, with advice. On GitHub the platform itself can scan and refuse pushes;
files do not show that, so where nothing is seen there the answer is "unknown", never "met".

*Nothing is tracked in clear text.* Files that can hold keys are opened, and judged by content: private keys (PEM,
OpenSSH, OpenPGP, PuTTY), service accounts' keys, kubeconfigs, `.netrc`, `.pgpass`, tokens in `.npmrc`, Terraform state,
and `.env` files with passwords or tokens in them.

No findings: public keys and certificates; what is encrypted (a passphrase, Ansible Vault, sops, git-crypt, age, sealed
secrets, Rails credentials); `.env.example` and its like; settings that are public by their name (`VITE_...`). Keys
among tests, examples and documentation are not counted, and named in the report.

Advice, which never fails: a key for `localhost` or for development, values in a `.env` that look invented
(`postgres`), key stores, hashed passwords, and entries of a baseline that nobody judged.

How to fix
----------
    repos:
      - repo: https://github.com/gitleaks/gitleaks
        rev: <40-hex commit>  # frozen: v8.28.0
        hooks:
          - id: gitleaks

and the same in a pipeline, for those without hooks. A key that was committed is to be replaced first, then removed;
removing it alone changes nothing. Keep secrets in a vault or in the platform's secrets, `.env` in `.gitignore`, and
make keys for tests when the tests run.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.secret_scans import LIMITED, Baseline, Scans, baselines, scans
from sscop.check import SUPPORTS, check
from sscop.judgement.tracked_secrets import tracked, variables
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.repository import Repository


@check(title="Secrets are kept out, and looked for", claims={"secrets-stored-securely": SUPPORTS})
def secrets_protection(repo: Repository) -> Iterator[Finding]:
    """What looks for secrets, and each file that holds one in clear text."""
    yield from _scanned(repo, repo.once(scans))
    yield from tracked(repo)
    yield from variables(repo)
    yield from map(_unjudged, filter(lambda one: one.unjudged, baselines(repo)))


def _scanned(repo: Repository, seen: Scans) -> Iterator[Finding]:
    good = [one for one in seen.found if not one.hollow]
    full = [one for one in good if one.tool not in LIMITED]
    places = [Evidence(one.path, one.line, f"{one.tool}, a {one.by}") for one in full or good]
    places += [Evidence(one.path, None, f"entries left out: {one.entries}") for one in baselines(repo)]
    if good:
        tools = ", ".join(sorted({one.tool for one in full or good}))
        yield met("secret-scan", f"secrets are looked for: {tools}", *places[:8])
        if not full and not seen.elsewhere:
            said = f"only one kind of secret is looked for: {tools}"
            fix = "add a scanner for all kinds: gitleaks, TruffleHog or detect-secrets"
            yield unmet("narrow-secret-scan", said, *places[:3], kind=Kind.ADVICE, fix=fix)
        return
    for one in seen.found:
        said, place = f"{one.tool} looks for secrets, and {one.hollow}", Evidence(one.path, one.line)
        fix = "let it fail the commit or the pipeline"
        if one.reports:
            said += "; what becomes of its report is not told here"
            yield unknown("reported-secret-scan", said, place, key=one.tool, fix=fix)
        else:
            yield unmet("hollow-secret-scan", said, place, key=one.tool, fix=fix)
    if not seen.found:
        yield from _none(repo, seen)


def _none(repo: Repository, seen: Scans) -> Iterator[Finding]:
    fix = "run a scanner in a hook and in a pipeline: gitleaks, TruffleHog or detect-secrets"
    unread = [one for one in seen.unread if not repo.gone(one)]
    yield from (one.finding() for one in unread)
    if seen.elsewhere:
        places = [Evidence(one.path, one.line, one.tool) for one in seen.elsewhere[:5]]
        said = (
            "what is called here is named for looking for secrets, or runs many linters, and is in another repository"
        )
        yield unknown("secret-scan-elsewhere", said, *places)
    elif seen.settings:
        said = "a scanner's settings are here; found nothing that runs it"
        yield unknown("secret-scan-settings", said, *map(Evidence, seen.settings[:5]), fix=fix)
    elif repo.find(".github/**") and not unread:
        said = "found no secret scanning in hooks or pipelines; GitHub's own can be on, which files do not show"
        yield unknown("secret-scan-not-seen", said, fix=fix)
    elif not unread:
        yield unmet("no-secret-scan", "found no secret scanning in hooks or pipelines", because=Because.ABSENT, fix=fix)


def _unjudged(one: Baseline) -> Finding:
    said = f"{one.unjudged} of {one.entries} entries of the baseline carry no verdict"
    fix = "`detect-secrets audit` records for each whether it is a secret"
    return unmet("unjudged-baseline", said, Evidence(one.path), kind=Kind.ADVICE, key="baseline", fix=fix)
