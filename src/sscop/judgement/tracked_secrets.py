"""Findings on secrets that are tracked in clear text: keys and login files, and `.env` files."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts import env_files, keys
from sscop.artefacts.keys import State
from sscop.judgement.secrets import aside, for_development, is_example, is_real, is_secret
from sscop.model import Because, Evidence, Finding, Kind, Unread, unmet
from sscop.repository import Repository

FIX = "replace the secret, then remove the file from the repository and keep it in a vault"


def tracked(repo: Repository) -> Iterator[Finding]:
    """Each private key and login file in clear text; what lies among tests and examples is noted as not counted."""
    for path in repo.find(*keys.GLOBS):
        data = repo.read(path)
        for held in keys.read(path, data) if isinstance(data, bytes) else ():
            reason = aside(path)
            if reason and held.state is not State.SEALED:
                repo.not_counted[path] = f"{held.what} ({reason})"
            elif held.state is not State.SEALED:
                yield _kept(path, held)


def _kept(path: str, held: keys.Material) -> Finding:
    soft = held.state in (State.STORE, State.HASHED) or for_development(path)
    code, kind = ("key-for-development", Kind.ADVICE) if soft else ("tracked-secret", Kind.CLAIM)
    said = f"tracked here: {held.what}, {held.state.value}"
    place = Evidence(path, held.line)
    return unmet(code, said, place, because=Because.CONTRADICTED, kind=kind, key=held.what, fix=FIX)


def variables(repo: Repository) -> Iterator[Finding]:
    """Each `.env` file with secrets in it: certain where a value looks made by a machine, advice where invented."""
    for path in repo.find(*env_files.GLOBS):
        given = () if is_example(path) else repo.parse(path, env_files.load)
        held = [] if isinstance(given, Unread) else [one for one in given if is_secret(one.name, one.value)]
        real = [one for one in held if is_real(one.value)]
        if not held:
            continue
        if aside(path):
            repo.not_counted[path] = f"variables that look secret ({aside(path)})"
            continue
        certain = bool(real) and not for_development(path)
        names = ", ".join(f"`{one.name}`" for one in (real or held)[:5])
        said = f"tracked here in clear text: {names}" + ("" if real else "; the values look invented")
        code, kind = ("tracked-secret", Kind.CLAIM) if certain else ("tracked-variables", Kind.ADVICE)
        place = Evidence(path, (real or held)[0].line)
        yield unmet(code, said, place, because=Because.CONTRADICTED, kind=kind, key="env", fix=FIX)
