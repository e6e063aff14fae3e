"""Whom a text addresses: those who use or run the product, or those who make it.

A service's documentation is often for its own team alone: how to start it on a laptop, which branch goes where, who
grants access. Such texts have the same headings as a guide for users (set up, authentication, secrets) and other words
below them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sscop.lazy import lazily

_SIGNS = (
    lazily(
        r"\b(?:rais|open|creat|merg|submit|review)(?:e|es|ed|ing)? (?:an? |the |your |new )?(?:PRs?|pull requests?"
        r"|merge requests?|branch)\b|\b(?:PR|pull request) (?:is|has been) (?:merged|approved|raised)"
        r"|\bmerged? (?:in)?to `?(?:main|master|develop)\b|\bgit (?:checkout|commit|push|rebase)\b",
        2,
    ),
    lazily(
        r"\b(?:review|staging|qa|pre-?prod\w*|uat|sandbox|test|dev(?:elopment)?) (?:env\w*|apps?\b|cluster"
        r"|namespace|account)|\b(?:staging|qa|pre-?prod\w*),? (?:and|or) prod\w*|\bnon-?prod\b",
        2,
    ),
    lazily(
        r"\bbundle exec\b|\brake (?:tasks?|\w+:)|\brails (?:s|c|console|server|db:|\w+:)|\bbin/(?:dev|rails"
        r"|setup|rspec)"
        r"|\bpytest\b|\brspec\b|\b(?:npm|yarn|pnpm) (?:run )?(?:test|lint|dev)\b|\bpre-commit install\b"
        r"|\bmake (?:test|lint)"
        r"|\brun (?:the |all )?(?:unit |integration )?tests\b"
    ),
    lazily(
        r"\b(?:this|the|our) (?:code ?base|repo(?:sitory)?)\b|\bsource code\b"
        r"|\b(?:app|lib|src|spec|tests?)/[\w/.-]{1,80}\.(?:rb|py|tsx?|jsx?|java|cs|go|php|kt|erb)\b",
        2,
    ),
    lazily(
        r"\b(?:developers?|engineers?|contributors?|team members?|new starters?|maintainers?) (?:should|must|need|can"
        r"|will|may|who)\b|\blocal (?:development|machine|env\w*)\b|\bas an? (?:developer|engineer|contributor"
        r"|maintainer)\b"
        r"|\b(?:our|the|a) (?:dev(?:elopment|eloper)?|engineering|infrastructure|platform|delivery) team\b"
        r"|\btech(?:nical)? lead\b",
        2,
    ),
    lazily(
        r"\bslack\b|\bjira\b|\bconfluence\b|\btrello\b|#[a-z]+-[a-z-]{3,40}\b|\bpager ?duty\b|\bpostmortem\b"
        r"|\bkubectl (?:-n|exec|get pods|logs)\b|\baws-vault\b|\bterraform (?:plan|apply)\b"
        r"|\bgithub (?:actions?|workflow)"
        r"|\bci(?: ?/ ?cd)? (?:pipeline|build|run)|\baz login\b|\bkey ?vault\b",
        2,
    ),
)
"""Kinds of words by which a text is known to be for those who make the product."""

_WE = lazily(r"\b(?:we(?! (?:\w{2,12} )?(?:recommend|advise|suggest|encourage|urge))|we're|we've|we'll|our|us)\b", 2)
_YOU = lazily(r"\b(?:you|your|you're|you'll)\b", 2)
LOOKED = 40_000
"""Characters of a text that are looked at."""


_USERS = lazily(
    r"(?:^|[/_-])(?:users?|admin\w*|operators?|customers?|self-?host\w*|handbook|end-?users?|hardening"
    r"|sysadmin)(?=[/._-]|$)",
    2,
)
"""Places of texts that address users by their names."""
_MAKER = (
    r"(?:maintainers?|contributors?|committers?|reviewers?|developers?|engineers?|team members?|(?:release |ci "
    r"|github )?"
    r"workflows?|pipelines?|ci jobs?|pull requests?)"
)
_TOLD_MAKERS = lazily(
    rf"\b{_MAKER}(?: and {_MAKER})?\b(?:(?!you\b)[^.,;\n]){{0,40}}\b(?:must|should|shall|never|need to|do not"
    rf"|don't|avoid)\b"
    r"|\bGITHUB_TOKEN\b|\bwe (?!(?:\w{2,12} )?(?:recommend|advise|suggest|encourage|urge))\w{2,20}\b"
    r"|\bnever (?:commit|check in|push)\b(?![^.\n]{0,80}\byour?\b)"
    r"|\b(?:not|n't|avoid|never) (?:be )?(?:git )?(?:commit\w*|check(?:ed)? in)\b(?![^.\n]{0,80}\byour?\b)",
    2,
)
"""Sentences of guidance for those who work on the product: who must, and what is not to be committed."""


class Readers:
    """Whom the texts of one repository address. `service` tells whether its owner alone runs it; it is asked late."""

    def __init__(self, service: Callable[[], bool], own: frozenset[str]) -> None:
        self.service, self._own = cache(service), own

    def excluded(self, path: str, text: str, front: bool) -> bool:
        """Whether a whole text is for the makers of a service; a front page is read section by section."""
        if front or path in self._own or _USERS.search(path):
            return False
        return (signs(text) > 0 or told_by_makers(text)) and self.service()

    def left_out(self, text: str) -> bool:
        """Whether a section speaks to makers."""
        found = signs(text)
        return found > 2 or (found > 0 and self.service())

    def weak(self, text: str) -> bool:
        """Whether a section whose title alone speaks of security is guidance for users."""
        return not (signs(text) > 2 or told_by_makers(text) or self.service())


def is_for_makers(sentence: str) -> bool:
    """Whether a sentence tells makers, and not users, what to do."""
    return _TOLD_MAKERS.search(sentence) is not None


def signs(text: str) -> int:
    """How many kinds of words for makers are in a text."""
    return sum(pattern.search(text[:LOOKED]) is not None for pattern in _SIGNS)


def told_by_makers(text: str) -> bool:
    """Whether a text tells what "we" do, more than what "you" are to do."""
    we = len(_WE.findall(text[:LOOKED]))
    return we >= 2 and we > len(_YOU.findall(text[:LOOKED]))
