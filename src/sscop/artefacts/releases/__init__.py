"""The release path of a repository: how the product gets to its customers, and what says that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.pipelines import Activities, Call, Purpose, activities, runs_at
from sscop.artefacts.releases import by_hand, steps, taken
from sscop.artefacts.releases.model import ByHand, Channel, Release, Releases
from sscop.artefacts.releases.steps import SHIPS
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository

__all__ = ["SHIPS", "ByHand", "Channel", "Release", "Releases", "releases"]

_SERVICE_FILES = (
    "Procfile",
    "{,*/}manifest.{yml,yaml}",
    "app.json",
    "{helm,helm_deploy,charts,deploy,k8s,kubernetes,infrastructure,terraform,infra}/**/*.{yml,yaml,tf}",
    "fly.toml",
    "render.yaml",
    "serverless.yml",
    "Dockerfile",
    "{docker-compose,compose}.{yml,yaml}",
)
_MAY_RELEASE = lazily(
    r"(?:^|[/_.: -])(?:release|releases|publish|publisher|publishing|nuget-publish|package-publish|"
    r"docker-publish|npm-publish|pypi)(?![a-z])"
)
_OTHER_WORK = lazily(
    r"notes|draft|test|report|result|docs?(?![a-z])|documentation|pages|pact|comment|slack|coverage|"
    r"changelog|label|description|getsentry|title"
    r"|verif|setup|install|check|lint|scan|notify|gh-release\b.*jaxx|engines|trello|review|delete|"
    r"artifacts?@|buildartifacts|pipelineartifact|bom|tejolote|sphinx|website|codecoverage|symbol|"
    r"action-release@|fetch|download|signature|upload-release-notes|openapi|docsctl|tag-release|"
    r"signed-commit"
)
_MAY_DEPLOY = lazily(r"(?:^|[_.: -])(?:deploy|deployment|deploys)(?![a-z])")
_OWN_SCRIPT = lazily(
    r"(?:node|python3?|ruby|tsx|ts-node|bun|pwsh|zx)[ \t]+(?:-\S{1,30}[ \t]+){0,3}(?:\./)?"
    r"([\w./-]{0,120}?(?:release|publish)[\w.-]{0,40}\.(?:js|mjs|cjs|ts|mts|py|rb|ps1))\b"
    r"|(?:^|[\s/])((?:nuke|cake|mage|invoke|inv|fake|xtask|gulp|grunt|jake|poe|build\.(?:sh|ps1|cmd))[ \t]+"
    r"(?:(?:--target|-t)[= \t])?(?:publish|release|push)\b[\w:-]{0,20})",
    re.MULTILINE | re.IGNORECASE,
)


_NO_DEPLOY = lazily(r"pages|docs|deploy-key|actions/deploy")


def releases(repo: Repository) -> Releases:
    """All of it; to be asked for as `repo.once(releases)`."""
    acts: Activities = repo.once(activities)
    found = list(steps.found(repo, acts))
    deploys = tuple(_deploys(acts))
    inner = [one for one in found if one.private]
    plain = {Channel.IMAGES, Channel.TAG}
    if deploys and not any(one.channel not in plain for one in found):
        inner, found = found, []  # images and notes of what the same pipelines deploy
    else:
        found = [one for one in found if not one.private]
        if inner and not any(one.channel is not Channel.TAG for one in found):
            inner, found = inner + found, []
    return Releases(
        tuple(found),
        tuple(inner),
        deploys or tuple(_service(repo)),
        tuple(taken.tagged(repo)),
        tuple(by_hand.by_hand(repo)),
        tuple(taken.packages(repo)),
        tuple(_unread_calls(acts)),
        tuple(_scripts(acts)),
        acts.unread,
        acts.others,
    )


def _deploys(acts: Activities) -> Iterator[Evidence]:
    seen = set()
    for one in acts.of(Purpose.DEPLOYMENT):
        if one.pipeline.path not in seen and any(one.runs_at(event) is not False for event in SHIPS):
            seen.add(one.pipeline.path)
            yield Evidence(one.path, one.line, one.said)
    for call in acts.calls:
        name = call.said.partition("@")[0].lower().rpartition("/")[2]
        may = call.kind in ("workflow", "action") and _MAY_DEPLOY.search(name) and not _NO_DEPLOY.search(call.said)
        if may and call.pipeline.path not in seen:
            seen.add(call.pipeline.path)
            yield Evidence(call.path, call.line, call.said)


def _service(repo: Repository) -> Iterator[Evidence]:
    """Files that are there to run a service."""
    for glob in _SERVICE_FILES:
        for path in repo.find(glob)[:1]:
            yield Evidence(path, 1)
            return


def _unread_calls(acts: Activities) -> Iterator[Call]:
    """What may release and is kept in another repository, or is made where it can't be seen."""
    for call in acts.calls:
        name = call.said.partition("@")[0].lower()
        if not any(runs_at(call.pipeline, call.job, call.step, event) is not False for event in SHIPS):
            continue
        elsewhere = call.kind in ("workflow", "action", "target") and not name.startswith(("actions/", "github/"))
        if elsewhere and _MAY_RELEASE.search(name) and not _OTHER_WORK.search(name):
            yield call


def _scripts(acts: Activities) -> Iterator[Evidence]:
    """Scripts in languages that are not read and whose name says that they release."""
    seen = set()
    for pipeline in acts.pipelines:
        for job in pipeline.jobs:
            for step in job.steps:
                for script in step.scripts:
                    for match in _OWN_SCRIPT.finditer(script.text[:50_000]):
                        said = (match[1] or match[2]).strip()
                        if re.search(r"notes|changelog|check|verify|test|dry", said) or said in seen:
                            continue
                        if any(runs_at(pipeline, job, step, event) is not False for event in SHIPS):
                            seen.add(said)
                            yield Evidence(step.path, script.line + script.text.count("\n", 0, match.start()), said)
