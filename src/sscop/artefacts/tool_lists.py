"""Lists of allowed tools in other notations than this project's own: each a part of a policy, at its place.

Sources: Terraform's GitHub provider, zizmor's `forbidden-uses`, sisakulint's `action-list`, Allstar's action policy,
Minder's allowed actions, allow lists of actions kept as code, `.tool-versions` with digests, and policies in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Items, Node, items, load, mapping, text, texts
from sscop.artefacts.prose.document import SUFFIXES, Document, Item, Section
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

MANY = 150
"""Files of one form that are read."""

_TERRAFORM = lazily(r'resource[ \t]+"github_actions_(?:organization|repository)_permissions"')
_ALLOWED = lazily(r'allowed_actions[ \t]*=[ \t]*"(\w{1,20})"')
_PATTERNS = lazily(r"patterns_allowed[ \t]*=[ \t]*\[([^\]]{0,20000})\]")
_STRING = lazily(r'"([^"\n]{1,200})"')
_ACTION = lazily(r"[\w.-]{1,100}/[\w./*-]{1,150}(?:@\S{1,100})?")
_COMMENTED = lazily(r"^#[ \t]*(?:docker/)?([\w./-]{3,150})[ \t]+(\S{1,100}@sha256:[0-9a-f]{64})", re.MULTILINE)
_NAMED = lazily(
    r"tool|action|build|pin|allow|approved|software|asset|supply|depend|polic|standard|environment|secur|contribut"
    r"|release|ci[-_./]|workflow",
    re.IGNORECASE,
)
_ALLOWING = r"(?:approved|allowed|permitted|sanctioned|trusted|allow ?list(?:ed)?|white ?list(?:ed)?)"
_THINGS = (
    r"(?:tools?|tooling|toolchains?|actions?|(?:actions? )?providers?|base images?|runners?|software"
    r"|(?:build|development|ci) environments?)"
)
_TITLE = lazily(
    rf"\b{_ALLOWING}\b(?: [\w/&-]+){{0,4}} {_THINGS}\b"
    rf"|\b{_THINGS}(?: and [\w/-]+| source| use| usage)? (?:policy|{_ALLOWING}(?: list)?|catalogu?e)\b"
)
_SPEAKS = lazily(rb"(?i)approved|allow-?[ ]?list|allowed|permitted|trusted|white-?[ ]?list|sanctioned|policy|catalog")
_UNDERLINE = lazily(rb"[ \t]*([=~^-])\1{3,}")
_OTHER = lazily(r"\b(?:ai|agents?|agentic|mcp|llm|claude|copilot|assistant|chat|user|pull|cookie|upload)\b")
"""Tools of assistants, images that users upload, pull policies: nothing that builds."""
_KNOWN = lazily(
    r"(?<![\w-])(?:git|docker|podman|node(?:\.?js)?|npm|pnpm|yarn|python|pip|poetry|uv|ruby|java|jdk|maven|gradle|go|rust"
    r"|cargo|dotnet|\.net|terraform|opentofu|kubectl|helm|ansible|packer|github(?: actions)?|gitlab|jenkins|circleci"
    r"|azure devops|sonar\w*|snyk|trivy|grype|syft|codeql|dependabot|renovate|semgrep|cosign|vs ?code"
    r"|visual studio(?: code)?|intellij|eslint|ruff|pytest|jest|pre-commit|alpine|debian|ubuntu|distroless"
    r"|[a-z][\w-]+/[a-z*][\w.*-]*)(?![\w-])",
    re.IGNORECASE,
)


_HEAD = lazily(r"\s[-\u2013\u2014]\s|\s\(|[:;,]\s")
WORDS = 4
"""A name has no more; what is longer is a sentence."""


class Listed(NamedTuple):
    """A list in some notation: what it is called, what it allows with the lines, who enforces it ("" for nobody).

    `lacks` are the parts of a policy that it does not say.
    """

    form: str
    path: str
    line: int
    allows: tuple[tuple[str, int], ...]
    enforced: str
    lacks: tuple[str, ...]


ALL = ("the owner", "the date of a review", "purposes", "environments")


def lists(repo: Repository) -> tuple[Listed | Unread, ...]:
    """All such lists; to be asked for as `repo.once(lists)`."""
    found: list[Listed | Unread] = []
    for glob, reader in _READERS:
        for path in repo.find(glob, family=Family.PROSE)[:MANY]:
            one = repo.parse(path, reader)
            if isinstance(one, Listed):
                applied = reader is allow_list and _applied(repo)
                found.append(one._replace(path=path, enforced="GitHub" if applied else one.enforced))
    return (*found, *_terraform(repo), *_prose(repo))


def _applied(repo: Repository) -> bool:
    """Whether a pipeline makes a list of actions GitHub's own setting."""
    from sscop.artefacts.references import everything

    found = (one.key for one in repo.once(everything) if not isinstance(one, Unread))
    return any("allow-list-as-code" in name for name in found)


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
    """Allstar's action policy: groups of rules with `method: allow`, `require` or `deny`."""
    root = _yaml(source)
    rules = [mapping(rule) for group in items(root.get("groups")) for rule in items(mapping(group).get("rules"))]
    methods = [rule for rule in rules if text(rule.get("method")) in ("allow", "deny", "require")]
    if not methods:
        return None
    allows = tuple(
        (str(name), name.line)
        for rule in methods
        if text(rule.get("method")) != "deny"
        for action in items(rule.get("actions"))
        if (name := text(mapping(action).get("name")))
    )
    return Listed("Allstar's action policy", "", methods[0].line, allows, "Allstar", ALL)


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
            return Listed("Minder's allowed actions", "", kind.line, allows, "Minder", ALL)
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
            allows = [
                (one[1], source.count("\n", 0, patterns.start(1) + one.start()) + 1)
                for one in _STRING.finditer(patterns[1])
            ] if patterns else []  # fmt: skip
            line = source.count("\n", 0, said.start()) + 1
            yield Listed(
                f'GitHub\'s allowed actions by Terraform (`"{said[1]}"`)', path, line, tuple(allows), "GitHub", ALL
            )


def _prose(repo: Repository) -> Iterator[Listed]:
    """A section that announces what is approved and lists it: three things or more, two of which build software."""
    from sscop.artefacts.prose.document import read

    paths = [path for path in repo.find(f"**/*.{SUFFIXES}", family=Family.PROSE) if _NAMED.search(path)]
    for path in paths[:MANY]:
        data = repo.read(path)
        if isinstance(data, Unread) or not _announces(data):
            continue
        document = read(repo, path)
        if isinstance(document, Unread):
            continue
        for section in document.sections:
            if section.level and _TITLE.search(section.key) and not _OTHER.search(section.key):
                listed = _listed(document, section)
                tools = tuple(one for one in listed if _KNOWN.search(one[0]))
                if len(listed) >= 3 and len(tools) >= 2:
                    title = f"\u201c{section.title}\u201d"
                    yield Listed(title, path, section.line, tools, "", _lacks(document, section))
                    break


def _announces(data: bytes) -> bool:
    """Whether a heading may speak of what is allowed, before the text is read as prose."""
    at = 0
    while match := _SPEAKS.search(data, at):  # line by line: a line may be all there is
        start = data.rfind(b"\n", at, match.start()) + 1 or at
        end = data.find(b"\n", match.end())
        if data[start : start + 1] in (b"#", b"=") or (end > 0 and _UNDERLINE.match(data, end + 1)):
            return True
        if end < 0:
            return False
        at = end + 1
    return False


def _listed(document: Document, section: Section) -> tuple[tuple[str, int], ...]:
    """The names that a section lists: what its rows and items begin with, where that is no sentence."""
    found: list[tuple[str, int]] = []
    for part in document.under(section):
        listed = [(str(block.text), block.line) for block in part.blocks if isinstance(block, Item)]
        listed += [(str(row.cells[0]), row.line) for table in part.tables for row in table.rows if row.cells]
        for said, line in listed:
            name = _HEAD.split(said, maxsplit=1)[0].strip()
            if name and len(name.split()) <= WORDS:
                found.append((name, line))
    return tuple(found)


def _lacks(document: Document, section: Section) -> tuple[str, ...]:
    """What the text does not say of what a policy holds."""
    from sscop.artefacts.prose.metadata import metadata

    told = metadata(document)
    heads = " ".join(cell.lower() for part in document.under(section) for t in part.tables for cell in t.header)
    whole = f"{heads} {' '.join(one.key for one in document.sections)}"
    has = {
        ALL[0]: told.get("owner", "author") or "owner" in heads,
        ALL[1]: told.dated("reviewed", "updated", "date") or "review" in heads,
        ALL[2]: re.search(r"purpose|use|used for|reason|why|category|description", heads),
        ALL[3]: re.search(r"environment|runner|platform", whole),
        "versions": re.search(r"version|digest|sha|pin", whole),
    }
    return tuple(name for name, seen in has.items() if not seen)
