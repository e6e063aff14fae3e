"""The release path of a repository: how the product gets to its customers, and what says that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.nodes import mapping
from sscop.artefacts.pipelines import Activities, Activity, Call, Purpose, Step, activities, runs_at
from sscop.artefacts.releases import by_hand, steps, taken
from sscop.artefacts.releases.aside import SHIPS, of_tests, on_trial
from sscop.artefacts.releases.model import ByHand, Channel, Release, Releases
from sscop.artefacts.taskfiles import load_npm_scripts
from sscop.lazy import lazily
from sscop.model import Evidence, Unread
from sscop.repository import Repository

__all__ = ["SHIPS", "ByHand", "Channel", "Release", "Releases", "releases"]

_SERVICE_FILES = (
    "manifest.{yml,yaml}",
    "{helm_deploy,infrastructure,terraform,infra}/**/*.{yml,yaml,tf}",
    "serverless.yml",
    "Procfile",
    "*.nomad{,.hcl}",
    "ecosystem.config.{js,cjs,json}",
    "app.json",
    "{helm,charts,deploy,k8s,kubernetes}/**/*.{yml,yaml}",
    "fly.toml",
    "render.yaml",
    "{,docker/,.docker/}Dockerfile",
    "{docker-compose,compose}.{yml,yaml}",
)
"""Those first that customers of a product are not given."""

_MAY_RELEASE = lazily(
    r"(?:^|[/_.: -])(?:release|releases|publish|publisher|publishing|nuget-publish|package-publish|"
    r"docker-publish|npm-publish|pypi)(?![a-z])"
)
_PUSHES = lazily(r"[ -]push(?![a-z=])|push-images?\b")
_OTHER_WORK = lazily(
    r"notes|draft|test|report|result|docs?(?![a-z])|documentation|pages|pact|comment|slack|coverage|"
    r"changelog|label|description|getsentry|title"
    r"|verif|setup|install|check|lint|scan|notify|gh-release\b.*jaxx|engines|trello|review|delete|"
    r"artifacts?@|buildartifacts|pipelineartifact|bom|tejolote|sphinx|website|codecoverage|symbol|"
    r"action-release@|fetch|download|signature|upload-release-notes|krew|homebrew|winget|openapi|docsctl|tag-release|"
    r"signed-commit|release-pr\b|prepare-release"
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


_NPM_SCRIPT = lazily(r"\b(?:npm|pnpm|yarn|bun)[ \t]+(?:run[ \t]+)?([\w:-]{0,40}(?:publish|release)[\w:-]{0,40})")
_HARMLESS = lazily(r"notes|prepare|detect|changelog|check|verify|test|dry|valid|gate|label|docs")
_RELEASE_FILE = lazily(r"releas|publish|\bcd\b|deliver")
_NO_RELEASE_FILE = lazily(
    r"notes|draft|docs?\b|documentation|test|label|check|lint|verif|valid|pages|prepare|\bpr\b|bump|changelog|notify|branch"
    r"|comment|cleanup|milestone|schedule|monitor|report|website|site|storybook|trigger|back-?port|tag"
)


def releases(repo: Repository) -> Releases:
    """All of it; to be asked for as `repo.once(releases)`."""
    acts: Activities = repo.once(activities)
    found = list(steps.found(repo, acts))
    deployments = tuple(_deployments(acts))
    deployed: dict[str, Evidence] = {}
    for step in deployments:
        deployed.setdefault(step.pipeline.path, Evidence(step.path, step.line, step.said))
    deploys = tuple(deployed.values())
    inner = [one for one in found if one.private]
    plain = {Channel.IMAGES, Channel.TAG}
    own = any(one.words != _UNREAD for one in deployments)  # an action by its name alone may deploy a website beside it
    if own and not any(one.channel not in plain for one in found):
        inner, found = found, []  # images and notes of what the same pipelines deploy
    else:
        found = [one for one in found if not one.private]
        if inner and not any(one.channel is not Channel.TAG for one in found):
            inner, found = inner + found, []
    scripts = tuple(_scripts(repo, acts))
    run = [one.note.rpartition("/")[2] for one in scripts]
    return Releases(
        tuple(found),
        tuple(inner),
        deploys or tuple(_service(repo)),
        tuple(taken.tagged(repo)),
        tuple(one for one in by_hand.by_hand(repo) if one.place.path.rpartition("/")[2] not in run),
        tuple(taken.packages(repo)),
        tuple(_unread_calls(acts)),
        scripts,
        tuple(_obscure(acts, (*found, *inner))),
        acts.unread,
        acts.others,
        deployments,
    )


_UNREAD = ("an action that is not read",)


def _deployments(acts: Activities) -> Iterator[Activity]:
    """The steps that deploy, and the calls of what is not read and named for deploying, as if they were such steps."""
    for one in acts.of(Purpose.DEPLOYMENT):
        ships = any(one.runs_at(event) is not False for event in SHIPS)
        if ships and not (of_tests(one) or on_trial(one)):
            yield one
    for call in acts.calls:
        name = call.said.partition("@")[0].lower().rpartition("/")[2]
        ships = any(runs_at(call.pipeline, call.job, call.step, event) is not False for event in SHIPS)
        if not ships or call.kind not in ("workflow", "action") or _NO_DEPLOY.search(call.said):
            continue
        if _MAY_DEPLOY.search(name):
            step = call.step or Step(
                call.path, call.line, "", None, mapping(None), (), "", mapping(None), None, "", call.job.node
            )
            yield Activity(
                Purpose.DEPLOYMENT, name, call.said, call.path, call.line, "", None, call.pipeline, call.job, step,
                call.via, _UNREAD if call.kind == "action" else (),
            )  # fmt: skip


def _service(repo: Repository) -> Iterator[Evidence]:
    """Files that are there to run a service."""
    for glob in _SERVICE_FILES:
        for path in repo.find(glob)[:1]:
            said = repo.text(path) if glob.startswith("manifest") else "applications:"
            if isinstance(said, str) and "applications:" in said:
                yield Evidence(path, 1)
                return


def _unread_calls(acts: Activities) -> Iterator[Call]:
    """What may release and is kept in another repository, or is made where it can't be seen."""
    for call in acts.calls:
        name = call.said.partition("@")[0].lower()
        if not any(runs_at(call.pipeline, call.job, call.step, event) is not False for event in SHIPS):
            continue
        elsewhere = call.kind in ("workflow", "action", "target") and not name.startswith(("actions/", "github/"))
        pushed = call.kind == "target" and _PUSHES.search(name)
        if elsewhere and (pushed or _MAY_RELEASE.search(name)) and not _OTHER_WORK.search(name):
            yield call


def _scripts(repo: Repository, acts: Activities) -> Iterator[Evidence]:
    """Scripts in languages that are not read and whose name says that they release, also behind npm's scripts."""
    seen = set()
    npm = repo.parse("package.json", load_npm_scripts) if repo.has("package.json") else None
    rules = {} if npm is None or isinstance(npm, Unread) else npm.rules
    for pipeline, job, step in ((a, b, c) for a in acts.pipelines for b in a.jobs for c in b.steps):
        if not any(runs_at(pipeline, job, step, event) is not False for event in SHIPS):
            continue
        for script in step.scripts:
            source = script.text[:50_000]
            found = [(match[1] or match[2], match.start()) for match in _OWN_SCRIPT.finditer(source)]
            for match in _NPM_SCRIPT.finditer(source):
                recipe = "\n".join(one.text for one in rules[match[1]].recipe) if match[1] in rules else ""
                found += [(match[0], match.start())] if _OWN_SCRIPT.search(recipe) else []
            for said, at in found:
                if said not in seen and not _HARMLESS.search(said):
                    seen.add(said)
                    yield Evidence(step.path, script.line + source.count("\n", 0, at), said.strip())


def _obscure(acts: Activities, found: Sequence[Release]) -> Iterator[Evidence]:
    """The pipelines whose file is named for releases, which run something at one, and in which none was seen."""
    known = {path for one in found for path in (one.one.pipeline.path, one.one.job.path)}
    for pipeline in acts.pipelines:
        name = pipeline.path.rpartition("/")[2].lower()
        if pipeline.path in known or not _RELEASE_FILE.search(name) or _NO_RELEASE_FILE.search(name):
            continue
        for job in pipeline.jobs:
            for step in job.steps:
                runs = step.scripts or (step.uses and not step.uses.startswith(("actions/", "github/")))
                if runs and any(runs_at(pipeline, job, step, event) is not False for event in SHIPS):
                    yield Evidence(pipeline.path, pipeline.triggers[0].line if pipeline.triggers else 1, job.id)
                    break
            else:
                continue
            break
