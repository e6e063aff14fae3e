"""Shell text as commands: what a script, a `run:` block or a `RUN` instruction runs, and with which words.

Texts that a shell is given to run (`bash -c TEXT`, `sh <<EOF`, `eval TEXT`) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sscop.artefacts.nodes import Text
from sscop.artefacts.shell_syntax import DEPTH, Command, Pipeline, Script, Word, read, tolerated
from sscop.lazy import lazily

__all__ = ["Command", "Pipeline", "Script", "Word", "pipelines", "plain", "script"]

_SHELLS = {"sh", "bash", "dash", "zsh", "ash", "ksh", "su", "runuser"}
"""Programs that run the text after `-c`, or a here-document."""
_EXPRESSION = lazily(r"\$\{\{((?:(?!\$\{\{).)*?)\}\}", re.DOTALL)
_CONTEXT = lazily(r"\s*(env|matrix|inputs|github|runner|vars|steps|needs|secrets)\.([\w.-]+)\s*\Z")


def script(node: Text) -> Script:
    """The shell text of a YAML scalar, line-exact also where YAML folds lines (each fold a continuation)."""
    if node.style == "|":
        return Script(node, node.line + 1)
    if node.source is None:
        return Script(node, node.line)
    lines = node.source.split("\n")
    folded = [
        line + " \\" if here and there and not re.match(r"\s", line) and not re.match(r"\s", after) else line
        for line, after, here, there in zip(
            lines, [*lines[1:], ""], map(str.strip, lines), [*map(str.strip, lines[1:]), ""]
        )
    ]
    return Script("\n".join(folded), node.line + (node.style == ">"))


def plain(text: str) -> str:
    """Text with `${{ expressions }}` as shell variables on the same lines, so that nothing in them is read as shell."""

    def variable(match: re.Match[str]) -> str:
        named = _CONTEXT.match(match[1])
        name = f"{named[1]}_{named[2]}" if named else "expression"
        return "${" + re.sub(r"\W", "_", name).upper() + "}" + "\n" * match[0].count("\n")

    return _EXPRESSION.sub(variable, text)


@lru_cache(maxsize=4096)
def pipelines(script: Script) -> tuple[Pipeline, ...]:
    """Every pipeline of a script, those inside substitutions, here-documents and `sh -c` texts included.

    Raises Malformed, with the line, for more words than a script has.
    """
    found = _all(read(plain(script.text), script.line))
    return tuple(tolerated(found, script.tolerance))


def _all(found: list[Pipeline], depth: int = 0) -> Iterator[Pipeline]:
    for pipeline in found:
        yield pipeline
        for command in pipeline:
            for word in command.words:
                yield from _all(list(word.inner), depth)
            nested = _nested(command)
            if nested and depth < DEPTH:
                yield from tolerated(_all(read(nested.text, nested.line, depth + 1), depth + 1), command.tolerance)


def _nested(command: Command) -> Script | None:
    """The text that a shell is given to run: `bash -c TEXT`, `docker exec box sh -c TEXT`, `sh <<EOF`, `eval TEXT`."""
    words = command.words
    shell = next((n for n, word in enumerate(words) if word.text.rpartition("/")[2] in _SHELLS), None)
    if shell is not None:
        for flag, value in zip(words[shell + 1 :], words[shell + 2 :]):
            if re.fullmatch(r"-\w*c", flag.text) and not value.inner:
                return Script(value.text, value.line)
    if command.name in _SHELLS:
        return command.heredoc
    if command.name == "eval" and len(words) == 2 and not words[1].inner:
        return Script(words[1].text, words[1].line)
    return None
