"""Results of hardening assessments, format by format: what was assessed by which benchmark, when, and what came out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename

from sscop.artefacts.hardening_results.model import Result
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

LIMIT, YAML_LIMIT = 8 << 20, 1 << 20
"""Bytes of a file that are read: results of one machine have one to five million."""
MANY = 200
"""Files that are read."""

Reader = Callable[[str], tuple[Result, ...]]
GLOBS = (
    *("**/*.ckl", "**/*.cklb", "**/*{xccdf,arf,openscap,oscap,scap,cis-cat}*.xml"),
    "**/*{inspec,hdf,kube-bench,kubebench,docker-bench,assessment-results,assessment_results,stig,cis}*.json",
    *("**/*assessment-results*.{xml,yml,yaml}", "**/lynis*.dat", "**/*{xccdf,openscap,oscap}*.html"),
)
_CHECKLISTS = (".ckl", ".cklb")
"""Names that promise a result."""
_FORM = lazily(r"(?:template|sample|example|mock|dummy)[^/]*$", re.IGNORECASE)


def hardening_results(repo: Repository, named: Iterable[str] = ()) -> list[tuple[str, tuple[Result, ...]] | Unread]:
    """The results in a repository, file by file; `named` are further files that somebody says are results.

    A file of such a name and another format is left out, unless it is named. A report for people to read is told of
    only where nothing else is found.
    """
    found: list[tuple[str, tuple[Result, ...]] | Unread] = []
    wanted = [path for path in named if repo.has(path)]
    for path in dict.fromkeys([*wanted, *_counted(repo)]):
        reader, limit = _reader(path)
        results = repo.parse(path, reader, limit) if reader else ()
        if isinstance(results, Unread):
            found += [] if repo.gone(results) else [results]
        elif results or path in wanted:
            found.append((path, results))
        elif path.lower().endswith(_CHECKLISTS):
            found.append(Unread(path, "is no checklist as STIG Viewer writes it"))
    if any(not isinstance(one, Unread) for one in found):
        return [one for one in found if not (isinstance(one, Unread) and one.path.endswith(".html"))]
    return found


def _counted(repo: Repository) -> Iterator[str]:
    for i, path in enumerate(repo.find(*GLOBS, family=Family.MADE)):
        why = "one of too many to read" if i >= MANY else "an example or template" if _FORM.search(path) else ""
        if why:
            repo.not_counted[path] = why
        else:
            yield path


def _reader(path: str) -> tuple[Reader | None, int]:
    name = basename(path).lower()
    if name.endswith((".ckl", ".xml")):
        from sscop.artefacts.hardening_results import markup

        return markup.load, LIMIT
    if name.endswith((".cklb", ".json", ".sarif")):
        from sscop.artefacts.hardening_results import data

        return data.load, LIMIT
    if name.endswith((".yml", ".yaml")):
        from sscop.artefacts.hardening_results import data

        return data.load_yaml, YAML_LIMIT
    if name.endswith(".html"):
        return _page, LIMIT
    if name.endswith(".dat"):
        from sscop.artefacts.hardening_results import lynis

        return lynis.load, LIMIT
    return None, 0


def _page(source: str) -> tuple[Result, ...]:
    if "OpenSCAP" in source or "XCCDF" in source:
        raise Malformed("is a report for people to read; the results (XML) that it was made from are not here", 1)
    return ()
