"""`.sscop.yaml`: what it says, and what is wrong with it at path:line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import jsonschema
import pytest
import yaml

from helpers import commit, repository, write
from sscop.check import Check
from sscop.config import PATH, Config, ConfigError, json_schema, read
from sscop.model import Gate
from sscop.repository import Repository, at_revision, open_repository
from sscop_hooks import load

CHECK = Check("a-check", "build", "A check", {}, (), {"paths": "where to look"}, (), "", lambda: ())
BARE = CHECK._replace(id="bare-check", options={})

GOOD = """\
version: 1
product:
  name: Acme Billing
  role: developer
  delivery: [container, saas]
  visibility: public
  senior-responsible-owner: CTO
scope:
  exclude: ["third_party/**", old/]
checks:
  a-check: {paths: docs}
  bare-check: {}
fail-on: new
"""


def _read(source: str | bytes) -> Config:
    return read(Repository.of({PATH: source}), [CHECK, BARE])


def test_everything() -> None:
    assert _read(GOOD) == Config(
        product={
            "name": "Acme Billing", "role": "developer", "delivery": ["container", "saas"], "visibility": "public",
            "senior-responsible-owner": "CTO",
        },
        exclude=("third_party/**", "old/"),
        checks={"a-check": {"paths": "docs"}, "bare-check": {}},
        fail_on=Gate.NEW,
        digest=hashlib.sha256(GOOD.encode()).hexdigest(),
    )  # fmt: skip


def test_the_least() -> None:
    config = _read("version: 1\n")
    assert config._replace(digest=None) == Config()
    assert config.digest


def test_none() -> None:
    assert read(Repository.of({}), [CHECK]) == Config()


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            "",
            [
                (
                    ":1: the file must be a mapping of `version`, `product`, `scope`, `checks`, `not-applicable`, "
                    "`waivers`, `accepted`, `fail-on`"
                )
            ],
        ),
        ("- 1\n", [":1: the file must be a mapping of"]),
        ("fail-on: gap\n", [":1: the file needs the key `version`"]),
        ("version: 2\n", [":1: `version` can't be `2`; it is one of `1`"]),
        ("version:\n", [":1: `version` must be a text; it is one of `1`"]),
        ("version: [1]\n", [":1: `version` must be a text"]),
        ("version: 1\nfailon: gap\n", [":2: unknown key `failon` in the file; did you mean `fail-on`?"]),
        (
            "version: 1\nzzz: 1\n",
            [
                (
                    ":2: unknown key `zzz` in the file; it knows `version`, `product`, `scope`, `checks`, "
                    "`not-applicable`, `waivers`, `accepted`, `fail-on`"
                )
            ],
        ),
        (
            "version: 1\nfail-on: always\n",
            [":2: `fail-on` can't be `always`; it is one of `never`, `new`, `gap`, `unknown`"],
        ),
        ("version: 1\nproduct: x\n", [":2: `product` must be a mapping of `name`, `version`, `vendor`, `role`"]),
        (
            "version: 1\nproduct:\n  role: owner\n  visibility: secret\n",
            [":3: `role` can't be `owner`", ":4: `visibility` can't be `secret`"],
        ),
        ("version: 1\nproduct:\n  delivery: saas\n", [":3: `delivery` must be a list"]),
        (
            "version: 1\nproduct:\n  delivery:\n    - saas\n    - [x]\n",
            [":5: an entry of `delivery` must be a text; such as container"],
        ),
        ("version: 1\nproduct:\n  name: [x]\n", [":3: `name` must be a text; the product's name"]),
        ("version: 1\nscope: {exclude: x}\n", [":2: `exclude` must be a list"]),
        ("version: 1\nchecks: {zzz: {}}\n", [":2: unknown key `zzz` in `checks`; it knows `a-check`, `bare-check`"]),
        ("version: 1\nchecks: {acheck: {}}\n", [":2: unknown key `acheck` in `checks`; did you mean `a-check`?"]),
        (
            "version: 1\nchecks:\n  a-check:\n    path: x\n",
            [":4: unknown key `path` in `a-check`; did you mean `paths`?"],
        ),
        ("version: 1\nchecks:\n  bare-check: {x: 1}\n", [":3: unknown key `x` in `bare-check`; it takes none"]),
        ("version: 1\nchecks: {a-check: disable}\n", [":2: `a-check` must be a mapping of `paths`"]),
        ("version: 1\nversion: 1\n", [":2: has the key 'version' twice"]),
        ("version: 1\na: [\n", [":3: is not valid YAML"]),
        ("version: &a\n  x: *a\n", [":2: alias *a has no anchor before it"]),
        ("a: " + "[" * 200, [":1: is nested more than 100 levels deep"]),
        (b"\0", [":1: is not text"]),
        ("version: 1\nx: 1\ny: 1\n", [":2: unknown key `x`", ":3: unknown key `y`"]),
    ],
)
def test_errors_name_their_place(source: str | bytes, wanted: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        _read(source)
    lines = str(caught.value).split("\n")
    assert len(lines) == len(wanted)
    for line, start in zip(lines, wanted):
        assert line.startswith(f"{PATH}{start}")


@pytest.mark.parametrize("source", ["\ufeffversion: 1\n", "version: 1\r\nfail-on: gap\r\n", "version: '1'\n"])
def test_other_writings(source: str) -> None:
    assert _read(source).digest


def test_utf_16() -> None:
    assert _read("version: 1\nfail-on: gap\n".encode("utf-16")).fail_on is Gate.GAP


def test_another_ending() -> None:
    with pytest.raises(ConfigError, match=r"^\.sscop\.yml:1: the configuration's name is \.sscop\.yaml; rename it"):
        read(Repository.of({".sscop.yml": GOOD}), [CHECK])


@pytest.mark.parametrize("name", [".sscop.yaml", ".sscop.yml"])
def test_not_tracked(tmp_path: Path, name: str) -> None:
    folder = repository(tmp_path / "r", {"a": "1"})
    write(folder, {name: "version: 1\n"})
    with pytest.raises(ConfigError, match=rf"^{name}:1: "):
        read(open_repository(str(folder)), [CHECK])


def test_tracked_and_deleted(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {PATH: GOOD})
    (folder / PATH).unlink()
    assert read(open_repository(str(folder)), [CHECK, BARE]) == Config()


def test_of_a_revision(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {PATH: GOOD})
    write(folder, {PATH: "version: 1\n"})
    head = open_repository(str(folder))
    assert read(head, [CHECK, BARE]).fail_on is None
    assert read(at_revision(head, "HEAD"), [CHECK, BARE]).fail_on is Gate.NEW


def test_a_link_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"config/real.yaml": "version: 1\nfail-on: never\n"})
    (folder / PATH).symlink_to("config/real.yaml")
    commit(folder)
    with pytest.raises(ConfigError, match=rf"^{PATH}:1: "):
        read(open_repository(str(folder)), [CHECK])


# --- the JSON Schema says the same


@pytest.mark.parametrize(
    ("source", "valid"),
    [
        (GOOD, True),
        ("version: 1\n", True),
        ("version: 2\n", False),
        ("fail-on: gap\n", False),
        ("version: 1\nfail-on: always\n", False),
        ("version: 1\nx: 1\n", False),
        ("version: 1\nproduct: {role: owner}\n", False),
        ("version: 1\nscope: {exclude: x}\n", False),
        ("version: 1\nchecks: {no-check: {}}\n", False),
        ("version: 1\nchecks: {a-check: {path: x}}\n", False),
        ("version: 1\nproduct: []\n", False),
    ],
)
def test_the_schema_and_the_reader_agree(source: str, valid: bool) -> None:
    validator = jsonschema.Draft202012Validator(json_schema([CHECK, BARE]))
    assert validator.is_valid(yaml.safe_load(source)) is valid
    if valid:
        assert _read(source).digest
    else:
        with pytest.raises(ConfigError):
            _read(source)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(load()))
    assert set(json_schema(load())["properties"]["checks"]["properties"]) == {check.id for check in load()}
