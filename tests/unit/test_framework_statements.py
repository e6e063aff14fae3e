"""Statements of the development framework: where they are found, what they say of themselves, what they cite."""

from __future__ import annotations

import pytest

from sscop.artefacts.frameworks.elsewhere import assessments, badges, notations
from sscop.artefacts.frameworks.evidence import Place, evidence
from sscop.artefacts.frameworks.statement import Statement
from sscop.artefacts.frameworks.statements import statements
from sscop.artefacts.frameworks.texts import product_names, promises, texts
from sscop.artefacts.frameworks.topics import stages, topics
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.inline import words
from sscop.judgement.framework_statement import Level, dead, denied, instructed, judge
from sscop.model import Unread
from sscop.repository import Repository

BODY = "\nWe do code review by two people, unit tests run on every change, and static analysis too.\n"


def all_of(files: dict[str, str], *paths: str) -> list[Statement]:
    return list(statements(Repository.of(files), paths).statements)


def one(source: str, path: str = "docs/secure-development.md") -> Statement:
    (found,) = all_of({path: source})
    return found


@pytest.mark.parametrize(
    "title",
    ["Secure development policy", "SDLC", "Software Development Life Cycle", "NIST SSDF mapping",
     "OWASP SAMM assessment", "OpenSSF Best Practices: criteria",
     "Security in the development process", "ISO 27001 A.8.25 compliance"],
)  # fmt: skip
def test_a_title_announces_it(title: str) -> None:
    found = one(f"# {title}\n{BODY}", "docs/security.md")
    assert (found.whole, found.title) == (True, title)


@pytest.mark.parametrize(
    "title",
    [
        "Comparison of SSDF and SAMM",
        "Secure development roadmap",
        "SDL",
        "What is SLSA",
        "SLSA attestations: how to verify them",
        "ISO 27001 compliance",
    ],
)
def test_a_title_is_about_something_else(title: str) -> None:
    assert all_of({"docs/security.md": f"# {title}\n{BODY}"}) == []


def test_a_section_with_those_below_it() -> None:
    source = (
        f"# Contributing\n\n## Secure development\n{BODY}\n### Tools for secure development\n\nx\n\n## Comparison"
        f" of SDLC"
        " tools\n\ny\n"
    )
    found = one(source, "CONTRIBUTING.md")
    assert (found.whole, found.line, found.sentence) == (False, 3, False)
    assert set(found.topics) == {"review", "testing", "static analysis"}


def test_a_sentence_that_says_what_is_followed() -> None:
    source = (
        "# Invoicer\n\nInvoicer follows NIST SSDF 1.1 in all it does.\n\nOur releases have SLSA level 3 badges and"
        " more.\n\n"
        "## References\n\n- We follow the SSDF here as well\n\n- short SSDF\n"
    )
    found = one(source, "README.md")
    assert (found.sentence, found.line, [(one.framework.name, one.version) for one in found.frameworks]) == (
        True, 3, [("NIST SSDF", "1.1")],
    )  # fmt: skip


def test_frameworks_in_lists_of_references_are_not_named() -> None:
    found = one(
        f"# Secure development\n{BODY}\nWe check with SLSA tools.\n\n## References\n\n- [SAMM](https://owaspsamm.org)\n"
    )
    assert [one.framework.name for one in found.frameworks] == []


def test_front_matter_names_frameworks_scope_and_owner() -> None:
    found = one(
        "---\nowner: Head of Engineering\nlast_reviewed: 2026-02-03\napplies_to: [Engineering]\n"
        f"refs: [OWASP SAMM, {{x: y}}]\n---\n# Secure SDLC\n{BODY}"
    )
    assert [one.framework.name for one in found.frameworks] == ["OWASP SAMM"]
    assert found.scope
    assert found.owner
    assert (found.scope.text, found.owner.text) == ("Engineering", "Head of Engineering")
    assert found.reviewed
    assert (found.reviewed.when.text, found.reviewed.line) == ("2026-02-03", 3)


@pytest.mark.parametrize(
    ("text", "scope", "owner"),
    [
        ("## Scope\n\nThe service.\n", "Scope", ""),
        ("Product: Invoicer\n", "Product: Invoicer", ""),
        ("This applies to all code.\n", "This applies to all code.", ""),
        ("Invoicer is one service.\n", "Invoicer is one service.", ""),
        (
            "The security lead is responsible for this policy.\n",
            "",
            "The security lead is responsible for this policy.",
        ),
        ("Senior Responsible Owner: the CTO\n", "", "Senior Responsible Owner: the CTO"),
        ("Owner: [name]\n", "", ""),
        ("Owned by the platform team.\n", "", "Owned by the platform team."),
    ],
)
def test_elements(text: str, scope: str, owner: str) -> None:
    (found,) = all_of(
        {"docs/sdlc.md": f"# SDLC\n{BODY}\nIt is so.\n\nAnd so.\n\nAnd too.\n\n{text}", "README.md": "# x\n"}
    )
    if text.startswith("Invoicer"):
        (found,) = all_of({"docs/sdlc.md": f"# SDLC\n\n{text}{BODY}", "README.md": "# The Invoicer service\n"})
    assert (found.scope.text if found.scope else "") == scope
    assert (found.owner.text if found.owner else "") == owner


def test_the_date_in_a_sentence() -> None:
    found = one(f"# SDLC\n{BODY}\n| a | b |\n|---|---|\n| x | It was last reviewed on 3 May 2026 by us |\n")
    assert found.reviewed
    assert (found.reviewed.when.text, found.reviewed.line) == ("3 May 2026", 7)
    assert one(f"# SDLC\n{BODY}\nLast reviewed by us.\n").reviewed is None


def test_fields_of_restructured_text_are_said() -> None:
    found = one(
        "SDLC\n====\n\n:Owner: engineering lead\n:Tests: unit tests run on every change here\n", "docs/sdlc.rst"
    )
    assert "testing" in found.topics


def test_what_cannot_be_read() -> None:
    dense = "# SDLC\n" + "- x\n" * 9000
    repo = Repository.of(
        {"docs/sdlc.md": dense, "docs/security.md": dense.replace("# SDLC", "# SLSA"), "b.md": b"\0ssdf"}
    )
    assert [one.path for one in statements(repo).unread] == ["docs/sdlc.md"]
    assert [one.path for one in statements(Repository.of({"a.md": dense.replace("SDLC", "x")}), ["a.md"]).unread] == [
        "a.md"
    ]
    large = Repository.of({"docs/sdlc.md": "x" * 400_000, "docs/security.md": "x" * 400_000})
    assert [one.path for one in large.once(texts).unread] == ["docs/sdlc.md"]


def test_places_of_texts() -> None:
    files = ["README.md", "docs/a.md", "docs/b/c.md", "lib/security/x.md", "docs/plans/secure-development.md",
             "vendor/x/security.md", "docs/2026-01-02-sdlc.md", ".claude/sdlc.md",
             "tests/data/security.md"]  # fmt: skip
    seen = texts(Repository.of(dict.fromkeys(files, "x")))
    assert list(seen.counted) == ["README.md", "docs/a.md", "lib/security/x.md"]
    assert len(seen.aside) == 5
    assert promises("docs/secure_development.md")


@pytest.mark.parametrize(
    ("readme", "names"),
    [
        ("# Welcome to the Invoicer API\n", {"Invoicer"}),
        ('<h1 align="center">Invoicer (INV)</h1>\n', {"Invoicer", "INV"}),
        ("text\n\n# README\n\n## Invoicer\n", {"Invoicer"}),
        ("no title\n", set()),
    ],
)
def test_product_names(readme: str, names: set[str]) -> None:
    assert product_names(Repository.of({"README.md": readme})) == names


def test_topics_and_stages() -> None:
    assert topics([words("unit tests", 1), words("unit tests run here", 2)]) == {"testing": 2}
    everything = [words(text, n) for n, text in enumerate(
        ["we do threat modelling often", "security requirements are recorded here", "the training is once a year",
         "secure coding is asked for", "code review by two people", "unit tests run every time",
         "static analysis with rules",
         "dependencies are looked at", "no secrets in the tree",
         "branch protection is on here",

         "signed releases and their provenance", "vulnerabilities are triaged by leads",
         "personal data is kept away", "and more of it all"])]  # fmt: skip
    assert len(topics([*everything, *everything])) == 13
    source = (
        "# T\n\n## 1) Plan\n\nEight words are needed for this to count.\n\n## Phase 2: Design\n\nToo short.\n"
        "\n## Plan B\n\nx\n"
    )
    assert stages(load(source).sections) == {"planning": 3}


def cites(files: dict[str, str], line: str) -> list[tuple[str, str]]:
    repo = Repository.of({**files, "docs/sdlc.md": f"# SDLC\n{BODY}\n{line}\n"})
    (made,) = statements(repo).statements
    return [(ref.text, ref.place.value) for one in evidence(repo, made) for ref in one.references]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("[a](../a.md) ![i](i.png)", [("../a.md", "found")]),
        ("[a](b.md)", [("b.md", "dead")]),
        ("[a](https://x.example/)", [("https://x.example/", "outside")]),
        ("[self](#sdlc) [t](/x)", [("/x", "untold")]),
        ("`a.md` and `docs/` and `src/x.py`", [("a.md", "found"), ("docs/", "found"), ("src/x.py", "found")]),
        ("`src/y.py` `src/z` `other/y.py` `x.py` `pip`", [("src/y.py", "dead"), ("x.py", "found")]),
        ("`THREATS.md` `SECURITY.md` `lower.md`", [("THREATS.md", "dead")]),
        ("`./a.md` `../a.md` `../../a.md` `a b.md`", [("a.md", "found"), ("../a.md", "found")]),
        ("see NOTES.md, GONE.md", [("NOTES.md", "found")]),
        ("`CODEOWNERS`", [("CODEOWNERS", "found")]),
    ],
)
def test_evidence(line: str, wanted: list[tuple[str, str]]) -> None:
    files = {"a.md": "x", "src/x.py": "", "NOTES.md": "x", ".github/CODEOWNERS": "x"}
    assert cites(files, line) == wanted


def test_dead_evidence_stands_alone_or_not() -> None:
    repo = Repository.of(
        {"a.md": "x", "docs/sdlc.md": f"# SDLC\n{BODY}\n- [a](b.md)\n- [a](c.md), [a](../a.md)\n- [a](d.md), planned\n"}
    )
    (made,) = statements(repo).statements
    found = list(evidence(repo, made))
    assert [(one.text, one.line, one.alone) for one in dead(found)] == [("b.md", 5, True), ("c.md", 6, False)]
    assert [one.references[0].place for one in found] == [Place.DEAD] * 3


def test_levels() -> None:
    def level(source: str, path: str = "docs/security.md") -> tuple[Level, str]:
        repo = Repository.of({path: source})
        found = [judge(made, list(evidence(repo, made))) for made in statements(repo).statements]
        return found[0].level, found[0].reason

    general = "# Secure development\n\nThreat modelling, code review by peers, and static analysis are its parts.\n"
    assert level(general)[0] is Level.GENERAL
    assert level(f"# Secure development\n{BODY}")[1] == "names no established framework and describes 3 practices"
    assert (
        level("# NIST SSDF mapping\n\nWe keep it.\n")[1] == "names NIST SSDF, but says of no practices how it is done"
    )
    assert level("# NIST SSDF mapping\n\nWe run unit tests here.\n")[1].endswith("says of 1 practice how it is done")
    four = BODY.replace("too.", "too, and dependencies.")
    assert (
        level(f"# Secure development\n{four}")[1] == "names no established framework and says in 19 words what is done"
    )
    ids = "".join(f"\n- OSPS-AC-0{n}.01 | Met" for n in range(1, 5))
    assert level(f"# OSPS Baseline review\n\nOur answers.\n{ids}\n")[0] is Level.PARTIAL
    said = "Owner: engineering lead\nLast reviewed: 2026-01-01\nScope: all code\n\nWe follow NIST SSDF 1.1 here.\n"
    assert level(f"# P\n\n{said}", "README.md")[0] is Level.PARTIAL


def test_rows_that_deny_themselves() -> None:
    source = (
        "| Id | What | Status |\n|---|---|---|\n| a | Planned: fuzzing | Aligned |\n| b | planned releases are"
        " tested | Done |\n"
        "| c | TODO | \u2705 |\n| d | To be defined for 2027 | Open |\n| Planned | x | Met |\n| e | pending |"
        " Partly met |\n| f |\n"
        "\n| a | b |\n|---|---|\n| TODO | Done |\n"
    )
    assert [(one.key, one.line) for one in denied(load(source))] == [("a", 3), ("c", 5)]


def test_instructions_for_assistants_show_nothing() -> None:
    source = (
        f"# SDLC\n{BODY}\n- Reviews: `CLAUDE.md`\n- Tests: AGENTS.md and [CI](ci.md)\n- Plans: GEMINI.md\n"
        "- Other: [CI](ci.md)\n"
    )
    repo = Repository.of({"CLAUDE.md": "x", "AGENTS.md": "x", "docs/ci.md": "x", "docs/sdlc.md": source})
    (made,) = [one for one in statements(repo).statements if one.path == "docs/sdlc.md"]
    assert instructed(judge(made, list(evidence(repo, made)))) == [5, 7]


def test_what_points_elsewhere() -> None:
    badge = "https://www.bestpractices.dev/en/projects/7"
    repo = Repository.of(
        {
            "README.md": f"x\n{badge}\n", "docs/a.md": badge, ".bestpractices.json": "{}",
            "a/dsomm.yaml": "teamsImplemented: {}",
            "b/samm.json": b"\0", "c/oscal.yml": "x: y", "tests/samm.yaml": "samm score",
            "security-insights.yml": "security-artifacts: {self-assessment: {evidence-url: [x, ~]}}",
            ".github/security-insights.yml": "repository: {security: {assessments: {self: {evidence: [y]}}}}",
            ".gitlab/security-insights.yaml": "a: [",
        }
    )  # fmt: skip
    assert [(one.path, one.line, one.note) for one in badges(repo)] == [
        ("README.md", 2, "project 7"), (".bestpractices.json", None, ""),
    ]  # fmt: skip
    assert [(one.path, one.note) for one in notations(repo)] == [("a/dsomm.yaml", "a DSOMM assessment")]
    assert [(one.path, one.note) for one in assessments(repo)] == [("security-insights.yml", "x")]


@pytest.mark.parametrize(
    ("sentence", "outside"),
    [
        ("We follow the [Technical Guidance](https://guidance.justice.example/) here.", True),
        ("This service follows the\n[GDS Way](https://gds-way.example/) in all.", True),
        ("We follow the [coding standards](https://x.example/software-standards) here.", False),
        ("We follow the [Technical Guidance](guidance.md) of this team.", False),
        ("The [Technical Guidance](https://guidance.justice.example/) is long.", False),
    ],
)
def test_guidance_of_an_organisation(sentence: str, outside: bool) -> None:
    found = all_of({"CONTRIBUTING.md": f"# Contributing\n\n{sentence}\n"})
    assert [bool(one.outside) for one in found] == [True] * outside


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Peers review the code.", False),
        ("- Tests run in CI\n- `ruff` finds faults\n- A merge needs one reviewer\n", True),
        ("This project reviews the code.", True),
    ],
)
def test_whose_practice(text: str, ours: bool) -> None:
    assert one(f"# Secure development\n\n{text}\n").ours is ours


def test_an_unread_text_is_no_statement() -> None:
    assert isinstance(statements(Repository.of({"docs/sdlc.md": b"\0"})).unread[0], Unread)
