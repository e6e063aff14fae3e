"""Test steps whose failing fails nothing: by the notation, by the tool's own switch, or by the shell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sscop.artefacts.nodes import Entries, Items, Node, Text
from sscop.artefacts.pipelines import Activity, Event, Step
from sscop.artefacts.pipelines.model import System
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository

_READERS = {
    "tee", "cat", "xcpretty", "xcbeautify", "tail", "head", "ts", "sed", "awk", "less", "tr", "cut", "sort", "uniq",
    "jq", "nl", "column", "colorize", "grcat", "fold", "grep", "egrep", "perl", "go-junit-report", "aha", "wc",
}  # fmt: skip
"""Programs that end well whatever the command before them in a pipe did; test formatters often fail with it."""

_SWITCHES: Mapping[str, str] = {
    "--exit-zero": "", "-Dmaven.test.failure.ignore": "true", "--maven.test.failure.ignore": "true",
    "-DtestFailureIgnore": "true", "--no-fail": "", "-no-fail": "", "--suppress-exit-code": "", "--soft-fail": "",
    "--nostatusrc": "", "--no-exit-on-warn": "", "--no-exit-on-error": "", "--exit-code-on-error": "0",
    "-fn": "", "--fail-never": "", "--ignore-exit-code": "", "--no-error-on-fail": "",
}  # fmt: skip
"""Flags of test and analysis tools that end well whatever was found; the value that they must have."""

_MEANT = lazily(
    r"(?<![A-Za-z])(?:flak(?:y|es?|iness)|unstable|experimental|nightly|canary|beta|alpha|preview|known|"
    r"allow(?:ed)? (?:to )?fail(?:ures?)?|allow[-_]fail\w*|best[ -]effort|optional|informational|informative|"
    r"non[ -]?block(?:ing|er)|advisory|may fail|can fail|expected to fail|don'?t fail|do not fail|not fail|without "
    r"(?:hard )?failing|upcoming|future|bleeding|pre-?release|devel|main-?line|edge|tip|rc|rawhide|sid|tumbleweed|"
    r"rolling|unsupported|soft[ -]?fail|not (?:yet )?required|not yet|until|ignored?|broken|retry|timing|unreliable)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
_UPLOADS = lazily(r"(?i:codecov|coveralls|upload|report)")
_OUTCOME = lazily(r"\b(?:steps|needs|jobs)\.([\w-]+)\.(?:outcome|conclusion|result|status)\b|\bsteps\['([\w-]+)'\]")
_CHECKED = lazily(
    r"\$\?|\$\{?PIPESTATUS|\bexit\b|\breturn\b|\btrap\b|\$LASTEXITCODE|\$LastExitCode|\bset -\w*e|\bset -o errexit"
)
_OFF = lazily(r"^[ \t]*set\s+(?:\+\w*e\w*|\+o\s+errexit)\b", re.MULTILINE)
_ON = lazily(r"^[ \t]*set\s+(?:-\w*e\w*|-o\s+errexit)\b|^#!.*\s-\w*e", re.MULTILINE)
_COMMENT_LINES = 30


class Ignored(NamedTuple):
    """A step whose failing is ignored: why in the notation's words, where, and the word that says that it is meant."""

    activity: Activity
    why: str
    path: str
    line: int
    meant: str


def ignored(repo: Repository, one: Activity) -> Ignored | None:
    """What makes a step's failing no failure; None where nothing does, or where its outcome is used later."""
    found = _by_notation(repo, one) or _by_switch(one) or _by_shell(repo, one)
    if found is None or _outcome_used(one) or one.job.events == frozenset({Event.MANUAL}):
        return None
    why, path, line = found
    return Ignored(one, why, path, line, _meant(repo, one, path, line))


def _by_notation(repo: Repository, one: Activity) -> tuple[str, str, int] | None:
    why, at = one.tolerance, one.tolerated_at
    if not why or at is None or "$" in why:  # an expression may go either way
        return None
    lines = _lines(repo, at[0])
    if why.startswith("| ") and (why[2:] not in _READERS or any("PIPESTATUS" in line for line in lines)):
        return None
    if why.startswith("||") and re.search(r"\bexit [1-9]|\bfalse\b", _logical(lines, at[1] - 1)[0]):
        return None  # `grep -q leak && exit 1 || exit 0`
    return why, at[0], _written(one, why, lines) or at[1]


def _written(one: Activity, why: str, lines: Sequence[str]) -> int:
    """The line of the key that says it; 0 for another notation."""
    key = why.partition(":")[0]
    for node in (one.step.node, one.job.node):
        for name, _ in node.pairs():
            if name == key and name.line <= len(lines) and key in lines[name.line - 1]:
                return name.line
    return 0


def _lines(repo: Repository, path: str) -> list[str]:
    text = repo.text(path)
    return text.split("\n") if isinstance(text, str) else []


def _by_switch(one: Activity) -> tuple[str, str, int] | None:
    for word, after in zip(one.words, (*one.words[1:], "")):
        flag, equals, value = word.partition("=")
        wanted = _SWITCHES.get(flag)
        if wanted is not None and (not wanted or (value if equals else after or "true") in (wanted, "")):
            return word, one.path, one.line
        if wanted and not equals and not after:
            return word, one.path, one.line
    return None


def _by_shell(repo: Repository, one: Activity) -> tuple[str, str, int] | None:
    """`set +e`, or a shell that goes on, where nothing asks for the exit code afterwards."""
    if not one.words or one.tolerance:
        return None
    text, first, stops = _script(repo, one)
    lines = text.split("\n")
    n = one.line - first
    if not 0 <= n < len(lines):
        return None
    here, end = _logical(lines, n)
    before, after = "\n".join(lines[:n]), "\n".join(lines[end + 1 :])
    if (
        re.search(r"\|\||&&|;\s*\w|^\s*(?:if|while|until|!)\b|\bthen\b", here)
        or _CHECKED.search(after)
        or _CHECKED.search(here)
    ):
        return None
    switched = [
        *((match.start(), "off") for match in _OFF.finditer(before)),
        *((match.start(), "on") for match in _ON.finditer(before)),
    ]
    last = max(switched, default=(0, "on" if stops else "off"))
    if last[1] == "on":
        return None
    if switched:
        return "set +e", one.path, first + before.count("\n", 0, before.index("set", last[0]))
    if stops or not _goes_on(lines[end + 1 :]) or _structured(text):
        return None
    return "a later command of the script decides (no `set -e`)", one.path, one.line


def _logical(lines: Sequence[str], n: int) -> tuple[str, int]:
    """A line with what it is continued from and on, and the index of its last one."""
    start = end = n
    while 0 < start <= len(lines) and lines[start - 1].rstrip().endswith("\\"):
        start -= 1
    while end + 1 < len(lines) and lines[end].rstrip().endswith(("\\", "&&", "||", "|")):
        end += 1
    return "\n".join(lines[start : end + 1]), end


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether a command comes after: more than blank lines and comments."""
    return any(line.strip() and not line.strip().startswith("#") for line in lines)


def _structured(text: str) -> bool:
    """Whether the script has functions, loops or branches, so that the order of lines does not tell what runs last."""
    return bool(
        re.search(
            r"^[ \t]*(?:function\s|[\w-]+\s*\(\)|if\b|for\b|while\b|case\b|until\b|elseif|else\b|\}|foreach)",
            text,
            re.MULTILINE,
        )
    )


def _script(repo: Repository, one: Activity) -> tuple[str, int, bool]:
    """The script that names the tool, its first line, and whether its shell stops at a command that fails."""
    if not one.via and one.path == one.step.path:
        if one.pipeline.system is System.GITLAB:
            whole = [script for script in one.step.scripts if script.line <= one.line]
            text = repo.text(one.path)
            if whole and isinstance(text, str):
                start = min(script.line for script in whole)
                lines = text.split("\n")[start - 1 : _end(one.step)]
                return "\n".join(re.sub(r"^\s*- ", "", line) for line in lines), start, True
        for script in one.step.scripts:
            if script.line <= one.line <= script.line + script.text.count("\n"):
                return script.text, script.line, one.step.errexit
        return "", 1, True
    text = repo.text(one.path)
    if isinstance(text, str) and (one.path.endswith((".sh", ".bash")) or text.startswith("#!")):
        return text, 1, bool(re.match(r"#!.*\s-\w*e", text))
    return "", 1, True  # a recipe: each line is a shell of its own


def _end(step: Step) -> int:
    return max(script.line + script.text.count("\n") for script in step.scripts)


# --- fair uses


def _outcome_used(one: Activity) -> bool:
    """Whether a later step, or the job's outputs, ask for the outcome of the step or job."""
    step = str(one.step.node.get("id", ""))
    wanted = {step, one.job.id.rpartition("/")[2]} - {""}
    texts = list(_texts(one.job.node))
    if one.tolerated_at == (one.job.path, one.job.line):
        texts += [text for job in one.pipeline.jobs for text in _texts(job.node)]
    return any((match[1] or match[2]) in wanted for text in texts for match in _OUTCOME.finditer(text))


def _texts(node: Node) -> Iterator[str]:
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Text):
            yield one
        else:
            waiting += one.values() if isinstance(one, Entries) else one if isinstance(one, Items) else ()


def _meant(repo: Repository, one: Activity, path: str, line: int) -> str:
    """The word with which a name or a comment says that failing is meant to be ignored; "" where nothing does."""
    said = " ".join(word for word in one.words if not word.startswith("-"))  # a switch is no reason
    names = [one.job.id, str(one.job.node.get("name", "")), one.step.name, said, one.pipeline.name]
    lines = _lines(repo, path)
    names += [word.partition("#")[2] for word in lines[line - 1 : line]]
    n = line - 2
    while n >= max(0, line - _COMMENT_LINES) and lines[n].strip().startswith("#"):
        names.append(lines[n])
        n -= 1
    return next((match[0].lower() for name in names if (match := _MEANT.search(name.replace("_", " ")))), "")
