"""Issue forms and templates: what somebody who wants something is asked.

Source: GitHub's syntax for issue forms and templates, GitLab's description templates. A form is where requirements
come in, not where they are.
"""

from __future__ import annotations

import re
from posixpath import basename

from sscop.artefacts.nodes import Entries, items, load, mapping, text
from sscop.artefacts.prose.inline import normal, plain
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

GLOBS = (
    "{.github,.gitea,.forgejo}/ISSUE_TEMPLATE/*.{md,yml,yaml}",
    "{,.github/,docs/}ISSUE_TEMPLATE.md",
    ".gitlab/issue_templates/*.md",
)
_WANTED = lazily(
    r"feature|enhancement|idea|stor(?:y|ies)|epic|requirement|proposal|\brfc\b|request|improvement|suggestion|change"
    r"|need|spike|task"
    r"|wish|design",
    re.IGNORECASE,
)
_NOT_WANTED = lazily(
    r"bug|question|support|security|documentation|docs?\b|release|incident|pull.?request|defect|flag|roll ?out",
    re.IGNORECASE,
)
_DEFAULT = frozenset(
    normal(one)
    for one in (
        "Is your feature request related to a problem? Please describe.", "Describe the solution you'd like",
        "Describe alternatives you've considered", "Additional context", "Title", "Description", "Summary",
        "Feature request", "Is your feature request related to a problem?",
    )
)  # fmt: skip
"""What GitHub's own template asks."""
_MATTER = lazily(r"\A\ufeff?---[ \t]*\r?\n(.{0,4000}?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ASKS = lazily(r"^#{1,6}\s+(.+?)\s*#*$|^\*\*(.{3,120}?)\*\*:?\s*$|^(?:-\s+)?\*\*(.{3,80}?):?\*\*", re.MULTILINE)
_COMMENT = lazily(r"<!--(.{0,2000}?)-->", re.DOTALL)


LONG = 20_000
"""Characters of a template that are read."""


class Form(NamedTuple):
    """A form: its name, whether it asks for what is wanted, its own questions (not the forge's default ones)."""

    path: str
    line: int
    name: str
    wanted: bool
    questions: tuple[str, ...]

    @property
    def designed(self) -> bool:
        """Whether it takes requirements in by questions of its own."""
        return self.wanted and len(self.questions) > 1


def issue_forms(repo: Repository) -> list[Form]:
    """The forms of a repository; those that can't be read are none."""
    found = []
    for path in repo.find(*GLOBS):
        if basename(path).lower() in ("config.yml", "config.yaml"):
            continue
        form = repo.parse(path, load_form if path.endswith((".yml", ".yaml")) else load_template)
        if not isinstance(form, Unread):
            name = form.name or basename(path).rpartition(".")[0]
            told = f"{name} {basename(path)}"
            found.append(
                form._replace(path=path, name=name, wanted=bool(_WANTED.search(told) and not _NOT_WANTED.search(told)))
            )
    return found


def load_form(source: str) -> Form:
    """A form in YAML: the fields that are filled in. Raises Malformed for what is no YAML."""
    root = mapping(load(source))
    asked = []
    for one in map(mapping, items(root.get("body"))):
        if text(one.get("type")) in ("textarea", "input", "dropdown"):
            label = text(_attributes(one).get("label"))
            asked += [str(label)] if label else []
    return Form("", 1, text(root.get("name")) or "", False, _own(asked))


def load_template(source: str) -> Form:
    """A template in Markdown: its headings, its bold lines, and what its comments ask for."""
    source = source[:LONG]
    match = _MATTER.match(source)
    named = re.search(r"^name:\s*(.{1,120})$", match[1], re.MULTILINE) if match else None
    body = source[match.end() :] if match else source
    comments = [" ".join(one.split()) for one in _COMMENT.findall(body)]
    body = _COMMENT.sub("", body)
    asked = [next(filter(None, one)) for one in _ASKS.findall(body)]
    asked += [one for one in comments if one.count(" ") > 7]
    return Form("", 1, plain(named[1]).strip("'\" ") if named else "", False, _own(asked))


def _attributes(field: Entries) -> Entries:
    return mapping(field.get("attributes"))


def _own(asked: list[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(asked) if normal(one) and normal(one) not in _DEFAULT)
