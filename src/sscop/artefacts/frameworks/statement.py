"""A statement of how a team develops software, as one neutral record."""

from __future__ import annotations

from sscop.artefacts.frameworks.elements import Dated, Seen
from sscop.artefacts.frameworks.names import Named
from sscop.artefacts.frameworks.ssdf import Cited
from sscop.artefacts.prose.document import Document
from sscop.artefacts.prose.inline import Link, Words
from sscop.lazy import NamedTuple


class Statement(NamedTuple):
    """One statement. `whole`: the text is about nothing else. `sentence`: it is no more than a sentence or two.

    `frameworks` are those it names outside its list of references; `said` its pieces; `ours` says what ties it to
    this product; `template` why it is not filled in; `ids` the ids of SSDF that it cites.
    """

    path: str
    line: int
    end_line: int
    title: str
    whole: bool
    sentence: bool
    frameworks: tuple[Named, ...]
    topics: dict[str, int]
    ids: tuple[Cited, ...]
    said: tuple[Words, ...]
    scope: Seen | None
    owner: Seen | None
    reviewed: Dated | None
    due: Dated | None
    ours: bool
    template: str
    outside: Link | None
    document: Document
