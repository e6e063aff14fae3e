"""Lifecycles in data: the schedules of others, the plain file of our own, and OpenEoX written from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from helpers import git, repository, sscop
from sscop.artefacts.lifecycle.gathered import lifecycle
from sscop.artefacts.lifecycle.model import RuleKind, State
from sscop.artefacts.lifecycle.own import File, json_schema, load_own
from sscop.artefacts.lifecycle.schedules import load_schedule
from sscop.artefacts.nodes import load
from sscop.repository import Malformed, Repository

OWN = """version: 1
product: Acme Billing
owner: product lead
updated: 2026-03-02
notice: 12 months
releases:
  - name: 3.x
    component: server
    released: 2026-03-02
    end-of-sales: tba
    end-of-security-support: 2028-03-31
    end-of-life: 2029-03-31
    announced: 2026-03-02
  - name: 2.x
    end-of-security-support: tba
"""
CORE = {
    "$schema": "https://docs.oasis-open.org/openeox/v1.0/schema/core.json",
    "end_of_life": "2028-12-31T00:00:00Z",
    "end_of_security_support": "2027-12-31T00:00:00Z",
    "general_availability": "2024-01-01T00:00:00Z",
    "last_updated": "2026-01-01T00:00:00Z",
}


NODE = """{
  "v20": {"start": "2023-04-18", "lts": "2023-10-24", "end": "2026-04-30"},
  "v22": {"start": "2024-04-24", "end": "2027-04-30"}
}"""
PYTHON = """{
  "3.15": {"branch": "main", "status": "feature", "first_release": "2026-10-01", "end_of_life": "2031-10"},
  "3.9": {"branch": "3.9", "status": "end-of-life", "first_release": "2020-10-05", "end_of_life": "2025-10-31"}
}"""
DOTNET = """{"releases-index": [
  {"channel-version": "10.0", "support-phase": "active", "eol-date": "2028-11-10"},
  {"channel-version": "11.0", "support-phase": "preview", "eol-date": null}
]}"""
PAGE = """---
title: Acme
releases:
-   releaseCycle: "2.0"
    releaseDate: 2024-01-01
    eol: 2027-01-31
---

Support for Acme: long-term support.
"""


def own(text: str = OWN) -> File:
    found = load_own(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (NODE, [("v20", State.UNTOLD, date(2026, 4, 30), 2), ("v22", State.UNTOLD, date(2027, 4, 30), 3)]),
        (PYTHON, [("3.15", State.COMING, date(2031, 10, 31), 2), ("3.9", State.ENDED, date(2025, 10, 31), 3)]),
        (DOTNET, [("10.0", State.SUPPORTED, date(2028, 11, 10), 2), ("11.0", State.COMING, None, 3)]),
        (
            "schedules:\n- release: 1.34\n  releaseDate: 2025-08-27\n  endOfLifeDate: 2026-10-27\n",
            [("1.34", State.UNTOLD, date(2026, 10, 27), 2)],
        ),
        (
            'releases:\n- {releaseCycle: "2", releaseDate: 2024-01-01, eol: false}\n- {releaseCycle: "1", eol: true}\n',
            [("2", State.SUPPORTED, None, 2), ("1", State.ENDED, None, 3)],
        ),
        (json.dumps(CORE), [("", State.UNTOLD, date(2027, 12, 31), 1)]),
        (json.dumps([CORE]), [("", State.UNTOLD, date(2027, 12, 31), 1)]),
        (
            json.dumps({**CORE, "end_of_security_support": "tba"}),
            [("", State.UNTOLD, None, 1)],
        ),
    ],
)
def test_schedules_of_others(text: str, rows: list[tuple[str, State, date | None, int]]) -> None:
    found = load_schedule(text)
    assert found is not None
    assert [(one.name, one.state, one.end.day if one.end else None, one.line) for one in found.lines] == rows


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "a: b",
        '{"a": {"start": 1, "end": 2}}',
        '{"v1": {"start": 1}}',
        '{"releases": [{"name": "1"}]}',
        "[1, {}]",
        "x",
    ],
)
def test_other_data_is_no_schedule(text: str) -> None:
    assert load_schedule(text) is None


def test_front_matter_of_endoflife_date() -> None:
    (line,) = lifecycle(Repository.of({"docs/acme-lifecycle.md": PAGE})).lines
    assert (line.name, line.end and line.end.day, line.end and line.end.line) == ("2.0", date(2027, 1, 31), 6)


def test_a_whole_file_of_our_own() -> None:
    found = own()
    assert (found.product, found.updated, found.notice, found.problems) == ("Acme Billing", "2026-03-02", (12, 5), ())
    first, second = (one.line for one in found.releases)
    assert (first.name, first.product, first.released, first.announced) == (
        "3.x", "server", date(2026, 3, 2), date(2026, 3, 2),
    )  # fmt: skip
    assert first.end is not None
    assert (first.end.day, first.end.line, first.line) == (date(2028, 3, 31), 11, 7)
    assert second.end is None
    jsonschema.validate(json.loads(json.dumps(load(OWN)).replace('"1"', "1")), json_schema())
    life = lifecycle(Repository.of({"docs/lifecycle.yaml": OWN, "lifecycle.yml": "a: b\n"}))
    assert [(one.kind, one.months, one.line) for one in life.rules] == [(RuleKind.NOTICE, 12, 5)]
    assert [one.path for one in life.lines] == ["docs/lifecycle.yaml"] * 2


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("released: 2026-03-02", "released: 2026-02-30", 9, "there is no day `2026-02-30`"),
        ("end-of-life: 2029-03-31", "end-of-live: 2029-03-31", 12, "did you mean `end-of-life`?"),
        ("notice: 12 months", "notice: long", 5, "such as 12 months"),
        ("version: 1\n", "", 1, "needs the key `version`"),
        ("- name: 2.x\n    end", "- end", 14, "needs the key `name`"),
        ("end-of-security-support: tba", "end-of-security-support: soon", 15, "can't be `soon`"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(old: str, new: str, line: int, said: str) -> None:
    found = own(OWN.replace(old, new)).problems
    assert [one.line for one in found] == [line]
    assert said in found[0].text


def test_other_files_of_that_name_are_left_alone() -> None:
    for text in ("a: b", "product: x\nreleases: [1]", "[]", "releases:\n- {eol: 2027-01-01}"):
        assert load_own(text) is None
    with pytest.raises(Malformed):
        load_own("a: [")
    life = lifecycle(Repository.of({"lifecycle.yaml": "a: [", "schedule.json": "{"}))
    assert [one.path for one in life.unread] == ["lifecycle.yaml"]


def test_openeox_is_written_from_it(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"lifecycle.yaml": OWN})
    done = sscop("openeox", "3.x", "--output", "core.json", cwd=folder)
    assert done.code == 0, done.said
    assert json.loads((folder / "core.json").read_text()) == {
        "$schema": "https://docs.oasis-open.org/openeox/v1.0/schema/core.json",
        "end_of_life": "2029-03-31T23:59:59Z",
        "end_of_security_support": "2028-03-31T23:59:59Z",
        "end_of_sales": "tba",
        "general_availability": "2026-03-02T00:00:00Z",
        "last_updated": "2026-03-02T00:00:00Z",
    }
    assert json.loads(sscop("openeox", "2.x", cwd=folder).out)["end_of_life"] == "tba"
    read_back = load_schedule((folder / "core.json").read_text())
    assert read_back is not None
    assert read_back.lines[0].end is not None


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (OWN, (), "names several releases"),
        (OWN, ("9.x",), "names no release 9.x"),
        (OWN.replace("2028-03-31", "2028-02-31"), ("3.x",), "there is no day `2028-02-31`"),
        (OWN.replace("owner:", "oner:"), ("3.x",), "did you mean `owner`?"),
        ("a: [", ("3.x",), "is not valid YAML"),
        ("a: b", ("3.x",), "found no lifecycle.yaml"),
        ("version: 1\nproduct: A\nupdated: 2026-01-01\nreleases: []\n", (), "found no lifecycle.yaml"),
    ],
)
def test_openeox_of_what_is_not_right(tmp_path: Path, text: str, name: tuple[str, ...], said: str) -> None:
    folder = repository(tmp_path / "r", {"lifecycle.yaml": text})
    done = sscop("openeox", *name, cwd=folder)
    assert done.code == 2
    assert said in done.err


def test_openeox_needs_a_tracked_file(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"a.txt": "a"})
    (folder / "lifecycle.yaml").write_text(OWN)
    assert sscop("openeox", "3.x", cwd=folder).code == 2
    git(folder, "add", "lifecycle.yaml")
    assert sscop("openeox", "3.x", cwd=folder).code == 0
