"""The grammar of shell text: words, simple commands and pipelines, each with its line.

Quotes, comments, continuations, here-documents, redirections, command and process substitution are understood;
control flow is flattened, since whatever may run counts. Nothing is executed or expanded.
Source: POSIX.1-2017 volume 3, section 2 (Shell Command Language); process substitution from bash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sscop.lazy import NamedTuple, lazily
from sscop.repository import Malformed

MAX_WORDS = 100_000
MAX_PIPELINES = 30_000
"""In one text, those inside substitutions too: more than any script that people, or autoconf, wrote."""

"""Words in one script; a generated `configure` of a megabyte has half as many."""

DEPTH = 12
"""How deep substitutions may be nested before what is inside them is passed over."""

_KEYWORDS = {"if", "then", "elif", "else", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "function"}
_WRAPPERS = {"sudo", "env", "exec", "command", "nohup", "builtin", "time", "eatmydata", "doas", "gosu", "retry"}
_ASSIGNMENT = lazily(r"[A-Za-z_]\w*\+?=")
_PLAIN = lazily(r"[^\s'\"`$\\|&;()<>]+")
_QUOTED = lazily(r"[^\"\\$`]+")
_HEREDOC = lazily(r"<<(-?)[ \t]*(\\?)(['\"]?)([\w.!+-]+)\3")


class Script(NamedTuple):
    """Shell text and the line of its first character; `tolerance` says, in the caller's notation, that it may fail."""

    text: str
    line: int
    tolerance: str = ""


class Word(NamedTuple):
    """One word: its text without quotes, its line, and the pipelines substituted into it.

    Variables are kept as written; a command substitution leaves `$()` in the text.
    """

    text: str
    line: int
    inner: tuple[Pipeline, ...] = ()


class Command(NamedTuple):
    """A simple command: its words from the program's name on, a here-document fed to it, the file it writes to.

    `tolerance` is what makes its failing no failure of the text (`|| true`), "" where nothing does.
    """

    words: tuple[Word, ...]
    heredoc: Script | None = None
    output: str = ""
    tolerance: str = ""

    @property
    def name(self) -> str:
        """The program's name without its folder or `.exe`."""
        return self.words[0].text.replace("\\", "/").rpartition("/")[2].removesuffix(".exe") if self.words else ""

    @property
    def line(self) -> int:
        """The line of the program's name."""
        return self.words[0].line

    @property
    def arguments(self) -> tuple[Word, ...]:
        """The words after the name."""
        return self.words[1:]


Pipeline = tuple[Command, ...]


def read(text: str, line: int, depth: int = 0) -> list[Pipeline]:
    """The pipelines of a text whose first character is on a line; those inside substitutions hang on their words.

    Raises Malformed, with the line, past MAX_WORDS or MAX_PIPELINES.
    """
    return _Reader(text, line, depth, [MAX_PIPELINES]).pipelines()


class _Reader:
    """A recursive-descent reader over one text."""

    def __init__(self, text: str, line: int, depth: int, room: list[int]) -> None:
        self._room = room  # for pipelines, one number for all readers of a text
        self._text = text
        self._at = 0
        self._line = line
        self._depth = depth
        self._words = 0
        self._heredocs: list[tuple[re.Match[str], list[Word]]] = []
        self._bodies: dict[int, Script] = {}  # by the identity of the list of words that they belong to
        self._outputs: dict[int, str] = {}

    def pipelines(self, closing: str = "") -> list[Pipeline]:
        """All pipelines up to `closing` or the end."""
        done: list[_Part] = []  # made into commands at the end, when their here-documents are known
        commands: list[list[Word]] = []
        words: list[Word] = []
        inside: list[Pipeline] = []  # of a subshell that the pipeline begins with

        def end_command() -> None:
            nonlocal words
            commands.append(words)
            words = []

        def end_pipeline(operator: str = "") -> None:
            nonlocal commands, inside
            self._room[0] -= 1
            if self._room[0] < 0:
                raise Malformed(f"has more than {MAX_PIPELINES:,} commands of shell text", self._line)
            end_command()
            done.append(_Part(commands, inside, operator))
            commands, inside = [], []

        text = self._text
        while self._at < len(text):
            char = text[self._at]
            if char == closing:
                self._at += 1
                break
            if char == "\n":
                if self._heredocs:
                    self._read_heredocs()
                else:
                    self._advance(1)
                if words or not commands:  # after a `|` the pipeline goes on
                    end_pipeline()
            elif char in " \t\r":
                self._at += 1
            elif text.startswith("\\\n", self._at):
                self._advance(2)
            elif char == "#":
                end = text.find("\n", self._at)
                self._at = len(text) if end < 0 else end
            elif char == ";" or text.startswith(("&&", "||"), self._at):
                operator = ";" if char == ";" else char * 2
                self._at += len(operator)
                end_pipeline(operator)
            elif char == "&" and not text.startswith("&>", self._at):
                self._at += 1
                end_pipeline()
            elif char == "|":
                self._at += 2 if text.startswith("|&", self._at) else 1
                end_command()
            elif char == "(":
                self._at += 1
                if not words and self._depth < DEPTH:
                    inside += self._inside(")")
                else:
                    end_pipeline()
            elif char == ")":  # a case pattern's end, or stray
                self._at += 1
                words, commands = [], []
            elif match := _HEREDOC.match(text, self._at):
                self._heredocs.append((match, words))
                self._at = match.end()
            elif char in "<>&" and not text.startswith(("<(", ">("), self._at):
                start, descriptor = self._at, "1"
                if words and words[-1].text.isdigit() and text[self._at - 1].isdigit():
                    descriptor = words.pop().text
                self._at += 1
                while text.startswith((">", "<", "&", "|"), self._at) and not text.startswith(("<(", ">("), self._at):
                    self._at += 1
                operator, target = text[start : self._at], self._redirect_target()
                if descriptor == "1" and operator in (">", ">>", ">|", "&>", "&>>") and target:
                    self._outputs[id(words)] = target
            else:
                words.append(self._word())
        end_pipeline()
        made: list[Pipeline] = []
        for part, tolerance in zip(done, self._tolerances(done)):
            made += tolerated(part.inside, tolerance)
            named = [self._command(words, tolerance) for words in part.commands]
            made += filter(None, [tuple(command for command in named if command.words)])
        return made

    def _command(self, words: list[Word], tolerance: str) -> Command:
        """The command without keywords, assignments and wrappers such as sudo before the program's name."""
        named = tuple(words[_program(words) :])
        return Command(named, self._bodies.get(id(words)), self._outputs.get(id(words), ""), tolerance)

    def _tolerances(self, done: list[_Part]) -> list[str]:
        """For each part, what follows it that can't fail (`|| true`): then its own failing is none."""
        found = [""] * len(done)
        first = 0  # of the and-or list
        for n, part in enumerate(done):
            if part.operator == "||" and n + 1 < len(done):
                after = done[n + 1]
                written = [word.text for word in after.commands[0]] if len(after.commands) == 1 else []
                harmless = written[:1] in (["true"], [":"], ["echo"], ["printf"]) or written == ["exit", "0"]
                if (
                    harmless
                    and not after.inside
                    and id(after.commands[0]) not in self._outputs
                    and after.operator != "&&"
                ):
                    found[first : n + 1] = [f"|| {' '.join(written)[:40]}"] * (n + 1 - first)
            elif part.operator != "&&":
                first = n + 1
        return found

    def _advance(self, count: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + count)
        self._at += count

    def _inside(self, closing: str) -> list[Pipeline]:
        self._depth += 1
        found = self.pipelines(closing)
        self._depth -= 1
        return found

    def _redirect_target(self) -> str:
        while self._text.startswith((" ", "\t"), self._at):
            self._at += 1
        if self._at < len(self._text) and self._text[self._at] not in "\n|&;":
            return self._word().text
        return ""

    def _word(self) -> Word:
        text, line = self._text, self._line
        self._words += 1
        if self._words > MAX_WORDS:
            raise Malformed(f"has more than {MAX_WORDS:,} words of shell text", line)
        parts: list[str] = []
        inner: list[Pipeline] = []
        start = self._at
        while self._at < len(text):
            char = text[self._at]
            if match := _PLAIN.match(text, self._at):
                parts.append(match[0])
                self._at = match.end()
            elif char == "'":
                end = text.find("'", self._at + 1)
                end = len(text) if end < 0 else end
                parts.append(text[self._at + 1 : end])
                self._advance(end + 1 - self._at)
            elif char == '"':
                self._at += 1
                self._double_quoted(parts, inner)
            elif text.startswith("\\\n", self._at):
                self._advance(2)
            elif char == "\\":
                parts.append(text[self._at + 1 : self._at + 2])
                self._advance(2)
            elif char in "$`":
                self._dollar(parts, inner)
            elif text.startswith(("<(", ">("), self._at):
                self._at += 2
                inner += self._inside(")") if self._depth < DEPTH else []
                parts.append("<()")
            else:
                break
        if self._at == start:  # a character that starts no word: step over it
            self._advance(1)
        return Word("".join(parts), line, tuple(inner))

    def _double_quoted(self, parts: list[str], inner: list[Pipeline]) -> None:
        text = self._text
        while self._at < len(text) and text[self._at] != '"':
            char = text[self._at]
            if match := _QUOTED.match(text, self._at):
                parts.append(match[0])
                self._advance(len(match[0]))
            elif char == "\\" and text[self._at + 1 : self._at + 2] in ('"', "\\", "$", "`", "\n"):
                parts.append(text[self._at + 1 : self._at + 2].strip("\n"))
                self._advance(2)
            elif char in "$`":
                self._dollar(parts, inner)
            else:
                parts.append(char)
                self._advance(1)
        self._at += 1

    def _dollar(self, parts: list[str], inner: list[Pipeline]) -> None:
        """`$(...)`, `${...}`, `$name` and backquotes."""
        text = self._text
        if text[self._at] == "`":
            end = text.find("`", self._at + 1)
            end = len(text) if end < 0 else end
            if self._depth < DEPTH:
                inner += _Reader(text[self._at + 1 : end], self._line, self._depth + 1, self._room).pipelines()
            parts.append("$()")
            self._advance(end + 1 - self._at)
        elif text.startswith("$((", self._at):
            end = text.find("))", self._at)
            parts.append("$(())")
            self._advance((len(text) if end < 0 else end + 2) - self._at)
        elif text.startswith("$(", self._at) and self._depth < DEPTH:
            self._at += 2
            inner += self._inside(")")
            parts.append("$()")
        elif text.startswith("${", self._at):
            end = text.find("}", self._at)
            end = len(text) if end < 0 else end + 1
            parts.append(text[self._at : end])
            self._advance(end - self._at)
        else:
            parts.append("$")
            self._at += 1

    def _read_heredocs(self) -> None:
        """The bodies of the here-documents announced on the line that ends here."""
        self._advance(1)
        for match, words in self._heredocs:
            start, first = self._at, self._line
            strip = r"\t*" if match[1] else ""
            end = re.compile(rf"^{strip}{re.escape(match[4])}[ \t]*$", re.MULTILINE).search(self._text, self._at)
            stop = end.start() if end else len(self._text)
            self._bodies[id(words)] = Script(self._text[start:stop], first)
            self._advance((end.end() if end else stop) - self._at)
            if self._text.startswith("\n", self._at):
                self._advance(1)
        self._heredocs = []


class _Part(NamedTuple):
    """A pipeline before its commands are made: a subshell's pipelines or simple commands, and the operator after it."""

    commands: list[list[Word]]
    inside: list[Pipeline]
    operator: str


def tolerated(found: Iterable[Pipeline], tolerance: str) -> Iterable[Pipeline]:
    """The pipelines with a tolerance put on every command; as they are without one."""
    if not tolerance:
        return found
    return [tuple(one._replace(tolerance=tolerance) for one in pipeline) for pipeline in found]


def _program(words: list[Word]) -> int:
    """The index of the program's name; the number of words where there is none."""
    i = 0
    while i < len(words):
        text = words[i].text
        if text in ("for", "case", "select") or (text == "command" and _text(words, i + 1) in ("-v", "-V")):
            return len(words)
        if text in _KEYWORDS:
            i += 1
        elif _ASSIGNMENT.match(text):
            if words[i].inner and i == len(words) - 1:
                return i  # X=$(curl ...) runs what is inside
            i += 1
        elif text.replace("\\", "/").rpartition("/")[2] in _WRAPPERS:
            i = _past_flags(words, i + 1, "-u|-g|-C|-t|--user")
        elif text in ("timeout", "nice", "ionice", "stdbuf"):
            i = _past_flags(words, i + 1, "-n|-s|-k")
            i += text == "timeout"
        elif text == "xargs":
            i = _past_flags(words, i + 1, "-[nPILd]")
        else:
            break
    return i


def _text(words: list[Word], i: int) -> str:
    return words[i].text if i < len(words) else ""


def _past_flags(words: list[Word], i: int, with_value: str) -> int:
    while _text(words, i).startswith("-"):
        i += 2 if re.fullmatch(with_value, words[i].text) else 1
    return i
