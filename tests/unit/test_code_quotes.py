"""The Code as texts quote it: what is a quote, and which are wrong."""

from __future__ import annotations

import pytest

from sscop.artefacts.frameworks.quotes import Quote, quoted, quotes
from sscop.artefacts.prose.document import load
from sscop.catalogue import code
from sscop.judgement.code_quotes import MEANT, misquotes
from sscop.repository import Repository

TITLES = {one.number: one.title for one in code().principles.values()}


def found(source: str, path: str = "docs/x.md") -> list[tuple[str, str, int]]:
    return [(one.number, one.title, one.line) for one in quotes(load(source, path), path)]


def wrong(number: str, title: str, formal: bool = True) -> list[str]:
    return [one.code for one in misquotes([Quote(number, title, 1, formal)], TITLES)]


def test_a_text_about_the_code() -> None:
    source = (
        "# SSCoP self-assessment\n\n### Principle 1.1 - Follow a framework\n\nPrinciples 2.1 to 2.2 are one job.\n\n"
        "- 3.1: Distribute securely\n- Claim 1.4.2 is met\n- Version 2.10.3\n\n## 2.1 Protect builds\n\n"
        "## NIST SSDF\n\nPrinciple 7 of it\n"
    )
    assert found(source) == [
        ("1.1", "Follow a framework", 3),
        ("2.1", "", 5),
        ("2.2", "", 5),
        ("3.1", "Distribute securely", 7),
        ("2.1", "Protect builds", 11),
    ]


def test_a_section_about_the_code_ends_where_it_ends() -> None:
    source = (
        "# Compliance\n\nPrinciple 9 is another's.\n\n## Software Security Code of Practice\n\n"
        "| Ref | Requirement | Us |\n|---|---|---|\n| 1.2 | SBOM | x |\n| P1.3 | Tests | y |\n| n/a | z | z |\n\n"
        "### CISA secure by design\n\nPrinciple 3 is CISA's.\n\n## GDPR\n\nPrinciple 2.\n"
    )
    assert found(source) == [("1.2", "SBOM", 9), ("1.3", "Tests", 10)]


def test_elsewhere_only_right_behind_the_name_or_in_its_column() -> None:
    source = (
        "# Guide\n\nThe Software Security Code of Practice principle 5 (Protect the build environment) asks for it.\n\n"
        "Software Security Code of Practice. Principle 6 is of another list.\n\n"
        "| Control | SSCoP principle |\n|---|---|\n| MFA | 2.1 |\n| Logs | 2.2: logging |\n| All | 1-4 |\n"
        "\n## SSCoP Principle 3.2\n\n```\nSSCoP principle 9\n```\n"
        "\n| A | B |\n|---|---|\n| SSCoP principle 1.4 | x |\n"
    )
    assert found(source) == [
        ("5", "Protect the build environment", 3),
        ("2.1", "", 9),
        ("2.2", "logging", 10),
        ("1", "", 11),
        ("4", "", 11),
        ("3.2", "", 13),
        ("1.4", "", 21),
    ]


def test_rows_numbered_from_one_are_no_principles() -> None:
    assert found("# SSCoP\n\nThis meets NCSC secure development principle 3, and GDPR too.\n") == []
    assert found("# SSCoP\n\n| # | Item | Location |\n|---|---|---|\n| 1 | Policy | here |\n") == []
    assert found("# SSCoP\n\n| # | Principle |\n|---|---|\n| 1 | Policy |\n") == [("1", "Policy", 5)]


def test_quoted_of_a_repository() -> None:
    repo = Repository.of(
        {
            "docs/sscop.md": "# SSCoP\n\nPrinciple 1.1\n",
            "docs/plans/x.md": "# SSCoP\n\nPrinciple 9\n",
            "docs/security.rst": "sscop " + "* a\n" * 9,
            "docs/sscop-2.md": "sscop\n" + "- x\n" * 9000,
        }
    )
    seen = quoted(repo)
    assert [(one.path, one.number) for one in seen.quotes] == [("docs/sscop.md", "1.1")]
    assert [one.path for one in seen.unread] == ["docs/sscop-2.md"]


def test_every_principle_has_its_words() -> None:
    assert set(MEANT) == set(TITLES)


@pytest.mark.parametrize("number", list(TITLES))
def test_its_own_title_is_never_wrong(number: str) -> None:
    assert wrong(number, TITLES[number]) == []
    assert wrong(number, TITLES[number].upper()) == []
    assert wrong(number, " ".join(TITLES[number].split()[:4])) == []


@pytest.mark.parametrize(
    ("number", "title", "code_"),
    [
        ("1.2", "Third-party risk", ""),
        ("3.3", "Detect & manage vulns", ""),
        ("4.2", "\u22651 year EOL notice", ""),
        ("2.2", "Keep records of who altered the pipeline", ""),
        ("1.2", "Secure by default", "wrong-title"),
        ("3.4", "Publish accurate policy statements", "wrong-title"),
        ("1.1", "Leadership", ""),
        ("1.5", "Anything", "no-such-principle"),
        ("5.1", "", "no-such-principle"),
        ("15", "", "flat-numbers"),
        ("1.1", "", ""),
    ],
)
def test_misquotes(number: str, title: str, code_: str) -> None:
    assert wrong(number, title) == ([code_] if code_ else [])


def test_an_aside_is_no_title() -> None:
    assert wrong("2.2", "an analogy rather than a match", formal=False) == []
    assert wrong("2.2", "testing before distribution", formal=False) == ["wrong-title"]


def test_a_text_s_own_numbers_are_not_the_codes() -> None:
    own = [Quote("1.1", "Scope", 1, False, True), Quote("2.1", "Third-party components", 2, False, True)]
    own.append(Quote("5.1", "Review", 3, False, True))
    assert list(misquotes(own, TITLES)) == []
    right = [Quote(number, TITLES[number], 4, False, True) for number in ("1.1", "1.2", "1.3", "1.4")]
    assert [one.code for one in misquotes([*own, *right], TITLES)] == ["wrong-title", "no-such-principle"]


def test_a_list_from_one_on_is_one_mistake() -> None:
    (one,) = misquotes([Quote("1", "A", 3, True), Quote("14", "B", 9, True)], TITLES)
    assert [quote.line for quote in one.quotes] == [3, 9]
    assert "(1, 14)" in one.text
