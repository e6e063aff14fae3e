"""Threshold files: what is understood, and that nothing is left out in silence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.hardening_results.model import Result, Status
from sscop.artefacts.hardening_results.thresholds import DEFAULT, Threshold, load_threshold, thresholds
from sscop.judgement.hardening_results import _short
from sscop.model import Unread
from sscop.repository import Malformed, Repository

WHOLE = """\
compliance: {min: 66.5, max: 100}
passed: {total: {min: 1}}
failed:
  critical: {max: 0, controls: [V-1]}
  total:
    max: 3
skipped: {total: {max: 2}}
no_impact:
error: {total: {max: 1}}
"""


def result(**counts: int) -> Result:
    return Result("f", "b", "", "", None, {("high", Status[name]): n for name, n in counts.items()})


def said(limit: Threshold, given: Result) -> list[str]:
    return [message.removeprefix("x: ") for message, _ in _short(given, limit, "x")]


def load(text: str) -> Threshold:
    found = load_threshold(text)
    assert found is not None
    return found


def test_a_whole_file() -> None:
    found = load(WHOLE)
    assert (found.least, len(found.bounds), found.errors, found.reviewed) == (66.5, 5, False, True)
    assert said(found, result(PASSED=9, FAILED=3, NOT_REVIEWED=1)) == []
    assert said(found, result(PASSED=1, FAILED=4, NOT_REVIEWED=3, ERROR=2)) == [
        "4 failed, at most 3",
        "3 not reviewed, at most 2",
        "2 error, at most 1",
        "10 % passed, at least 66.5 %",
    ]
    assert said(found, result(FAILED=1))[0] == "0 passed, at least 1"


def test_an_error_is_a_failure_where_nothing_is_said_of_errors() -> None:
    assert said(DEFAULT, result(PASSED=9, ERROR=1)) == ["1 failed of severity high, at most 0"]
    assert said(load("failed: {total: {max: 0}}"), result(PASSED=9, ERROR=1)) == ["1 failed, at most 0"]


def test_what_has_no_severity_may_have_the_strictest() -> None:
    odd = Result("f", "b", "", "", None, {("unknown", Status.FAILED): 1, ("unknown", Status.PASSED): 9})
    assert said(load("failed: {high: {max: 0}, critical: {max: 2}}"), odd) == [
        "1 failed of severity unknown, at most 0"
    ]
    assert said(load("failed: {high: {max: 0}, total: {max: 2}}"), odd) == []
    assert said(load("failed: {medium: {max: 0}}"), odd) == []


def test_a_result_without_a_rule_that_applied_is_none() -> None:
    assert said(DEFAULT, result(NOT_APPLICABLE=7)) == ["no rule of it applied"]
    assert said(DEFAULT, result()) == ["holds no rule's result"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("compliance: {min: many}\n", "`min` is no number"),
        ("compliance: {min: -1}\n", "`min` is no number"),
        ("compliance: {min: [66]}\n", "`min` is no number"),
        ("compliance: {min: 66}\nfailed: {total: {max: none}}\n", "`max` is no number"),
        ("compliance: 66\n", "no mapping"),
        ("compliance: {min: 66}\nfailed: [0]\n", "no mapping"),
        ("compliance: {min: 66}\nfailed: {high: 0}\n", "no mapping"),
        ("compliance: {min: 66}\nfaild: {total: {max: 0}}\n", "`faild`"),
        ("compliance: {min: 66}\nfailed: {grave: {max: 0}}\n", "`grave`"),
        ("compliance: {max: 90}\n", "no limit"),
        ("failed:\n", "no limit"),
        ("failed: {total: {max: }}\n", "no limit"),
        ("failed: {total: [\n", "YAML"),
    ],
)
def test_what_is_not_understood_is_malformed_and_the_default_holds(text: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        load_threshold(text)
    limit, unread = thresholds(Repository.of({"threshold.yaml": text}))
    assert limit == DEFAULT
    assert isinstance(unread, Unread)
    assert unread.path == "threshold.yaml"


@pytest.mark.parametrize("text", ["", "alerts: {failed: 3}\n", "- compliance\n", "x\n"])
def test_other_files_of_that_name_are_left_alone(text: str) -> None:
    assert load_threshold(text) is None
    assert thresholds(Repository.of({"security/alert-thresholds.yml": text})) == (DEFAULT, None)


def test_the_first_that_is_understood_counts_and_the_other_is_told() -> None:
    repo = Repository.of({"saf/a/threshold.yml": "failed:\n", "threshold.yaml": "compliance: {min: 80}\n"})
    limit, unread = thresholds(repo)
    assert (limit.path, limit.least) == ("threshold.yaml", 80)
    assert isinstance(unread, Unread)
    assert unread.path == "saf/a/threshold.yml"


WORDS = st.sampled_from(["compliance", "failed", "total", "high", "min", "max", "error", "80", "~", "x"])


@given(st.recursive(WORDS, lambda inner: st.dictionaries(WORDS, inner, max_size=3), max_leaves=12) | st.text())
def test_anything_is_a_threshold_nothing_or_malformed(value: object) -> None:
    with suppress(Malformed):
        found = load_threshold(value if isinstance(value, str) else repr(value).replace("'", ""))
        assert found is None or (isinstance(found, Threshold) and (found.least is not None or found.bounds))
