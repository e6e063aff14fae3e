"""References in GitHub workflows and actions: `uses`, images, runner labels, tool versions, commands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from sscop.artefacts import images
from sscop.artefacts.nodes import Entries, Text, load, mapping, text, texts
from sscop.artefacts.reference import Fixity, Judged, Reference, Tool
from sscop.artefacts.references import commands
from sscop.artefacts.references.commands import Built, Fact
from sscop.artefacts.references.setup_actions import versions
from sscop.artefacts.runs import Place
from sscop.artefacts.shell import script
from sscop.artefacts.versions import HEX
from sscop.artefacts.workflow import (
    Job,
    Step,
    action_paths,
    load_action,
    load_workflow,
    workflow_paths,
)
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

LOCK = ".github/workflows/actions.lock"
_SLSA = lazily(r"slsa-framework/slsa-github-generator(?:/|\Z)", re.IGNORECASE)
_LOCKED_COMMIT = lazily(r"(?:sha1-[0-9a-f]{40}|sha256-[0-9a-f]{64})\Z")
_FLOATING_LABEL = lazily(r"(?:ubuntu|windows|macos)-(?:latest|slim)\b", re.IGNORECASE)
_SHELL_INPUTS = ("run", "install", "script", "before-script", "before-script-linux", "setup", "commands")
"""Inputs that actions run as shell text (run-on-arch-action, maturin-action and their like)."""

Lock = dict[str, frozenset[str]]


def references(repo: Repository) -> Iterator[Fact]:
    """Everything that workflows and actions name."""
    lock = repo.parse(LOCK, load_lock) if repo.has(LOCK) else {}
    if isinstance(lock, Unread):
        yield lock
        lock = {}
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        if isinstance(workflow, Unread):
            if not repo.gone(workflow):
                yield workflow
            continue
        locked = lock.get(path, frozenset())
        defaults = mapping(mapping(workflow.node.get("defaults")).get("run")).get("working-directory")
        for job in workflow.jobs:
            yield from _job(repo, path, job, locked, text(defaults) or "")
    everything = frozenset().union(*lock.values())
    for path in action_paths(repo):
        action = repo.parse(path, load_action)
        if isinstance(action, Unread):
            if not repo.gone(action):
                yield action
        elif action is not None:
            folder = posixpath.dirname(path)
            if action.image and action.image.startswith("docker://"):
                yield from _image(action.image[9:], path, action.image.line)
            for step in action.steps:
                yield from _step(repo, path, step, None, everything, "", folder)


def load_lock(source: str) -> Lock:
    """The references that an actions.lock holds fast, by workflow path, each `owner/repo@ref` in lower case.

    Source: the lock file of GitHub Actions, versions v0.0.1 and v0.0.2. A dependency counts only with all of
    ref, commit, owner_id and repo_id, as Dependabot's reader demands.
    """
    node = mapping(load(source))
    good = {
        key.lower()
        for key, entry in mapping(node.get("dependencies")).pairs()
        if isinstance(entry, Entries)
        and all(name in entry for name in ("ref", "owner_id", "repo_id"))
        and _LOCKED_COMMIT.match(text(entry.get("commit")) or "")
    }
    lock: Lock = {}
    for name, listed in mapping(node.get("workflows")).pairs():
        path = name if "/" in name else f".github/workflows/{name}"
        lock[path] = frozenset(ref.lower() for ref in texts(listed) if ref.lower() in good)
    return lock


def _job(repo: Repository, path: str, job: Job, locked: frozenset[str], folder: str) -> Iterator[Fact]:
    if job.uses:
        yield from _uses(job.uses, path, Tool.WORKFLOW, locked)
    for image in (value for named in job.images() for value in job.values(named)):
        yield from _image(image, path, image.line)
    for label in (value for named in job.labels() for value in job.values(named)):
        if _FLOATING_LABEL.match(label):
            judged = Judged(Fixity.MUTABLE, "the hosted image behind it changes at GitHub's pace", "a versioned label")
            yield Reference(Tool.RUNNER, path, label.line, label, label.split("-")[0], *judged)
    defaults = mapping(mapping(job.node.get("defaults")).get("run")).get("working-directory")
    for step in job.steps:
        yield from _step(repo, path, step, job, locked, text(defaults) or folder, "")


def _step(
    repo: Repository, path: str, step: Step, job: Job | None, locked: frozenset[str], folder: str, action: str
) -> Iterator[Fact]:
    if step.uses:
        yield from _uses(step.uses, path, Tool.ACTION, locked)
        yield from versions(step, job, path)
        if step.uses.startswith("docker/build-push-action@"):
            tags = text(step.with_.get("tags")) or ""
            yield from (
                Built(images.name(tag)) for tag in re.split(r"[\s,]+", tags) if tag and "$" not in tag.split(":")[0]
            )
    shell = text(step.node.get("shell")) or ""
    if re.match(r"python|node|perl|ruby|cmd", shell):
        return
    here = text(step.node.get("working-directory")) or folder
    place = Place(path, "" if "$" in here else here.removeprefix("./"), action)
    for given in (step.run, *(text(step.with_.get(name)) for name in _SHELL_INPUTS)):
        if given:
            yield from commands.references(repo, [script(given)], place)


def _image(image: str, path: str, line: int) -> Iterator[Reference]:
    found = images.reference(image, path, line)
    if found:
        yield found


def _uses(uses: Text, path: str, tool: Tool, locked: frozenset[str]) -> Iterator[Reference]:
    """The reference that a `uses:` makes; a path in this repository is at the same commit, so it makes none."""
    if uses.startswith(("./", "../", "$/")) or uses == ".":
        return
    if uses.startswith("docker://"):
        yield from _image(uses[9:], path, uses.line)
        return
    name, _, ref = uses.partition("@")
    judged = _judge(name, ref, tool)
    repository = "/".join(name.split("/")[:2])
    note = ""
    # What the lock holds fast is written down for steps; for reusable workflows accounts differ, so it is not believed.
    if judged.fixity is Fixity.MUTABLE and tool is Tool.ACTION and f"{repository}@{ref}".lower() in locked:
        judged, note = Judged(Fixity.IMMUTABLE), "held fast by actions.lock"
    yield Reference(tool, path, uses.line, uses, name, *judged, note)


@lru_cache(maxsize=4096)
def _judge(name: str, ref: str, tool: Tool) -> Judged:
    if HEX.match(ref):
        return Judged(Fixity.IMMUTABLE)
    if _SLSA.match(name):
        # This builder verifies itself by its tag: https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators
        if re.fullmatch(r"v\d+\.\d+\.\d+(?:-[\w.]+)?", ref):
            return Judged(Fixity.EXACT)
        return Judged(Fixity.MUTABLE, "this builder must be named by a full version tag", f"`{name}@vX.Y.Z`")
    if "${{" in name or "${{" in ref:
        return Judged(Fixity.UNKNOWN, "the reference is put together at run time")
    pin = f"`{name}@<40-hex commit>" + (f"  # {ref}`" if ref else "`")
    if not ref:
        return Judged(Fixity.MUTABLE, "no reference after the name", pin)
    what = (
        "a shortened commit is looked up as a tag or branch"
        if re.fullmatch(r"[0-9a-f]{7,39}", ref)
        else (f"`{ref}` is a tag or branch that can be moved")
    )
    return Judged(Fixity.MUTABLE, what, pin)
