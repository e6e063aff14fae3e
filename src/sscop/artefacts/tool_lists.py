"""Lists of allowed tools in other notations than this project's own: each a part of a policy, at its place.

Sources: Terraform's GitHub provider, zizmor's `forbidden-uses`, sisakulint's `action-list`, Allstar's action policy,
Minder's allowed actions, allow lists of actions kept as code, `.tool-versions` with digests; texts are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Items, Node, items, load, mapping, text, texts
from sscop.artefacts.tool_sections import ALL, MANY, Listed, sections
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_TERRAFORM = lazily(r'resource[ \t]+"github_actions_(?:organization|repository)_permissions"')
_ALLOWED = lazily(r'allowed_actions[ \t]*=[ \t]*"(\w{1,20})"')
_PATTERNS = lazily(r"patterns_allowed[ \t]*=[ \t]*\[")
_STRING = lazily(r'"([^"\n]{1,200})"')
_ACTION = lazily(r"[\w.-]{1,100}/[\w./*-]{1,150}(?:@\S{1,100})?")
_COMMENTED = lazily(r"^#[ \t]*(?:docker/)?([\w./-]{3,150})[ \t]+(\S{1,100}@sha256:[0-9a-f]{64})", re.MULTILINE)


def lists(repo: Repository) -> tuple[Listed | Unread, ...]:
    """All such lists; to be asked for as `repo.once(lists)`."""
    found: list[Listed | Unread] = []
    for glob, reader in _READERS:
        for path in repo.find(glob, family=Family.PROSE)[:MANY]:
            one = repo.parse(path, reader)
            if isinstance(one, Listed):
                by = "GitHub" if reader is allow_list and _built_with(repo, "allow-list-as-code") else one.enforced
                runs = by in ("", "GitHub") or _built_with(repo, by)
                found.append(one._replace(path=path, enforced=by if runs else ""))
    return (*found, *_terraform(repo), *sections(repo))


def _built_with(repo: Repository, tool: str) -> bool:
    """Whether a hook or pipeline runs a tool: it is among what the build fetches."""
    from sscop.artefacts.references import everything

    return any(not isinstance(one, Unread) and tool in one.key.lower() for one in repo.once(everything))


def _yaml(source: str) -> Entries:
    return mapping(load(source))


def zizmor(source: str) -> Listed | None:
    """What zizmor is told: `rules.forbidden-uses.config.allow` or `.deny`."""
    rules = mapping(_yaml(source).get("rules"))
    config = mapping(mapping(rules.get("forbidden-uses")).get("config"))
    for key in ("allow", "deny"):
        if config.get(key) is not None:
            allows = tuple((str(one), one.line) for one in texts(config[key])) if key == "allow" else ()
            form = f"zizmor's forbidden-uses ({key})"
            return Listed(form, "", config[key].line, allows, "zizmor", ALL)
    return None


def sisakulint(source: str) -> Listed | None:
    """What sisakulint is told: its `action-list`."""
    node = _yaml(source).get("action-list")
    allows = texts(node if not isinstance(node, Entries) else node.get("allow"))
    if node is None or not allows:
        return None
    return Listed("sisakulint's action-list", "", node.line, tuple((str(o), o.line) for o in allows), "sisakulint", ALL)


def allstar(source: str) -> Listed | None:
    """Allstar's action policy: rules that allow or deny; one that requires an action allows the others too.

    It opens an issue or writes a log, and stops nothing.
    """
    root = _yaml(source)
    rules = [mapping(rule) for group in items(root.get("groups")) for rule in items(mapping(group).get("rules"))]
    methods = [rule for rule in rules if text(rule.get("method")) in ("allow", "deny")]
    if not methods:
        return None
    allowing = [rule for rule in methods if text(rule.get("method")) == "allow"]
    actions = [mapping(action) for rule in allowing for action in items(rule.get("actions"))]
    allows = tuple((str(name), name.line) for one in actions if (name := text(one.get("name"))))
    does = text(root.get("action")) or "log"
    return Listed(f"Allstar's action policy (`action: {does[:20]}`)", "", methods[0].line, allows, "", ALL)


def allow_list(source: str) -> Listed | None:
    """A list of actions in YAML or JSON, one `owner/name` each: at the top, or under one key (`actions`)."""
    root = load(source)
    for listed in list(root.values()) if isinstance(root, Entries) else [root]:
        named = list(_named(listed))
        if named and len(named) == len(items(listed)):
            return Listed("a list of allowed actions", "", listed.line, tuple(named), "", ALL)
    return None


def _named(node: Node) -> Iterator[tuple[str, int]]:
    yield from ((str(one), one.line) for one in texts(node) if _ACTION.fullmatch(one))


def minder(source: str) -> Listed | None:
    """A profile of Minder: its rule about which actions a repository may run."""
    root = _yaml(source)
    for rule in map(mapping, items(root.get("repository")) if text(root.get("type")) == "profile" else []):
        if (kind := text(rule.get("type"))) in ("repo_action_allow_list", "allowed_selected_actions"):
            given = mapping(rule.get("def"))
            allows = tuple(_named(given.get("actions") or given.get("patterns_allowed") or Items()))
            return Listed("Minder's allowed actions", "", kind.line, allows, "", ALL)
    return None


def digests(source: str) -> Listed | None:
    """A `.tool-versions` that says the digests of images in its comments, as the NHS's template does."""
    found = [
        (f"{one[1]} {one[2]}", source.count("\n", 0, one.start()) + 1)
        for one in _COMMENTED.finditer(source) if "sha256:" in source
    ]  # fmt: skip
    if not found:
        return None
    return Listed("`.tool-versions` with images by digest", "", found[0][1], tuple(found), "", ALL)


_READERS = [
    ("{,.github/}zizmor.{yml,yaml}", zizmor),
    ("{,.github/}{,.}sisakulint.{yml,yaml}", sisakulint),
    ("{actions.yaml,**/*allstar/actions.yaml}", allstar),
    ("**/*{action,actions}*{allow,allowed}*.{yml,yaml,json}", allow_list),
    ("**/*{allow,allowed,approved}*{action,actions}*.{yml,yaml,json}", allow_list),
    ("**/*{minder,profile}*.{yaml,yml}", minder),
    (".tool-versions", digests),
]


def _terraform(repo: Repository) -> Iterator[Listed]:
    """Which actions an organisation or repository may run, as Terraform sets it."""
    wanted = [
        path
        for path in repo.find("**/*.tf", family=Family.PROSE)
        if re.search(r"(?i)git|action|org|repo|main|perm", path)
    ]
    for path in wanted[:MANY]:
        data = repo.read(path)
        if isinstance(data, Unread) or b"github_actions_" not in data:
            continue
        source = repo.text(path)
        if isinstance(source, Unread) or not (start := _TERRAFORM.search(source)):
            continue
        said = _ALLOWED.search(source, start.end())
        if said and said[1] != "all":
            patterns = _PATTERNS.search(source, start.end())
            end = source.find("]", patterns.end()) if patterns else -1
            allows = [
                (one[1], source.count("\n", 0, one.start()) + 1)
                for one in (_STRING.finditer(source, patterns.end(), end) if patterns and end > 0 else ())
            ]
            line = source.count("\n", 0, said.start()) + 1
            yield Listed(
                f'GitHub\'s allowed actions by Terraform (`"{said[1]}"`)', path, line, tuple(allows), "GitHub", ALL
            )
