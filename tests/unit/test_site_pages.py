"""Which text of the tree a page of the product's site is made of."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscop.artefacts.site_pages import Pages
from sscop.repository import Repository

TREE = {
    "README.md": "# Frobnicate\n",
    "site/content/resources/security-process.md": "# Process\n",
    "site/content/resources/support/_index.md": "# Support\n",
    "site/content/docs/v1.2.0/resources/security-process.md": "# Old\n",
    "docs/contributing/security.rst": "Security\n========\n",
    "docs/about.md": "# About\n",
    "docs/release-policy.md": "# Releases\n",
    "lib/process/flow.md": "# Not a page\n",
    "docs/a/usage.md": "# A\n",
    "docs/b/usage.md": "# B\n",
}


def source(address: str, **more: str) -> str:
    files = {**TREE, **{name.replace("__", "/"): text for name, text in more.items()}}
    return Pages(Repository.of(files)).source(address)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://frobnicate.io/resources/security-process", "site/content/resources/security-process.md"),
        ("https://frobnicate.io/resources/security-process/#lists", "site/content/resources/security-process.md"),
        ("https://www.frobnicate.io/resources/support/index.html", "site/content/resources/support/_index.md"),
        ("https://docs.frobnicate.org/en/latest/contributing/security.html", "docs/contributing/security.rst"),
        ("https://frobnicate.readthedocs.io/en/stable/release-policy.html", "docs/release-policy.md"),
        ("https://elsewhere.org/content/resources/security-process", "site/content/resources/security-process.md"),
    ],
)
def test_a_page_of_the_products_site(address: str, path: str) -> None:
    assert source(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.org/contributing/security.html",  # whose site this is was not seen
        "https://frobnicate.io/about",  # one short word is too many pages' name
        "https://frobnicate.io/process/flow",  # no folder of a site
        "https://frobnicate.io/",
        "https://frobnicate.io/index.html",
        "https://frobnicate.io/contributing/%2e%2e/security",
        "https://github.com/frobnicate/frobnicate/contributing/security",
        "docs/contributing/security.rst",
    ],
)
def test_none_is_guessed(address: str) -> None:
    assert source(address) == ""


def test_of_two_that_fit_none_is_taken() -> None:
    assert source("https://frobnicate.io/x/resources/security-process", web__resources__security_process="") != ""
    two = {"web/resources/security-process.md": "# Another\n"}
    assert Pages(Repository.of({**TREE, **two})).source("https://frobnicate.io/resources/security-process") == ""


def test_a_host_that_the_site_is_set_up_by_is_its_own() -> None:
    address = "https://acme.example/contributing/security.html"
    assert source(address) == ""
    assert source(address, CNAME="acme.example\n") == "docs/contributing/security.rst"
    assert source(address, CNAME="not-acme.example\n") == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=80)
@given(st.text(max_size=60), st.lists(st.sampled_from(["resources", "security-process", "..", "a b", "[x]", "*"])))
def test_an_address_gives_a_path_that_is_there_or_none(host: str, segments: list[str]) -> None:
    repo = Repository.of(TREE)
    found = Pages(repo).source(f"https://frobnicate{host}/{'/'.join(segments)}")
    assert not found or repo.has(found)
