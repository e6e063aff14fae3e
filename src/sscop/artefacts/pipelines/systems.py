"""The systems whose pipelines are read: a reader is imported only where its system has a file."""

from __future__ import annotations

from importlib import import_module

from sscop.artefacts.pipelines.model import Pipeline
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

AZURE = (
    "**/*azure-pipelines*.{yml,yaml}", "**/*azure-pipeline.{yml,yaml}", "**/azure-pipelines/**/*.{yml,yaml}",
    ".azure*/**/*.{yml,yaml}", ".{ado,pipelines,vsts}/**/*.{yml,yaml}", "**/pipelines/**/*.{yml,yaml}",
    ".vsts-*.{yml,yaml}", "azure/*pipeline*.{yml,yaml}", "**/azure-*pipeline*.{yml,yaml}",
)  # fmt: skip
_SYSTEMS = {
    "github": (".github/workflows/*.{yml,yaml}",),
    "gitlab": (".gitlab-ci.{yml,yaml}",),
    "azure": AZURE,
    "circleci": (".circleci/*.{yml,yaml}",),
}


def pipelines_of(repo: Repository) -> tuple[tuple[Pipeline, ...], tuple[Unread, ...]]:
    """The pipelines of all systems that are read, and the files of these that could not be."""
    found: list[Pipeline] = []
    unread: list[Unread] = []
    for system, globs in _SYSTEMS.items():
        if repo.find(*globs, family=Family.TOOLS if system == "azure" else None):
            pipelines, problems = import_module(f"sscop.artefacts.pipelines.{system}").pipelines(repo)
            found += (one._replace(branch=repo.facts.branch) for one in pipelines)
            unread += problems
    return tuple(found), tuple(unread)
