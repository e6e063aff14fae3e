"""What in a repository stops a build tool that a policy does not allow, at the place that runs it.

It stops one where it runs at every change, with the check of the policy among those that it runs, and its failing
fails what it is part of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.launch import bare
from sscop.artefacts.nodes import Entries, items, load, mapping, text, texts
from sscop.artefacts.pipelines import Event, Job, Pipeline, Step, into_default, pipelines_of, runs_at
from sscop.artefacts.runs import Block, Place, runs
from sscop.artefacts.tool_sections import Listed
from sscop.artefacts.workflow import load_action
from sscop.model import Evidence, Unread
from sscop.repository import Repository

CHECK = "tool-policy"
_HOOKS = {"sscop": (), "sscop-tool-policy": (CHECK,)}
"""This project's hooks that check a policy, and the checks that each one names."""
_STAGES = {"pre-commit", "pre-merge-commit", "pre-push", "commit", "merge-commit", "push"}
"""Those of pre-commit's stages at which a hook keeps a change from being made or sent, under both of their names."""
_VALUED = {"--root", "--rev", "--base", "--format", "--output", "--today", "--fail-on", "--usual-gate", "--platform"}
_HERE = ("", ".", "./")


def enforcing(repo: Repository, lists: Sequence[Listed], fails: bool) -> tuple[Evidence, ...]:
    """Where a policy is enforced; `fails` says whether this check may fail, without which it only shows."""
    found = [*_hooks(repo), *_pipelines(repo)] if fails else []
    return (*found, *(Evidence(one.path, one.line, one.form) for one in lists if one.enforced))


def _hooks(repo: Repository) -> Iterator[Evidence]:
    """Hooks of pre-commit that run this check at a commit or a push."""
    for path in repo.find(".pre-commit-config.{yaml,yml}"):
        node = repo.parse(path, load)
        for source in map(mapping, items(mapping(None if isinstance(node, Unread) else node).get("repos"))):
            for hook in map(mapping, items(source.get("hooks"))):
                name, stages = text(hook.get("id")), texts(hook.get("stages"))
                at_changes = not stages or bool(_STAGES & set(stages))
                if name and at_changes and _checks(_started(text(source.get("repo")) or "", name, hook)):
                    yield Evidence(path, name.line, f"the hook {name}")


def _started(source: str, name: str, hook: Entries) -> list[str]:
    """The words that a hook runs; none for the hook of another project."""
    given = texts(hook.get("args"))
    if source == "local":
        return [*(text(hook.get("entry")) or "").split(), *given]
    ours = source.rstrip("/").removesuffix(".git").endswith("/sscop") and name in _HOOKS
    return ["sscop", "check", *_HOOKS[name], *given] if ours else []


def _pipelines(repo: Repository) -> Iterator[Evidence]:
    """Steps of pipelines that run this check, as the action or as a command."""
    own = _is_own_action(repo)
    for pipeline in repo.once(pipelines_of)[0]:
        for job in pipeline.jobs:
            used = [one for one in job.steps if one.uses and one.uses.partition("@")[0].endswith("/sscop")]
            for step in (*used, *(_own_steps(job) if own else ())):
                if step.uses and _action_checks(step.inputs) and _stops(pipeline, job, step):
                    yield Evidence(step.path, step.uses.line, "the action sscop in a workflow")
            for step in job.steps:
                if step.scripts and _stops(pipeline, job, step):
                    yield from _commands(repo, step)


def _commands(repo: Repository, step: Step) -> Iterator[Evidence]:
    """Where a step's scripts, or what they call, run this check so that it can fail the step."""
    for block in runs(repo, step.scripts, Place(step.path, step.folder, step.action, via=step.via)):
        if not isinstance(block, Block) or block.place.tolerance:
            continue
        pipefail = step.pipefail or any("pipefail" in script.text for script in block.scripts)
        for piped in block.pipelines:
            for command in piped if pipefail else piped[-1:]:  # without it, a pipe's other commands may fail
                if not command.tolerance and _checks([word.text for word in command.words]):
                    yield Evidence(block.place.path, command.line, "`sscop check` in a workflow")


def _own_steps(job: Job) -> Iterator[Step]:
    """The steps that use the action at the repository's root, of which the model has what it runs inside."""
    for node in map(mapping, items(job.node.get("steps"))):
        uses = text(node.get("uses"))
        if uses in ("./", "."):
            tolerance = "" if text(node.get("continue-on-error")) in (None, "false") else "continue-on-error"
            condition, nothing = text(node.get("if")), mapping(None)
            yield Step(
                job.path, node.line, "", uses, mapping(node.get("with")), (), "", nothing, condition, tolerance, node
            )


def _stops(pipeline: Pipeline, job: Job, step: Step) -> bool:
    """Whether it can fail and runs at every change of the default branch, or every pull request into it."""
    return not (step.tolerance or job.tolerance or job.paths) and any(
        one.event in (Event.PULL_REQUEST, Event.PUSH)
        and into_default(one, pipeline.branch)
        and not (one.paths or one.except_paths)
        and runs_at(pipeline, job, step, one.event) is True
        for one in pipeline.triggers
    )


def _action_checks(inputs: Entries) -> bool:
    """Whether the action's inputs let it check the policy here, and fail."""
    given = {key: (text(inputs.get(key)) or "").strip() for key in ("checks", "fail-on", "working-directory")}
    named = given["checks"].replace(",", " ").split()
    known = not any("${{" in one for one in given.values()) and "post-report" not in inputs
    here = given["working-directory"] in _HERE
    return known and here and given["fail-on"] != "never" and (not named or CHECK in named)


def _checks(words: Sequence[str]) -> bool:
    """Whether a command is `sscop check` of the policy, with a gate at which it fails."""
    started = bare(words) if words else ()
    if started[:1] not in (("sscop",), ("sscop_hooks",)) or started[1:2] != ("check",):
        return False
    named, options, waiting = [], dict[str, str](), ""
    for word in started[2:]:
        name, equals, value = word.partition("=")
        if waiting:
            options[waiting], waiting = word, ""
        elif name in _VALUED:
            options[name], waiting = value, "" if equals else name
        elif word.startswith("-"):
            options[word] = ""
        else:
            named.append(word)
    plain = not any("$" in one for one in (*named, *options.values())) and not {"-h", "--help"} & set(options)
    here = options.get("--root", "") in _HERE and "--rev" not in options
    return plain and here and options.get("--fail-on") != "never" and (not named or CHECK in named)


def _is_own_action(repo: Repository) -> bool:
    """Whether the repository's own action is this project's."""
    action = repo.parse("action.yml", load_action) if repo.has("action.yml") else None
    return not isinstance(action, Unread) and action is not None and text(action.node.get("name")) == "sscop"
