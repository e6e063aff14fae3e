"""`docker` (and podman, nerdctl) commands: the images that they run or pull, and the names of those they build."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.shell import Command, Word
from sscop.lazy import lazily

_ENGINES = {"docker", "podman", "nerdctl"}
_SWITCHES = lazily(
    r"-[itdqP]+|--(?:rm|detach|init|interactive|no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only"
    r"|sig-proxy|tty|disable-content-trust|no-cache|all-tags|load|push|provenance|sbom)(?:=.*)?"
)
"""The flags of run, create, pull and build that take no value; every other one takes the next word."""


def images_run(command: Command) -> Iterator[Word]:
    """The image of `docker run`, `create` or `pull`."""
    words = _after(command, "run", "create", "pull")
    i = 0
    while words and i < len(words):
        text = words[i].text
        if not text.startswith("-"):
            yield words[i]
            return
        i += 1 if "=" in text or _SWITCHES.fullmatch(text) else 2


def images_built(command: Command) -> Iterator[str]:
    """The names that `docker build -t NAME` and `docker tag FROM NAME` give."""
    words = [word.text for word in _after(command, "build")]
    for flag, value in zip(words, words[1:]):
        if flag in ("-t", "--tag"):
            yield value
    yield from (word.removeprefix("--tag=") for word in words if word.startswith("--tag="))
    tagged = _after(command, "tag")
    if len(tagged) == 2:
        yield tagged[1].text


def _after(command: Command, *verbs: str) -> tuple[Word, ...]:
    """The words after one of the verbs (`docker container run`, `docker buildx build`); none for other commands."""
    if command.name not in _ENGINES:
        return ()
    for i, word in enumerate(command.words[1:4], 1):
        if word.text in verbs:
            return command.words[i + 1 :]
        if word.text not in ("image", "container") and (word.text, *verbs) != ("buildx", "build"):
            return ()
    return ()
