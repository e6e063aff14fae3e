"""Small repositories that release something."""

from __future__ import annotations

from collections.abc import Mapping

from sscop.artefacts.releases import Releases, releases
from sscop.repository import Repository

TAG = 'push: {tags: ["v*"]}'


def workflow(*steps: str, on: str = TAG, job: str = "", name: str = "release.yml") -> dict[str, str]:
    """A workflow of one job."""
    listed = "".join(f"      - {step}\n" for step in steps)
    return {f".github/workflows/{name}": f"on: {{{on}}}\njobs:\n  a:\n    runs-on: x\n{job}    steps:\n{listed}"}


def held(files: Mapping[str, str]) -> Releases:
    """What is told of a repository's releases."""
    return Repository.of(files).once(releases)
