"""What users are told: which texts are for them, which headings, sentences and commands count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.guide_wording import GUIDANCE, REPORTING, STRONG, UPDATE, UPDATING, USE, WEAK, Element
from sscop.artefacts.user_guides import Guide, user_guide
from sscop.judgement.user_guide import judge
from sscop.model import Outcome
from sscop.repository import Repository

WORDS = (
    "Some thirty words stand here so that the section is not empty and says something to whoever "
    "reads it on a quiet day, "
)


def _guide(files: dict[str, str], *further: str) -> Guide:
    return user_guide(Repository.of(files), further)


def _seen(text: str, path: str = "README.md") -> dict[Element, int]:
    return {element: place.line for element, place in _guide({path: text}).said}


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not expose port 8080 to the internet.",
        "Never commit your API key.",
        "Change the default password at the first start.",
        "The password must be changed.",
        "Make sure to run it behind a reverse proxy.",
        "You should enable two-factor authentication.",
        "It must never be fed untrusted input.",
        "Don't run the container as root.",
        "The site should only be served over HTTPS.",
        "Insecure cookies are for tests only, not for production.",
        "Do not disable TLS verification.",
    ],
)
def test_guidance_on_secure_use(sentence: str) -> None:
    assert GUIDANCE.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not use it in production.",
        "You do not need to create a secret.",
        "We don't make use of access token scopes.",
        "Please use https://packages.example.org/search.",
        "The API uses tokens.",
        "A fast, secure library.",
        "You can change the colour.",
    ],
)
def test_no_guidance(sentence: str) -> None:
    assert not GUIDANCE.search(sentence)


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("pip install --upgrade product", True),
        ("pip install -U 'product[extra]'", True),
        ("brew upgrade product", True),
        ("npm install -g product@latest", True),
        ("docker compose pull && docker compose up -d", True),
        ("helm upgrade product repo/chart", True),
        ("To upgrade, replace the archive.", True),
        ("To update to the latest version, run the installer.", True),
        ("Upgrading from version 1.2", True),
        ("To update your installation, run `setup`.", True),
        ("Updates are installed automatically.", True),
        ("terraform init -upgrade", True),
        ("pip install --upgrade pip", False),
        ("pip install -U pytest", False),
        ("helm upgrade --install product repo/chart", False),
        ("To update documentation, run make docs", False),
        ("To update the version of Alpine used in the Dockerfile, edit it", False),
        ("To update your shell's configuration, edit the file.", False),
        ("docker pull product:1.0", False),
    ],
)
def test_instructions_to_update(said: str, is_one: bool) -> None:
    assert bool(UPDATING.search(said)) is is_one


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("upgrading", True),
        ("how to update", True),
        ("upgrade guide", True),
        ("updating the application", True),
        ("install and upgrade guide", True),
        ("migrating from 1.0 to 2.0", True),
        ("automatic updates", True),
        ("keeping it up to date", True),
        ("updating composer dependencies", False),
        ("update user", False),
        ("updating roles", False),
        ("graph update", False),
    ],
)
def test_titles_about_updating(title: str, is_one: bool) -> None:
    assert bool(UPDATE.search(title)) is is_one


def test_titles_about_security() -> None:
    assert all(
        STRONG.search(one)
        for one in ("security considerations", "hardening", "securing the server", "ssl cert verification")
    )
    assert all(WEAK.search(one) for one in ("authentication", "tls", "access control", "mfa"))
    assert not any(
        STRONG.search(one) or WEAK.search(one)
        for one in ("usage", "supply chain hardening", "channel permissions resource")
    )
    assert USE.search("quick start")
    assert not USE.search("features")
    assert REPORTING.search("Please report vulnerabilities to us")
    assert not REPORTING.search("writes a report of the run")


def test_each_element_has_its_line() -> None:
    text = (
        "# Product\n\n## Install\n\n```\npip install product\n```\n\n## Security considerations\n\n"
        + WORDS
        + "\n\n## Upgrading\n\n"
        + WORDS
    )
    assert _seen(text) == {Element.USE: 3, Element.SECURE: 9, Element.UPDATE: 13}


def test_sections_for_contributors_and_about_reports_are_left_out() -> None:
    text = (
        f"# Product\n\n## Contributing\n\n### Setup\n\n{WORDS}\nNever commit secrets.\n\n## Security\n\n"
        f"Report security issues to us. {WORDS}\n"
    )
    assert _seen(text) == {}


def test_titles_without_content_are_nothing() -> None:
    assert _seen("# Product\n\n## Install\n\n## Hardening\n\n## Upgrading\n") == {}


def test_weak_signs_count_where_there_is_nothing_stronger() -> None:
    weak = f"# Product\n\n## Authentication\n\n{WORDS * 4}\n"
    assert _seen(weak) == {Element.SECURE: 3}
    assert _seen(f"{weak}\nNever commit your token.\n") == {Element.SECURE: 7}
    files = {"README.md": f"# Product\n\n{WORDS}\n", "docs/reference/authentication.md": weak}
    assert _guide(files).elements == {}


def test_a_text_about_updating_by_its_name() -> None:
    assert _seen(f"# From here to there\n\n{WORDS}\n", "docs/upgrading.md") == {Element.UPDATE: 1}


def test_places_for_contributors_and_translations_are_not_read() -> None:
    text = f"# Product\n\n## Hardening\n\n{WORDS}\n"
    for path in (
        "CONTRIBUTING.md",
        "docs/adr/0001.md",
        "docs/threat-model.md",
        "README.fr.md",
        "docs/development.md",
        "tests/docs/a.md",
    ):
        assert _guide({path: text}).elements == {}, path
    for path in (
        "docs/a.md",
        "website/docs/a.mdx",
        "packages/a/README.md",
        "site/content/a.md",
        "SECURITY.md",
        "docs/a.adoc",
    ):
        assert Element.SECURE in _guide({path: text.replace("#", "=") if path.endswith("adoc") else text}).elements, (
            path
        )
    assert Element.SECURE in _guide({"handbook/a.md": text}, "handbook/*.md").elements


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("[documentation](https://sscop-case.uk/d)", True),
        ("[Read the docs](https://sscop-case.uk/d)", True),
        ("[full user guide](https://sscop-case.uk/d)", True),
        ("see [here](https://product.readthedocs.io/)", True),
        ("[a guide to Product](https://product.sscop-case.uk)", True),
        ("[a guide to Python](https://python.sscop-case.uk)", False),
        ("[documentation](docs/index.md)", False),
        ("[Contributing guide](https://product.sscop-case.uk/contributing)", False),
        ("![docs](https://sscop-case.uk/d.png)", False),
    ],
)
def test_documentation_elsewhere(text: str, away: bool) -> None:
    guide = _guide({"README.md": f"# Product\n\n{text}\n"})
    assert (guide.away is not None) is away


@pytest.mark.parametrize(
    "text",
    [
        (
            "# Vite\n\nThis template provides a minimal setup to get React working in Vite with HMR and "
            "some ESLint rules.\n"
        ),
        (
            "## Getting started\n\nTo make it easy for you to get started with GitLab, here's a list of "
            "recommended next steps.\n"
        ),
        (
            "# README\n\nThis README would normally document whatever steps are necessary to get the\n"
            "application up and running.\n"
        ),
    ],
)
def test_starters(text: str) -> None:
    assert "starter" in _guide({"README.md": text}).stub
    assert _guide({"README.md": text, "docs/a.md": "# A\n"}).stub == ""


def test_a_short_readme_with_code_is_no_stub() -> None:
    assert _guide({"README.md": "# Product\n\n    product --serve\n"}).stub == ""
    assert "next to nothing" in _guide({"README.md": "# Product\n\nA product.\n"}).stub


def test_without_a_readme_and_with_an_unreadable_one() -> None:
    assert _guide({}).front is None
    assert [one.code for one in judge(_guide({}))] == ["no-guide"]
    alone = _guide({"docs/a.md": f"# A\n\n## Usage\n\n{WORDS}\n"})
    assert (alone.front is not None, [one.code for one in judge(alone)]) == (True, ["incomplete"])
    dense = _guide({"README.md": "* x\n" * 10_000})
    assert [one.outcome for one in judge(dense)] == [Outcome.UNKNOWN]
    large = _guide({"README.md": "x" * (2 << 20)})
    assert [one.outcome for one in judge(large)] == [Outcome.UNKNOWN]


def test_secure_use_in_docs_alone_is_met_with_advice() -> None:
    text = f"# A\n\n## Usage\n\n{WORDS}\n\n## Hardening\n\n{WORDS}\n"
    assert [one.code for one in judge(_guide({"docs/a.md": text}))] == ["guide", "missing-elements"]


@given(
    text=st.text(max_size=300)
    | st.text(alphabet="# install secure use never commit password\n-*|:`[]()<>", max_size=200)
)
def test_any_text_is_judged(text: str) -> None:
    guide = _guide({"README.md": text, "docs/hardening.rst": text, "docs/upgrading.adoc": text})
    assert all(place.line >= 1 for _, place in guide.said)
    assert list(judge(guide))
