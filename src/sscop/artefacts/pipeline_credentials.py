"""Credentials in pipelines: how each reaches the steps, line by line.

Sources: GitHub's and GitLab's pages on secrets and OpenID Connect, the inputs of the cloud vendors' login actions, and
the published prefixes of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from sscop.artefacts.build_files import PIPELINES, build_files
from sscop.artefacts.credential_names import (
    ALL,
    ALONE,
    BUILD_ARG,
    EXAMPLE,
    FEDERATED,
    INPUT,
    INSTALLS,
    KEYED_URL,
    LONG_LIVED,
    NAMES,
    OPAQUE,
    OPEN,
    PLAIN_OIDC,
    PUBLISHES,
    PUBLISHING,
    REGISTRIES,
    REGISTRY,
    S3,
    SECRET,
    TOKEN_WORDS,
    TOKENS,
)  # fmt: skip
from sscop.artefacts.fork_credentials import action_name, beside, secrets_of
from sscop.artefacts.forked_code import Forks
from sscop.artefacts.nodes import Entries, Node, Text, items, mapping, text
from sscop.artefacts.outsiders import outsiders
from sscop.artefacts.pipelines import others, pipelines_of
from sscop.artefacts.pipelines.model import Pipeline, System
from sscop.artefacts.platform_variables import variables
from sscop.artefacts.workflow import Job, Step, Workflow, action_paths, load_action, load_workflow, workflow_paths
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository


class Way(str, Enum):
    """How a credential reaches a step."""

    LITERAL = "literal"
    """It stands in the file."""
    LONG_LIVED = "long-lived-key"
    PUBLISHING = "publishing-token"
    WHOLE_WORKFLOW = "secret-for-all-jobs"
    WHOLE_JOB = "secret-for-all-steps"
    EVERYTHING = "all-secrets"
    BUILD_ARGUMENT = "secret-in-build-argument"
    SCRIPT = "secret-in-script"
    INHERITED = "secrets-inherited"
    PLATFORM = "token-for-own-registry"
    FORK = "secrets-beside-forked-code"
    IDENTITY = "identity-beside-forked-code"
    STORE = "store"
    """From the platform's store, to the step that asks for it."""
    FEDERATED = "federated"
    ELSEWHERE = "kept-on-the-platform"
    """From variables of another system, whose keeping no file shows."""


GUARDED = "guarded"
"""Beside a fork's code, but only after a condition on who asked, or an environment's approval."""


class Use(NamedTuple):
    """One use: the way, what it is called, whose it is or what to do (as the way has it), and where."""

    way: Way
    name: str
    path: str
    line: int
    whose: str = ""
    instead: str = ""


def uses(repo: Repository) -> list[Use | Unread]:
    """All of a repository's pipelines; for `Repository.once`."""
    found: list[Use | Unread] = []
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        if isinstance(workflow, Unread):
            found += [] if repo.gone(workflow) else [workflow]
        else:
            found += _workflow(path, workflow)
    for path in action_paths(repo):
        action = repo.parse(path, load_action)
        if isinstance(action, Unread):
            found += [] if repo.gone(action) else [action]
        elif action is not None:
            for step in action.steps:
                found += _step(path, step)
    pipelines, unread = repo.once(pipelines_of)
    jobs = [job for pipeline in pipelines for job in pipeline.jobs]
    parts = [path for job in jobs for path in (job.path, *(step.path for step in job.steps))]
    for path in dict.fromkeys([*build_files(repo).get(PIPELINES, ()), *parts]):
        found += _literal_tokens(repo, path)
    for pipeline in pipelines:
        if pipeline.system is not System.GITHUB:
            found += _elsewhere(pipeline)
    found += [Use(Way.ELSEWHERE, *one) for one in variables(repo, pipelines)]
    # What another repository keeps is its own matter: an include, as little as a workflow that is called there.
    ours = (one for one in unread if not one.foreign)
    return list(dict.fromkeys((*found, *ours, *others.unread(repo))))


def _elsewhere(pipeline: Pipeline) -> Iterator[Use]:
    """What the notation of other systems says of credentials."""
    default = mapping(pipeline.node.get("default")).get("id_tokens")
    if isinstance(default, Entries) and pipeline.system is System.GITLAB:
        yield Use(Way.FEDERATED, "id_tokens", pipeline.path, default.line)
    for job in pipeline.jobs:
        if "id_tokens" in job.node:
            yield Use(Way.FEDERATED, "id_tokens", job.path, job.line)
        if pipeline.system is System.GITLAB:
            for name in mapping(job.node.get("secrets")):
                yield Use(Way.STORE, str(name), job.path, job.line)


def _workflow(path: str, workflow: Workflow) -> Iterator[Use]:
    jobs = workflow.jobs
    for name, value in _wide(workflow.node.get("env")):
        way = Way.WHOLE_WORKFLOW if len(jobs) > 1 else Way.WHOLE_JOB
        if whose := NAMES.get(name.lower()):
            yield Use(Way.LONG_LIVED, name, path, value.line, whose)
        yield Use(way, name, path, value.line)
    forks = Forks(jobs, outsiders(workflow.on))
    # What callers hand over as a secret may well be their own token.
    declared = {name.lower() for name in mapping(mapping(workflow.on.get("workflow_call")).get("secrets"))}
    for job in jobs:
        yield from (one for one in _job(path, job) if one.way is not Way.PLATFORM or one.whose.lower() not in declared)
        yield from _beside(path, workflow, job, forks)


def _job(path: str, job: Job) -> Iterator[Use]:
    for name, value in _wide(job.node.get("env")):
        if whose := NAMES.get(name.lower()):
            yield Use(Way.LONG_LIVED, name, path, value.line, whose)
        yield Use(Way.WHOLE_JOB if len(job.steps) > 1 else Way.STORE, name, path, value.line)
    given = job.node.get("secrets")
    if isinstance(given, Text) and given == "inherit" and job.uses and not job.uses.startswith(("./", "$/")):
        yield Use(Way.INHERITED, job.uses.partition("@")[0], path, given.line)
    for name, value in secrets_of(given):
        yield Use(Way.STORE, name, path, value.line)
    for step in job.steps:
        yield from _step(path, step)


def _beside(path: str, workflow: Workflow, job: Job, forks: Forks) -> Iterator[Use]:
    """What is at hand where an outsider's code was fetched."""
    found = beside(workflow, job, forks)
    if found and found.secrets:
        yield Use(Way.FORK, ", ".join(found.secrets), path, found.line, GUARDED if found.asked else "")
    if found and found.identity:
        yield Use(Way.IDENTITY, "id-token: write", path, found.line, GUARDED if found.let_run else "")


def _step(path: str, step: Step) -> Iterator[Use]:
    action = action_name(step)
    key, whose, instead = LONG_LIVED.get(action, ("", "", ""))
    given = text(step.with_.get(key)) if key else None
    if given and "steps." not in given and not re.search(r"\benv\.", given):
        yield Use(Way.LONG_LIVED, key, path, given.line, whose, instead)
    elif FEDERATED.get(action, "none") in step.with_ or action in PLAIN_OIDC:
        yield Use(Way.FEDERATED, action, path, step.line)
    for name, value in secrets_of(step.env):
        cloud = NAMES.get(name.lower())
        if cloud and not (cloud == "AWS" and S3.search(f"{' '.join(step.env)} {step.run or ''}")):
            yield Use(Way.LONG_LIVED, name, path, value.line, cloud)
        elif registry := _registry(step, name, value):
            yield Use(Way.PUBLISHING, name, path, value.line, registry)
        yield Use(Way.STORE, name, path, value.line)
    for name, value in secrets_of(step.with_):
        if name == "build-args":
            yield Use(Way.BUILD_ARGUMENT, name, path, value.line)
        elif action == "pypa/gh-action-pypi-publish" and name == "password":
            yield Use(Way.PUBLISHING, name, path, value.line, "PyPI")
        else:
            if registry := _registry(step, name, value):
                yield Use(Way.PUBLISHING, name, path, value.line, registry)
            elif action == "docker/login-action" and name == "password" and _own(step, value):
                yield Use(Way.PLATFORM, name, path, value.line, _secret_name(value))
            yield Use(Way.STORE, name, path, value.line)
    for name, node in step.with_.pairs():
        opaque = isinstance(node, Text) and INPUT.fullmatch(name.lower()) and OPAQUE.fullmatch(node)
        if opaque and not EXAMPLE.search(opaque[0]) and not TOKENS.search(opaque[0]):  # these are found anywhere
            yield Use(Way.LITERAL, str(name), path, node.line)
    run = step.run
    if run is not None and "secrets" in run.lower():
        said = run if run.source is None else run.source
        if match := BUILD_ARG.search(said):
            yield Use(Way.BUILD_ARGUMENT, "--build-arg", path, _line(run, said, match))
        elif match := SECRET.search(said):
            yield Use(Way.SCRIPT, match[1] or "", path, _line(run, said, match))
    yield from (Use(Way.EVERYTHING, "toJSON(secrets)", path, one.line) for one in _texts(step.node) if ALL.search(one))


def _registry(step: Step, name: str, value: Text) -> str:
    """The registry that a token publishes to, by the variable's or the secret's name; "" for one that only installs."""
    said = f"{step.uses or ''} {step.run or ''}"[:50_000]
    if known := PUBLISHING.get(name.lower()):
        return "" if INSTALLS.search(said) and not PUBLISHES.search(said) else known
    named = REGISTRY.fullmatch(_secret_name(value)[:200])
    return REGISTRIES[named[1].lower()] if named and PUBLISHES.search(said) else ""


def _secret_name(value: Text) -> str:
    found = SECRET.search(value)
    return (found[1] or "") if found else ""


def _own(step: Step, value: Text) -> bool:
    """Whether it logs in to the registry that takes the workflow's own token, with another one."""
    registry = text(step.with_.get("registry")) or ""
    return registry.startswith("ghcr.io") and "github.token" not in value and "GITHUB_TOKEN" not in value


def _wide(node: Node | None) -> Iterator[tuple[str, Text]]:
    """Secrets of an environment for many steps, without expressions about them and names that are no secrets."""
    for name, value in secrets_of(node):
        low = name.lower()
        if ALONE.fullmatch(value) and (KEYED_URL.fullmatch(low) or not OPEN.fullmatch(low)):
            yield name, value


def _line(run: Text, said: str, found: re.Match[str]) -> int:
    """The line of what was found in a script, whose first line is below its key where it is a block."""
    at = said.find("${{", found.start(), found.end())
    block = run.style is not None and run.style in "|>"
    return run.line + block + said.count("\n", 0, at)


def _texts(node: Node | None) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Entries):
        for value in node.values():
            yield from _texts(value)
    else:
        for value in items(node):
            yield from _texts(value)


def _literal_tokens(repo: Repository, path: str) -> Iterator[Use]:
    data = repo.read(path)
    if isinstance(data, Unread) or not any(word in data for word in TOKEN_WORDS):
        return
    source = repo.text(path)
    for n, line in enumerate(source.split("\n") if isinstance(source, str) else (), 1):
        match = TOKENS.search(line)
        if match and not EXAMPLE.search(match[0]):
            yield Use(Way.LITERAL, f"{match[0][:4]}...", path, n)
