"""Go: go.mod, go.work, go.sum. Source: the Go Modules Reference."""

from __future__ import annotations

import re

from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import REGISTRY, Dependency, Ecosystem, Manifest
from sscop.lazy import lazily

_REQUIRE = lazily(r"(?:require\s+)?\"?([^\s\"()]+)\"?\s+(v\S+)(?:\s*//\s*(indirect)?.*)?\Z")


def gather(found: Gathering) -> None:
    """The manifests and locks of Go."""
    found.lock(Ecosystem.GOMOD, "go", "**/go.sum", "**/go.work.sum")
    found.add(Ecosystem.GOMOD, "go", go_mod, "**/go.mod")


def go_mod(text: str) -> Manifest:
    """A go.mod; the group of what is required for others is `indirect`; what is replaced is `unsure`."""
    found, replaced, block, name = [], set(), "", ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        opened = re.match(r"(\w+)\s*\(", line)
        if opened:
            block = opened[1]
        elif line.startswith(")"):
            block = ""
        elif line.startswith("module "):
            name = line[7:].split("//")[0].strip().strip('"')
        elif block == "replace" or line.startswith("replace "):
            words = line.removeprefix("replace ").split()
            replaced.add(words[0])
        elif block == "require" or line.startswith("require "):
            one = _REQUIRE.match(line)
            if one:
                found.append(Dependency(one[1], one[2], number, "indirect" if one[3] else "runtime", REGISTRY))
    return Manifest(
        Ecosystem.GOMOD,
        "",
        "go",
        name=name,
        dependencies=tuple(found),
        line=found[0].line if found else 1,
        unsure=frozenset(replaced),
    )
