"""Languages that a repository is built with and whose version is stated nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.ecosystems import Ecosystem, manifests
from sscop.artefacts.reference import Reference, Tool
from sscop.lazy import NamedTuple
from sscop.model import Evidence, Finding, Kind, Unread, unmet
from sscop.repository import Repository


class Language(NamedTuple):
    """A language: its manifests, what states its version in them, in a file of its own, and in a reference."""

    name: str
    ecosystems: tuple[Ecosystem, ...]
    in_manifest: str
    files: tuple[str, ...]
    in_reference: str
    fix: str


_LANGUAGES = (
    Language(
        "Node.js",
        (Ecosystem.NPM,),
        r'"(?:engines|volta|devEngines)"\s*:',
        (".nvmrc", ".node-version", ".tool-versions", "mise.toml", ".mise.toml"),
        r"(?i)\bnode",
        "`.nvmrc`, or `engines` in package.json",
    ),
    Language(
        "Python",
        (Ecosystem.PIP, Ecosystem.UV),
        r"(?i)requires-python|python_requires|^\s*python\s*=|python_version|python_full_version",
        (
            ".python-version",
            "runtime.txt",
            ".tool-versions",
            "mise.toml",
            ".mise.toml",
            "Pipfile",
            "tox.ini",
            "setup.cfg",
        ),
        r"(?i)python|pypy|manylinux",
        "`.python-version`, or `requires-python` in pyproject.toml",
    ),
    Language(
        "Ruby",
        (Ecosystem.BUNDLER,),
        r"(?m)^\s*ruby\b|required_ruby_version",
        (".ruby-version", ".tool-versions", "mise.toml", ".mise.toml", "Gemfile.lock"),
        r"(?i)ruby",
        "`.ruby-version`, or `ruby` in the Gemfile",
    ),
)
_STATING = {Tool.TOOLCHAIN, Tool.IMAGE, Tool.HOOK}


def unstated(repo: Repository, references: Iterable[Reference | Unread]) -> Iterator[Finding]:
    """Advice for each language without a stated version, at its first manifest."""
    named = [one.subject for one in references if isinstance(one, Reference) and one.tool in _STATING]
    inventory = repo.once(manifests)
    for language in _LANGUAGES:
        found = [one for one in inventory.of(*language.ecosystems) if not one.folder and one.dependencies]
        if not found or any(repo.has(name) for name in language.files):
            continue
        stated = any(re.search(language.in_reference, subject) for subject in named)
        texts = (repo.text(one.path) for one in found[:20])
        if stated or any(not isinstance(text, Unread) and re.search(language.in_manifest, text) for text in texts):
            continue
        message = f"found no stated version of {language.name}, which this is built with"
        place = Evidence(found[0].path, found[0].line)
        yield unmet("no-version", message, place, kind=Kind.ADVICE, key=language.name, fix=f"state it: {language.fix}")
