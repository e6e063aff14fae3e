"""The steps of the GitHub Action around `sscop check`: `python -I -m sscop.github.action base`, `platform`, `check`.

What an input means is decided here and nowhere in action.yml. Every file goes to RUNNER_TEMP; the workspace gets
what an input asks for, and a summary, outputs and annotations go where GitHub takes them.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from tempfile import mkdtemp

from sscop.github.post import is_fork, read_event
from sscop.github.runner import annotate, append, summary, untouched
from sscop.report import Report
from sscop.reporters.escape import blob, clean
from sscop.reporters.escape import code as span

CHANGED_BYTES = 20_000
"""Bytes of changed paths that are handed on: one variable may be no longer on Windows, and they only order things."""

USAGE, UNTRUSTED = 2, 3

_FILES = {"json": "report.json", "sarif": "report.sarif", "github": "annotations.txt", "text": "report.txt"}
_PLACE = re.compile(r"(\.sscop\.ya?ml):(\d+): (.*)")


def main(step: str, environ: Mapping[str, str]) -> int:
    """Run a step. Its exit code says whether the step worked; the check's own one is an output."""
    return {"base": base, "platform": platform, "check": check}[step](environ)


def base(environ: Mapping[str, str]) -> int:
    """Outputs `base`, the commit to compare with, and `usual`, the gate where neither input nor file names one."""
    from sscop.github.base import find

    root, event = _root(environ), read_event(environ)
    found = find(root, environ, event)
    usual = "new" if environ.get("GITHUB_EVENT_NAME") in ("pull_request", "merge_group") else "gap"
    if found.why:
        annotate("warning", f"no base to compare with, so every unmet finding counts: {found.why}")
    elif found.commit:
        print(f"sscop: comparing with {found.commit}", flush=True)
    append(environ["GITHUB_OUTPUT"], {"base": found.commit, "usual": usual})
    return 0


def platform(environ: Mapping[str, str]) -> int:
    """Output `file`: the answers for the check, which runs without a token; empty where nothing is to be asked."""
    from sscop.github.consult import for_action

    wanted, file = environ.get("SSCOP_PLATFORM", "").strip() or "github", ""
    if wanted not in ("github", "none"):
        file = os.path.join(environ["GITHUB_WORKSPACE"], wanted)
    elif wanted == "github" and environ.get("GITHUB_TOKEN"):
        file = os.path.join(mkdtemp(prefix="sscop-settings-", dir=environ["RUNNER_TEMP"]), "settings.json")
        text = for_action(_root(environ), environ, elsewhere=bool(environ.get("SSCOP_ROOT", "").strip()))
        with open(file, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    append(environ["GITHUB_OUTPUT"], {"file": file})
    return 0


def check(environ: Mapping[str, str]) -> int:
    """Check the committed tree of HEAD; outputs everything that action.yml declares."""
    folder = mkdtemp(prefix="sscop-run-", dir=environ["RUNNER_TEMP"])
    files = {kind: os.path.join(folder, name) for kind, name in _FILES.items()}
    cache = ["-X", f"pycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []
    command = [sys.executable, "-I", *cache, "-m", "sscop_hooks", *_arguments(environ, files)]
    done = subprocess.run(command, env=_without_tokens(environ), capture_output=True)
    said = _cleaned(done.stderr + done.stdout)
    untouched("\n".join([*said, *_lines(files["text"])]))
    for line in _lines(files["github"]):
        print(line, flush=True)
    report = _read(files["json"])
    if report is None or report.run.exit != done.returncode:
        _could_not_run(environ, done.returncode, said)
        return 0
    if report.run.exit not in (0, 1):
        annotate("error", report.run.verdict)
    summary(environ, _markdown(report, environ))
    exit_code = report.run.exit if _deliver(environ, files) else max(report.run.exit, USAGE)
    append(environ["GITHUB_OUTPUT"], {**_outputs(report, files), "exit-code": str(exit_code)})
    return 0


def _read(path: str) -> Report | None:
    """The report that the check left, if it left one that is whole."""
    from sscop.reporters.json_ import decode

    try:
        with open(path, encoding="utf-8") as file:
            return decode(file.read())
    except (OSError, ValueError):
        return None


def _could_not_run(environ: Mapping[str, str], code: int, said: Sequence[str]) -> None:
    """There is no result, whatever has been written: say why, beside the lines of the configuration it is due to."""
    exit_code = code if code in (USAGE, UNTRUSTED) else UNTRUSTED
    why = [line.removeprefix("sscop: ") for line in said] or [f"it ended with {code} without a word"]
    append(environ["GITHUB_OUTPUT"], {"verdict": f"could not run: {why[-1]}", "exit-code": str(exit_code)})
    summary(environ, "**sscop could not run.**\n\n" + "".join(f"- {span(line[:1000])}\n" for line in why[-20:]))
    placed = [match for line in why if (match := _PLACE.match(line))]
    for match in placed[:10]:
        path = posixpath.normpath(posixpath.join(environ.get("SSCOP_ROOT", "").strip(), match[1]))
        annotate("error", match[3], {"file": path, "line": match[2]})
    if not placed:
        annotate("error", f"could not run: {why[-1]}")


def _arguments(environ: Mapping[str, str], files: Mapping[str, str]) -> list[str]:
    """The command line that the inputs ask for; one without a value is left to the repository's own configuration."""
    given = {
        "--root": _root(environ),
        "--rev": "HEAD",
        "--base": environ.get("SSCOP_BASE", ""),
        "--fail-on": environ.get("SSCOP_FAIL_ON", ""),
        "--usual-gate": environ.get("SSCOP_USUAL_GATE", ""),
        "--lapsed": "fail" if environ.get("GITHUB_EVENT_NAME") in ("schedule", "workflow_dispatch") else "tell",
        "--today": environ.get("SSCOP_TODAY", ""),
        "--platform": environ.get("SSCOP_PLATFORM_FILE", ""),
    }
    arguments = ["check", "--advice"]
    arguments += [f"{name}={value.strip()}" for name, value in given.items() if value.strip()]
    for kind, path in files.items():
        arguments += ["--format", kind, "--output", path]
    return [*arguments, "--", *environ.get("SSCOP_CHECKS", "").replace(",", " ").split()]


def _without_tokens(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for the check: no token of any kind, and what the change touches."""
    kept = {name: value for name, value in environ.items() if "TOKEN" not in name.upper()}
    return {**kept, "SSCOP_CHANGED_FILES": _changed(environ)}


def _changed(environ: Mapping[str, str]) -> str:
    """The paths that differ between the two trees, one a line; told by git's plumbing, which runs no filter."""
    from sscop.repository.git import Git, GitError

    if not environ.get("SSCOP_BASE"):
        return ""
    try:
        raw = Git(_root(environ)).run(
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", environ["SSCOP_BASE"], "HEAD"
        )
    except GitError:
        return ""  # the check itself says what is wrong with the base
    if len(raw) > CHANGED_BYTES:
        raw = raw[: raw.rfind(b"\0", 0, CHANGED_BYTES)]
    return "\n".join(path for path in os.fsdecode(raw).split("\0") if path and "\n" not in path)


def _outputs(report: Report, files: Mapping[str, str]) -> dict[str, str]:
    from sscop.model import Outcome, State

    unmet = report.unmet()
    return {
        "verdict": report.run.verdict,
        "exit-code": str(report.run.exit),
        "new": str(sum(found.state is State.NEW for found in unmet)),
        "unmet": str(len(unmet)),
        "fixed": str(len(report.fixed)),
        "unknown": str(sum(found.outcome is Outcome.UNKNOWN for found in report.findings)),
        "report": files["json"],
        "sarif": files["sarif"],
    }


def _markdown(report: Report, environ: Mapping[str, str]) -> str:
    from sscop.reporters.markdown import SUMMARY, render

    try:
        server, repository = environ.get("GITHUB_SERVER_URL", ""), environ.get("GITHUB_REPOSITORY", "")
        link = blob(server, repository, report.repository.commit or "")
    except ValueError:
        link = None
    fork = "\nNo comment on a pull request from a fork: its token can only read.\n"
    return render(report, SUMMARY, link) + (fork if is_fork(environ, read_event(environ)) else "")


def _deliver(environ: Mapping[str, str], files: Mapping[str, str]) -> bool:
    """Copy what an input asks for to where it asks; whether that went well (an error says why not)."""
    well = True
    for kind, name in (("json", "SSCOP_REPORT_FILE"), ("sarif", "SSCOP_SARIF_FILE")):
        wanted = environ.get(name, "").strip()
        if not wanted:
            continue
        workspace = os.path.realpath(environ["GITHUB_WORKSPACE"])
        path = os.path.join(workspace, wanted)
        # The folders on the way may be links that the checked repository brought along.
        allowed = (workspace, os.path.realpath(environ["RUNNER_TEMP"]))
        folder = os.path.realpath(os.path.dirname(path))
        if not any(folder == one or folder.startswith(one + os.sep) for one in allowed):
            annotate("error", f"{wanted} is neither in the workspace nor in the runner's temporary folder")
            well = False
            continue
        part = f"{path}.sscop-part"  # put in its place whole, and in place of a link, not through it
        try:
            os.makedirs(folder, exist_ok=True)
            shutil.copyfile(files[kind], part)
            os.replace(part, path)
        except OSError as error:
            annotate("error", f"{wanted} can't be written: {error.strerror}")
            if os.path.exists(part):
                os.remove(part)
            well = False
    return well


def _root(environ: Mapping[str, str]) -> str:
    return os.path.join(environ["GITHUB_WORKSPACE"], environ.get("SSCOP_ROOT", "").strip() or ".")


def _cleaned(raw: bytes) -> list[str]:
    """What a command wrote, as lines without anything that a terminal or a runner acts on."""
    return [clean(line) for line in raw.decode("utf-8", "replace").splitlines() if line.strip()]


def _lines(path: str) -> list[str]:
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], os.environ))
