"""Dockerfiles, instruction by instruction and line by line.

Source: Dockerfile reference (instructions, parser directives, here-documents), BuildKit's frontend 1.x. Written
here because the parser on offer drops the comment lines inside a continuation, which shifts every line after
them, ends an instruction at an empty line, and takes a here-document's text for instructions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sscop.artefacts.shell import Script
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family

_DIRECTIVE = lazily(r"#\s*(\w+)\s*=\s*(.*?)\s*\Z")
_HEREDOC = lazily(r"<<-?\s*(['\"]?)([A-Za-z_]\w*)\1")
_FLAG = lazily(r"\s*--([\w-]+)(?:=(\S+))?")
_PAIR = lazily(r"""([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\"']|\\.|"[^"\n]*"|'[^'\n]*')*)""", re.DOTALL)
_LEGACY = lazily(r"\s*([\w.-]+)[ \t]+([^\n]+)")
GROWTH = 65_536
_VARIABLE = lazily(r"\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^{}]*))?\})")


GLOBS = ("**/Dockerfile", "**/Dockerfile[.-]*", "**/*.Dockerfile", "**/Containerfile", "**/Containerfile.*")
_OTHER = lazily(
    r"\.(?:md|ya?ml|json|py|js|ts|rb|go|txt|sh|tmpl|tpl|j2|jinja2?|erb|template|dockerignore)$", re.IGNORECASE
)


def dockerfiles(repo: Repository, family: Family) -> list[str]:
    """The Dockerfiles, and not what is only named after one (`dockerfile.go`, `Dockerfile.j2`)."""
    return [path for path in repo.find(*GLOBS, family=family) if not _OTHER.search(path)]


class Instruction(NamedTuple):
    """One instruction. `text` is what follows its name, with continuations kept; `line` is the name's line.

    `text` begins on that line, so line offsets in it are exact; comment lines inside it are blanked.
    `heredocs` are the here-document bodies that belong to it.
    """

    name: str
    text: str
    line: int
    heredocs: tuple[Script, ...] = ()

    @property
    def flags(self) -> dict[str, list[str]]:
        """The values of leading `--flag=value` words; a flag may be repeated."""
        found: dict[str, list[str]] = {}
        at, text = 0, self.joined
        while match := _FLAG.match(text, at):
            found.setdefault(match[1], []).append(match[2] or "")
            at = match.end()
        return found

    @property
    def words(self) -> list[str]:
        """The words after the flags."""
        text = self.joined
        at = 0
        while match := _FLAG.match(text, at):
            at = match.end()
        return text[at:].split()

    @property
    def joined(self) -> str:
        """The text on one line."""
        return self.text.replace("\\\n", " ").replace("\n", " ")

    def script(self) -> Script | None:
        """The shell text of a RUN, here-documents included; None for the exec (JSON) form of something else."""
        text = self.text
        blank = re.match(r"(?:\s|\\\n)*(?:--[\w-]+(?:=\S+)?(?:\s|\\\n)+)*", text)
        start = blank.end() if blank else 0
        line = self.line + text.count("\n", 0, start)
        text = text[start:]
        if text.lstrip().startswith("["):
            import json

            try:
                words = json.loads(self.joined[self.joined.index("[") :])
            except (ValueError, RecursionError):
                return Script(text, line)
            if isinstance(words, list) and all(isinstance(word, str) for word in words):
                quoted = ["'" + word.replace("'", "'\\''") + "'" for word in words]
                return Script(" ".join(quoted), line)
        return Script(text, line)

    @property
    def variables(self) -> list[tuple[str, str, int]]:
        """What an ENV, ARG or LABEL sets: names, values without quotes, lines. A bare `ARG NAME` sets nothing."""
        text = self.text.replace("\\\n", " \n")
        pairs = [(m[1], m[2], m.start()) for m in _PAIR.finditer(text)]
        legacy = _LEGACY.match(text) if self.name == "ENV" else None
        if legacy:
            pairs = [(legacy[1], legacy[2].strip(), legacy.start(1))]
        return [(name, _unquoted(value), self.line + text.count("\n", 0, at)) for name, value, at in pairs]


class Stage(NamedTuple):
    """A build stage: the name after AS, what FROM names as its base, FROM's line, and its instructions."""

    name: str
    base: str
    line: int
    instructions: tuple[Instruction, ...]


class Dockerfile(NamedTuple):
    """A Dockerfile: its `# syntax` directive (value, line), and its instructions in order."""

    syntax: tuple[str, int] | None
    instructions: tuple[Instruction, ...]

    @property
    def shipped(self) -> tuple[Stage, ...]:
        """The last stage and those it is built FROM, the outermost base first: what the image holds."""
        stages = self._stages()
        chain = stages[-1:]
        for stage in reversed(stages[:-1]):
            if stage.name and stage.name == chain[0].base.lower():
                chain.insert(0, stage)
        return tuple(chain)

    def _stages(self) -> list[Stage]:
        arguments: dict[str, str] = {}
        heads: list[tuple[str, str, int]] = []
        bodies: list[list[Instruction]] = []
        for at in self.instructions:
            if at.name == "ARG" and not heads:
                arguments |= {name: value for name, value, _ in at.variables}
            elif at.name == "FROM" and at.words:
                words = [substitute(word.strip("\"'"), arguments) for word in at.words]
                heads.append(
                    (words[2].lower() if len(words) >= 3 and words[1].upper() == "AS" else "", words[0], at.line)
                )
                bodies.append([])
            elif heads:
                bodies[-1].append(at)
        return [Stage(*head, tuple(body)) for head, body in zip(heads, bodies)]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value.replace('"', "").replace("'", "")


def load(text: str) -> Dockerfile:
    """Read a Dockerfile. Never fails: what is no instruction is passed over."""
    lines = text.split("\n")
    syntax, escape = _directives(lines)
    instructions: list[Instruction] = []
    i = 0
    while i < len(lines):
        stripped = lines[i].strip()
        match = re.match(r"\s*([A-Za-z]+)(?:\s+|(?=\[)|$)", lines[i])
        if not stripped or stripped.startswith("#") or not match:
            i += 1
            continue
        start, body = i, [lines[i][match.end() :]]
        while i + 1 < len(lines) and body[-1].rstrip().endswith(escape):
            body[-1] = body[-1].rstrip()[:-1] + "\\"
            i += 1
            # Docker drops comment and empty lines inside a continuation; so they continue here.
            while i + 1 < len(lines) and (not lines[i].strip() or lines[i].lstrip().startswith("#")):
                body.append("\\")
                i += 1
            body.append(lines[i] if not lines[i].lstrip().startswith("#") else "")
        name = match[1].upper()
        if name == "ONBUILD":
            name, _, rest = body[0].lstrip().partition(" ")
            name, body[0] = name.upper(), rest
        i += 1
        heredocs = []
        if name in ("RUN", "COPY", "ADD"):
            for found in _HEREDOC.finditer("\n".join(body)):
                first = i
                while i < len(lines) and lines[i].strip("\t ") != found[2]:
                    i += 1
                heredocs.append(Script("\n".join(lines[first:i]), first + 1))
                i += 1
        instructions.append(Instruction(name, "\n".join(body), start + 1, tuple(heredocs)))
    return Dockerfile(syntax, tuple(instructions))


def _directives(lines: list[str]) -> tuple[tuple[str, int] | None, str]:
    """The `# syntax` directive and the escape character; directives stand before everything else."""
    syntax, escape = None, "\\"
    for number, line in enumerate(lines, 1):
        match = _DIRECTIVE.match(line.strip())
        if not match:
            break
        if match[1].lower() == "syntax":
            syntax = (match[2], number)
        elif match[1].lower() == "escape" and match[2] in ("`", "\\"):
            escape = match[2]
    return syntax, escape


def substitute(text: str, values: Mapping[str, str]) -> str:
    """A text with `$name`, `${name}`, `${name:-default}` and `${name:+other}` replaced where a value is known.

    Values may hold variables themselves; a variable without a value stays as written, and so does what would make
    the text longer by more than GROWTH.
    """
    room = GROWTH

    def put(match: re.Match[str]) -> str:
        nonlocal room
        value = _value(match, values)
        room -= max(0, len(value) - len(match[0]))
        return value if room >= 0 else match[0]

    for _ in range(5):
        replaced = _VARIABLE.sub(put, text)
        if replaced == text:
            break
        text = replaced
    return text


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    name, operator, word = match[1] or match[2], match[3] or "", match[4] or ""
    value = values.get(name)
    if operator.endswith("-"):
        return value if value or (value is not None and operator == "-") else word
    if operator.endswith("+"):
        return word if value else ""
    return match[0] if value is None else value
