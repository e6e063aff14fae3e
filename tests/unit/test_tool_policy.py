"""The policy of build tools: what a file says, what is wrong in it at which line, what is no such policy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import PROJECT, git, sscop
from sscop.artefacts.nodes import Entries, Items, Node, load
from sscop.artefacts.tool_policy import Policy, environments, load_policy, policies
from sscop.artefacts.tool_policy_form import FILE, json_schema
from sscop.judgement.no_tool_policy import absent
from sscop.model import Unread
from sscop.repository import Malformed, Repository

WHOLE = """version: 1
owner: platform lead
reviewed: 2026-09-01
review-every: 6 months
violations: fail
tools:
  - action: [actions/*, github/codeql-action/*]
    versions: [v4, v5]
    purpose: what GitHub makes
  - image: python
    digests: sha256:abc
    owner: release lead
    reviewed: 2026-10-01
environments:
  - name: hosted Linux
    runners: ubuntu-24.04
    hardening:
      guide: CIS Ubuntu 24.04
      evidence: docs/hardening/*.xml
"""


def read(source: str) -> Policy:
    found = load_policy(source)
    assert found is not None
    return found


def test_a_whole_policy_is_read_with_its_lines() -> None:
    found = read(WHOLE)
    assert (found.problems, found.blank, found.fails) == ((), (), True)
    assert found.review == ("platform lead", date(2026, 9, 1), "6 months", 3)
    first, second = found.tools
    assert (first.kind, first.patterns, first.versions, first.line) == (
        "action", ("actions/*", "github/codeql-action/*"), ("v4", "v5"), 7,
    )  # fmt: skip
    assert first.review == ("platform lead", None, "6 months", 7)
    assert second.review == ("release lead", date(2026, 10, 1), "6 months", 13)
    assert second.digests == ("sha256:abc",)
    assert second.name == "image python"
    (place,) = found.environments
    assert (place.name, place.labels, place.guides, place.evidence, place.line) == (
        "hosted Linux", ("ubuntu-24.04",), ("CIS Ubuntu 24.04",), ("docs/hardening/*.xml",), 15,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("version: 1\ntools:\n  - actoin: a/b\n  - action: a/b\n", 3, "did you mean `action`?"),
        ("version: 1\ntools:\n  - action: a/b\n  - purpose: x\n", 4, "names no kind"),
        ("version: 1\ntools:\n  - action: a/b\n    image: b\n", 3, "names `action`, `image`; it takes exactly one"),
        ("version: 1\ntools:\n  - action: a/b\n    reviewed: soon\n", 4, "can't be `soon`"),
        ("version: 1\nreviewed: 2026-02-30\ntools:\n  - action: a/b\n", 2, "there is no day `2026-02-30`"),
        ("tools:\n  - action: a/b\n", 1, "needs the key `version`"),
        ("version: 2\ntools:\n  - action: a/b\n", 1, "can't be `2`"),
        ("version: 1\ntools:\n  - action: a/b\n  - b\n", 4, "must be a mapping"),
        ("version: 1\ntools:\n  - action: {a: b}\n", 3, "`action` must be a text"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_the_rest_is_kept(source: str, line: int, said: str) -> None:
    found = read(source)
    assert any(one.line == line and said in one.text for one in found.problems), found.problems
    assert found.tools


def test_blanks_are_told_and_not_wrong() -> None:
    found = read('version: 1\nowner:\nreviewed: ~\ntools:\n  - action: a/b\n    purpose: ""\n')
    assert found.problems == ()
    assert [(one, one.line) for one in found.blank] == [("owner", 2), ("reviewed", 3), ("purpose", 6)]
    assert found.review == ("", None, "12 months", 1)


@pytest.mark.parametrize(
    "source",
    [
        "tools:\n  - name: shell\n    allow: false\n",
        "version: 1\nrules: []\n",
        "tools: [a, b]\nmodel: x\n",
        "- a\n",
        "",
        "environments:\n  - name: production\n",
    ],
)
def test_other_programs_files_are_none(source: str) -> None:
    assert load_policy(source) is None


def test_an_empty_list_is_a_policy() -> None:
    assert read("version: 1\ntools: []\n").tools == ()


def test_policies_are_found_by_name_and_known_by_what_they_hold() -> None:
    small = "version: 1\ntools: [{action: a/b}]\n"
    repo = Repository.of({
        "ci/build-tools-policy.yml": small, ".github/tool-policy.yml": small, "agents/tool-policy.yaml": "tools: [x]",
        "docs/tool-policy.yaml": "a: [", "x/tool-policies.yaml": "a: [", "own/allowed.yaml": small,
    })  # fmt: skip
    found = policies(repo, ["own/*.yaml"])
    assert [one.path for one in found] == [
        ".github/tool-policy.yml", "docs/tool-policy.yaml", "ci/build-tools-policy.yml", "own/allowed.yaml",
    ]  # fmt: skip
    assert [isinstance(one, Unread) for one in found] == [False, True, False, False]


def test_environments_are_told_with_their_policy() -> None:
    repo = Repository.of({FILE: WHOLE})
    ((path, place),) = repo.once(environments)
    assert (path, place.name) == (FILE, "hosted Linux")


def test_the_schema_takes_what_the_reader_takes() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    good = {"version": 1, "reviewed": "2026-09-01", "tools": [{"action": "a/b", "versions": ["v1"]}]}
    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "tools": [{"action": "a/b", "image": "c"}]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "tools": [{"purpose": "c"}]}, schema)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([*WHOLE.split("\n"), "  - ", "tools:", "x: [", "- *a", "\t", "  runners:", "\x00"])))
def test_any_lines_are_a_policy_none_or_malformed(lines: list[str]) -> None:
    try:
        found = load_policy("\n".join(lines))
    except Malformed:
        return
    assert found is None or isinstance(found, Policy)
    for one in found.problems if found else ():
        assert 0 < one.line <= len(lines) + 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("version: 1\nowner: x\nreviewed: 2026-11-01\ntool:\n  - {runner: a}\n", (4, "unknown key `tool`")),
        ("version: 1\nowner: x\nviolations: fail\ntools:\n  - {runer: a}\n", (5, "unknown key `runer`")),
        ("version: 1\ntools:\n  - {runer: a, purpose: x}\n", (3, "unknown key `runer`")),
    ],
)
def test_a_policy_with_a_mistake_in_what_it_lists_is_one(text: str, problem: tuple[int, str]) -> None:
    found = load_policy(text)
    assert found is not None
    assert problem in [(one.line, one.text.partition(" in ")[0]) for one in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        "tools:\n  - name: shell\n    allow: false\n",
        "version: 1\ntools:\n  - name: shell\n",
        "version: 2\nowner: me\ntools: {a: b}\n",
        "version: 1\nname: x\n",
    ],
)
def test_a_file_of_another_program_is_none(text: str) -> None:
    assert load_policy(text) is None


def test_a_file_of_another_program_keeps_its_place() -> None:
    finding = absent(Repository.of({FILE: "tools: [{name: shell}]\n"}), ())
    assert (finding.path, finding.line) == (FILE, 1)
    assert "--output .github/tool-policy.yaml" in finding.fix


def test_the_command_writes_a_policy_that_the_check_reads(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python:3.13\n")
    (tmp_path / ".sscop.yaml").write_text("version: 1\nscope: {exclude: [old/**]}\n")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "Dockerfile").write_text("FROM node:8\n")
    printed = sscop("tools", "--root", str(tmp_path), cwd=tmp_path)
    assert printed.code == 0
    assert '- {image: python, versions: ["3.13"], purpose: ""}' in printed.out
    assert "node" not in printed.out
    written = sscop("tools", "--output", "tool-policy.yaml", cwd=tmp_path)
    assert (written.code, written.out) == (0, "")
    assert (tmp_path / FILE).read_text() == printed.out
    told = sscop("check", "tool-policy", "--advice", cwd=tmp_path)
    assert "states no owner" in told.out
    (tmp_path / FILE).write_text("version: 1\n# somebody's work\n")
    again = sscop("tools", "--output", FILE, cwd=tmp_path)
    assert (again.code, again.out) == (2, "")
    assert again.err == f"sscop: {FILE}: is there already and stays as it is; name another file, or move this one\n"
    assert (tmp_path / FILE).read_text() == "version: 1\n# somebody's work\n"


def test_a_policy_that_is_not_tracked_is_told(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python:3.13\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (tmp_path / FILE).write_text(WHOLE)
    told = sscop("check", "tool-policy", "--advice", cwd=tmp_path)
    assert "git add tool-policy.yaml" in told.out


def test_the_guides_example_and_this_projects_own_policy_are_well_formed() -> None:
    guide = (PROJECT / "docs/guides/tool-policy.md").read_text()
    examples = guide.split("```yaml\n")[1:]
    texts = [one.split("```")[0] for one in examples]
    for text in (*texts, (PROJECT / ".github/tool-policy.yaml").read_text()):
        found = read(text)
        assert (found.problems, found.blank) == ((), ())
        assert found.tools
        jsonschema.validate(plain(load(text)), json_schema())


def plain(node: Node) -> object:
    """The values as an editor's YAML gives them, dates as text."""
    if isinstance(node, Entries):
        return {key: int(value) if key == "version" else plain(value) for key, value in node.items()}
    return [plain(one) for one in node] if isinstance(node, Items) else str(node)
