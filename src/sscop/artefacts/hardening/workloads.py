"""What containers may do on their hosts: compose services, Kubernetes workloads, Helm values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts import compose
from sscop.artefacts.credentials.deployed import deployed
from sscop.artefacts.hardening import Default, Fact
from sscop.artefacts.hardening.images import variable
from sscop.artefacts.kubernetes import GLOBS, WORKLOADS, objects, pods, telling
from sscop.artefacts.nodes import Entries, Items, Node, Text, items, load, mapping, text
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_SOCKET = lazily(r"(?:/var)?/run/docker\.sock(?::|\Z)")
_WEAK = (
    r"\b(?:(?:privileged|allowPrivilegeEscalation|hostPID|hostNetwork):[ \t]*true|runAsNonRoot:[ \t]*false"
    r"|runAsUser:[ \t]*0)\b"
)
_TELLING = lazily(_WEAK)
_TELLING_BYTES = lazily(_WEAK.encode())
_GOOD = lazily(rb"^[^#\n]{0,200}?\brunAsNonRoot:[ \t]*true\b", re.MULTILINE)
_BAD = {
    ("privileged", "true"): ("privileged", "may do everything on its host (`privileged`)"),
    ("runAsNonRoot", "false"): ("runs-as-root", "may run as root (`runAsNonRoot: false`)"),
    ("runAsUser", "0"): ("runs-as-root", "runs as root (`runAsUser: 0`)"),
    ("allowPrivilegeEscalation", "true"): ("escalation", "may gain privileges (`allowPrivilegeEscalation: true`)"),
    ("hostPID", "true"): ("host-namespace", "sees the host's processes (`hostPID`)"),
    ("hostNetwork", "true"): ("host-namespace", "is in the host's network (`hostNetwork`)"),
}


def facts(repo: Repository) -> Iterator[Fact]:
    """Services, workloads and values that say something of it."""
    yield from _compose(repo)
    for path in repo.find(*GLOBS, family=Family.SHIPPED):
        data = repo.read(path)
        if isinstance(data, bytes):
            yield from _unprivileged(path, data)
            if any(telling(data, kind.encode(), _TELLING_BYTES) for kind in WORKLOADS):
                found = repo.parse(path, manifest)
                if isinstance(found, Unread):
                    yield from () if repo.gone(found) else [found]
                else:
                    yield from (Default(path, *one) for one in found)
    for path in repo.find("**/values.{yml,yaml}", family=Family.SHIPPED):
        values = repo.read(path) if repo.has(f"{path.rpartition('/')[0]}/Chart.yaml".lstrip("/")) else None
        if isinstance(values, bytes):
            yield from _unprivileged(path, values)
            node = repo.parse(path, load) if _TELLING_BYTES.search(values) else None
            if node is not None and not isinstance(node, Unread):
                for line, code, said, key in _contexts(node, ""):
                    if code != "host-namespace":  # whether it is for a DaemonSet, which needs it, is not told here
                        yield Default(path, line, code, f"{said.strip()}, by default", key)


def _unprivileged(path: str, data: bytes) -> Iterator[Default]:
    """The first workload that asks to run without privileges, told without parsing."""
    match = _GOOD.search(data) if b"runAsNonRoot" in data else None
    if match:
        line = data.count(b"\n", 0, match.start()) + 1
        yield Default(path, line, "unprivileged", "a workload runs without privileges", "runAsNonRoot", good=True)


Said = tuple[int, str, str, str]
"""Line, code, in words, key."""


def _compose(repo: Repository) -> Iterator[Fact]:
    for path in repo.find(*compose.GLOBS, family=Family.SHIPPED):
        node = repo.parse(path, load)
        services = () if isinstance(node, Unread) else compose.services(node)
        found = [one for service in services for one in _service(path, service)]
        if found and deployed(repo, path, services):
            yield from found


def _service(path: str, service: compose.Service) -> Iterator[Default]:
    privileged = text(service.node.get("privileged"))
    if privileged == "true":
        said = f"service `{service.name}` may do everything on its host (`privileged`)"
        yield Default(path, privileged.line, "privileged", said, service.name)
    for volume in service.volumes:
        if _SOCKET.match(volume):
            said = f"service `{service.name}` commands its host through the Docker socket"
            yield Default(path, volume.line, "docker-socket", said, service.name)
    for name, value, line in service.environment:
        yield from variable(path, line, name, value or "", f"the environment of service `{service.name}`")


def manifest(source: str) -> tuple[Said, ...]:
    """What a manifest's workloads say."""
    return tuple(
        (line, code, f"{one.kind} `{one.name}`{said}", f"{one.name}{key}")
        for one in objects(source, WORKLOADS, _TELLING)
        for pod in pods(one.node)
        for line, code, said, key in _contexts(pod, "")
        if not (code == "host-namespace" and one.kind == "DaemonSet")
    )


def _contexts(node: Node, above: str) -> Iterator[Said]:
    """The settings of security contexts at any depth, with the keys above them."""
    for key, under in mapping(node).pairs():
        if isinstance(under, Text) and not under.style:
            bad = _BAD.get((str(key), under.lower()))
            if bad and (key.startswith("host") or "context" in above.lower()) and "init" not in above.lower():
                place = f" in `{above.strip('.')}`" if above else ""
                yield under.line, bad[0], f" {bad[1]}{place}", f".{key}"
        elif isinstance(under, Entries):
            yield from _contexts(under, f"{above}.{key}"[-200:])
        elif isinstance(under, Items):
            for one in items(under):
                yield from _contexts(one, f"{above}.{key}"[-200:])
