"""Texts about reporting vulnerabilities: where they are, which channels and elements they have."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscop.artefacts.disclosure.addresses import is_placeholder, place_of
from sscop.artefacts.disclosure.channels import Way, channels, is_own_policy_page
from sscop.artefacts.disclosure.elements import Element, elements, starters
from sscop.artefacts.disclosure.pointers import followed
from sscop.artefacts.disclosure.texts import Place, find, hosted_elsewhere, inherited
from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.sentences import sentences
from sscop.judgement.disclosure import best, confidential, judge, published
from sscop.model import Outcome
from sscop.platform import Fact
from sscop.repository import Repository

HEAD = "# Security policy\n\n## Reporting a vulnerability\n\n"


def ways(text: str, path: str = "x.md") -> list[tuple[Way, str]]:
    document = load(text, path)
    return [(one.way, one.value) for one in channels(sentences(document, document.sections))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Email security@firm.net.", "security@firm.net"),
        ("Write to [us](mailto:security@firm.net?subject=x)", "security@firm.net"),
        ("security at firm dot net", "security@firm.net"),
        ("psirt at firm.co.uk", "psirt@firm.co.uk"),
        ("security [at] firm [dot] net", "security@firm.net"),
        ("`security(at)firm.net`", "security@firm.net"),
        ("If you do not hear from us, email security@firm.net", "security@firm.net"),
        ("Do not hesitate to contact us at security@firm.net", "security@firm.net"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert (Way.EMAIL, address) in ways(HEAD + text)


@pytest.mark.parametrize(
    "text",
    [
        "Please do not send us reports by email to security@firm.net.",
        "Subscribe to announce@firm.net.",
        "For general enquiries, questions@firm.net",
        "Use aquasecurity/trivy-action@0.24.0",
        "Send a DM to @dev@mastodon.net",
        "Reports to old@firm.net are no longer read",
    ],
)
def test_what_is_no_address_for_reports(text: str) -> None:
    assert Way.EMAIL not in [way for way, _ in ways(HEAD + text)]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Email security@example.com", Way.RESERVED),
        ("Email security@firm.invalid", Way.RESERVED),
        ("Email security@YOUR_DOMAIN.com", Way.PLACEHOLDER),
        ("Email [Insert the team's email address]", Way.PLACEHOLDER),
        ("[Report](https://github.com/OWNER/REPO/security/advisories/new)", Way.PLACEHOLDER),
        ("Report on https://example.com/report", Way.RESERVED),
    ],
)
def test_what_nobody_reads(text: str, way: Way) -> None:
    assert {one for one, _ in ways(HEAD + text)} == {way}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Use [the form](https://github.com/a/b/security/advisories/new)", Way.GITHUB),
        ("Use [the form](../../security/advisories/new)", Way.GITHUB),
        ("Report via https://github.com/a/b/security/advisories", Way.GITHUB),
        ("Disclose it privately [on GitHub](https://github.com/a/b/security)", Way.GITHUB),
        ("GitHub \u2192 Security \u2192 \u201cReport a vulnerability\u201d", Way.GITHUB),
        ('Click "Report a vulnerability"', Way.GITHUB),
        ("Use GitHub's private vulnerability reporting", Way.GITHUB),
        ("Open a draft security advisory", Way.GITHUB),
        ("File a [confidential issue](https://gitlab.com/a/-/issues/new?issue%5Bconfidential%5D=1)", Way.CONFIDENTIAL),
        ("Report it as a confidential issue", Way.CONFIDENTIAL),
        ("Submit to https://hackerone.com/firm", Way.PROGRAMME),
        ("Report through Bugcrowd", Way.PROGRAMME),
        ("Report vulnerabilities at https://firm.net/contact/security", Way.FORM),
        ("Report the vulnerability to MSRC at https://msrc.microsoft.com/create-report", Way.FORM),
        ("Send us a direct message about the vulnerability", Way.MESSAGE),
        ("Report by phone: +44 20 7946 0123", Way.PHONE),
    ],
)  # fmt: skip
def test_private_ways(text: str, way: Way) -> None:
    assert way in [one for one, _ in ways(HEAD + text)]


@pytest.mark.parametrize(
    "text",
    [
        "Known vulnerabilities will be published on the [advisories page](https://github.com/a/b/security/advisories).",
        "We will then publish a security advisory.",
        "Please do not use the security advisory system for support.",
        "There is no bug bounty on HackerOne.",
        "See [how to report privately](https://docs.github.com/en/code-security/x)",
    ],
)
def test_what_is_no_private_way(text: str) -> None:
    assert ways("# Security\n\n" + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Report vulnerabilities by opening an issue.",
        "A discovered vulnerability can be reported using the project Issues and/or Discussions.",
        "Open a new issue and add the label security.",
        "Please report it at https://github.com/a/b/issues/new",
    ],
)
def test_public_ways(text: str) -> None:
    assert Way.PUBLIC in [way for way, _ in ways(HEAD + text)]


@pytest.mark.parametrize(
    "text",
    [
        "Please do not report vulnerabilities through public GitHub issues.",
        "Report non-security bugs as [issues](https://github.com/a/b/issues).",
        "For a feature, open an issue.",
        "Report security issues privately when opening a new issue on the tracker.",
        "To report a security issue, email the team.",
        "Report any security issue through the Security Issue Reporting Process.",
    ],
)
def test_what_is_no_public_way(text: str) -> None:
    assert Way.PUBLIC not in [way for way, _ in ways(HEAD + text)]


def test_pages() -> None:
    assert ways("See https://firm.net/security for our policy") == [(Way.PAGE, "https://firm.net/security")]
    assert ways("# Security\n\nBuilt by [us](https://github.com/firm) with [care](https://firm.net/releases)") == []
    assert is_own_policy_page("https://github.com/a/b/security/policy")
    assert not is_own_policy_page("https://github.com/a/b/blob/main/SECURITY.md")


def test_hosts_and_owners() -> None:
    assert place_of("https://your-company.com/x") == "reserved"
    assert place_of("https://Firm.net?x") == "firm.net"
    assert is_placeholder("{owner}/{repo}")
    assert not is_placeholder("firm/product")


def test_elements_at_their_lines() -> None:
    document = load(
        "# S\n\n## Supported versions\n\nThe newest one\n\n## Reporting\n\nWe respond within two weeks.\n\n"
        "## Response targets\n\n- Initial look: 3 days\n\nIt is triaged, we will not take legal action, credit you, "
        "and encrypt the email with our PGP key.\n"
    )
    found = elements(sentences(document, document.sections))
    assert {one: place.line for one, place in found.items()} == {
        Element.SCOPE: 5, Element.RESPONSE: 9, Element.NEXT: 15, Element.SAFE_HARBOUR: 15, Element.CREDIT: 15,
        Element.ENCRYPTION: 15,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "We answer as soon as possible.",
        "We disclose after 90 days and respond then.",
        "Fixes take 5 days.",
        "Releases are signed with our GPG key; our impact assessment helps.",
        "## Supported versions\n\nTBD",
    ],
)
def test_what_says_nothing_of_the_process(text: str) -> None:
    document = load(text)
    assert not elements(sentences(document, document.sections)).keys() & {
        Element.RESPONSE, Element.SCOPE, Element.ENCRYPTION,
    }  # fmt: skip


def test_starter_text_in_comments_says_nothing() -> None:
    table = "| Version | Supported |\n|---|---|\n| 5.1.x | x |\n| 5.0.x | x |\n| 4.0.x | x |\n| < 4.0 | x |\n"
    text = f"# S\n\n<!-- Use this section to tell people how to report a vulnerability. -->\n\n{table}"
    assert starters(load(text)) == {"table": 5}
    assert starters(load("Use this section to tell people\nabout which versions are supported")) == {"versions": 1}


def places(files: dict[str, str]) -> list[tuple[str, Place]]:
    return [(one.path, one.place) for one in find(Repository.of(files)).texts]


def test_policies_in_the_order_in_which_they_are_shown() -> None:
    text = "Report a vulnerability to security@firm.net"
    files = dict.fromkeys(
        ("docs/security.rst", "Security.MD", ".github/SECURITY.adoc", "SECURITY_zh.md", "x/security.md"), text
    )
    assert places(files) == [
        (".github/SECURITY.adoc", Place.POLICY), ("Security.MD", Place.POLICY), ("docs/security.rst", Place.POLICY),
    ]  # fmt: skip


def test_other_places_only_where_there_is_no_policy() -> None:
    text = "# Reporting vulnerabilities\n\nReport a vulnerability to security@firm.net"
    files = {
        "docs/vulnerability-disclosure.md": text,
        "CONTRIBUTING.md": text,
        "README.md": "# Security\n\nTokens are hashed.\n",
        "docs/security.md": "# Security of tokens\n\nHashed.",
        "blog/responsible-disclosure.md": text,
        "security.txt": "Contact: mailto:a@firm.net\n",
        "examples/SECURITY.md": text,
    }
    assert places(files) == [("docs/vulnerability-disclosure.md", Place.OWN), ("CONTRIBUTING.md", Place.SECTION)]
    assert places({**files, "SECURITY": text}) == [("SECURITY", Place.POLICY)]


def test_pointers_are_followed_one_hop() -> None:
    files = {
        "SECURITY.md": "Read https://github.com/firm/product/blob/main/docs/handling.md for security. And "
        "[this](docs/security-a.md) or [that](https://github.com/other/other/blob/main/SECURITY.md). See [the "
        "section](CONTRIBUTING.md#security-reports), [gone](no.md), [security code](x.py). "
        "Or [broken](docs/security-bad.md) and [other](docs/security-b.md).",
        "docs/handling.md": "# Handling\n\n## Security issues\n\nReport a vulnerability to a@firm.net\n\n## X\n",
        "docs/security-a.md": "Report a vulnerability to [x](../SECURITY.md).",
        "docs/security-b.md": "Tokens are hashed.",
        "docs/security-bad.md": "\0",
        "CONTRIBUTING.md": "# Security reports\n\nx\n\n# Style\n\ny\n",
        "x.py": "",
    }
    repo = Repository.of(files)
    (text,) = find(repo).texts
    found = followed(repo, text)
    assert [(one.path, [section.title for section in one.sections if section.level]) for one in found] == [
        ("docs/handling.md", ["Security issues"]), ("docs/security-a.md", []),
        ("CONTRIBUTING.md", ["Security reports"]),
    ]  # fmt: skip


def test_inherited_policies() -> None:
    text = inherited({"CODE_OF_CONDUCT.md": "x", "docs/SECURITY.md": "y", "SECURITY.md": "Report to a@firm.net"})
    assert text
    assert (text.path, text.place, text.line) == ("SECURITY.md", Place.INHERITED, 1)
    assert inherited({"SECURITY.md": "x\n" * 600_000}) is None
    assert inherited({}) is None
    assert followed(Repository.of({"SECURITY.md": "x"}), text) == []


def test_hosts() -> None:
    assert hosted_elsewhere(Repository.of({".gitlab-ci.yml": ""}))
    assert not hosted_elsewhere(Repository.of({".gitlab-ci.yml": "", ".github/x.md": ""}))
    assert not hosted_elsewhere(Repository.of({"README.md": ""}))


def judged(text: str):
    repo = Repository.of({"SECURITY.md": text})
    return [judge(one, followed(repo, one)) for one in find(repo).texts]


def test_a_page_named_for_reporting_counts_where_public_issues_are_forbidden() -> None:
    (one,) = judged(
        "Notify us of vulnerabilities via our [vulnerability page](https://firm.net/security/vulnerability-reporting). "
        "Please do not create a public issue."
    )
    (channel,) = confidential(one, Fact())
    assert channel.outcome is Outcome.MET
    assert "the page named for it" in channel.message
    policy = published(one, Fact())
    assert policy
    assert policy.outcome is Outcome.UNKNOWN


def test_the_shown_policy_counts_even_where_another_is_better() -> None:
    repo = Repository.of({".github/SECURITY.md": "# Security\n", "SECURITY.md": "Report to a@firm.net"})
    shown = best([judge(one, []) for one in find(repo).texts])
    assert shown
    assert shown.text.path == ".github/SECURITY.md"
    assert not shown.says
    assert best([]) is None


PIECES = st.sampled_from(
    ["# Security\n", "## Reporting a vulnerability\n", "\n\n", "- ", "| a | b |\n|---|---|\n| ", "a@b.org ",
     "security at b dot org ",
     "https://github.com/a/b/security/advisories/new ", "[x](SECURITY.md) ", "[x][y]\n\n[y]: z.md\n", "report ",
     "do not ",
     "open an issue ", "within 3 days ", "we respond ", "respond", ". ", "<!-- ", "--> ", "```\n",
     "phone +44 20 7946 0123", "\0", "\u00e9"]
)  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=20).map("".join)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, st.sampled_from(["SECURITY.md", "docs/security.rst", ".github/SECURITY.adoc", "CONTRIBUTING.md"]))
def test_whatever_the_text_every_place_is_in_it(text: str, path: str) -> None:
    repo = Repository.of({path: text})
    for one in find(repo).texts:
        judgement = judge(one, followed(repo, one))
        lines = text.count("\n") + text.count("\r") + 1
        for channel in (*judgement.private, *judgement.pages, *judgement.public, *judgement.void):
            assert 1 <= channel[0].line <= lines
        for place, _ in judgement.elements.values():
            assert 1 <= place.line <= lines
        assert list(confidential(judgement, Fact()))
