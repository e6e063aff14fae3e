"""Whom a text addresses: users and operators of the product, or those who make it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.guide_readers import Readers, is_for_makers, signs, told_by_makers
from sscop.artefacts.guide_wording import Element
from sscop.artefacts.user_guides import user_guide
from sscop.judgement.user_guide import is_own_service
from sscop.repository import Repository

WORDS = "Some thirty words stand here so that the section is not empty and says something to whoever reads it. "
STAGING = "Ask a team member for access to the staging environment, then raise a pull request.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Raise a PR once it works.",
        "It is deployed to the staging environment.",
        "Run `bundle exec rake tests:all`.",
        "See app/models/user.rb for how.",
        "Developers should ask for access.",
        "Ask in the #team-support channel.",
    ],
)
def test_signs_of_a_text_for_makers(text: str) -> None:
    assert signs(text) == 1


def test_a_text_for_users_has_no_sign() -> None:
    assert (
        signs("Run the container behind a proxy. Change the password of the administrator. Use a service account.") == 0
    )


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("We derive a key. We store it in our database.", True),
        ("We recommend a proxy. We strongly advise a firewall.", False),
        ("We build it for you and your team, so that you and your users are safe with us.", False),
        ("The server derives a key.", False),
    ],
)
def test_what_makers_tell_of_themselves(text: str, is_so: bool) -> None:
    assert told_by_makers(text) is is_so


@pytest.mark.parametrize(
    ("sentence", "is_so"),
    [
        ("Maintainers must enable two-factor authentication.", True),
        ("Release and CI workflows should use least-privilege permissions.", True),
        ("Never commit secrets, credentials, or API keys", True),
        ("Secrets must not be committed to the repository", True),
        ("We review these checksums to see that they are not malicious", True),
        ("Never commit your API key.", False),
        ("In pipelines, you should avoid storing credentials on disk.", False),
        ("We recommend you never expose this port.", False),
        ("Never expose this port to the internet.", False),
    ],
)
def test_sentences_for_makers(sentence: str, is_so: bool) -> None:
    assert is_for_makers(sentence) is is_so


def test_a_service_is_asked_for_late_and_once() -> None:
    asked: list[int] = []
    readers = Readers(lambda: not asked.append(1), frozenset({"own.md"}))
    assert not readers.excluded("README.md", STAGING, front=True)
    assert not readers.excluded("own.md", STAGING, front=False)
    assert not readers.excluded("docs/admin-guide.md", STAGING, front=False)
    assert not readers.excluded("docs/a.md", WORDS, front=False)
    assert not asked
    assert readers.excluded("docs/a.md", STAGING, front=False)
    assert readers.left_out(STAGING)
    assert not readers.weak(WORDS)
    assert len(asked) == 1


def test_texts_of_a_service_for_its_team_are_not_for_users() -> None:
    text = f"# Authentication\n\n{WORDS * 6}\n\n## Security considerations\n\n{WORDS * 3}\n{STAGING}"
    repo = Repository.of({"README.md": f"# Product\n\n## Setup\n\n{WORDS}\n", "docs/sign-in.md": text})
    assert set(user_guide(repo).elements) == {Element.USE, Element.SECURE}
    assert set(user_guide(repo, (), lambda: True).elements) == {Element.USE}
    assert set(user_guide(repo, ("docs/*.md",), lambda: True).elements) == {Element.USE}


def test_what_a_service_tells_its_team_of_setting_up_is_no_use_for_users() -> None:
    repo = Repository.of({"README.md": "# Product\n", "docs/start.md": f"# Start\n\n## Setup\n\n{WORDS}\n{STAGING}"})
    assert set(user_guide(repo).elements) == {Element.USE}
    assert user_guide(repo, (), lambda: True).elements == {}


def test_a_title_alone_is_guidance_only_where_users_are_addressed() -> None:
    said = f"# Encryption\n\nWe derive a key. We store it with our data. {WORDS * 6}\n"
    assert user_guide(Repository.of({"docs/a.md": said})).elements == {}
    assert Element.SECURE in user_guide(Repository.of({"docs/a.md": said.replace("We ", "Products ")})).elements


@pytest.mark.parametrize(
    "title", ["Repository hardening", "Hardening references", "Bug fixes and hardening", "Hardening in place"]
)
def test_headings_that_are_not_for_users(title: str) -> None:
    assert user_guide(Repository.of({"docs/a.md": f"# A\n\n## {title}\n\n{WORDS * 3}\n"})).elements == {}


def test_the_second_sentence_may_be_the_one_for_users() -> None:
    said = "# A\n\nMaintainers must always use HTTPS. Do not expose port 80 to the internet.\n"
    assert Element.SECURE in user_guide(Repository.of({"docs/a.md": said})).elements
    assert (
        user_guide(Repository.of({"docs/a.md": said.replace("Do not expose port 80 to the internet.", "")})).elements
        == {}
    )


@pytest.mark.parametrize(
    "said",
    [
        "You should not reuse the cancellation token when it is reloaded.",
        "Whether the cookie should only be sent over HTTPS.",
        "It is a protocol which is only specified over TLS.",
    ],
)
def test_what_describes_is_no_guidance(said: str) -> None:
    assert user_guide(Repository.of({"docs/a.md": f"# A\n\n{said}\n"})).elements == {}


_DEPLOY = (
    "on: {push: {branches: [main]}}\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    "      - run: docker push 1.dkr.ecr.eu-west-2.amazonaws.com/app:1\n      - run: helm upgrade app ./chart\n"
)


@pytest.mark.parametrize(
    ("more", "is_service"),
    [
        ({}, True),
        ({"mkdocs.yml": "site_name: Product\n"}, False),
        ({"INSTALL.md": "# Install\n"}, False),
        ({"action.yml": "runs: {using: composite, steps: []}\n"}, False),
        ({"README.md": "# Product\n\n## Install\n\n```\ndocker pull owner/product\n```\n"}, False),
        ({".github/workflows/a.yml": "on: push\njobs: {}\n"}, False),
    ],
)
def test_a_service_of_its_owner(more: dict[str, str], is_service: bool) -> None:
    files = {"README.md": "# Product\n", ".github/workflows/a.yml": _DEPLOY, **more}
    assert is_own_service(Repository.of(files)) is is_service


@given(text=st.text(max_size=300) | st.text(alphabet="we you must not commit PR staging .#-\n", max_size=200))
def test_any_text_has_readers(text: str) -> None:
    readers = Readers(lambda: True, frozenset())
    assert 0 <= signs(text) <= 6
    assert readers.left_out(text) is (signs(text) > 0)
    assert is_for_makers(text) in (True, False)
