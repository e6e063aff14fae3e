"""`.sscop.yaml`: what the repository says about its product, its scope, its checks and its gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sscop.artefacts.nodes import Entries, Node, Text, load, mapping, text, texts
from sscop.artefacts.shape import Fields, Many, Problem, Shape, Word, Words, problems, schema
from sscop.check import Check
from sscop.exceptions import (
    BASELINE,
    Exceptions,
    baseline_shape,
    beyond_shape,
    exempt_shape,
    stated,
    waivers_shape,
)
from sscop.lazy import NamedTuple
from sscop.model import Gate, Unread
from sscop.repository import Repository

PATH = ".sscop.yaml"

LARGEST = 8 * 1024 * 1024
"""Bytes of a file of the configuration: a baseline of some 20,000 debts."""


class ConfigError(Exception):
    """Something is wrong with the configuration; each line of the text names a place and what to do."""


class Config(NamedTuple):
    """A read configuration; `digest` is the SHA-256 of the file and the baseline, None where there is neither."""

    product: Mapping[str, Any] = {}
    exclude: tuple[str, ...] = ()
    checks: Mapping[str, Mapping[str, Node]] = {}
    fail_on: Gate | None = None
    digest: str | None = None
    exceptions: Exceptions = Exceptions()
    accepted: Mapping[str, str] = {}


def shape(checks: Sequence[Check]) -> Fields:
    """The shape of the file, given the checks that it may configure."""
    options: dict[str, Shape] = {
        check.id: Fields(check.title, {name: Words(about) for name, about in check.options.items()}) for check in checks
    }
    return Fields(
        "The configuration of sscop for one repository.",
        {
            "version": Word("the format's version", choices=("1",), integer=True),
            "product": Fields(
                "The product that this repository is part of.",
                {
                    "name": Word("the product's name, as customers know it"),
                    "version": Word("the version that is answered for, where a tag does not say it"),
                    "vendor": Word("the organisation that answers, as customers know it"),
                    "role": Word("what you are to it", choices=("developer", "distributor", "reseller")),
                    "delivery": Many("how it reaches customers", Word("such as container, package, saas, firmware")),
                    "visibility": Word("who can read this repository", choices=("public", "private")),
                    "senior-responsible-owner": Word("the role (not the person) that answers for the Code"),
                },
            ),
            "scope": Fields(
                "What to look at.", {"exclude": Many("paths to leave out", Word("a glob, such as third_party/**"))}
            ),
            "checks": Fields("Settings of single checks.", options),
            "not-applicable": exempt_shape([check.id for check in checks]),
            "waivers": waivers_shape([check.id for check in checks]),
            "accepted": Fields(
                "That the self-assessment was accepted; until then every form of it is a draft.",
                {
                    "by-role": Word("the role (not the person) that accepted it"),
                    "on": Word("the day", day=True),
                    "period": Word(
                        "the time that it speaks for, such as 2026-07-01 to 2026-12-31",
                        pattern=r"\d{4}-\d{2}-\d{2} to \d{4}-\d{2}-\d{2}",
                    ),
                    "residual-gaps": Word("the gaps that were accepted with it, in words"),
                },
                ("by-role", "on", "period", "residual-gaps"),
            ),
            "fail-on": Word("the level at which a run fails", choices=tuple(gate.value for gate in Gate)),
        },
        required=("version",),
    )


def json_schema(checks: Sequence[Check]) -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": PATH, **schema(shape(checks))}


def read(repo: Repository, checks: Sequence[Check]) -> Config:
    """The repository's configuration, or the defaults where it has none.

    Raises ConfigError for a file that can't be read, is not tracked, has another name, or has anything in it
    that the format does not know.
    """
    if repo.has(".sscop.yml") or repo.untracked(".sscop.yml"):
        raise ConfigError(f".sscop.yml:1: the configuration's name is {PATH}; rename it and git add it")
    root = _entries(repo, PATH, shape(checks), beyond_shape)
    baseline = _entries(repo, BASELINE, baseline_shape())
    if root is None and baseline is None:
        return Config()
    import hashlib

    told = [data for path in (PATH, BASELINE) if repo.has(path) and isinstance(data := repo.read(path, LARGEST), bytes)]
    root = mapping(root)
    gate = text(root.get("fail-on"))
    return Config(
        product={key: _plain(value) for key, value in mapping(root.get("product")).items()},
        exclude=tuple(texts(mapping(root.get("scope")).get("exclude"))),
        checks={key: mapping(value) for key, value in mapping(root.get("checks")).items()},
        fail_on=Gate(gate) if gate else None,
        digest=hashlib.sha256(b"\0".join(told)).hexdigest() if told else None,
        exceptions=stated(root, baseline),
        accepted={key: str(value) for key, value in mapping(root.get("accepted")).items()},
    )


def _entries(
    repo: Repository, path: str, shape: Fields, beyond: Callable[[Entries], Iterable[Problem]] | None = None
) -> Entries | None:
    """What a tracked file of the configuration holds, None where there is none.

    Raises ConfigError, naming each line, for one that does not have its shape, or breaks a rule `beyond` it.
    """
    if not repo.has(path):
        if repo.is_link(path):
            raise ConfigError(f"{path}:1: is a symbolic link, which is not followed; put the file itself here")
        if repo.untracked(path):
            force = "-f " if repo.git and repo.git.ignores(path) else ""
            told = f"{path}:1: exists but is not tracked by git, so it does not count; run: git add {force}{path}"
            raise ConfigError(told)
        return None
    node = repo.parse(path, load, LARGEST)
    if isinstance(node, Unread):
        if repo.gone(node):
            return None
        raise ConfigError(f"{path}:{node.line or 1}: {node.reason}")
    found = list(problems(node, shape)) or list(beyond(mapping(node)) if beyond else ())
    if found:
        raise ConfigError("\n".join(f"{path}:{problem.line}: {problem.text}" for problem in found))
    return mapping(node)


def _plain(node: Node) -> Any:
    return str(node) if isinstance(node, Text) else [str(one) for one in texts(node)]
