"""What roles declare about claims: `assessment/claims/<slug>.md`, front matter and an argument in prose.

One file for each claim, so that CODEOWNERS can give each to its function. References and roles, no personal data. What
it holds follows NCSC's self-assessment form: evidence, argument, assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sscop.artefacts.nodes import Entries, items, mapping, text
from sscop.artefacts.prose.document import Document, read
from sscop.artefacts.shape import Fields, Many, Problem, Shape, Word, problems, schema
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import DECLARED

FOLDER = DECLARED.rstrip("/")
STATUSES = ("met", "partly", "not-met", "not-applicable", "not-assessed")
METHODS = ("inspection", "interview", "test")

_RECORD: dict[str, Shape] = {
    "title": Word("what the record is"),
    "system": Word("where it is kept"),
    "reference": Word("its number or address there, or its path in this repository"),
    "held-by": Word("the role that keeps it"),
    "seen-on": Word("the day it was last looked at", day=True),
    "digest": Word("its SHA-256, where it is a file", pattern="sha256:[0-9a-f]{64}"),
}
SHAPE = Fields(
    "A role's dated answer to a claim; the argument and its assumptions stand below in prose.",
    {
        "status": Word("the answer", choices=STATUSES),
        "function": Word("the function of the organisation that answers"),
        "accountable": Word("the role that answers for it"),
        "declared-by": Word("the role that declares it"),
        "checked-by": Word("another role, which checked it"),
        "method": Word("how it was checked", choices=METHODS),
        "reviewed": Word("the day it was last looked at", day=True),
        "review-every": Word("how long it holds, such as 12 months"),
        "population": Word("how many of how many, such as 23 of 24"),
        "no-occasion-since": Word("the day since which nothing happened that the claim is about", day=True),
        "customer-answer": Word("the answer that customers may read"),
        "records": Many("records kept elsewhere or here", Fields("A record.", _RECORD, ("title", "reference"))),
    },
    required=("status",),
)


class Record(NamedTuple):
    """A record that a declaration refers to; "" or None where it does not say."""

    title: str
    system: str
    reference: str
    held_by: str
    seen_on: date | None
    digest: str
    line: int


class Declaration(NamedTuple):
    """One answer. `slug` is the file's name; `lines` has the line of each key that is there.

    `flaws` says what has not the format's shape; then only what has it is filled in.
    """

    path: str
    slug: str
    status: str
    function: str
    accountable: str
    declared_by: str
    checked_by: str
    method: str
    reviewed: date | None
    review_every: str
    population: str
    quiet_since: date | None
    customer_answer: str
    records: tuple[Record, ...]
    document: Document
    lines: dict[str, int]
    flaws: tuple[Problem, ...]

    def line(self, key: str) -> int:
        """The line of a key, else the first one."""
        return self.lines.get(key, 1)

    @property
    def argument(self) -> str:
        """What is said in prose, a line for each paragraph or item."""
        return "\n".join(" ".join(piece.split()) for one in self.document.sections for piece in one.said())


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the front matter, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{FOLDER}/*.md", **schema(SHAPE)}


def declarations(repo: Repository) -> list[Declaration | Unread]:
    """All declarations, by path."""
    return list(_all(repo))


def _all(repo: Repository) -> Iterator[Declaration | Unread]:
    for path in repo.find(f"{FOLDER}/*.md"):
        if path.rsplit("/", 1)[-1].lower() == "readme.md":
            continue
        document = read(repo, path)
        if not isinstance(document, Unread):
            yield document.front_problem._replace(path=path) if document.front_problem else _one(path, document)
        elif not repo.gone(document):
            yield document


def _one(path: str, document: Document) -> Declaration:
    front = document.front
    flaws = tuple(problems(front, SHAPE, "the front matter"))
    wrong = {one.line for one in flaws}
    good = {str(key): value for key, value in front.pairs() if value.line not in wrong and key.line not in wrong}

    def said(key: str) -> str:
        return str(text(good.get(key)) or "")

    return Declaration(
        path,
        path.rsplit("/", 1)[-1][: -len(".md")],
        said("status"),
        said("function"),
        said("accountable"),
        said("declared-by"),
        said("checked-by"),
        said("method"),
        _day(said("reviewed")),
        said("review-every"),
        said("population"),
        _day(said("no-occasion-since")),
        said("customer-answer"),
        tuple(_record(mapping(one)) for one in items(good.get("records")) if one.line not in wrong),
        document,
        {str(key): key.line for key, _ in front.pairs()},
        flaws,
    )


def _record(one: Entries) -> Record:
    def said(key: str) -> str:
        return str(text(one.get(key)) or "")

    return Record(
        said("title"),
        said("system"),
        said("reference"),
        said("held-by"),
        _day(said("seen-on")),
        said("digest"),
        one.line,
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None
