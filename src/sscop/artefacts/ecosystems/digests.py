"""The digests of a manifest that Poetry, Pipenv and Composer write into their locks, by every way they had.

A lock with another digest was made from another manifest; these tools say so themselves when they install.
"""

from __future__ import annotations

from typing import Any

_LEGACY = ("dependencies", "source", "extras", "dev-dependencies")
_COMPOSER = (
    "name", "version", "require", "require-dev", "conflict", "replace", "provide", "minimum-stability",
    "prefer-stable", "repositories", "extra",
)  # fmt: skip


def poetry_digests(data: dict[str, Any]) -> frozenset[str]:
    """The `content-hash` that Poetry 1 and 2 make of a pyproject.toml; empty where it holds what JSON can't."""
    project, groups = _dict(data.get("project")), _dict(data.get("dependency-groups"))
    poetry = _dict(_dict(data.get("tool")).get("poetry"))
    named = ("requires-python", "dependencies", "optional-dependencies")
    standard = {key: project[key] for key in named if project.get(key) is not None}
    legacy: dict[str, Any] = {key: poetry.get(key) for key in _LEGACY}
    if poetry.get("group") is not None:
        legacy["group"] = poetry["group"]
    modern = {key: value for key, value in legacy.items() if value is not None}
    candidates: list[dict[str, Any]] = [legacy, {key: legacy[key] for key in _LEGACY}]
    if standard:
        candidates.append({"project": standard, "tool": {"poetry": modern}})
    if groups:
        candidates.append({"dependency-groups": groups, "tool": {"poetry": modern}})
        candidates.append({"project": standard, "dependency-groups": groups, "tool": {"poetry": modern}})
    return frozenset(digest for one in candidates if (digest := _sha256(one)))


def pipfile_digests(data: dict[str, Any]) -> frozenset[str]:
    """The `_meta.hash.sha256` that Pipenv makes of a Pipfile; none where it names no source, and settings give one."""
    if "source" not in data:
        return frozenset()
    own = ("source", "packages", "dev-packages", "requires", "scripts", "pipfile", "pipenv", "default", "develop")
    further = {key: value for key, value in data.items() if key not in own}
    content = {
        "_meta": {"sources": data["source"], "requires": data.get("requires", {})},
        "default": data.get("packages", {}),
        "develop": data.get("dev-packages", {}),
    }
    candidates = ({**content, **further}, content)
    made = (_sha256(one, separators=(",", ":")) for one in candidates)
    return frozenset(digest for digest in made if digest)


def composer_digests(data: dict[str, Any]) -> frozenset[str]:
    """The `content-hash` that Composer makes of a composer.json: an MD5 of PHP's JSON, where `{}` is `[]`."""
    content = {key: data[key] for key in _COMPOSER if key in data}
    platform = _dict(data.get("config")).get("platform")
    if platform is not None:
        content["config"] = {"platform": platform}
    import hashlib
    import json

    text = json.dumps(_php(content), sort_keys=False, separators=(",", ":")).replace("/", "\\/")
    return frozenset({hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()})


def _php(value: Any, depth: int = 0) -> Any:
    """A value as PHP's arrays hold it; only the outermost keys are sorted."""
    if isinstance(value, dict):
        if not value:
            return []
        keys = sorted(value) if depth == 0 else list(value)
        return {key: _php(value[key], depth + 1) for key in keys}
    return [_php(one, depth + 1) for one in value] if isinstance(value, list) else value


def _sha256(content: object, **how: Any) -> str:
    import hashlib
    import json

    try:
        text = json.dumps(content, sort_keys=True, **how)
    except (TypeError, ValueError, RecursionError):
        return ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
