"""Kubernetes manifests: the objects of a file, of which only those that matter to a reader are parsed.

A generated `install.yaml` has tens of thousands of lines, and a second of parsing in it; so its documents are cut
apart as text first. Templates (`{{ }}`) are no YAML and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Node, load, mapping, text
from sscop.lazy import NamedTuple, lazily

_FOLDERS = (
    "{k8s,kube,kubernetes,manifest,manifests,deploy,deployment,deployments,kustomize,kustomization,openshift,gitops,"
    "clusters,flux,infra,infrastructure,base,overlays,install,config}"
)
GLOBS = (f"**/{_FOLDERS}/**/*.{{yml,yaml}}", "**/*{secret,deployment,manifest,k8s,install}*.{yml,yaml}")

_SEPARATOR = lazily(r"^---.*$", re.MULTILINE)
_KIND = lazily(r"^kind:[ \t]*[\"']?(\w+)", re.MULTILINE)
WORKLOADS = {"Pod", "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job", "CronJob"}


class Object(NamedTuple):
    """An object of a manifest."""

    kind: str
    name: str
    line: int
    node: Entries


def telling(data: bytes, kind: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether an object of a kind has a text that a pattern finds something in, told without decoding the file."""
    at = data.find(b"kind: " + kind)
    while at >= 0:
        end = data.find(b"\n---", at)
        if pattern.search(data, max(data.rfind(b"\n---", 0, at), 0), len(data) if end < 0 else end):
            return True
        at = data.find(b"kind: " + kind, len(data) if end < 0 else end)
    return False


def objects(source: str, kinds: set[str], pattern: re.Pattern[str]) -> Iterator[Object]:
    """The objects of some kinds whose text a pattern finds something in. Raises Malformed where one is no YAML."""
    start = line = 0
    cuts = [match.span() for match in _SEPARATOR.finditer(source)]
    for end, after in [*cuts, (len(source), len(source))]:
        part = source[start:end]
        kind = _KIND.search(part)
        if kind and kind[1] in kinds and pattern.search(part) and "{{" not in part:
            node = mapping(load("\n" * line + part))
            yield Object(kind[1], text(mapping(node.get("metadata")).get("name")) or "", node.line, node)
        line += source.count("\n", start, after)
        start = after


def pods(node: Node) -> Iterator[Entries]:
    """The pod specifications of a workload: its own, its template's, its job template's."""
    spec = mapping(mapping(node).get("spec"))
    for _ in range(3):
        if "containers" in spec:
            yield spec
            return
        inner = spec.get("template") or spec.get("jobTemplate")
        spec = mapping(mapping(inner).get("spec"))
