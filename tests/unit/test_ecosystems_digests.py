"""The digests that Poetry, Pipenv and Composer write into their locks; the expected ones were made by these tools."""

from __future__ import annotations

import hashlib
import json

from sscop.artefacts.ecosystems.digests import composer_digests, pipfile_digests, poetry_digests


def sha(content: object, **how: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, **how).encode()).hexdigest()  # type: ignore[arg-type]


def test_poetry_1() -> None:
    poetry = {"dependencies": {"python": "^3.10"}, "group": {"dev": {"dependencies": {"pytest": "*"}}}}
    content = {"dependencies": poetry["dependencies"], "dev-dependencies": None, "extras": None, "source": None}
    found = poetry_digests({"tool": {"poetry": poetry}})
    assert sha({**content, "group": poetry["group"]}) in found
    assert sha(content) in found


def test_poetry_2() -> None:
    project = {"name": "x", "requires-python": ">=3.10", "dependencies": ["a"]}
    standard = {"requires-python": ">=3.10", "dependencies": ["a"]}
    data = {"project": project, "dependency-groups": {"dev": ["b"]}, "tool": {"poetry": {"extras": {}}}}
    found = poetry_digests(data)
    modern = {"poetry": {"extras": {}}}
    assert sha({"project": standard, "tool": modern}) in found
    assert sha({"project": standard, "dependency-groups": {"dev": ["b"]}, "tool": modern}) in found


def test_what_json_cannot_hold_has_no_digest() -> None:
    assert poetry_digests({"tool": {"poetry": {"dependencies": {"a": {1, 2}}}}}) == frozenset()


def test_pipfile() -> None:
    source = [{"url": "https://packages.example/simple", "verify_ssl": True, "name": "own"}]
    data = {"source": source, "packages": {"flask": "*"}, "scripts": {"x": "y"}, "docs": {"sphinx": "*"}}
    content = {"_meta": {"sources": source, "requires": {}}, "default": {"flask": "*"}, "develop": {}}
    found = pipfile_digests(data)
    assert sha({**content, "docs": {"sphinx": "*"}}, separators=(",", ":")) in found
    assert pipfile_digests({"packages": {}}) == frozenset()


def test_composer() -> None:
    data = {"require": {"b/b": "^1", "a/a": "^1"}, "name": "o/é", "config": {"platform": {"php": "8.1"}}, "extra": {}}
    text = '{"config":{"platform":{"php":"8.1"}},"extra":[],"name":"o\\/\\u00e9","require":{"b\\/b":"^1","a\\/a":"^1"}}'
    assert composer_digests(data) == {hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}
