"""Programs fetched from a URL and run: `curl | sh` and its relatives, and downloads that are executed unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.reference import Fixity, Judged, Tool
from sscop.artefacts.shell import Command, Pipeline, Script, Word
from sscop.artefacts.versions import without_version
from sscop.lazy import NamedTuple, lazily

_FETCHERS = {"curl", "wget", "fetch", "iwr", "irm", "invoke-webrequest", "invoke-restmethod", "aria2c"}
_INTERPRETERS = lazily(
    r"(?:sh|bash|dash|zsh|ash|ksh|fish|python[\d.]*|perl|ruby|node|php|pwsh|powershell|iex|invoke-expression)\Z"
)
_SOURCING = {"eval", "source", ".", "iex", "invoke-expression"}
_CHECKS = lazily(
    r"(?:(?:sha\d+|md5|b2)sum|shasum|gpgv?|cosign|minisign|signify|openssl|slsa-verifier|get-filehash|certutil)\Z"
)
_INSTALLERS = {"chmod", "install", "dpkg", "rpm", "apt", "apt-get", "msiexec", "installer", "start-process"}
_COMMIT = lazily(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])", re.IGNORECASE)
_VERSION = lazily(r"\d+[._]\d+|\d{6,}|\$\{?(?:env:)?\w*(?:ver|tag|rev|ref|sha|release)", re.IGNORECASE)
_ROLLING = lazily(r"\b(?:latest|nightly|snapshot)\b|/(?:main|master|HEAD|tip|stable)/", re.IGNORECASE)
_LOCAL = lazily(r"(?:https?://)?(?:localhost|127\.\d|\[::1\]|0\.0\.0\.0|host\.docker\.internal)")


_DOWNLOAD_STRING = lazily(r"(?:iex|invoke-expression)\b[^\n]{0,300}?downloadstring\(\s*['\"]([^'\"\n]+)", re.IGNORECASE)
"""PowerShell's older way to run a script from the network, whose parentheses are no shell grammar."""


class Fetched(NamedTuple):
    """A program run from a URL: the URL as written (`subject`), its key without versions, and what it pins."""

    tool: Tool
    line: int
    subject: str
    key: str
    judged: Judged


def fetched_by_powershell(script: Script) -> Iterator[Fetched]:
    """Scripts that a text runs with `iex (...).DownloadString('URL')`."""
    for match in _DOWNLOAD_STRING.finditer(script.text):
        yield from _script(Word(match[1], script.line + script.text.count("\n", 0, match.start(1))))


def fetched(pipelines: Sequence[Pipeline]) -> Iterator[Fetched]:
    """What a whole script fetches and runs."""
    checked = any(_is_check(command) for pipeline in pipelines for command in pipeline)
    saved: dict[str, Word] = {}
    for pipeline in pipelines:
        for i, command in enumerate(pipeline):
            if _fetches(command):
                url = _url(command)
                if url and any(_runs_stdin(later) for later in pipeline[i + 1 :]):
                    yield from _script(url)
                elif url and (target := _target(command, url)):
                    saved[target] = url
            elif _is_interpreter(command) or command.name.lower() in _SOURCING:
                yield from _substituted(command)
            for target in _executed(command):
                url = saved.pop(target, None)
                if url and not checked:
                    yield from _download(url)


def _is_check(command: Command) -> bool:
    name = command.name.lower()
    return bool(_CHECKS.match(name)) or (name == "gh" and any(word.text == "attestation" for word in command.words))


def _fetches(command: Command) -> bool:
    return command.name.lower() in _FETCHERS


def _is_interpreter(command: Command) -> bool:
    return bool(_INTERPRETERS.match(command.name.lower()))


def _runs_stdin(command: Command) -> bool:
    """Whether a command at the end of a pipe runs what it reads: no script, no `-c` text, no `-m` module."""
    if not _is_interpreter(command):
        return False
    texts = [word.text for word in command.arguments]
    for i, text in enumerate(texts):
        if text in ("-", "-s", "--", "/dev/stdin") or re.fullmatch(r"-\w*s\w*", text):
            return True
        if re.fullmatch(r"-\w*[cmenpr]\w*|--?(?:eval|command)", text) and not re.fullmatch(r"-[euxo]+", text):
            return command.name.lower() in ("pwsh", "powershell") and texts[i + 1 : i + 2] == ["-"]
        if not text.startswith("-"):
            return False
    return True


def _substituted(command: Command) -> Iterator[Fetched]:
    """`bash <(curl ...)`, `sh -c "$(curl ...)"`, `eval "$(curl ...)"`, `. <(curl ...)`."""
    takes_text = command.name.lower() in _SOURCING
    for word in command.arguments:
        if takes_text or word.text.startswith("<()"):
            for pipeline in word.inner:
                if pipeline and _fetches(pipeline[0]) and (url := _url(pipeline[0])):
                    yield from _script(url)
        if not takes_text and not word.text.startswith("-"):
            return
        takes_text = takes_text or bool(re.fullmatch(r"-\w*c", word.text))


def _url(command: Command) -> Word | None:
    """The word that names what is fetched; None for addresses on this machine."""
    for wanted in (r"\w+://", r"[\w-]+(?:\.[\w-]+)+(?:/|\Z)", r"\$"):
        for i, word in enumerate(command.arguments, 1):
            if re.match(wanted, word.text) and command.words[i - 1].text not in (
                "-H",
                "-o",
                "-O" if command.name != "curl" else "",
                "--header",
                "--output",
            ):
                return None if _LOCAL.match(word.text) else word
    return None


def _target(command: Command, url: Word) -> str:
    """The name of the file that a download is saved as, without its folder; empty when it goes elsewhere."""
    words = [word.text for word in command.words]
    for flag, value in zip(words, words[1:]):
        if flag.lower() in ("--output", "-outfile", "--output-document") or (
            re.fullmatch(r"-\w*o", flag) if command.name == "curl" else re.fullmatch(r"-\w*O", flag)
        ):
            return _base(value)
    for word in words:
        if word.startswith(("--output=", "--output-document=")):
            return _base(word.partition("=")[2])
    if command.output:
        return _base(command.output)
    if command.name == "wget" or any(re.fullmatch(r"-\w*O\w*|--remote-name", word) for word in words):
        return _base(url.text.split("?")[0])
    return ""


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _executed(command: Command) -> Iterator[str]:
    """The file names that a command runs, makes executable or installs."""
    if re.search(r"[/\\]", command.words[0].text):
        yield command.name
    name = command.name.lower()
    if name in _INSTALLERS and not (
        name == "chmod" and not re.search(r"x|7|5", command.arguments[0].text if command.arguments else "")
    ):
        yield from (_base(word.text) for word in command.arguments)
    elif _is_interpreter(command):
        yield from (_base(word.text) for word in command.arguments[:3] if not word.text.startswith("-"))


def _script(url: Word) -> Iterator[Fetched]:
    if _COMMIT.search(url.text):
        judged = Judged(Fixity.IMMUTABLE)
    else:
        judged = Judged(
            Fixity.MUTABLE,
            "a script from the network is run as it is that day",
            "download it, check it against a hash kept in this repository, then run it",
        )
    yield Fetched(Tool.REMOTE_SCRIPT, url.line, url.text, without_version(url.text), judged)


def _download(url: Word) -> Iterator[Fetched]:
    if url.text.startswith("$"):
        return  # nothing is known of it
    if _COMMIT.search(url.text) or (_VERSION.search(url.text) and not _ROLLING.search(url.text)):
        judged = Judged(Fixity.EXACT)
    else:
        judged = Judged(
            Fixity.MUTABLE,
            "a program is downloaded without a version and run unchecked",
            "name an exact version and check it against a hash kept in this repository",
        )
    yield Fetched(Tool.DOWNLOAD, url.line, url.text, without_version(url.text), judged)
