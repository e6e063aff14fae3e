"""Whatever the bytes and letters: typed facts or Malformed, each on a line that is there, and no hang."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.advisories.data import load_advisory
from sscop.artefacts.changelogs import load_changelog
from sscop.artefacts.fix_limits import fix_limits
from sscop.artefacts.lifecycle.gathered import lifecycle, lines_of
from sscop.artefacts.lifecycle.model import State
from sscop.artefacts.lifecycle.own import load_own
from sscop.artefacts.lifecycle.schedules import load_schedule
from sscop.artefacts.lifecycle.words import range_of, read_date, state_of, versions
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.sentences import said_in
from sscop.artefacts.update_policies import updates
from sscop.judgement.support_dates import judged
from sscop.model import Finding
from sscop.repository import Malformed, Repository

TODAY = date(2026, 11, 23)
_SAID = """version release supported until end of life support for months notice before - # 1.x 2.4 < 4.0 2027-03-31
31/06/2028 June 2027 yes no ✅ ❌ TBD latest only security fixes critical within 7 days fix monthly every upgrade Acme
Python [a](b.md) > * `x` EOL true false 18 one year announce each major is"""
_WORDS = st.sampled_from([*_SAID.split(), "\n", "\n\n"])
PROSE = st.lists(_WORDS, max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), PROSE)


@given(TEXTS)
def test_words_of_cells(text: str) -> None:
    assert isinstance(state_of(text), State)
    found = range_of(text)
    assert found is None or (found.low, found.high) != (None, None)
    when = read_date(text)
    assert (when.first is None) == (when.last is None)
    assert all(text[one.start() : one.end()] == one[0] for one in versions(text))


@given(TEXTS)
def test_sentences_stand_on_lines_of_the_text(text: str) -> None:
    try:
        document = load(text)
    except Malformed:
        return
    for section in document.sections:
        for said in said_in(section, rows=True):
            assert 1 <= said.line <= document.lines


@given(TEXTS)
def test_texts_tell_lines_that_are_there(text: str) -> None:
    files = {
        "SECURITY.md": f"# Security\n\n## Supported versions\n\n{text}",
        "README.md": text,
        "docs/upgrading.md": text,
    }
    repo = Repository.of({path: one.encode("utf-8", "surrogatepass") for path, one in files.items()})
    life = lifecycle(repo)
    long = {path: one.count("\n") + one.count("\r") + 1 for path, one in files.items()}
    for line in life.lines:
        assert 1 <= line.line <= long[line.path]
    for rule in life.rules:
        assert 1 <= rule.line <= long[rule.path]
    for element in updates(repo).elements:
        assert 1 <= element.line <= long[element.path]
    for limit in fix_limits(repo).limits:
        assert 1 <= limit.line <= long[limit.path]
    found = list(judged(life, TODAY, lambda: None))
    assert found
    assert all(isinstance(one, Finding) for one in found)


@given(
    st.one_of(
        TEXTS, st.recursive(st.text(max_size=9), lambda inner: st.dictionaries(st.text(max_size=9), inner)).map(str)
    )
)
def test_data_is_typed_or_malformed(text: str) -> None:
    for reader in (load_schedule, load_own, load_advisory):
        try:
            found = reader(text)
        except Malformed:
            continue
        assert found is None or isinstance(found, tuple)
    assert isinstance(load_changelog(text), tuple)


@given(st.binary(max_size=400))
def test_bytes(data: bytes) -> None:
    repo = Repository.of({"lifecycle.yaml": data, "schedule.json": data, "SECURITY.md": data, "CHANGELOG.md": data})
    life = lifecycle(repo)
    assert all(one.path in ("lifecycle.yaml", "SECURITY.md") for one in life.unread)


@pytest.mark.parametrize(
    "piece",
    [
        "supported until ",
        "support for 12 months ",
        "1.1.1.1.1",
        "v1-lts-",
        "latest latest ",
        "| a ",
        "critical high ",
        "fix within 7 days ",
        "every other ",
        "end of life 2027-01-0",
        "security updates, ",
        "releases ",
        "announce before support ends ",
        "[supported version",
        "- 1.x: ",
        "CVE-2026-",
    ],
)
def test_long_lines_end(piece: str) -> None:
    """A pattern that is not linear would not come to an end here."""
    text = piece * (200_000 // len(piece))
    repo = Repository.of(
        {
            "SECURITY.md": f"# Supported versions\n\n{text}\n",
            "docs/upgrading.md": text,
            "CHANGELOG.md": f"## 1.0.0\n{text}",
        }
    )
    assert lifecycle(repo) is not None
    assert updates(repo) is not None
    assert fix_limits(repo) is not None
    assert isinstance(load_changelog(text), tuple)
    assert isinstance(lines_of(f"| Version | End |\n|---|---|\n| {text} | {text} |\n", "x.md", frozenset()), list)
