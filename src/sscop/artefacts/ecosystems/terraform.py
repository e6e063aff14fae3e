"""Terraform and OpenTofu: a folder of .tf files is one module; read as text.

Source: Terraform's language, the dependency lock file.
"""

from __future__ import annotations

import re
from itertools import islice

from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import REGISTRY, Dependency, Ecosystem, Manifest
from sscop.lazy import lazily

_BLOCK = lazily(
    r"^(?:(provider|module|resource|data)[ \t]*\"[^\"\n]*\"[^\n{=]{0,200}"
    r"|[ \t]+(backend|cloud)\b[ \t]*(?:\"[^\"\n]*\"[ \t]*)?)\{",
    re.MULTILINE,
)
BLOCKS = 20
_REQUIRED = lazily(r"\brequired_providers[ \t]*\{")
_PROVIDER = lazily(r"^[ \t]*([\w-]+)[ \t]*=[ \t]*(?:\{([^{}]{0,600})\}|\"([^\"\n]*)\")", re.MULTILINE)


def gather(found: Gathering) -> None:
    """One manifest for each root module, and the locks."""
    found.lock(Ecosystem.TERRAFORM, "terraform", "**/.terraform.lock.hcl")
    paths = found.product(Ecosystem.TERRAFORM, "terraform", "**/*.tf", "**/*.tofu")
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for files in folders.values():
        manifest = _module(found, files)
        if manifest:
            found.manifests.append(manifest)


def _module(found: Gathering, files: list[str]) -> Manifest | None:
    """The module of a folder, at the file that shows it: where the providers are required, else configured."""
    parts = [one for path in files if (one := found.read(path, tf))]
    if not parts:
        return None
    traits = frozenset(trait for one in parts for trait in one.traits)
    shared = "modules" in files[0].split("/")[:-1]
    root = "backend" in traits or ("provider" in traits and not shared)
    place = max(parts, key=lambda one: (bool(one.dependencies), "provider" in one.traits, "backend" in one.traits))
    return place._replace(
        dependencies=tuple(one for part in parts for one in part.dependencies),
        is_library=not root,
        library_because="it configures a provider or backend" if root else "it configures no provider or backend",
        traits=traits,
    )


def tf(text: str) -> Manifest:
    """One .tf file. Traits: `backend`, `provider` (it configures one), `resources`."""
    code = re.sub(r"(?m)^[ \t]*(?:#|//).*$", "", text)
    kinds = {
        "backend" if match[2] else "provider" if match[1] == "provider" else "resources"
        for match in _BLOCK.finditer(code)
    }
    found = []
    for block in islice(_REQUIRED.finditer(code), BLOCKS):
        body = _body(code, block.end())
        for match in _PROVIDER.finditer(body):
            inner = match[2] or ""
            source = re.search(r"\bsource\s*=\s*\"([^\"]+)\"", inner)
            version = re.search(r"\bversion\s*=\s*\"([^\"]+)\"", inner)
            real = source[1].lower() if source else f"hashicorp/{match[1]}"
            line = code.count("\n", 0, block.end() + match.start(1)) + 1
            spec = version[1] if version else match[3] or ""
            found.append(Dependency(match[1], spec, line, "provider", REGISTRY, real))
    first = _BLOCK.search(code)
    line = found[0].line if found else code.count("\n", 0, first.start()) + 1 if first else 1
    return Manifest(Ecosystem.TERRAFORM, "", "terraform", dependencies=tuple(found), line=line, traits=frozenset(kinds))


def _body(text: str, start: int) -> str:
    """What stands between a brace and the one that closes it."""
    depth = 1
    for match in re.finditer(r"\"(?:[^\"\\\n]|\\.)*\"|[{}]", text[start : start + 20_000]):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return text[start : start + match.start()]
    return text[start : start + 20_000]
