"""A claim's status: every row of docs/claim-status.md."""

from __future__ import annotations

import itertools
import re

import pytest

from helpers import PROJECT
from sscop.claims import Declared, Seen, settle
from sscop.model import Because, Outcome, Role, Status

E, S = Role.ESTABLISHES, Role.SUPPORTS
MET, UNMET, UNKNOWN, NA = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
ABSENT, INADEQUATE, OPPOSITE = (frozenset({one}) for one in Because)


def _seen(words: str) -> list[Seen]:
    """`e:met s:unmet/absent`: one check each, named a, b, c ..."""
    seen = []
    for name, word in zip("abcdef", words.split()):
        role, said = word.split(":")
        outcome, _, because = said.partition("/")
        reasons = frozenset(map(Because, because.split("+"))) if because else frozenset()
        seen.append(Seen(name, E if role == "e" else S, Outcome(outcome), reasons))
    return seen


@pytest.mark.parametrize(
    ("seen", "declared", "enough", "status", "because"),
    [
        # evidence seen
        ("e:met", None, "", Status.EVIDENCE_SEEN, "seen by a"),
        ("e:unmet/absent e:met", None, "", Status.EVIDENCE_SEEN, "seen by b"),
        ("e:unmet/inadequate e:met e:met", None, "", Status.EVIDENCE_SEEN, "seen by b, c"),
        ("e:met", "met", "", Status.EVIDENCE_SEEN, "seen by a"),
        ("e:met", "lapsed", "", Status.EVIDENCE_SEEN, "seen by a"),
        ("s:met s:met", None, "ab", Status.EVIDENCE_SEEN, "seen by a, b together"),
        ("s:met s:met s:unmet/absent", None, "ab", Status.EVIDENCE_SEEN, "seen by a, b together"),
        ("e:unmet/absent s:met", None, "b", Status.EVIDENCE_SEEN, "seen by b together"),
        # partly seen
        ("s:met", None, "", Status.PARTLY_SEEN, "supported by a; a person must complete it"),
        ("s:met s:unmet/contradicted", None, "", Status.PARTLY_SEEN, "supported by a; a person must complete it"),
        ("s:met s:unknown", None, "ab", Status.PARTLY_SEEN, "supported by a; a person must complete it"),
        ("e:not-applicable s:met", None, "", Status.PARTLY_SEEN, "supported by b; a person must complete it"),
        ("e:unknown s:met", None, "", Status.PARTLY_SEEN, "supported by b; a person must complete it"),
        # declared
        ("", "met", "", Status.DECLARED, "declared, and nothing seen contradicts it"),
        ("e:unmet/absent", "met", "", Status.DECLARED, "declared, and nothing seen contradicts it"),
        ("e:unknown", "met", "", Status.DECLARED, "declared, and nothing seen contradicts it"),
        ("s:met", "met", "", Status.DECLARED, "declared, and nothing seen contradicts it"),
        ("s:unmet/contradicted", "met", "", Status.DECLARED, "declared, and nothing seen contradicts it"),
        # contradicted
        ("e:unmet/contradicted", "met", "", Status.CONTRADICTED, "declared met, but a saw the opposite"),
        ("e:met e:unmet/contradicted", "met", "", Status.CONTRADICTED, "declared met, but b saw the opposite"),
        ("e:unmet/absent+contradicted", "met", "", Status.CONTRADICTED, "declared met, but a saw the opposite"),
        (
            "e:unmet/contradicted",
            "not-applicable",
            "",
            Status.CONTRADICTED,
            "declared not applicable, but a saw the opposite",
        ),
        # gap
        ("e:unmet/absent", None, "", Status.GAP, "not seen by a"),
        ("e:unmet/inadequate s:met", None, "", Status.GAP, "what a saw is not good enough"),
        ("e:unmet/contradicted", None, "", Status.GAP, "a saw the opposite"),
        (
            "e:unmet/contradicted e:unmet/inadequate e:unmet/absent",
            None,
            "",
            Status.GAP,
            "a saw the opposite; what b saw is not good enough; not seen by c",
        ),
        ("e:unmet/absent e:unknown", None, "", Status.GAP, "not seen by a"),
        ("e:met e:unmet/contradicted", None, "", Status.GAP, "b saw the opposite"),
        ("s:met e:unmet/contradicted", None, "a", Status.GAP, "b saw the opposite"),
        ("e:unmet/inadequate", "met", "", Status.GAP, "declared met, but what a saw is not good enough"),
        ("", "partly", "", Status.GAP, "declared partly"),
        ("e:met", "not-met", "", Status.GAP, "declared not met"),
        ("e:met", "partly", "", Status.GAP, "declared partly"),
        # unknown
        ("e:unknown", None, "", Status.UNKNOWN, "a could not tell"),
        ("e:unknown e:unknown s:unknown", None, "", Status.UNKNOWN, "a, b could not tell"),
        ("", "lapsed", "", Status.UNKNOWN, "the declaration is past its review"),
        ("s:met", "lapsed", "", Status.UNKNOWN, "the declaration is past its review"),
        ("e:unmet/absent", "lapsed", "", Status.UNKNOWN, "the declaration is past its review"),
        # not assessed
        ("", None, "", Status.NOT_ASSESSED, "nobody answered it, and no check here can establish it"),
        (
            "s:unknown",
            None,
            "",
            Status.NOT_ASSESSED,
            "nobody answered it, and no check here can establish it; a, which could help, could not tell",
        ),
        ("s:unmet/absent", None, "", Status.NOT_ASSESSED, "nobody answered it, and no check here can establish it"),
        (
            "e:not-applicable",
            None,
            "",
            Status.NOT_ASSESSED,
            "nobody answered it, and a found nothing here that it is about",
        ),
        # not applicable
        ("", "not-applicable", "", Status.NOT_APPLICABLE, "declared, and nothing seen contradicts it"),
        ("e:unmet/absent", "not-applicable", "", Status.NOT_APPLICABLE, "declared, and nothing seen contradicts it"),
        ("e:met", "not-applicable", "", Status.NOT_APPLICABLE, "declared, and nothing seen contradicts it"),
    ],
)
def test_status(seen: str, declared: str | None, enough: str, status: Status, because: str) -> None:
    settled = settle(_seen(seen), Declared(declared) if declared else None, tuple(enough))
    assert (settled.status, settled.because) == (status, because)


@pytest.mark.parametrize(
    ("seen", "weakened"),
    [
        ("e:met s:unmet/absent s:met", ("b",)),
        ("s:unmet/absent s:unmet/contradicted", ("a", "b")),
        ("e:unmet/absent", ()),
        ("s:unknown s:not-applicable", ()),
    ],
)
def test_weakened_by(seen: str, weakened: tuple[str, ...]) -> None:
    assert settle(_seen(seen)).weakened_by == weakened


def _everything() -> list[list[Seen]]:
    said = [
        (MET, frozenset()),
        (UNMET, ABSENT),
        (UNMET, INADEQUATE),
        (UNMET, OPPOSITE),
        (UNKNOWN, frozenset()),
        (NA, frozenset()),
    ]
    some = [[Seen("a", role, *one)] for role in (E, S) for one in said]
    more = [
        [Seen("a", r1, *one), Seen("b", r2, *two)] for r1 in (E, S) for r2 in (E, S) for one in said for two in said
    ]
    return [[], *some, *more]


@pytest.mark.parametrize("declared", [None, *Declared])
def test_rules_that_hold_everywhere(declared: Declared | None) -> None:
    for seen in _everything():
        status = settle(seen, declared).status
        establishing = [one for one in seen if one.role is E]
        met = any(one.outcome is MET for one in establishing)
        opposite = any(Because.CONTRADICTED in one.because for one in establishing)
        if status is Status.EVIDENCE_SEEN:
            assert met, seen
            assert not opposite, seen
        if status in (Status.DECLARED, Status.NOT_APPLICABLE):
            assert declared in (Declared.MET, Declared.NOT_APPLICABLE), seen
            assert not opposite, seen
        if status is Status.CONTRADICTED:
            assert opposite, seen
        if status is Status.GAP and declared is None:
            assert any(one.outcome is UNMET for one in establishing), seen
        if not met and all(one.outcome is not MET for one in seen) and declared is None:
            assert status in (Status.GAP, Status.UNKNOWN, Status.NOT_ASSESSED), seen


def test_the_order_of_checks_changes_no_status() -> None:
    for seen, declared in itertools.product(_everything(), [None, *Declared]):
        assert settle(seen, declared).status is settle(seen[::-1], declared).status, (seen, declared)


def test_the_page_names_every_status() -> None:
    page = (PROJECT / "docs" / "claim-status.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z ]+)` \|", page, re.MULTILINE) == [status.value for status in Status]
