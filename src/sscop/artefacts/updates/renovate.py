"""Renovate's configuration: which managers are on, for which paths.

Source: Renovate's documentation of its options, presets and managers. Renovate looks for every manager's files in the
whole repository unless it is told otherwise, so what is read here is what tells it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, Node, Text, items, like, mapping, text, texts
from sscop.artefacts.updates.managers import OPT_IN, managers
from sscop.artefacts.updates.model import NOTHING, Reach, Said, best, normal
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.globs import compiled

_ALL_OFF = {":disablerenovate"}
_IGNORING = lazily(r":ignoremodulesandtests|config:(?:recommended|base|best-practices|js-app|js-lib|semver-all-\w+)")
_IGNORED = tuple(
    f"**/{name}/**"
    for name in ["node_modules", "bower_components", "vendor", "examples", "__tests__", "test", "tests", "__fixtures__"]
)
"""What the preset `:ignoreModulesAndTests` leaves out."""
_OURS = lazily(r"[a-z][a-z0-9-]*:[a-z][\w:/.-]*(?:\(.*\))?|:[a-z]\w*(?:\(.*\))?", 2)
"""A preset that comes with Renovate, such as `config:recommended` and `:semanticCommits`."""
_ELSEWHERE = lazily(r"(?:github|gitlab|gitea|forgejo|bitbucket|npm|local|https?)(?:>|:)|[\w@./-]+$", 2)

_PARTIAL = lazily(
    r"match(?:UpdateTypes|DepTypes|Current\w+|Datasources|SourceUrls|SourceUrlPrefixes|Dep(?:Names|Patterns|Prefixes)"
    r"|PackagePrefixes|NewValue|Confidence|BaseBranches|RegistryUrls|Repositories|Jsonata|Message|Categories|Languages"
    r"|IsVulnerabilityAlert)|exclude\w+"
)
"""The conditions that leave a rule about some of a manager's components, not about all of them."""
_EVERYTHING = frozenset({"*", "**", ".*", "^.*$", "/.*/"})


class Rule(NamedTuple):
    """One of `packageRules` that says whether something is on; or that names managers, which shows they are meant.

    `managers` and `files` are None where the rule is about all of them; `whole` is whether it is about every component
    there. `enabled` is None where the rule says nothing of it.
    """

    line: int
    managers: tuple[str, ...] | None
    files: tuple[str, ...] | None
    whole: bool
    enabled: bool | None

    def is_about(self, manager: str, path: str) -> bool:
        """Whether the rule is about (some of) what a manager reads from a file."""
        return (self.managers is None or manager in self.managers) and (
            self.files is None or any(_hits(pattern, path) for pattern in self.files)
        )


class Renovate(NamedTuple):
    """A Renovate configuration. `only` are `enabledManagers`; `blocks` the managers that have a block of their own.

    `unread` are the presets of other repositories, whose contents can't be seen here.
    """

    path: str
    line: int
    enabled: Text | None
    only: tuple[Text, ...] | None
    blocks: tuple[tuple[str, int, bool | None], ...]
    rules: tuple[Rule, ...]
    ignored: tuple[str, ...]
    included: tuple[str, ...]
    opted_in: frozenset[str]
    unread: tuple[Text, ...]
    own: tuple[Text, ...] = ()
    """Presets that are files of this repository."""
    name: str = "Renovate"
    beyond: str = ""
    """A configuration besides this one that the pipeline which runs Renovate gives it, and that is not read."""

    @property
    def is_dead(self) -> bool:
        """Whether Renovate is switched off."""
        return self.enabled is not None

    def says(self, ecosystem: str, path: str, homes: tuple[str, ...]) -> Said:
        """What it means for a file of an ecosystem (by Dependabot's names)."""
        if self.is_dead:
            return NOTHING
        return best([self._manager(one, path) for one in managers(ecosystem, path)])

    def _manager(self, manager: str, path: str) -> Said:
        if any(_ignores(glob, path) for glob in self.ignored):
            return Said(Reach.LEFT_OUT, self.line, "`ignorePaths` leaves it out")
        if self.included and not any(_matches(glob, path) for glob in self.included):
            return Said(Reach.LEFT_OUT, self.line, "`includePaths` does not name it")
        if self.only is not None and manager not in self.only:
            line = self.only[0].line if self.only else self.line
            return Said(Reach.OFF, line, f"`enabledManagers` does not name `{manager}`")
        on, line, named = self._switch(manager, path)
        if not on and not (line == self.line and (self.unread or self.beyond)):
            return Said(
                Reach.OFF,
                line,
                f"`{manager}` is not switched on" if line == self.line else f"`{manager}` is switched off",
            )
        if self.unread and not named:
            return Said(Reach.UNTOLD, self.unread[0].line, f"the preset `{self.unread[0]}` is not in this repository")
        if self.beyond and not named:
            return Said(Reach.UNTOLD, self.line, f"it is run with `{self.beyond}`, which is not read here")
        return Said(Reach.ALL, line)

    def _switch(self, manager: str, path: str) -> tuple[bool, int, bool]:
        """Whether a manager is on for a file, the line that says so, and whether anything here names the manager."""
        named = manager in (self.only or ())
        on, line = manager not in OPT_IN or manager in self.opted_in, self.line
        for block, at, enabled in self.blocks:
            if block == manager:
                named = True
                on, line = (on if enabled is None else enabled), at
        for rule in self.rules:
            if rule.is_about(manager, path):
                if rule.enabled is False and rule.whole:
                    on, line = False, rule.line
                elif rule.enabled:
                    on, line = True, rule.line
                named = named or (rule.managers is not None and rule.enabled is not False)
        return on, line, named


def renovate(source: str, path: str = "") -> Renovate:
    """The configuration in a JSON, JSONC or JSON5 text. Raises Malformed for what is none."""
    return of_node(jsonc.load5(source), path)


def of_node(root: Node | None, path: str = "") -> Renovate:
    """The configuration in a value: a file's, or the key `renovate` of a package.json."""
    if not isinstance(root, Entries):
        raise Malformed("is not a mapping, as Renovate's configuration is", root.line if root is not None else None)
    presets = [one for one in texts(root.get("extends")) if one not in texts(root.get("ignorePresets"))]
    ours = [one.lower() for one in presets if _OURS.fullmatch(one)]
    elsewhere = [one for one in presets if not _OURS.fullmatch(one)]
    own = tuple(one for one in elsewhere if "//" in one.partition(">")[2])
    enabled = text(root.get("enabled"))
    off = enabled if enabled == "false" else next((one for one in presets if one.lower() in _ALL_OFF), None)
    ignored = root.get("ignorePaths")
    only = root.get("enabledManagers")
    if only is None and ":onlynpm" in ours:
        only = next(one for one in presets if one.lower() == ":onlynpm")
        only_names: tuple[Text, ...] | None = (like(only, "npm"),)
    else:
        only_names = None if only is None else tuple(texts(only))
    return Renovate(
        path,
        root.line,
        off,
        only_names,
        tuple(_blocks(root)),
        tuple(_rule(mapping(one)) for one in items(root.get("packageRules"))),
        tuple(map(str, texts(ignored)))
        if ignored is not None
        else _IGNORED
        if any(map(_IGNORING.fullmatch, ours))
        else (),
        tuple(map(str, texts(root.get("includePaths")))),
        frozenset(_OPTED[one] for one in ours if one in _OPTED),
        tuple(one for one in elsewhere if one not in own),
        own,
    )


def with_presets(repo: Repository, config: Renovate) -> Renovate:
    """The configuration with the presets that are files of this repository put in; those not found are unread."""
    for preset in config.own:
        path = normal(preset.split("//", 1)[1].split("#")[0])
        path = next((one for one in (path, f"{path}.json", f"{path}.json5") if repo.has(one)), "")
        read = repo.parse(path, renovate) if path else None
        if read is None or isinstance(read, Unread):
            config = config._replace(unread=(*config.unread, preset))
        else:
            config = _merged(read, config)
    return config


def _merged(preset: Renovate, config: Renovate) -> Renovate:
    """A preset and what stands after it, which wins or is added."""
    return config._replace(
        enabled=config.enabled or preset.enabled,
        only=preset.only if config.only is None else config.only,
        blocks=preset.blocks + config.blocks,
        rules=preset.rules + config.rules,
        ignored=config.ignored or preset.ignored,
        included=config.included or preset.included,
        opted_in=preset.opted_in | config.opted_in,
        unread=preset.unread + config.unread,
    )


_OPTED = {":enableprecommit": "pre-commit", ":enablegitsubmodules": "git-submodules"}


def _blocks(root: Entries) -> Iterator[tuple[str, int, bool | None]]:
    for key, value in root.pairs():
        if isinstance(value, Entries):
            yield str(key), key.line, _flag(value.get("enabled"))


def _rule(node: Entries) -> Rule:
    names = [*texts(node.get("matchPackageNames")), *texts(node.get("matchPackagePatterns"))]
    whole = not any(map(_PARTIAL.fullmatch, node)) and (
        not names or any(one in ("*", "**", ".*", "^.*$", "/.*/") for one in names)
    )
    files = [*texts(node.get("matchFileNames")), *texts(node.get("matchPaths"))]
    return Rule(
        node.line,
        tuple(map(str, texts(node.get("matchManagers")))) or None,
        tuple(map(str, files)) or None,
        whole,
        _flag(node.get("enabled")),
    )


def _flag(node: Node | None) -> bool | None:
    return {"true": True, "false": False}.get(text(node) or "")


def _hits(pattern: str, path: str) -> bool:
    """Whether a rule's file pattern matches; a regular expression (`/^x/`) is not evaluated, and taken to."""
    if pattern.startswith("!"):
        return not _matches(pattern[1:], path)
    return pattern.startswith("/") or _matches(pattern, path)


def _ignores(glob: str, path: str) -> bool:
    """Renovate takes an entry of `ignorePaths` as a part of the path as well as a glob."""
    return glob in path or _matches(glob, path)


def _matches(glob: str, path: str) -> bool:
    return bool(compiled(normal(glob)).match(path))
