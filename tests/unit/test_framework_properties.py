"""Any bytes in, a finding out; and what an adversary would write ends soon."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscop.artefacts.frameworks.names import named
from sscop.artefacts.frameworks.quotes import quotes
from sscop.artefacts.frameworks.ssdf import cited, exists
from sscop.artefacts.prose.document import load
from sscop.assess import run
from sscop.config import Config
from sscop.judgement.code_quotes import misquotes
from sscop.judgement.ssdf_labels import mislabelled
from sscop.model import Outcome
from sscop.repository import Malformed, Repository
from sscop_hooks import load as load_checks

PIECES = st.sampled_from(
    ["# SDLC\n", "## SSCoP\n", "## Design principles\n", "\n\n", "- ",
     "| Id | Practice | Status |\n|---|---|---|\n", "| ", " | ", "PW.7 ", "PO.1.1: ",
     "OSPS-AC-01.01", "Principle 1.1 - ",
     "Principles 1-4", "1.2 ", "NIST SSDF v1.1", "we follow ",
     "Software Security Code of Practice principle 5 (", ")", "`docs/x.md`",
     "[a](b.md)", "Owner: lead\n", "Last reviewed: 2026-01-01\n",
     "Next review: 31/02/2026\n", "least privilege by default ", "code review by two ",
     "---\nowner: x\n---\n", "{{ x }}", "\u00e9", "\0"]
)  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=24).map("".join)
BYTES = st.one_of(
    TEXT.map(lambda text: text.encode("utf-8", "ignore")),
    TEXT.map(lambda text: text.encode("utf-16", "ignore")),
    st.binary(max_size=80),
)
quick = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
PATHS = ("README.md", "docs/sdlc.md", "docs/sscop.rst", "SECURITY.adoc", "ARCHITECTURE.md", "docs/adr/0001-x.md")


@pytest.mark.parametrize("id_", ["development-framework", "design-criteria"])
@quick
@given(st.dictionaries(st.sampled_from(PATHS), BYTES, max_size=4))
def test_the_check_answers_whatever_the_files_hold(id_: str, files: dict[str, bytes]) -> None:
    (check,) = load_checks(id_)
    findings, why = run(check, Repository.of(files), Config(), date(2026, 11, 23))
    assert why == ""
    assert findings
    for one in findings:
        assert one.message
        assert one.path == "" or one.path in files
        assert one.line is None or one.line >= 1
        assert one.outcome is not Outcome.UNMET or one.because


@quick
@given(TEXT)
def test_readers_keep_their_lines(text: str) -> None:
    try:
        document = load(text, "docs/sscop.md")
    except Malformed:
        return
    found = [*quotes(document, "docs/sscop.md")]
    assert all(1 <= one.line <= document.lines for one in found)
    assert [one for one in misquotes(found, {"1.1": "Follow it"}) if not one.text] == []
    for one in cited(document):
        assert 1 <= one.line <= document.lines
        assert isinstance(exists(one.id, text), bool)
        assert not exists(one.id, "") or isinstance(mislabelled(one), str)
    assert list(named(text[:200], 1)) is not None


@pytest.mark.parametrize(
    "piece", ["a ", "| ", "PW.7 ", "we follow ", "Principle 1 ", "1.1 ", "(", "owner ", "`a/b.md` ", "SSDF v"]
)
def test_long_repetition_ends(piece: str) -> None:
    body = "# SDLC SSCoP design principles\n\n" + piece * 20_000 + "\n"
    for id_ in ("development-framework", "design-criteria"):
        (check,) = load_checks(id_)
        findings, why = run(
            check, Repository.of({"docs/sdlc.md": body, "docs/sscop.md": body}), Config(), date(2026, 1, 1)
        )
        assert (bool(findings), why) == (True, "")
