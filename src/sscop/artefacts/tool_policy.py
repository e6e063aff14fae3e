"""The policy of build tools and environments: what may build the product, in which version, who says so and when.

The format is this project's own (`docs/guides/tool-policy.md`), because no standard one exists. A file is known as a
policy by what it holds, so that another program's file of the same name is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sscop.artefacts.nodes import Entries, Items, Node, Text, items, load, mapping, text, texts
from sscop.artefacts.shape import Problem, problems
from sscop.artefacts.tool_policy_form import FILE, KINDS, shape
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository

PLACES = tuple(folder + FILE for folder in ("", ".github/", "docs/", "security/"))
NAMES = ("{,.github/,docs/,security/}tool-policy.{yaml,yml}", "**/*tool*polic*.{yaml,yml}")
"""Where a policy is looked for; the first is where it belongs."""
MANY = 50
"""Files of such a name that are read."""


class Review(NamedTuple):
    """Who answers for something and when it was reviewed. `line` is where that is said, or the thing itself stands."""

    owner: str
    day: date | None
    every: str
    line: int


class Entry(NamedTuple):
    """Tools of one kind that may be used; without versions and digests, in any version."""

    kind: str
    patterns: tuple[Text, ...]
    versions: tuple[Text, ...]
    digests: tuple[Text, ...]
    purpose: str
    review: Review
    line: int

    @property
    def name(self) -> str:
        """The entry as people call it: `action actions/*`."""
        return f"{self.kind} {', '.join(self.patterns)}"


class Environment(NamedTuple):
    """An environment that may be built in, its runners' labels and its images; `evidence` are paths or addresses."""

    name: str
    labels: tuple[Text, ...]
    images: tuple[Text, ...]
    guides: tuple[Text, ...]
    evidence: tuple[Text, ...]
    review: Review
    line: int


class Policy(NamedTuple):
    """A policy as far as it could be read; `problems` are what could not, each with its line.

    `blank` are the keys that stand there without a value. `fails`: what is not allowed fails the check.
    """

    path: str
    review: Review
    tools: tuple[Entry, ...]
    environments: tuple[Environment, ...]
    fails: bool
    problems: tuple[Problem, ...]
    blank: tuple[Text, ...]


def policies(repo: Repository, paths: Sequence[str] = ()) -> tuple[Policy | Unread, ...]:
    """The repository's policies, those at the usual place first, and files of its name that could not be read."""
    found: dict[str, Policy | Unread] = {}
    for glob in (*NAMES, *paths):
        for path in sorted(repo.find(glob)[:MANY], key=lambda one: one.count("/")):
            if path not in found and (one := _policy(repo, path, named=glob != NAMES[1])):
                found[path] = one
    return tuple(found.values())


def environments(repo: Repository) -> tuple[tuple[str, Environment], ...]:
    """Each environment of the policies with the path of its policy; to be asked for as `repo.once(environments)`."""
    known = (one for one in policies(repo) if isinstance(one, Policy))
    return tuple((one.path, environment) for one in known for environment in one.environments)


def _policy(repo: Repository, path: str, named: bool) -> Policy | Unread | None:
    found = repo.parse(path, load_policy)
    if isinstance(found, Unread):
        return None if repo.gone(found) or not named else found
    return found and found._replace(path=path)


def load_policy(source: str) -> Policy | None:
    """Read a policy; None for another kind of file. Raises Malformed for a text that is not YAML."""
    root = load(source)
    if not isinstance(root, Entries) or not _is_policy(root):
        return None
    blank: list[Text] = []
    root = _filled(root, blank)
    found = list(problems(root, shape()))
    review = _review(root, "", "12 months", found)
    tools = [one for one in items(root.get("tools")) if isinstance(one, Entries)]
    entries = [entry for one in tools for entry in _entries(one, review, found)]
    places = [_environment(one, review, found) for one in items(root.get("environments")) if isinstance(one, Entries)]
    fails = text(root.get("violations")) == "fail"
    found.sort(key=lambda problem: problem.line)
    return Policy("", review, tuple(entries), tuple(places), fails, tuple(found), tuple(blank))


def _is_policy(root: Entries) -> bool:
    """Whether it lists tools or environments of a build in the words of this format, or means to.

    Another key than `tools`, or another one than a kind, is a mistake to be shown, where all else is of this format.
    """
    listed = [one for one in items(root.get("tools")) if isinstance(one, Entries)]
    placed = [one for one in items(root.get("environments")) if isinstance(one, Entries)]
    if any(kind in one for one in listed for kind in KINDS) or any("runners" in one for one in placed):
        return True
    stated = {"version", "owner", "reviewed", "review-every", "violations"} & set(root)
    if "version" in stated and len(stated) > 2:
        return True
    described = any({"versions", "digests", "purpose", "reviewed"} & set(one) for one in listed)
    whole = {"version", "tools"} <= set(root) <= set(shape().keys)
    return whole and (described or not items(root["tools"]))


def _filled(node: Entries, blank: list[Text]) -> Entries:
    """The mapping without the keys that have no value, which are noted; also in the mappings and lists below it."""
    kept = Entries()
    kept.line = node.line
    for key, value in node.pairs():
        if isinstance(value, Text) and (value.is_null or not value.strip()):
            blank.append(key)
        else:
            kept[key] = _below(value, blank)
    return kept


def _below(node: Node, blank: list[Text]) -> Node:
    if isinstance(node, Entries):
        return _filled(node, blank)
    if isinstance(node, Items):
        kept = Items(_below(one, blank) for one in node)
        kept.line, kept.tag = node.line, node.tag
        return kept
    return node


def _entries(node: Entries, above: Review, found: list[Problem]) -> Iterator[Entry]:
    kinds = [kind for kind in KINDS if kind in node]
    if len(kinds) != 1:
        said = f"names {', '.join(f'`{one}`' for one in kinds)}" if kinds else "names no kind"
        found.append(Problem(node.line, f"an entry of `tools` {said}; it takes exactly one of {', '.join(KINDS)}"))
    for kind in kinds:
        versions, digests = (tuple(texts(node.get(key))) for key in ("versions", "digests"))
        review = _review(node, above.owner, above.every, found)
        purpose = text(node.get("purpose")) or ""
        yield Entry(kind, tuple(texts(node[kind])), versions, digests, purpose, review, node.line)


def _environment(node: Entries, above: Review, found: list[Problem]) -> Environment:
    hardening = mapping(node.get("hardening"))
    labels, images = tuple(texts(node.get("runners"))), tuple(texts(node.get("images")))
    guides, evidence = tuple(texts(hardening.get("guide"))), tuple(texts(hardening.get("evidence")))
    review = _review(node, above.owner, above.every, found)
    return Environment(text(node.get("name")) or "", labels, images, guides, evidence, review, node.line)


def _review(node: Entries, owner: str, every: str, found: list[Problem]) -> Review:
    """Who and when; what has no owner or interval of its own has the policy's."""
    said, day = text(node.get("reviewed")), None
    if said:
        try:
            day = date.fromisoformat(said)
        except ValueError:
            if len(said) == len("YYYY-MM-DD") and said[4:5] == "-" == said[7:8]:
                found.append(Problem(said.line, f"there is no day `{said}`"))
    line = said.line if said else node.line
    return Review(text(node.get("owner")) or owner, day, text(node.get("review-every")) or every, line)
