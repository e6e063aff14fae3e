"""What a text says of the logs of the build environment: which are kept, how long, and how they are protected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.policies import PRODUCT, Matter, Policy, policies
from sscop.artefacts.prose.quantities import Duration, durations
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_OTHER = (
    *("log", "logs", "logging", "data", "event", "telemetry", "metrics"),
    *("ingestion", "processing", "compatible", "format", "schema"),
)
"""Pipelines of these carry what a service says, and build nothing."""
_BUILD = lazily(
    r"\b(?:build (?:environment|system|server|agent|log)s?|" + "".join(f"(?<!{one} )" for one in _OTHER) + "pipelines?"
    r"|ci/cd|\bci\b|workflow runs?|github|gitlab|azure devops|(?:build|ci|self[- ]hosted|hosted|our|the) runners?"
    r"|container registr(?:y|ies)|branch protection|(?:source|git) repositor(?:y|ies))\b"
)
_LOG = lazily(r"\b(?:audit (?:logs?|trails?|events?)|logs?\b|logging|logged)")
LOGGING = Matter(
    lazily(
        r"\baudit (?:log|trail)|\blog(?:ging|s)? (?:polic|retention|management|and monitoring|protection)|\blogging\b"
        r"|logs? of (?:the )?(?:build|pipeline)|(?:build|pipeline|ci|access|change) logs?\b"
        r"|\blogs?\b[^\n]{0,30}\bretention|\bretention\b[^\n]{0,30}\blogs?\b"
    ),
    (_LOG, _BUILD, lazily(r"\baudit|\bretention|\bretain|\bkept\b")),
    lazily(
        PRODUCT + r"|(?:^|/)(?:architecture|observability)/"
        r"|change[-_ ]?logs?|release[-_ ]?notes|structured[- ]logging|log levels?|debug|application logs?"
    ),
    lazily(r"^(?:log|logs|logging|audit logs?)\b"),
)
_CHANGES = lazily(
    r"\b(?:changes?|access|logins?|sign-?ins?|who |permissions?|settings|administrat|secrets?|membership|pushes"
    r"|events?)\b"
)
_KEPT = lazily(r"\b(?:retain|retention|kept|keep|stored?|preserv|archiv)", re.IGNORECASE)
_PROTECTED = lazily(
    r"\b(?:read[- ]only|access[- ]controlled|immutable|append[- ]only|write[- ]once|worm|object lock|tamper|encrypted"
    r"|restricted to|only (?:the )?[\w ]{3,40} (?:can|may|have)|access to (?:the )?logs|separate account)\b",
    re.IGNORECASE,
)


class Logging(NamedTuple):
    """A policy on logs: whether it says that access and changes are logged, how long logs are kept, what protects them;
    each with its line.
    """

    policy: Policy
    changes: int
    kept: tuple[Duration, int] | None
    protected: int


def logging_policies(repo: Repository) -> Iterator[Logging | Unread]:
    """The policies on logs that speak of where the software is built, and texts named like that which can't be read."""
    for one in policies(repo, LOGGING):
        if isinstance(one, Unread):
            yield one
            continue
        if not _is_about_building(one):
            continue
        about = [part for part in one.sections if _BUILD.search(f"{part.title}\n{part.text}".lower())]
        pieces = [said for part in about for said in part.said()]
        changes = next((said.line for said in pieces if _LOG.search(said.lower()) and _CHANGES.search(said.lower())), 0)
        kept = next(
            ((span, said.line) for said in pieces if _KEPT.search(said) for span in durations(said) if span.days >= 1),
            None,
        )
        protected = next((said.line for said in pieces if _PROTECTED.search(said)), 0)
        yield Logging(one, changes, kept, protected)


def _is_about_building(policy: Policy) -> bool:
    """Whether it speaks of building more than once: an application's own logs are another matter."""
    return len({word.rstrip("s") for word in _BUILD.findall(policy.text.lower())}) >= 2
