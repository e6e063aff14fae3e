"""Credentials in pipelines: how each reaches the steps, line by line.

Sources: GitHub's and GitLab's pages on secrets and OpenID Connect, the inputs of the cloud vendors' login actions, and
the published prefixes of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from sscop.artefacts.forked_code import asks, fetches, guarded
from sscop.artefacts.nodes import Entries, Node, Text, items, mapping, text
from sscop.artefacts.pipelines import activities
from sscop.artefacts.workflow import Job, Step, Workflow, action_paths, load_action, load_workflow, workflow_paths
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_SECRET = lazily(r"\$\{\{[^}]*\bsecrets\s*(?:\.\s*(?!GITHUB_TOKEN\b)([\w-]+)|\[)", re.IGNORECASE)
_ALONE = lazily(r"\s*\$\{\{\s*secrets\.[\w-]+\s*\}\}\s*")
_OPEN = lazily(
    r"(?:.*[_-])?(?:user|usr|username|name|url|uri|host|server|region|account|bucket|role|id|email|arn|cache|team|org"
    r"|project)"
)
"""Names of what people keep among the secrets and is none."""

_S3 = lazily(r"endpoint", re.IGNORECASE)
"""Another vendor's storage that takes AWS's names for its keys, and no federated identity of AWS's."""

_ALL = lazily(r"toJSON\(\s*secrets\s*\)", re.IGNORECASE)
_TOKENS = lazily(
    r"(?<![\w/+=-])(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,255}|glpat-[\w-]{20,64}"
    r"|xox[abprs]-[\w-]{20,200}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35}|sk_live_[A-Za-z0-9]{20,99}|pypi-AgEIcHlwaS5vcmc[\w-]{50,400}"
    r"|dckr_pat_[\w-]{20,64}|hvs\.[\w-]{24,200}|-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----)"
)
"""What vendors' long-lived tokens look like."""

_TOKEN_WORDS = (
    *(b"AKIA", b"ASIA", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"glpat-", b"xox", b"npm_"),
    *(b"AIza", b"sk_live_", b"pypi-Ag", b"dckr_pat_", b"hvs.", b"PRIVATE KEY"),
)
_EXAMPLE = lazily(r"EXAMPLE|(.)\1{7}|12345678|abcdefgh", re.IGNORECASE)
_INPUT = lazily(r"(?:[a-z]+[-_])*(?:token|password|api[-_]?key|access[-_]?key|secret|client[-_]secret|private[-_]?key)")
_OPAQUE = lazily(r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9+/=_.-]{20,200}")
_BUILD_ARG = lazily(r"--build-arg[= ]\s*[\"']?\w+=[\"']?\$\{\{[^}]*\bsecrets\.", re.IGNORECASE)
_PLACES = (".gitlab-ci.yml", ".circleci/config.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".travis.yml")

_LONG_LIVED = {
    "aws-actions/configure-aws-credentials": ("aws-access-key-id", "AWS", "`role-to-assume` with `id-token: write`"),
    "azure/login": ("creds", "Azure", "`client-id`, `tenant-id` and `subscription-id` with `id-token: write`"),
    "google-github-actions/auth": ("credentials_json", "Google Cloud", "`workload_identity_provider`"),
    "google-github-actions/setup-gcloud": ("service_account_key", "Google Cloud", "`workload_identity_provider`"),
    "azure/docker-login": ("password", "Azure", "`azure/login` with a federated identity, then `az acr login`"),
    "aws-actions/amazon-ecr-login": ("aws-access-key-id", "AWS", "`role-to-assume`"),
}
"""Login actions, the input that takes a long-lived key, whose it is, and what to give in its place."""

_FEDERATED = {
    "aws-actions/configure-aws-credentials": "role-to-assume",
    "azure/login": "client-id",
    "google-github-actions/auth": "workload_identity_provider",
    "hashicorp/vault-action": "jwtGithubAudience",
}
_PLAIN_OIDC = ("rubygems/configure-rubygems-credentials", "rubygems/release-gem", "rust-lang/crates-io-auth-action")
_NAMES = {
    "aws_secret_access_key": "AWS", "arm_client_secret": "Azure", "azure_client_secret": "Azure",
    "azure_credentials": "Azure", "google_credentials": "Google Cloud", "gcp_sa_key": "Google Cloud",
    "gcloud_service_key": "Google Cloud", "google_application_credentials_json": "Google Cloud",
}  # fmt: skip
_PUBLISHING = {
    "node_auth_token": "npm", "npm_token": "npm", "twine_password": "PyPI", "pypi_api_token": "PyPI",
    "cargo_registry_token": "crates.io", "gem_host_api_key": "RubyGems", "uv_publish_token": "PyPI",
    "poetry_pypi_token_pypi": "PyPI",
}  # fmt: skip


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
    FORK = "secrets-beside-forked-code"
    STORE = "store"
    """From the platform's store, to the step that asks for it."""
    FEDERATED = "federated"


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
        if action is not None and not isinstance(action, Unread):
            for step in action.steps:
                found += _step(path, step)
    for path in dict.fromkeys([*workflow_paths(repo), *action_paths(repo), *repo.find(*_PLACES)]):
        found += _literal_tokens(repo, path)
    for pipeline in repo.once(activities).pipelines if repo.find(".gitlab-ci.yml", ".circleci/config.yml") else ():
        for job in pipeline.jobs:
            if "id_tokens" in job.node:
                found.append(Use(Way.FEDERATED, "id_tokens", job.path, job.line))
    return list(dict.fromkeys(found))


def _workflow(path: str, workflow: Workflow) -> Iterator[Use]:
    jobs = workflow.jobs
    for name, value in _wide(workflow.node.get("env")):
        way = Way.WHOLE_WORKFLOW if len(jobs) > 1 else Way.WHOLE_JOB
        if whose := _NAMES.get(name.lower()):
            yield Use(Way.LONG_LIVED, name, path, value.line, whose)
        yield Use(way, name, path, value.line)
    for job in jobs:
        yield from _job(path, workflow, job)


def _job(path: str, workflow: Workflow, job: Job) -> Iterator[Use]:
    for name, value in _wide(job.node.get("env")):
        if whose := _NAMES.get(name.lower()):
            yield Use(Way.LONG_LIVED, name, path, value.line, whose)
        yield Use(Way.WHOLE_JOB if len(job.steps) > 1 else Way.STORE, name, path, value.line)
    given = job.node.get("secrets")
    if isinstance(given, Text) and given == "inherit" and job.uses and not job.uses.startswith(("./", "$/")):
        yield Use(Way.INHERITED, job.uses.partition("@")[0], path, given.line)
    for name, value in _secrets(given):
        yield Use(Way.STORE, name, path, value.line)
    for step in job.steps:
        yield from _step(path, step)
    forked = next((step for step in job.steps if fetches(step)), None)
    if forked and any(name in workflow.on for name in ("pull_request_target", "workflow_run", "issue_comment")):
        after = job.steps[job.steps.index(forked) + 1 :]
        held = [name for step in after for name, _ in (*_secrets(step.with_), *_secrets(step.env))]
        held += [name for node in (workflow.node.get("env"), job.node.get("env")) for name, _ in _secrets(node)]
        if held and any(step.run or (step.uses or "").startswith("./") for step in after):
            asked = guarded(job, {one.id: one for one in workflow.jobs}) or any(map(asks, job.steps))
            yield Use(Way.FORK, ", ".join(dict.fromkeys(held)), path, forked.line, GUARDED if asked else "")


def _step(path: str, step: Step) -> Iterator[Use]:
    action = (step.uses or "").partition("@")[0].lower()
    key, whose, instead = _LONG_LIVED.get(action, ("", "", ""))
    given = text(step.with_.get(key)) if key else None
    if given and "steps." not in given and not re.search(r"\benv\.", given):
        yield Use(Way.LONG_LIVED, key, path, given.line, whose, instead)
    elif _FEDERATED.get(action, "none") in step.with_ or action in _PLAIN_OIDC:
        yield Use(Way.FEDERATED, action, path, step.line)
    for name, value in _secrets(step.env):
        cloud = _NAMES.get(name.lower())
        if cloud and not (cloud == "AWS" and _S3.search(f"{' '.join(step.env)} {step.run or ''}")):
            yield Use(Way.LONG_LIVED, name, path, value.line, cloud)
        elif registry := _PUBLISHING.get(name.lower()):
            yield Use(Way.PUBLISHING, name, path, value.line, registry)
        yield Use(Way.STORE, name, path, value.line)
    for name, value in _secrets(step.with_):
        if name == "build-args":
            yield Use(Way.BUILD_ARGUMENT, name, path, value.line)
        elif action == "pypa/gh-action-pypi-publish" and name == "password":
            yield Use(Way.PUBLISHING, name, path, value.line, "PyPI")
        else:
            yield Use(Way.STORE, name, path, value.line)
    for name, node in step.with_.pairs():
        opaque = isinstance(node, Text) and _INPUT.fullmatch(name.lower()) and _OPAQUE.fullmatch(node)
        if opaque and not _EXAMPLE.search(opaque[0]) and not _TOKENS.search(opaque[0]):  # these are found anywhere
            yield Use(Way.LITERAL, str(name), path, node.line)
    run = step.run
    if run is not None and "secrets" in run:
        if match := _BUILD_ARG.search(run):
            yield Use(Way.BUILD_ARGUMENT, "--build-arg", path, _line(run, match.start()))
        elif match := _SECRET.search(run):
            yield Use(Way.SCRIPT, match[1] or "", path, _line(run, match.start()))
    yield from (Use(Way.EVERYTHING, "toJSON(secrets)", path, one.line) for one in _texts(step.node) if _ALL.search(one))


def _wide(node: Node | None) -> Iterator[tuple[str, Text]]:
    """Secrets of an environment for many steps, without expressions about them and names that are no secrets."""
    return (
        (name, value) for name, value in _secrets(node) if _ALONE.fullmatch(value) and not _OPEN.fullmatch(name.lower())
    )


def _line(run: Text, at: int) -> int:
    """The line of an offset in a script, whose first line is below its key where it is a block."""
    return run.line + run.count("\n", 0, at) + (1 if "\n" in run.rstrip("\n") else 0)


def _texts(node: Node | None) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Entries):
        for value in node.values():
            yield from _texts(value)
    else:
        for value in items(node):
            yield from _texts(value)


def _secrets(node: Node | None) -> Iterator[tuple[str, Text]]:
    """The entries of a mapping whose value is a secret other than the workflow's own token."""
    for name, value in mapping(node).pairs():
        if isinstance(value, Text) and _SECRET.search(value):
            yield str(name), value


def _literal_tokens(repo: Repository, path: str) -> Iterator[Use]:
    data = repo.read(path)
    if isinstance(data, Unread) or not any(word in data for word in _TOKEN_WORDS):
        return
    source = repo.text(path)
    for n, line in enumerate(source.split("\n") if isinstance(source, str) else (), 1):
        match = _TOKENS.search(line[:5000])
        if match and not _EXAMPLE.search(match[0]):
            yield Use(Way.LITERAL, f"{match[0][:4]}...", path, n)
