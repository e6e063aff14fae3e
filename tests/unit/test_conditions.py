"""GitHub's `if:` at each event: true, false, or not to be told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.pipelines.conditions import holds, names_default
from sscop.artefacts.pipelines.model import Event

EVENTS = (Event.PULL_REQUEST, Event.PUSH, Event.TAG, Event.RELEASE, Event.SCHEDULE)
SIGNS = {True: "+", False: "-", None: "?"}


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (None, "+++++"),
        ("", "+++++"),
        ("false", "-----"),
        ("${{ false }}", "-----"),
        ("'false'", "+++++"),
        ("!true", "-----"),
        ("null", "-----"),
        ("0", "-----"),
        ("always()", "+++++"),
        ("success()", "+++++"),
        ("failure()", "-----"),
        ("${{ !cancelled() }}", "+++++"),
        ("always() && needs.a.result == 'success'", "?????"),
        ("github.event_name == 'push'", "-++--"),
        ("'push' == github.event_name", "-++--"),
        ("github.event_name == 'PUSH'", "-++--"),
        ("github.event_name != 'pull_request'", "-++++"),
        ("github.event_name == 'merge_group'", "?----"),
        ("github.event_name == 'pull_request' || startsWith(github.ref, 'refs/tags/')", "+-++-"),
        ("github.ref == 'refs/heads/main'", "-+--+"),
        ("github.ref == 'refs/heads/odd'", "-?--?"),
        ("github.ref != 'refs/heads/main'", "+-++-"),
        ("github.ref_name == 'main'", "-+--+"),
        ("github.ref_type == 'tag'", "?-++-"),
        ("github.base_ref == 'main'", "+----"),
        ("github.base_ref == 'odd'", "?----"),
        ("startsWith(github.ref, 'refs/heads/release')", "-?--?"),
        ("contains(github.ref, 'refs/tags/')", "--++-"),
        ("contains(github.ref, 'v')", "?????"),
        ("startsWith('abc', 'AB') && endsWith('abc', 'bc') && contains('abc', 'b')", "+++++"),
        ("startsWith(github.head_ref, 'x')", "?----"),
        ("github.event.release.prerelease", "---?-"),
        ("github.event.pull_request.draft == false", "?----"),
        ("github.event.pull_request == null", "?++++"),
        ("github.repository == 'o/r' && false", "-----"),
        ("false && github.repository == 'o/r'", "-----"),
        ("github.repository == 'o/r' || true", "+++++"),
        ("github.repository == 'o/r' || false", "?????"),
        ("(github.event_name == 'push') && !(github.ref == 'refs/heads/main')", "--+--"),
        ("matrix.a < 3", "?????"),
        ("'it''s' == 'IT''S'", "+++++"),
        ("true == true", "+++++"),
        ("fromJSON('[1]')[0] == 1", "?????"),
        ("contains(fromJSON('[1]'), github.event_name)", "?????"),
        ("${{ false }} && true", "+++++"),
        ("${{ github.event_name == 'push' }} ", "-++--"),
        ("(", "?????"),
        ("a[", "?????"),
        ("a b", "?????"),
        ("~", "?????"),
        ("f(", "?????"),
        (")", "?????"),
        ("(" * 500, "?????"),
        ("!" * 500 + "true", "?????"),
    ],
)
def test_holds(condition: str | None, wanted: str) -> None:
    assert "".join(SIGNS[holds(condition, event)] for event in EVENTS) == wanted


@pytest.mark.parametrize("event", [Event.CALL, Event.OTHER, Event.MANUAL])
def test_events_that_tell_nothing(event: Event) -> None:
    assert holds("github.event_name == 'push'", event) in (None, False)
    assert holds("github.base_ref == 'main'", event) is None
    assert holds("github.ref == 'refs/heads/odd'", event) is None


@pytest.mark.parametrize(
    ("globs", "branch", "wanted"),
    [
        ((), "", True),
        (("main",), "", True),
        (("release/*",), "", False),
        (("**",), "", True),
        (("main", "!main"), "", False),
        (("!main", "main"), "", True),
        (("6.x",), "6.x", True),
        (("6.x",), "", False),
    ],
)
def test_names_default(globs: tuple[str, ...], branch: str, wanted: bool) -> None:
    assert names_default(globs, branch) is wanted


_TOKENS = st.sampled_from(["(", ")", "!", "&&", "||", "==", ",", "[", "]", "'a'", "github.ref", "always()", "f(", "1"])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(_TOKENS, max_size=25).map(" ".join)), st.sampled_from(EVENTS))
def test_any_text_is_answered(condition: str, event: Event) -> None:
    assert holds(condition, event) in (True, False, None)
