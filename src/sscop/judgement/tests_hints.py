"""What speaks for tests, or against them, where no step was seen to run any: names, containers, other systems."""

from __future__ import annotations

import posixpath

from sscop.artefacts.pipelines import Activities, Job, Pipeline, reviews
from sscop.artefacts.pipelines.named import means_tests, parts
from sscop.lazy import lazily
from sscop.repository import Repository

_OTHER_SYSTEMS = lazily(
    r"\b(Concourse|Jenkins|TeamCity|Buildkite|Bamboo|GoCD|CodeBuild|CodePipeline|Codefresh|Semaphore CI|Zuul|Prow"
    r"|Travis CI|AppVeyor|Azure DevOps|Kokoro|Evergreen|buildbot)\b"
)
_DOCUMENTS = (
    "README.{md,rst,adoc,txt}",
    "README",
    "CONTRIBUTING.{md,rst,adoc}",
    ".github/CONTRIBUTING.md",
    "docs/CONTRIBUTING.md",
)
_CONTAINERS = lazily(r"\b(?:docker|podman|compose|kubectl|vagrant|qemu\S*|ssh)\b")


def in_containers(acts: Activities) -> Job | None:
    """A job on pull requests that is named for its tests and starts containers or machines, in which they may run."""
    reviewed = [one for one in acts.pipelines if any(reviews(trigger, one.branch) for trigger in one.triggers)]
    starting = [
        job
        for pipeline in reviewed
        for job in pipeline.jobs
        if any(_CONTAINERS.search(script.text) for step in job.steps for script in step.scripts)
    ]
    named = (job for job in starting if means_tests(job.id.rpartition("/")[2]))
    return next(named, next((job for job in starting if means_tests(posixpath.basename(job.path))), None))


def hollow(acts: Activities) -> tuple[str, int, str] | None:
    """A target or job that is named for its tests and only prints."""
    for call in acts.calls:
        written = " ".join(script.text[:200] for script in call.step.scripts) if call.step else ""
        if call.kind == "hollow" and {"test", "tests", "unit"} & parts(f"{call.said} {call.job.id} {written}"):
            return call.path, call.line, f"what job `{call.job.id}` runs from `{call.said}`"
    for pipeline in acts.pipelines:
        for job in pipeline.jobs:
            if {"test", "tests", "unit"} & parts(job.id) and _only_prints(pipeline, job):
                return job.path, job.line, f"job `{job.id}`"
    return None


def _only_prints(pipeline: Pipeline, job: Job) -> bool:
    said = [script.text.split() for step in job.steps for script in step.scripts]
    used = [step for step in job.steps if step.uses and not step.uses.startswith("actions/")]
    return (
        bool(said) and not used and not job.calls and all(words[:1] in (["echo"], ["true"], ["exit"]) for words in said)
    )


def mentioned(repo: Repository) -> tuple[str, int, str] | None:
    """Another system that the README or the guide for contributors names, where its tests may run."""
    for path in repo.find(*_DOCUMENTS):
        text = repo.text(path)
        match = _OTHER_SYSTEMS.search(text) if isinstance(text, str) else None
        if match and isinstance(text, str):
            return path, text.count("\n", 0, match.start()) + 1, match[1]
    return None
