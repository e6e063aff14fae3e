"""CODEOWNERS: which paths have owners, by the last rule that matches.

Source: GitHub's page on code owners; GitLab's page on the syntax of Code Owners (sections such as `[Database][2] @dba`,
`!` that leaves out, roles such as `@@maintainer`), of which the number of approvals is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import merge

from sscop.artefacts.gitpatterns import Pattern, compiled
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""In the order in which they are looked for; only the first one counts."""
LARGEST = 3 * 1024 * 1024
"""Bytes of a file above which GitHub loads it not at all."""
MANY = 20_000
"""Rules that are read; a file with more is not judged by a part of them."""

_WORD = 300
"""Characters of the longest owner: an address has at most 254."""
_OWNER = lazily(r"@\w[\w./-]*|[\w.+-]+@[\w.-]+\.\w+")
_ROLE = lazily(r"@@(?:developer|maintainer|owner)s?")
_SECTION = lazily(r"\^?\[([^\]]{1,100})\](?:\[\d{1,3}\])?(.*)")


class Owned(NamedTuple):
    """One rule: the pattern as written and its owners; none take a path's owners away.

    `section` is GitLab's, each of which decides for itself; "" outside of one.
    """

    pattern: str
    owners: tuple[str, ...]
    line: int
    matches: Pattern
    section: str = ""


class Mistake(NamedTuple):
    """A line, or a word of one, that the platform leaves out, and why."""

    line: int
    text: str
    reason: str


class Read(NamedTuple):
    """A file's rules in order, and what of it the platform does not take."""

    rules: tuple[Owned, ...]
    mistakes: tuple[Mistake, ...]


class Owners:
    """The file that counts: its path, and as in `Read` what it says."""

    def __init__(self, path: str, rules: Iterable[Owned], mistakes: Iterable[Mistake] = ()) -> None:
        self.path, self.rules, self.mistakes = path, tuple(rules), tuple(mistakes)
        self._about: dict[str, list[Owned]] = {}
        """The rules by the longest name of a file or folder that a path must have, "" for those that name none."""
        for one in reversed(self.rules):
            self._about.setdefault(max(one.matches.names(), key=len, default=""), []).append(one)

    def of(self, path: str) -> Owned | None:
        """The rule that gives a path its owners; None where it has none."""
        return next((rule for rule in self._deciding(path) if rule.owners), None)

    def last(self, path: str) -> Owned | None:
        """The last rule about a path, which may take its owners away; None where none is."""
        return next(self._deciding(path), None)

    def _deciding(self, path: str) -> Iterator[Owned]:
        """The last rule of each section that matches."""
        decided = set()
        kept = [found for name in {"", *path.split("/")} if (found := self._about.get(name))]
        for rule in merge(*kept, key=lambda one: one.line, reverse=True):
            if rule.section not in decided and rule.matches.match(path):
                decided.add(rule.section)
                yield rule


def github_owners(source: str) -> Read:
    """The rules as GitHub reads them: it leaves out a line with a mistake. Raises Malformed for too many."""
    rules, mistakes = [], []
    for n, text in _lines(source):
        pattern, *words = _split(text)
        odd = next((word for word in words if not _is_owner(word)), "")
        if pattern.startswith("!"):
            mistakes.append(Mistake(n, pattern, "a pattern can't be taken back with `!`"))
        elif "[" in pattern:
            mistakes.append(Mistake(n, pattern, "`[ ]` is no part of these patterns, and GitHub knows no sections"))
        elif pattern.startswith("\\#"):
            mistakes.append(Mistake(n, pattern, "`#` can't be escaped with `\\`"))
        elif odd:
            mistakes.append(Mistake(n, odd, "names no owner: `@user`, `@org/team` or an address"))
        elif matches := _below(pattern):
            rules.append(Owned(pattern, tuple(words), n, matches))
        _check(rules)
    return Read(tuple(rules), tuple(mistakes))


def gitlab_owners(source: str) -> Read:
    """The rules as GitLab reads them: with sections, and without the words that name no owner. Raises Malformed."""
    rules, mistakes = [], []
    section = ""
    default: tuple[str, ...] = ()
    for n, text in _lines(source):
        if heading := _SECTION.match(text):
            section = heading[1].strip().lower()
            default = tuple(word for word in heading[2].split() if _is_gitlab_owner(word))
            continue
        pattern, *words = _split(text)
        odd = (word for word in words[:50] if not _is_gitlab_owner(word))
        mistakes += [Mistake(n, word, "names no owner: `@user`, `@group` or an address") for word in odd]
        leaves_out = pattern.startswith("!")
        owners = () if leaves_out else tuple(filter(_is_gitlab_owner, words)) or default
        if matches := _below(pattern.removeprefix("!")):
            rules.append(Owned(pattern, owners, n, matches, section))
        _check(rules)
    return Read(tuple(rules), tuple(mistakes))


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without their comments."""
    for n, line in enumerate(source.replace("\r", "").split("\n"), 1):
        text = re.split(r"(?:^|\s)#", line.removeprefix("\ufeff"), maxsplit=1)[0].strip()
        if text:
            yield n, text


def _split(text: str) -> list[str]:
    return re.split(r"(?<!\\)\s+", text)


def _check(rules: list[Owned]) -> None:
    if len(rules) > MANY:
        raise Malformed(f"has more than {MANY:,} rules", rules[-1].line)


def _is_owner(word: str) -> bool:
    return len(word) <= _WORD and bool(_OWNER.fullmatch(word))


def _is_gitlab_owner(word: str) -> bool:
    return _is_owner(word) or bool(_ROLE.fullmatch(word))


_BLANKS = {
    "your-org", "your_org", "yourorg", "your-organization", "your-organisation", "your-company", "your-team",
    "your-username", "your_username", "your-user", "your-github-username", "yourusername", "your-name", "username",
    "user-name", "my-org", "my-username", "org-name", "orgname", "organization-name", "team-name", "example-org",
    "global-owner1", "global-owner2", "js-owner", "octocat", "doctocat", "octo-org", "changeme", "todo",
}  # fmt: skip
"""Names that stand for one: those of the platforms' examples and of templates, without `@`, in lower case."""
_TEAMS = {"org/team-name", "org/team", "org/codeowners-team", "organization/team-name", "organization/team"}
_EXAMPLE = lazily(r"[^@]+@(?:[\w-]+\.)*example\.(?:com|org|net)")


def is_placeholder(owner: str) -> bool:
    """Whether an owner is one of the platforms' examples, or a blank that was left: what can be nobody's name."""
    if owner in ("@OWNER", "@ORG", "@USER", "@TEAM") or owner.startswith(("@OWNER/", "@ORG/")):
        return True
    name = owner.lower().removeprefix("@")
    return name.partition("/")[0] in _BLANKS or name in _TEAMS or bool(_EXAMPLE.fullmatch(name))


def _below(pattern: str) -> Pattern | None:
    """What a pattern covers: the path itself and everything below it, but `docs/*` only what lies directly there, and
    `docs/` only what lies in that folder.
    """
    if pattern in ("*", "/", "**", "/**"):
        return Pattern((None,))
    bare = pattern.rstrip("/")
    found = compiled(bare)
    if found is None or pattern.endswith("/*"):
        return found
    return found.below(itself=bare == pattern)


def owners_files(repo: Repository) -> list[str]:
    """The files of owners, of which the first counts; not those that were deleted from the working tree."""
    found = ((path, repo.read(path, LARGEST)) for path in PLACES if repo.has(path))
    return [path for path, data in found if not (isinstance(data, Unread) and repo.gone(data))]


def code_owners(repo: Repository) -> Owners | Unread | None:
    """The owners of a repository's paths; None without such a file."""
    path = next(iter(owners_files(repo)), "")
    if not path:
        return None
    found = repo.parse(path, gitlab_owners if _is_gitlabs(repo, path) else github_owners, LARGEST)
    return found if isinstance(found, Unread) else Owners(path, *found)


def _is_gitlabs(repo: Repository, path: str) -> bool:
    """Whether it is GitLab that reads the file: by its folder, else by what else of the two is there."""
    if path.startswith((".github/", ".gitlab/")):
        return path.startswith(".gitlab/")
    return bool(repo.find(".gitlab-ci.{yml,yaml}", ".gitlab/**")) or not repo.find(".github/**")
