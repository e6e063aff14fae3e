"""References in pre-commit configurations and in the pipelines of GitLab, CircleCI, Azure and Bitbucket.

Sources: pre-commit's configuration format; GitLab CI/CD YAML syntax; CircleCI configuration reference; Azure
Pipelines YAML schema; Bitbucket pipelines configuration. A Jenkinsfile is a program and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sscop.artefacts import images, requirement
from sscop.artefacts.nodes import Entries, Items, Node, Text, items, load, mapping, text, texts
from sscop.artefacts.reference import Fixity, Judged, Reference, Tool
from sscop.artefacts.references import commands
from sscop.artefacts.references.commands import Fact
from sscop.artefacts.runs import Place
from sscop.artefacts.shell import script
from sscop.artefacts.versions import HEX, of_version
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

Found = Iterator[Fact]


_GITLAB_FILES = (".gitlab-ci.{yml,yaml}", "**/*.gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}")


def references(repo: Repository) -> Found:
    """Everything that these pipelines name."""
    readers: list[tuple[tuple[str, ...], Callable[[Repository, str, Node], Found]]] = [
        (("**/.pre-commit-config.{yaml,yml}",), _pre_commit),
        (_GITLAB_FILES, _gitlab),
        ((".circleci/config.{yml,yaml}",), _circleci),
        (("azure-pipelines*.{yml,yaml}", ".azure*/**/*.{yml,yaml}", "**/azure-pipelines/**/*.{yml,yaml}"), _azure),
        (("bitbucket-pipelines.yml",), _bitbucket),
    ]
    for globs, reader in readers:
        for path in repo.find(*globs, family=Family.TOOLS):
            node = repo.parse(path, load)
            if not isinstance(node, Unread):
                yield from reader(repo, path, node)
            elif not repo.gone(node):
                yield node
    for path in repo.find("Jenkinsfile", "**/Jenkinsfile", "**/*.jenkinsfile", family=Family.TOOLS):
        yield Unread(path, "a Jenkins pipeline is a program, which this check does not read", 1)


def _image(node: Node | None, path: str, variables: Entries | None = None) -> Iterator[Reference]:
    """An image given as a text or under `name`."""
    named = text(mapping(node).get("name")) if isinstance(node, Entries) else text(node)
    if named:
        resolved = _resolve(named, variables)
        found = images.reference(resolved, path, named.line, f"written `{named}`" if resolved != named else "")
        if found:
            yield found


def _resolve(value: str, variables: Entries | None) -> str:
    from sscop.artefacts.dockerfile import substitute

    known = {name: str(v.get("value", "")) if isinstance(v, Entries) else v for name, v in (variables or {}).items()}
    return substitute(value, {name: v for name, v in known.items() if isinstance(v, str)})


def _pre_commit(repo: Repository, path: str, node: Node) -> Found:
    for hooks in items(mapping(node).get("repos")):
        entry = mapping(hooks)
        url, rev = text(entry.get("repo")), text(entry.get("rev")) or text(entry.get("sha"))
        if url and url not in ("local", "meta", "builtin"):
            at = rev or url
            name = re.sub(r"^(?:https?://|git@|ssh://(?:git@)?)(?:www\.)?(?:github\.com[/:])?|\.git$", "", url).strip(
                "/"
            )
            if rev and HEX.match(rev):
                judged = Judged(Fixity.IMMUTABLE)
            else:
                why = f"`{rev}` is a tag or branch that can be moved" if rev else "no `rev`"
                judged = Judged(
                    Fixity.MUTABLE,
                    why,
                    f"`rev: <40-hex commit>  # frozen: {rev}` (`pre-commit autoupdate --freeze` writes it)",
                )
            yield Reference(Tool.HOOK, path, at.line, f"{name}@{rev or ''}", name, *judged)
        for hook in map(mapping, items(entry.get("hooks"))):
            for wanted in texts(hook.get("additional_dependencies")):
                yield from _additional(wanted, path)


def _additional(wanted: Text, path: str) -> Iterator[Reference]:
    """One of a hook's additional dependencies: Python's form, npm's (`name@1.2.3`), Go's (`module@v1.2.3`)."""
    if re.match(r"[.:/~]", wanted):
        return
    if re.fullmatch(r"@[\w.-]+/[\w.-]+(?:@.+)?|[\w.-]+@[\^~]?v?\d[\w.*-]*|[\w.-]+@(?:latest|next)", wanted):
        judged = requirement.npm(wanted)
        key = re.split(r"(?<=.)@", wanted, maxsplit=1)[0]
    elif re.match(r"[\w-]+\.[\w.-]+/\S+@", wanted):
        key, _, version = wanted.partition("@")
        fixity = Fixity.IMMUTABLE if of_version(version) is not Fixity.MUTABLE else Fixity.MUTABLE
        judged = Judged(fixity, f"`{version}` moves" if fixity is Fixity.MUTABLE else "", "an exact version")
    else:
        judged = requirement.python(wanted)
        key = re.split(r"[\[=<>!~@:; ]", wanted, maxsplit=1)[0]
    if judged:
        yield Reference(Tool.PACKAGE, path, wanted.line, wanted, f"hook:{key.lower()}", *judged)


_GITLAB_WORDS = {"variables", "stages", "include", "workflow", "default", "image", "services", "cache", "spec"}
_SCRIPTS = ("before_script", "script", "after_script")


def _gitlab(repo: Repository, path: str, node: Node) -> Found:
    root = mapping(node)
    variables = _gitlab_variables(repo)
    for include in items(root.get("include")):
        yield from _gitlab_include(include, path)
    jobs = [root, mapping(root.get("default"))]
    jobs += [mapping(job) for name, job in root.items() if name not in _GITLAB_WORDS]
    for job in jobs:
        local = Entries({**variables, **mapping(job.get("variables"))})
        yield from _image(job.get("image"), path, local)
        for service in items(job.get("services")):
            yield from _image(service, path, local)
        scripts = [script(line) for part in _SCRIPTS for line in _lines(job.get(part))]
        yield from commands.references(repo, scripts, Place(path))


def _gitlab_variables(repo: Repository) -> Entries:
    """The variables that all of the repository's GitLab files set at their top: included files share them."""
    shared = Entries()
    for path in repo.find(*_GITLAB_FILES, family=Family.TOOLS):
        shared.update(mapping(mapping(_parsed(repo, path)).get("variables")))
    return shared


def _parsed(repo: Repository, path: str) -> Node | None:
    node = repo.parse(path, load)
    return None if isinstance(node, Unread) else node


def _lines(node: Node | None) -> Iterator[Text]:
    """A script's lines, lists inside it flattened as GitLab does; `!reference` makes nothing."""
    for one in items(node):
        if isinstance(one, Items):
            yield from () if one.tag == "!reference" else _lines(one)
        elif isinstance(one, Text) and not (isinstance(node, Items) and node.tag == "!reference"):
            yield one


def _gitlab_include(node: Node, path: str) -> Iterator[Reference]:
    entry = mapping(node)
    remote, project, component, template = (text(entry.get(k)) for k in ("remote", "project", "component", "template"))
    if isinstance(node, Text) and re.match(r"https?://", node):
        remote = node
    if remote:
        held = bool(entry.get("integrity")) or bool(re.search(r"[0-9a-f]{40}", remote))
        judged = (
            Judged(Fixity.IMMUTABLE) if held else Judged(Fixity.MUTABLE, "a remote file", "`integrity: sha256-<hash>`")
        )
        yield Reference(Tool.INCLUDE, path, remote.line, remote, remote.split("?")[0], *judged)
    elif project:
        ref = text(entry.get("ref"))
        yield Reference(Tool.INCLUDE, path, (ref or project).line, f"{project}@{ref or ''}", project, *_ref(ref, "ref"))
    elif component:
        name, _, version = component.rpartition("@")
        # A component's released versions are held fast by the CI/CD catalogue as an orb's are, its ranges are not.
        judged = Judged(Fixity.EXACT) if of_version(version) is Fixity.EXACT else _ref(version, "@")
        yield Reference(Tool.INCLUDE, path, component.line, component, name, *judged)
    elif template:
        judged = Judged(
            Fixity.MUTABLE,
            "a template of the GitLab instance, which changes with it",
            "a project include with a commit",
        )
        yield Reference(Tool.INCLUDE, path, template.line, f"template: {template}", template, *judged)


def _ref(ref: str | None, where: str) -> Judged:
    if ref and HEX.match(ref):
        return Judged(Fixity.IMMUTABLE)
    if ref and "$" in ref:
        return Judged(Fixity.UNKNOWN, "the reference is a variable")
    why = f"`{ref}` is a tag or branch that can be moved" if ref else "no `ref`, so the default branch"
    return Judged(Fixity.MUTABLE, why, "`ref: <40-hex commit>`" if where == "ref" else "`@<40-hex commit>`")


def _circleci(repo: Repository, path: str, node: Node) -> Found:
    root = mapping(node)
    for orb in texts(Items(v for v in mapping(root.get("orbs")).values() if isinstance(v, Text))):
        name, _, version = orb.partition("@")
        fixity = (
            Fixity.IMMUTABLE if of_version(version) is Fixity.EXACT else Fixity.MUTABLE
        )  # orb versions can't be replaced
        why = f"`{version or 'no version'}` moves" if fixity is Fixity.MUTABLE else ""
        yield Reference(
            Tool.INCLUDE, path, orb.line, orb, name, fixity, why, f"`{name}@<exact version>`" if why else ""
        )
    for part in ("jobs", "executors", "commands"):
        for job in map(mapping, mapping(root.get(part)).values()):
            for container in items(job.get("docker")):
                yield from _image(mapping(container).get("image"), path)
            for step in items(job.get("steps")):
                yield from _commands(repo, path, [mapping(step).get("run")])


def _commands(repo: Repository, path: str, nodes: list[Node | None]) -> Found:
    """Commands given as texts or as a mapping with `command`."""
    for node in nodes:
        command = text(mapping(node).get("command")) if isinstance(node, Entries) else text(node)
        if command:
            yield from commands.references(repo, [script(command)], Place(path))


def _azure(repo: Repository, path: str, node: Node) -> Found:
    resources = mapping(mapping(node).get("resources"))
    for one in map(mapping, items(resources.get("repositories"))):
        name, ref = text(one.get("name")), text(one.get("ref"))
        if name:
            yield Reference(Tool.INCLUDE, path, (ref or name).line, f"{name}@{ref or ''}", name, *_ref(ref, "ref"))
    for one in map(mapping, items(resources.get("containers"))):
        yield from _image(one.get("image"), path)
    for step in _walk(node):
        yield from _commands(repo, path, [step.get(word) for word in ("script", "bash", "pwsh", "powershell")])
        container = step.get("container")
        if container is not None and re.search(r"[:/]", text(container) or text(mapping(container).get("image")) or ""):
            yield from _image(mapping(container).get("image") if isinstance(container, Entries) else container, path)
        label = text(step.get("vmImage"))
        if label and label.endswith("-latest"):
            judged = Judged(Fixity.MUTABLE, "the hosted image behind it changes", "a versioned label")
            yield Reference(Tool.RUNNER, path, label.line, label, label.split("-")[0], *judged)


def _walk(node: Node) -> Iterator[Entries]:
    """Every mapping in a tree, without recursion on the stack of more than its depth (bounded by the reader)."""
    if isinstance(node, Entries):
        yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, Items):
        for value in node:
            yield from _walk(value)


def _bitbucket(repo: Repository, path: str, node: Node) -> Found:
    for one in _walk(node):
        yield from _image(one.get("image"), path)
        for line in items(one.get("script")):
            if pipe := text(mapping(line).get("pipe")):
                name, _, version = pipe.partition(":")
                yield Reference(Tool.INCLUDE, path, pipe.line, pipe, name, *_ref(version, "@"))
            elif isinstance(line, Text):
                yield from commands.references(repo, [script(line)], Place(path))
