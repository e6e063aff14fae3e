"""What is said where there is no tool policy: nothing that lists tools, or a part of one in another notation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.tool_policy import PLACES
from sscop.artefacts.tool_sections import Listed
from sscop.artefacts.tools_in_use import Use
from sscop.judgement.problems import count
from sscop.model import Because, Evidence, Finding, Kind, Outcome, unmet
from sscop.repository import Repository

SHOWN = 20
START = "`sscop tools --output {}` writes one from what is in use; fill in its blanks and git add it"


def absent(repo: Repository, used: Sequence[Use]) -> Finding:
    """Nothing says which tools are allowed, or only a file that is not tracked."""
    if lying := next((path for path in PLACES if repo.untracked(path)), ""):
        said = f"`{lying}` exists but is not tracked by git, so it does not count"
        return unmet("untracked", said, because=Because.ABSENT, kind=Kind.ADVICE, key=lying, fix=f"git add {lying}")
    said = "found no list of the tools and environments that may build this"
    said += f", which uses {_number(used)}" if used else ""
    places = [Evidence(one.path, one.line, f"uses `{one.said}`") for one in used[:1]]
    if taken := [path for path in PLACES if repo.has(path)]:
        said += f"; `{taken[0]}` is none: it has not the keys of one"
        places.insert(0, Evidence(taken[0], 1))
    return unmet("absent", said, *places, because=Because.ABSENT, kind=Kind.ADVICE, fix=_start(repo))


def _start(repo: Repository) -> str:
    """How to begin a policy, at the first place where nothing is."""
    return START.format(next((path for path in PLACES if not repo.has(path)), "FILE"))


def partial(repo: Repository, found: Sequence[Listed]) -> Iterator[Finding]:
    """Lists in other notations: a part of a policy, with what it does not say."""
    for one in found:
        said = f"{one.form} says a part of what may build this"
        said += f" and {one.enforced} enforces it" if one.enforced else "; found nothing that enforces it"
        places = [Evidence(one.path, one.line), *(Evidence(one.path, n, f"`{name[:80]}`") for name, n in one.allows)]
        yield Finding(Outcome.MET, "partial", f"{said}", tuple(places[:SHOWN]), kind=Kind.ADVICE, key=one.form)
    lacks = [name for name in found[0].lacks if all(name in one.lacks for one in found)] if found else []
    if lacks:
        said = f"not said by the list of allowed tools: {', '.join(lacks)}"
        fix = f"add it, or keep the list in a `tool-policy.yaml`: {_start(repo)}"
        yield unmet("partial-lacks", said, Evidence(found[0].path, found[0].line), kind=Kind.ADVICE, fix=fix)


def _number(used: Sequence[Use]) -> str:
    kinds: dict[str, set[str]] = {}
    for one in used:
        kinds.setdefault(one.kind, set()).add(one.name)
    return ", ".join(count(len(names), kind) for kind, names in kinds.items())
