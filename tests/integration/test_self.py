"""The project obeys its own Code, and a hook starts without what it does not need."""

from __future__ import annotations

import subprocess
import sys

from helpers import PROJECT

BOOT = "import sys; sys.path[:0] = ['src', 'hooks']; from sscop_hooks.__main__ import main; "


def test_sscop_finds_nothing_unmet_and_nothing_unknown_in_itself() -> None:
    run = f"{BOOT}sys.exit(main(['check', '--fail-on', 'unknown']))"
    done = subprocess.run([sys.executable, "-I", "-c", run], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 unmet, 0 unknown" in done.stdout


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
