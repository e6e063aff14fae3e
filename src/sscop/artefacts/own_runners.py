"""What builds on machines of the owner's own: jobs that ask for them, and what their images are made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.nodes import Entries, Text, items, mapping, text
from sscop.artefacts.pipelines.model import Job, Pipeline, System
from sscop.artefacts.pipelines.systems import pipelines_of
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_RUNNER = lazily(
    r"(?:^|/)(?:actions-runner(?:-[a-z]+)?|github-runner|gitlab-runner|inbound-agent|jnlp-slave)$"
    r"|^(?:jenkins/(?:ssh-)?agent|buildkite/agent|circleci/runner(?:-agent)?)$"
)
"""Images that are a runner, so that what is built from one is a runner too."""
_MADE = lazily(r"(?:^|[/._-])(?:runners?|(?:build|ci|jenkins|buildkite)[_-]?agents?)(?=[/._-])", re.IGNORECASE)


class Machine(NamedTuple):
    """What shows that something builds on a machine of one's own, and where."""

    path: str
    line: int
    said: str


def own_machines(repo: Repository) -> Iterator[Machine]:
    """The jobs that run on machines of the owner's own, then the images of such machines."""
    for path, label in _own_runners(repo.once(pipelines_of)[0]):
        yield Machine(path, label.line, f"jobs run on machines that are not the platform's (`{label}`)")
    for path in repo.find("**/*.pkr.hcl", family=Family.PRODUCT):
        if _MADE.search(path):
            yield Machine(path, 1, "Packer makes machines here that build")
    yield from _images(repo)


def _own_runners(pipelines: Iterable[Pipeline]) -> Iterator[tuple[str, Text]]:
    """The labels, pools and classes that are surely one's own, each with its file.

    Of GitHub's labels only `self-hosted`: larger runners of the platform and of vendors have labels of any name. Of
    Azure's pools all but those of Microsoft's own names; of CircleCI's classes those of a namespace. The tags of
    GitLab's runners don't tell whose they are.
    """
    for pipeline in pipelines:
        if pipeline.system is System.AZURE:
            yield from ((pipeline.path, name) for name in _pool(pipeline.node))
        for job in pipeline.jobs:
            yield from ((job.path, label) for label in _own(pipeline.system, job))


def _own(system: System, job: Job) -> Iterator[Text]:
    if system is System.GITHUB:
        runs_on = job.node.get("runs-on")
        labels = mapping(runs_on).get("labels") if isinstance(runs_on, Entries) else runs_on
        yield from (label for label in map(text, items(labels)) if label and label.lower() == "self-hosted")
    elif system is System.AZURE:
        yield from _pool(job.node)
    elif system is System.CIRCLECI:
        asked = text(job.node.get("resource_class"))
        yield from (asked,) if asked and "/" in asked and "<<" not in asked else ()


def _pool(node: Entries) -> Iterator[Text]:
    pool = node.get("pool")
    name = text(mapping(pool).get("name") if isinstance(pool, Entries) else pool)
    hosted = "vmImage" in mapping(pool) or not name or "$" in name or name.startswith(("Azure Pipelines", "Hosted"))
    yield from () if hosted or name is None else (name,)


def _images(repo: Repository) -> Iterator[Machine]:
    from sscop.artefacts import dockerfile, images

    for path in dockerfile.dockerfiles(repo, Family.PRODUCT):
        source = repo.text(path)
        if isinstance(source, Unread) or not any(word in source for word in ("runner", "agent", "jnlp")):
            continue
        read = repo.parse(path, dockerfile.load)
        for stage in () if isinstance(read, Unread) else read.shipped:
            if _RUNNER.search(images.name(stage.base)):
                yield Machine(path, stage.line, f"images of machines that build are made here (`{stage.base}`)")
