"""The files that a GitLab configuration is made of: includes followed and merged, each value's file kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sscop.artefacts.nodes import Entries, Items, Node, Text, documents, items, mapping, text, texts
from sscop.artefacts.pipelines.gitlab_conditions import Answer
from sscop.artefacts.pipelines.gitlab_rules import MOMENTS, by_rules
from sscop.model import Unread
from sscop.repository import Malformed, Repository

TEMPLATES = ("Security/", "Jobs/", "Verify/", "Auto-DevOps", "SAST", "DAST", "Code-Quality", "Dependency-Scanning")
"""GitLab's own templates whose names say what they run: they become jobs that use them."""

COMPONENTS = ("sast", "secret-detection", "dependency-scanning", "container-scanning", "code-quality", "dast")
"""GitLab's own components, likewise."""

FILE = ".gitlab-ci.yml"
_MOST, _DEEPEST = 150, 20


def load(source: str) -> Entries:
    """One configuration file, without the `spec` header of a template. Raises Malformed for what is none."""
    found = documents(source)
    root = found[-1] if found else mapping(None)
    if not isinstance(root, Entries):
        raise Malformed("is not a GitLab configuration: it is no mapping", root.line)
    return root


class Files:
    """What is read of one repository: `unread` holds the includes that are elsewhere, `templates` GitLab's own."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._paths: dict[int, str] = {}  # by the identity of each value; the parsed files are kept by the repository
        self._known: set[str] = set()
        self._open: list[str] = []
        """The files that are being read: each is included by the one before it."""
        self._left = _MOST
        self.unread: list[Unread] = []
        self.templates: list[Text] = []
        self.scheduled = False
        """Whether any rule speaks of schedules: whether one is set up is no matter of files."""

    def known(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(self._known)

    def path(self, node: Node) -> str:
        """The file that a value is written in."""
        return self._paths.get(id(node), "")

    def exist(self, globs: Sequence[str]) -> Answer:
        """Whether any file matches; None where a variable is part of the only globs."""
        plain = [one.removeprefix("/") for one in globs if "$" not in one]
        if any(self._repo.has(one) for one in plain) or (plain and self._repo.find(*plain)):
            return True
        return None if len(plain) < len(globs) else False

    def load(self, path: str, depth: int = 0) -> Entries | None:
        """A file with its includes merged under it; None where it can't be read, which is noted."""
        found = self._repo.parse(path, load)
        if isinstance(found, Unread):
            if not self._repo.gone(found):
                self.unread.append(found)
            return None
        if path not in self._known:
            self._known.add(path)
            self._note(found, path)
        self._open.append(path)
        under = self.included(found.get("include"), path, depth) if depth < _DEEPEST else None
        self._open.pop()
        return merged(under, found) if under else found

    def included(self, node: Node | None, path: str, depth: int = 0) -> Entries | None:
        """What an `include` (or a trigger's) names, merged in order."""
        whole: Entries | None = None
        for include in items(node):
            for one in self._local(include, path):
                self._left -= 1
                if self._left < 0:
                    why = f"more than {_MOST} files are included, as many as GitLab takes"
                    self.unread.append(Unread(path, why, include.line))
                    return whole
                if one in self._open:
                    continue  # it includes itself, which GitLab refuses
                found = self.load(one, depth + 1)
                if found is not None:
                    whole = merged(whole, found) if whole else found
        return whole

    def _local(self, include: Node, path: str) -> list[str]:
        """The repository's files that an include names; what is elsewhere is noted."""
        entry = mapping(include)
        if isinstance(include, Entries) and not self._wanted(entry):
            return []
        local = text(entry.get("local")) or (include if isinstance(include, Text) else None)
        if isinstance(local, Text) and not re.match(r"https?://", local):
            name = local.lstrip("/")
            found = [name] if self._repo.has(name) else self._repo.find(name) if "*" in name else []
            if not found:
                why = "holds a variable" if "$" in name else "is not in this repository"
                self.unread.append(Unread(path, f"the included file `{local}` {why}", local.line))
            return found
        template, component = text(entry.get("template")), text(entry.get("component"))
        kind = component.partition("@")[0].rpartition("/")[2] if component and "/components/" in component else ""
        if (template and template.startswith(TEMPLATES)) or kind in COMPONENTS:
            named = template or component
            if named:
                self.templates.append(named)
                self._paths[id(named)] = path
            return []
        for word in ("project", "component", "remote", "template"):
            named = text(entry.get(word)) or (local if word == "remote" else None)
            if named:
                files = ", ".join(texts(entry.get("file")))
                what = f"{word} `{named}`" + (f" ({files})" if files else "")
                self.unread.append(Unread(path, f"the included {what} is not in this repository", named.line, True))
        return []

    def _wanted(self, entry: Entries) -> bool:
        rules = items(entry.get("rules"))
        if not rules:
            return True
        return any(by_rules(rules, moment, {}, self.exist).runs is not False for moment in MOMENTS)

    def _note(self, root: Entries, path: str) -> None:
        """Keep the file of every value and key."""
        waiting: list[Node] = [root]
        while waiting:
            node = waiting.pop()
            if id(node) in self._paths:
                continue
            self._paths[id(node)] = path
            if isinstance(node, Entries):
                for key, value in node.pairs():
                    self._paths[id(key)] = path
                    waiting.append(value)
            elif isinstance(node, Items):
                waiting += node
            elif "schedule" in node and re.search(r"[\"']schedule[\"']|^schedules$", node):
                self.scheduled = True


def included(repo: Repository) -> tuple[str, ...]:
    """The files of GitLab's configuration: the first one and what it includes of this repository; for `once`."""
    files = Files(repo)
    if repo.has(FILE):
        files.load(FILE)
    return files.known()


def merged(under: Entries | None, over: Entries) -> Entries:
    """Two mappings as one, deep; lists and texts of the second one replace those of the first."""
    whole = Entries(under or {})
    whole.line = over.line
    for key, value in over.pairs():
        known = whole.pop(key, None)
        both = isinstance(known, Entries) and isinstance(value, Entries)
        whole[key] = merged(known, value) if both else value  # type: ignore[arg-type]
    return whole
