"""Lifecycles in prose: which tables, lists and sentences state lines of this product, and which promises they make."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.lifecycle.gathered import lifecycle, lines_of
from sscop.artefacts.lifecycle.model import Lifecycle, RuleKind, State
from sscop.repository import Repository


def read(**files: str) -> Lifecycle:
    return lifecycle(
        Repository.of({name.replace("__", "/").replace("_md", ".md"): text for name, text in files.items()})
    )


def policy(text: str) -> Lifecycle:
    return lifecycle(
        Repository.of({"README.md": "# Acme\n", "docs/support-policy.md": f"# Support policy\n\n{text}\n"})
    )


def rows(life: Lifecycle) -> list[tuple[str, State, date | None]]:
    return [(one.name, one.state, one.end.day if one.end else None) for one in life.lines]


def test_a_table_with_release_and_end() -> None:
    life = policy(
        "| Release | Status | Start | End of life | Owner |\n|---|---|---|---|---|\n"
        "| [2.1](https://x.example/2.1) | LTS | May 7, 2025 | September 2027* | @a |\n"
        "| 2.2 | _Future_ | August 26, 2027 (_tentative_) | April 26, 2028 (_tentative_) | |\n"
        "| 1.0 | End of Life | Dec 5, 2017 | - | |\n"
    )
    assert rows(life) == [
        ("2.1", State.SUPPORTED, date(2027, 9, 30)),
        ("2.2", State.COMING, date(2028, 4, 26)),
        ("1.0", State.ENDED, None),
    ]
    first = life.lines[0]
    assert (first.released, first.line, first.path) == (date(2025, 5, 7), 5, "docs/support-policy.md")


def test_the_security_end_counts_and_paid_support_does_not() -> None:
    life = policy(
        "| Version | Active support | Security support | Extended (paid) support ends |\n|---|---|---|---|\n"
        "| 2.0 | Ended Apr 29, 2026 | until 2027-02-01 | 2030-01-01 |\n"
    )
    assert rows(life) == [("2.0", State.ENDED, date(2027, 2, 1))]
    life = policy(
        "| Version | Bug fixes until | End of extended support | End of support |\n|---|---|---|---|\n"
        "| 2 | 2026-01-01 | 2031-01-01 | 2028-01-01 |\n"
    )
    assert rows(life)[0][2] == date(2028, 1, 1)


def test_dates_in_states_and_notes() -> None:
    life = policy(
        "| Version | Supported | Notes |\n|---|---|---|\n| 4.x | ✅ | until 2028-01-31 |\n"
        "| 3.x | ❌ Ended 2021-12-31 | old |\n"
        "| 2.x | EOL (2019-10-31) | |\n| 1.x | ✅ since 2020-01-01 | |\n"
    )
    assert [one[2] for one in rows(life)] == [date(2028, 1, 31), date(2021, 12, 31), date(2019, 10, 31), None]


def test_booleans_and_ends_that_wait_for_another_release() -> None:
    life = policy(
        "| Version | End of life |\n|---|---|\n| 3 | false |\n| 2 | true |\n| 1 | Unsupported |\n"
        "| 0.9 | in maintenance since 2026-08-18, EOL when 1.2 will be released |\n| 0.8 | 2027-01-31 |\n"
    )
    assert rows(life) == [
        ("3", State.UNTOLD, None),
        ("2", State.ENDED, None),
        ("1", State.ENDED, None),
        ("0.9", State.UNTOLD, None),
        ("0.8", State.UNTOLD, date(2027, 1, 31)),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Python version | Supported |\n|---|---|\n| 3.13 | yes |\n",
        "| Browser | Version | Supported until |\n|---|---|---|\n| Firefox | 140 | 2027-01-01 |\n",
        "| Base image | Version | End of life |\n|---|---|---|\n| Ubuntu | 24.04 | 2027-01-01 |\n",
        "| Component | Version | Status |\n|---|---|---|\n| GRPC API | 1.0 | Stable |\n",
        "| Name | Value |\n|---|---|\n| a | b |\n",
        "| Version | Notes |\n|---|---|\n| 1.0 | first |\n",
        "| Version |\n|---|\n| 1.0 |\n",
        "| Version | Status | Supported until |\n|---|---|---|\n| v1beta1 | Deprecated | April 2027 |\n",
    ],
)
def test_tables_about_something_else(table: str) -> None:
    assert policy(table).sources == ()


def test_a_section_about_other_products_or_interfaces() -> None:
    for title in ("Supported Kubernetes versions", "API versions"):
        life = policy(f"## {title}\n\n| Version | Supported until |\n|---|---|\n| 1.30 | 2027-01-01 |\n")
        assert life.sources == ()


def test_placeholders_and_the_starters_rows_are_no_statement() -> None:
    life = policy("| Version | Supported |\n|---|---|\n| [your version here] | yes |\n")
    assert [one.template for one in life.sources] == ["a placeholder was left in (`[your version here]`)"]
    assert life.lines == []
    life = policy(
        "| Version | Supported |\n|---|---|\n| 5.1.x | ✅ |\n| 5.0.x | ❌ |\n| 4.0.x | ✅ |\n| < 4.0 | ❌ |\n"
    )
    assert "starter" in life.sources[0].template
    life = read(
        docs__support_md="# Support policy template\n\n| Version | Supported until |\n|---|---|\n| 1 | 2027-01-01 |\n"
    )
    assert life.sources[0].template
    assert life.lines == []


def test_products_beside_versions() -> None:
    life = policy("| Product | Version | End of support |\n|---|---|---|\n| Acme CLI | 2 | 2027-01-31 |\n")
    assert (life.lines[0].product, life.lines[0].name) == ("Acme CLI", "2")
    life = policy("| Product | End of support | Announced |\n|---|---|---|\n| Acme CLI | 2027-01-31 | 2025-01-01 |\n")
    assert (life.lines[0].name, life.lines[0].announced) == ("Acme CLI", date(2025, 1, 1))


def test_lists_of_lines() -> None:
    life = policy(
        "## Timeline\n\n- 1.x.y: released 2020-11-17, EOL\n- 3.x: released 2023-06-09, maintained until 2027-05-06\n"
        "- `4.x` is supported (current)\n- 5.x: to be released\n"
    )
    assert rows(life) == [
        ("1.x.y", State.ENDED, None),
        ("3.x", State.UNTOLD, date(2027, 5, 6)),
        ("4.x", State.SUPPORTED, None),
    ]
    assert life.lines[1].released == date(2023, 6, 9)


@pytest.mark.parametrize(
    ("said", "name", "end"),
    [
        ("Version 5.21 is supported until June 2029.", "5.21", date(2029, 6, 30)),
        ("Acme 3 reaches end of life on 31 December 2027.", "3", date(2027, 12, 31)),
        ("Support for version 2.4 ends on 2027-01-31.", "2.4", date(2027, 1, 31)),
        ("This product is supported until 31 March 2028.", "", date(2028, 3, 31)),
        ("Security fixes for 1.x ended on 2026-06-30.", "1.x", date(2026, 6, 30)),
        (
            "The first LTS, version 4.1, was released two years after 3.6 and is supported until March 2029.",
            "4.1",
            date(2029, 3, 31),
        ),
        (
            "Acme v3 is in support mode: bug fixes until July 8th 2026, security fixes until November 11th 2026.",
            "v3",
            date(2026, 11, 11),
        ),
    ],
)
def test_sentences_that_state_an_end(said: str, name: str, end: date) -> None:
    assert [(one.name, one.end and one.end.day) for one in policy(said).lines] == [(name, end)]


@pytest.mark.parametrize(
    "said",
    [
        "Ubuntu 20.04 reaches end of life in April 2025.",
        "Python 3.9 is supported until October 2025.",
        "It is end-of-life software.",
        "Frobnicate 3 reaches end of life on 31 December 2027.",
        "Support has been there since 2020-01-01.",
        "End of life was reached since 2020-01-01 by 2.0.",
    ],
)
def test_sentences_that_state_none_of_ours(said: str) -> None:
    assert policy(said).lines == []


@pytest.mark.parametrize(
    ("said", "kind", "months"),
    [
        ("Each minor release is supported for 18 months after its release.", RuleKind.PERIOD, 18),
        ("LTS releases are supported for at least two years after their initial minor release.", RuleKind.PERIOD, 24),
        ("Even MINOR releases supported for 6 months.", RuleKind.PERIOD, 6),
        ("Each LTS release will continue to receive backported fixes for at least a year.", RuleKind.PERIOD, 12),
        (
            "We maintain each major release for two years after the next major version is released.",
            RuleKind.SUCCESSOR,
            24,
        ),
        ("The previous major version is supported for 6 months after a new major version.", RuleKind.SUCCESSOR, 6),
        ("A version is supported until the next minor release.", RuleKind.UNTIL_NEXT, None),
        (
            "When a new release is published, the previous release is no longer supported.",
            RuleKind.UNTIL_NEXT,
            None,
        ),
        ("A feature release stops receiving updates once the next one is released.", RuleKind.UNTIL_NEXT, None),
        ("When Acme 1.34 is released, Acme 1.33 will no longer be supported.", RuleKind.UNTIL_NEXT, None),
        (
            "Fixes are backported only to versions that were published less than 2 years ago.",
            RuleKind.PERIOD,
            24,
        ),
        ("Only the latest release is supported.", RuleKind.LATEST, None),
        ("Security fixes are provided for the latest released version of Acme.", RuleKind.LATEST, None),
        ("We support the last 3 minor versions with security fixes.", RuleKind.COUNT, None),
        ("Customers get 12 months' notice before support for a version ends.", RuleKind.NOTICE, 12),
        ("We announce the end of support at least one year in advance.", RuleKind.NOTICE, 12),
        ("We give 365 days notice before end of life.", RuleKind.NOTICE, 12),
        ("End of support is announced 90 days before it.", RuleKind.NOTICE, 2),
    ],
)
def test_promises(said: str, kind: RuleKind, months: int | None) -> None:
    assert [(one.kind, one.months) for one in policy(said).rules] == [(kind, months)]


@pytest.mark.parametrize(
    "said",
    [
        "LTS versions of Microsoft Windows are supported for five years after their release date.",
        "Breaking changes of the API require 90 days' advance notice before an endpoint is retired.",
        "API versions are supported for 12 months after the release of the next one.",
        "We respond to reports about supported versions within 30 days.",
        "When a new release is published, the option `--old` is no longer supported.",
        "After the next release of Python, version 3.9 is no longer supported.",
        "Cherry-pick the fix to the latest release branch, and merge it.",
        "By contrast, most software projects only release security updates for their latest version.",
        "The branch will end of life after 6 months.",
        "Please upgrade to the latest version.",
    ],
)
def test_what_promises_nothing(said: str) -> None:
    assert policy(said).rules == ()


def test_a_quotation_promises_nothing() -> None:
    assert policy("> Each major release is supported until there are two newer major releases.").rules == ()


def test_a_readme_speaks_anywhere_of_the_only_version_supported() -> None:
    text = "# Acme\n\n## Installation\n\nNote that only the latest version of Acme is actively supported.\n"
    assert [one.kind for one in read(README_md=text).rules] == [RuleKind.LATEST]
    assert (
        read(README_md="# Acme\n\n## Installation\n\nInstall the latest version.\n\n## Supported until\n").rules == ()
    )


def test_where_it_is_said_to_stand() -> None:
    inside = "# Security\n\n## Supported versions\n\nSee our [release policy](docs/lines.md).\n"
    lines = "# Lines\n\n| Version | End of support |\n|---|---|\n| 2 | 2027-01-31 |\n"
    assert read(SECURITY_md=inside, docs__lines_md=lines).lines[0].path == "docs/lines.md"
    outside = inside.replace("docs/lines.md", "https://acme.example/support-policy")
    assert [one.target for one in read(SECURITY_md=outside).pointers] == ["https://acme.example/support-policy"]
    for other in ("https://www.python.org/versions", "https://github.com/o/n/releases", "https://endoflife.date/x"):
        text = f"# Support\n\nSee the [lifecycle of Python]({other}) for its supported versions.\n"
        assert read(docs__support_md=text).pointers == ()


def test_a_section_that_says_neither() -> None:
    life = read(SECURITY_md="# Security\n\n## Supported versions\n\nTBD\n")
    assert [(one.line, one.target) for one in life.mentions] == [(3, "Supported versions")]
    assert read(docs__xcode_md="# Xcode\n\n## Supported versions\n\nAll of them.\n").mentions == ()
    assert (
        read(SECURITY_md="# S\n\n## Supported versions\n\nAcme runs on Python 3.10+ and later versions.\n").mentions
        == ()
    )
    assert read(SUPPORT_md="# Support\n\n## Acme support policy\n\nAsk in the forum.\n").mentions == ()


def test_places_that_do_not_count() -> None:
    table = "# S\n\n## Supported versions\n\n| Version | Supported until |\n|---|---|\n| 1 | 2027-01-01 |\n"
    for path in ("examples__SECURITY_md", "docs__zh__support_md", "docs__adr__support_md", "configs__SECURITY_md"):
        assert read(**{path: table}).sources == ()


def test_a_document_that_can_not_be_read() -> None:
    life = lifecycle(Repository.of({"docs/support-policy.md": b"\x00\xff\x00", "docs/other.md": b"\x00\xff\x00"}))
    assert [one.path for one in life.unread] == ["docs/support-policy.md"]


def test_lines_of_one_text() -> None:
    table = "| Version | End of support |\n|---|---|\n| 2 | 2027-01-31 |\n"
    assert [one.name for one in lines_of(f"# Support\n\n{table}", "x.md", frozenset())] == ["2"]
    assert [
        one.name for one in lines_of('{"v20": {"start": "2023-04-18", "end": "2026-04-30"}}', "s.json", frozenset())
    ] == ["v20"]
    own = "version: 1\nproduct: A\nupdated: 2026-01-01\nreleases:\n- {name: 1.x, end-of-security-support: 2027-01-01}\n"
    assert [one.name for one in lines_of(own, "lifecycle.yaml", frozenset())] == ["1.x"]
    assert lines_of("{", "s.json", frozenset()) == []
    assert lines_of("x\n" * 70_000, "x.md", frozenset()) == []
