"""Published claims follow who can read the repository, and a declared quiet has a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from sscop.artefacts.nodes import Node, load, mapping
from sscop.judgement.published import published, quiet, quiet_since
from sscop.model import Because, Evidence, Finding, Outcome, met, unmet
from sscop.platform import UNASKED, Fact

TODAY = date(2026, 11, 23)
SEEN = met("policy", "a policy", Evidence("SECURITY.md", 3), about=("vdp-published",))


def _settings(text: str = "{}") -> Mapping[str, Node]:
    return mapping(load(text))


def test_what_is_not_met_stays_as_it_is() -> None:
    seen = unmet("no-policy", "found no policy", because=Because.ABSENT)
    assert published(seen, UNASKED, _settings()) is seen


@pytest.mark.parametrize(
    ("visibility", "outcome"),
    [
        (Fact("public", ""), Outcome.MET),
        (Fact("private", ""), Outcome.UNMET),
        (Fact("internal", ""), Outcome.UNMET),
        (Fact(), Outcome.UNKNOWN),
        (Fact("public", "403"), Outcome.UNKNOWN),
    ],
)
def test_visibility_decides(visibility: Fact, outcome: Outcome) -> None:
    found = published(SEEN, UNASKED._replace(visibility=visibility), _settings())
    assert (found.outcome, found.evidence, found.about) == (outcome, SEEN.evidence, SEEN.about)
    assert (found.because is Because.INADEQUATE) == (outcome is Outcome.UNMET)
    assert bool(found.fix) == (outcome is not Outcome.MET)


def test_an_address_is_publication() -> None:
    settings = _settings("published: https://acme.example/security")
    assert published(SEEN, UNASKED._replace(visibility=Fact("private", "")), settings) is SEEN


@pytest.mark.parametrize("address", ["http://acme.example/", "acme.example", "https://intranet", "https://a.b@c.d/"])
def test_an_address_that_is_none(address: str) -> None:
    found = published(SEEN, UNASKED._replace(visibility=Fact("public", "")), _settings(f"published: '{address}'"))
    assert (found.outcome, found.code) == (Outcome.UNKNOWN, "setting")


def test_quiet() -> None:
    assert quiet_since(_settings(), TODAY) is None
    assert quiet_since(_settings("no-occasion-since: 2026-11-23"), TODAY) == TODAY
    for stated in ("2026-11-24", "never", "2026-02-30"):
        found = quiet_since(_settings(f"no-occasion-since: '{stated}'"), TODAY)
        assert isinstance(found, Finding)
        assert found.code == "setting"
    found = quiet(date(2026, 1, 31), ("incident-notice",))
    assert (found.outcome, found.about) == (Outcome.NOT_APPLICABLE, ("incident-notice",))
    assert "2026-01-31" in found.message
