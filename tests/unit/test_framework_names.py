"""The names of frameworks and their versions."""

from __future__ import annotations

import pytest

from sscop.artefacts.frameworks.names import named


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We follow NIST SSDF v1.1 here", [("NIST SSDF", "1.1")]),
        ("NIST SP 800-218", [("NIST SSDF", "800-218")]),
        ("SP 800-218r1 is a draft", [("NIST SSDF", "800-218r1")]),
        ("the secure software development framework", [("NIST SSDF", "")]),
        ("OWASP SAMM v2.0 and BSIMM14", [("OWASP SAMM", "2.0"), ("BSIMM", "")]),
        ("Microsoft SDL, IEC 62443-4-1:2018", [("Microsoft SDL", "2018"), ("IEC 62443-4-1", "2018")]),
        ("ISO 27001:2022 A.8.25 on development", [("ISO/IEC 27001", "2022")]),
        ("development under ISO/IEC 27001:2022", [("ISO/IEC 27001", "2022")]),
        ("certified to ISO 27001", []),
        ("OSPS Baseline v2026.08.28", [("OpenSSF OSPS Baseline", "2026.08.28")]),
        ("NCSC's secure development and deployment guidance", [("NCSC secure development principles", "")]),
        ("OWASP Top 10 (2021)", [("OWASP Top 10", "2021")]),
        ("SDL is a library for games, samm a name, CII", []),
        ("abc", []),
    ],
)
def test_named(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.framework.name, one.version) for one in named(text, 1)] == wanted


def test_the_version_may_stand_at_a_later_mention() -> None:
    (found,) = named("SSDF is followed; SSDF version 1.1 to be exact", 3)
    assert (found.version, found.line) == ("1.1", 3)
    assert found.framework.established
