"""What a version text pins."""

from __future__ import annotations

import pytest

from helpers import DIGEST, SHA
from sscop.artefacts.versions import HEX, of_version, without_version


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        (
            "1.2.3 v1.2.3 =1.2.3 ==1.2.3 1.2.3-rc.1 1.2.3rc1 1.2.3+build 1.2.3.4 2024.1.2 20.10.0-alpine 1.2.3.post1",
            "exact",
        ),
        ("nightly-2026-01-01 8.0.100-preview.1", "exact"),
        (
            "1 1.2 v4 1.x 1.2.x 1.2.X 1.2.* * x latest stable lts lts/* lts/iron nightly ^1.2.3 ~1.2.3 ~>1.2.3 >=1.2.3",
            "mutable",
        ),
        ("<2 1.2.3||2.0.0 main 3.x.1 1.2.3,<2 abc1234 0123456789abcdef0123456789abcdef0123456 pre-2026-1-1", "mutable"),
        (f"{SHA} {SHA.upper()} {'a' * 64}", "immutable"),
        ("$VERSION ${{matrix.v}} 1.2.$PATCH", "unknown"),
    ],
)
def test_of_version(versions: str, wanted: str) -> None:
    assert {version: of_version(version).value for version in versions.split()} == dict.fromkeys(
        versions.split(), wanted
    )


@pytest.mark.parametrize("version", ["", " ", "1.2.3 || 2.0.0", "~> v2", "1.2.3\n"])
def test_of_version_with_blanks(version: str) -> None:
    assert of_version(version).value == ("exact" if version == "1.2.3\n" else "mutable")


@pytest.mark.parametrize(
    ("text", "good"),
    [(SHA, True), ("a" * 64, True), (SHA.upper(), True), (SHA[:39], False), (SHA + "0", False), (f"{SHA}\n", False)],
)
def test_hex(text: str, good: bool) -> None:
    assert bool(HEX.match(text)) is good


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("https://x/v1.2.3/a.sh", "https://x/v1.10.0/a.sh", "https://x/*/a.sh"),
        ("https://x/1.2/a-1.2.tgz", "https://x/2.0/a-2.0.tgz", "https://x/*/a-*.tgz"),
        (f"https://x/{SHA}/a", f"https://x/{'f' * 40}/a", "https://x/*/a"),
        (f"x@{DIGEST}", f"x@sha256:{'f' * 64}", "x@sha256:*"),
        ("x-1.2.3-rc.1", "x-1.2.3-beta.2", "x-*"),
        ("https://x/main/a", "https://x/main/a", "https://x/main/a"),
    ],
)
def test_a_bump_keeps_the_key(one: str, other: str, wanted: str) -> None:
    assert without_version(one) == without_version(other) == wanted
