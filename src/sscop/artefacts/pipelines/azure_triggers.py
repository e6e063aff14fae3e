"""What starts an Azure pipeline.

Without `trigger` every push to every branch does, without `pr` every pull request of a GitHub or Bitbucket repository.
Source: the Azure Pipelines YAML schema (trigger, pr, schedules, resources) and its page on GitHub repositories.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, mapping, text, texts
from sscop.artefacts.pipelines.model import Event, Trigger


def triggers(root: Entries) -> tuple[Trigger, ...]:
    """All triggers of a pipeline; running it by hand is always one."""
    return tuple(_triggers(root))


def _triggers(root: Entries) -> Iterator[Trigger]:
    yield from _of(Event.PUSH, root.get("trigger"), root.line)
    tags = mapping(mapping(root.get("trigger")).get("tags"))
    if texts(tags.get("include")):
        yield Trigger(Event.TAG, tags.line, tuple(texts(tags["include"])), tuple(texts(tags.get("exclude"))))
    yield from _of(Event.PULL_REQUEST, root.get("pr"), root.line)
    for one in map(mapping, items(root.get("schedules"))):
        branches = mapping(one.get("branches"))
        yield Trigger(
            Event.SCHEDULE, one.line, tuple(texts(branches.get("include"))), tuple(texts(branches.get("exclude")))
        )
    resources = mapping(root.get("resources"))
    for one in map(mapping, items(resources.get("pipelines"))):
        if "trigger" in one and text(one["trigger"]) != "none":
            yield Trigger(Event.OTHER, one.line)
    yield Trigger(Event.MANUAL, root.line)


def _of(event: Event, node: Node | None, line: int) -> Iterator[Trigger]:
    if isinstance(node, Text) and node == "none":
        return
    if not isinstance(node, Entries):
        branches = tuple(_branch(one) for one in texts(node)) if isinstance(node, (Items, Text)) else ()
        yield Trigger(event, node.line if node is not None else line, tuple(one for one in branches if one != "**"))
        return
    branches_of, paths = mapping(node.get("branches")), mapping(node.get("paths"))
    targets = [_branch(one) for one in texts(branches_of.get("include"))]
    yield Trigger(
        event,
        node.line,
        () if "**" in targets else tuple(targets),
        tuple(_branch(one) for one in texts(branches_of.get("exclude"))),
        tuple(map(_path, texts(paths.get("include")))),
        tuple(map(_path, texts(paths.get("exclude")))),
    )


def _branch(name: str) -> str:
    """A branch's glob as GitHub writes it: `*` crosses `/` in Azure's."""
    name = name.removeprefix("refs/heads/")
    return "**" if name == "*" else name.replace("/*", "/**")


def _path(glob: str) -> str:
    """A path's glob with what is below a folder: Azure's paths are prefixes unless they have wildcards."""
    glob = glob.lstrip("/")
    return (
        "**"
        if glob in ("", "*", ".")
        else glob.removesuffix("/*").removesuffix("/**") + "/**"
        if glob.endswith(("/*", "/**"))
        else glob
        if "." in glob.rpartition("/")[2] or "*" in glob
        else glob.rstrip("/") + "/**"
    )
