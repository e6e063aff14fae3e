"""The project obeys its own Code, and a hook starts without what it does not need."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from helpers import PROJECT

BOOT = "import sys; sys.path[:0] = ['src', 'hooks']; from sscop_hooks.__main__ import main; "


OPEN = {
    ("build-owners", "no-owners"),  # the public account is not decided, and a placeholder is no owner
    ("branch-rules", "not-told"),
    ("platform-access", "not-told"),
    ("environment-audit", "elsewhere"),  # what GitHub says about the machines that it hosts
    ("support-dates", "no-end-dates"),  # nothing is released yet, so there is no day to count from
    ("end-of-support-notice", "no-dates"),
}
"""What this repository can't show of itself yet: nothing else may be unmet or unknown, and all of this must be."""


def test_sscop_finds_nothing_else_unmet_or_unknown_in_itself() -> None:
    run = f"{BOOT}sys.exit(main(['check', '--format', 'json', '--fail-on', 'never']))"
    done = subprocess.run([sys.executable, "-I", "-c", run], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = [one for one in json.loads(done.stdout)["findings"] if one["kind"] == "claim"]
    assert {(one["check"], one["code"]) for one in found if one["outcome"] in ("unmet", "unknown")} == OPEN


def test_its_own_self_assessment_is_whole_and_every_place_in_it_is_there() -> None:
    run = f"{BOOT}sys.exit(main(['report', '--form', 'self-assessment']))"
    done = subprocess.run([sys.executable, "-I", "-c", run], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.split("\n") if re.match(r"\| \d\.\d\.\d+<br>", line)]
    assert len(rows) == 45
    assert not [row for row in rows if "contradicted" in row]
    declared = {path.stem for path in (PROJECT / "assessment/claims").glob("*.md")}
    assert {slug for slug in declared for row in rows if f"`{slug}`" in row and "Declared " in row} == declared
    places = {(path, int(line)) for path, line in re.findall(r"`([^`\s]+\.\w+):(\d+)`", done.stdout)}
    assert len(places) > 30
    for path, line in places:
        assert 1 <= line <= (PROJECT / path).read_bytes().count(b"\n") + 1, (path, line)


def test_a_hook_imports_nothing_heavy() -> None:
    heavy = {"github", "requests", "jsonschema", "pydantic", "dataclasses", "importlib.metadata", "markdown_it", "hcl2"}
    before = "import sys; before = set(sys.modules); "  # what the measuring of coverage brings along
    said = f"print(*sorted({heavy} & set(sys.modules) - before), file=sys.stderr)"
    run = f"{before}{BOOT}main(['check', 'pinned-tools']); {said}"
    done = subprocess.run([sys.executable, "-I", "-c", run], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert "looked at" in done.stdout


def test_a_hook_opens_no_socket() -> None:
    audit = "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(f'{event} was called')); "
    run = f"{BOOT}{audit}sys.exit(main(['check', '--fail-on', 'never']))"
    done = subprocess.run([sys.executable, "-I", "-c", run], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
