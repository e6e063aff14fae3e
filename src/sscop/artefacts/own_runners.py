"""What builds on machines of the owner's own: jobs that ask for them, and what their images are made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.nodes import Entries, Text, like, mapping, text, texts
from sscop.artefacts.pipelines import others
from sscop.artefacts.pipelines.model import Pipeline, System
from sscop.artefacts.pipelines.systems import pipelines_of
from sscop.artefacts.workflow import load_workflow, workflow_paths
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_RUNNER = lazily(
    r"(?:^|/)(?:actions-runner(?:-[a-z]+)?|github-runner|gitlab-runner|inbound-agent|jnlp-slave)$"
    r"|^(?:jenkins/(?:ssh-)?agent|buildkite/agent|circleci/runner(?:-agent)?)$"
)
"""Images that are a runner, so that what is built from one is a runner too."""
_MADE = lazily(r"(?:^|[/._-])(?:runners?|(?:build|ci|jenkins|buildkite)[_-]?agents?)(?=[/._-])", re.IGNORECASE)

_JSON = lazily(r"\$\{\{[ ]{0,9}fromJSON\([ ]{0,9}matrix\.([\w.-]{1,80})[ ]{0,9}\)[ ]{0,9}\}\}", re.IGNORECASE)


class Machine(NamedTuple):
    """What shows that something builds on a machine of one's own, and where."""

    path: str
    line: int
    said: str


def own_machines(repo: Repository) -> Iterator[Machine]:
    """The jobs that run on machines of the owner's own, then the images of such machines."""
    for path, label in (*_labels(repo), *_pools(repo.once(pipelines_of)[0])):
        yield Machine(path, label.line, f"jobs run on machines that are not the platform's (`{label}`)")
    for path in repo.find("**/*.pkr.hcl", family=Family.PRODUCT):
        if _MADE.search(path):
            yield Machine(path, 1, "Packer makes machines here that build")
    yield from _images(repo)


OWNERS = (
    *("Jenkins", "Buildkite", "Drone", "TeamCity", "Woodpecker", "Tekton", "Prow", "Zuul", "Concourse"),
    *("Forgejo or Gitea Actions", "Gerrit or Kokoro"),
)
"""Systems, not read here, whose builds run on machines of whoever runs the system, or on agents of one's own."""
_PLATFORMS = lazily(r"\$|saas-|gitlab-org|shared-windows|windows-18")
"""Tags of gitlab.com's own runners, and variables."""


def untold_machines(repo: Repository) -> Iterator[Machine]:
    """What builds on machines of which the repository does not say whose they are."""
    pipelines, unread = repo.once(pipelines_of)
    for pipeline in pipelines:
        if pipeline.system is System.GITLAB:
            asked = [(pipeline.path, texts(mapping(pipeline.node.get("default")).get("tags")))]
            asked += [(job.path, texts(job.node.get("tags"))) for job in pipeline.jobs]
            for path, tags in asked:
                for tag in [one for one in tags if not _PLATFORMS.match(one)][:1]:
                    yield Machine(path, tag.line, f"jobs ask for runners by the tag `{tag[:80]}`")
    for name, path in others.systems(repo).items():
        if name in OWNERS and not not_counted(path, Family.MADE):
            yield Machine(path, 1, f"{name} builds here")
    for one in unread:
        if not repo.gone(one):
            yield Machine(one.path, one.line or 1, f"a pipeline is not known: {one.reason[:120]}")


def _labels(repo: Repository) -> Iterator[tuple[str, Text]]:
    """Of GitHub's labels only `self-hosted`: larger runners of the platform and of vendors have labels of any name."""
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        for job in () if isinstance(workflow, Unread) else workflow.jobs:
            for label in job.labels():
                for value in job.values(like(label, _JSON.sub(r"${{ matrix.\1 }}", label))):
                    if value.lower() == "self-hosted" or '"self-hosted"' in value:
                        yield path, value if value.lower() == "self-hosted" else like(value, "self-hosted")


def _pools(pipelines: Iterable[Pipeline]) -> Iterator[tuple[str, Text]]:
    """Of Azure's pools all but those of Microsoft's own names; of CircleCI's classes those of a namespace.

    The tags of GitLab's runners don't tell whose they are, see `untold_machines`.
    """
    for pipeline in pipelines:
        if pipeline.system is System.AZURE:
            nodes = [(pipeline.path, pipeline.node), *((job.path, job.node) for job in pipeline.jobs)]
            yield from ((path, name) for path, node in nodes for name in _pool(node))
        elif pipeline.system is System.CIRCLECI:
            asked = ((job.path, text(job.node.get("resource_class"))) for job in pipeline.jobs)
            yield from ((path, name) for path, name in asked if name and "/" in name and "<<" not in name)


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
