"""The words of a lifecycle: lines of versions, where they are stated, and the rules from which dates follow."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sscop.artefacts.prose.dates import Kind, When
from sscop.lazy import NamedTuple
from sscop.model import Unread


class State(Enum):
    """What is said of a line."""

    SUPPORTED = "supported"
    """Some updates at least: `security fixes only` and `best effort` too."""
    ENDED = "ended"
    COMING = "to come"
    UNTOLD = "untold"
    """Nothing but dates."""


class End(NamedTuple):
    """When support ends as stated, and the line (from 1) where that stands."""

    when: When
    line: int

    @property
    def day(self) -> date | None:
        """The last day that can be meant; of two readings the earlier one, None where no day is said."""
        return self.when.first if self.when.kind is Kind.AMBIGUOUS else self.when.last


class Line(NamedTuple):
    """One line of versions, by the `name` that it is called by (`5.1.x`, `< 4.0`, `latest`).

    `end` is the end of the last support that everybody gets, most often security updates. `said` is what stands for its
    state. `announced` is the day of publication where the text itself declares it. `rolling`: the name moves along with
    the releases (`latest`, `main`). `product` is "" where there is just one.
    """

    name: str
    path: str
    line: int
    state: State
    end: End | None = None
    released: date | None = None
    announced: date | None = None
    product: str = ""
    said: str = ""
    rolling: bool = False


class Source(NamedTuple):
    """One statement of lines: a table, a list or a file. `template` says why it is not filled in, else ""."""

    path: str
    line: int
    form: str
    lines: tuple[Line, ...]
    template: str = ""


class RuleKind(Enum):
    """What a sentence promises."""

    PERIOD = "a period after release"
    SUCCESSOR = "a period after the next release"
    UNTIL_NEXT = "until the next release"
    LATEST = "the latest only"
    COUNT = "the last so many releases"
    NOTICE = "a notice before support ends"


class Rule(NamedTuple):
    """A sentence from which the end of support follows, or the notice before it; `months` where it has a period."""

    kind: RuleKind
    path: str
    line: int
    text: str
    months: int | None = None


class Pointer(NamedTuple):
    """A sentence that says that supported versions or their dates stand elsewhere."""

    path: str
    line: int
    target: str


class Lifecycle(NamedTuple):
    """All that a repository says of it."""

    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    mentions: tuple[Pointer, ...] = ()
    """Sections titled for it that say neither versions nor a rule; `target` is the title."""
    unread: tuple[Unread, ...] = ()
    problems: tuple[tuple[str, int, str], ...] = ()
    """What is wrong in files of this project's own format: path, line, in words."""

    @property
    def lines(self) -> list[Line]:
        """The lines of all statements that are filled in."""
        return [line for one in self.sources if not one.template for line in one.lines]
