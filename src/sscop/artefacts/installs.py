"""Package manager commands as references: what is installed, and how firmly its version is named.

Sources: the command-line references of pip, pipx, uv, npm, pnpm, yarn, bun, go, cargo, gem, dotnet, composer,
conda and the operating systems' package managers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sscop.artefacts import requirement
from sscop.artefacts.reference import Fixity, Judged, Tool
from sscop.artefacts.shell import Command, Word
from sscop.lazy import NamedTuple, lazily

_PYTHON = lazily(r"python[\d.]*|py")
_PIP = lazily(r"pip[\d.]*")


class Install(NamedTuple):
    """One thing that a command installs or runs from a registry.

    `requirements` marks a file of requirements (`-r FILE`) that somebody must read; `local` a name that may
    be a program of the project's own dependencies (`npx tsc`).
    """

    tool: Tool
    line: int
    subject: str
    key: str
    judged: Judged
    requirements: str = ""
    local: str = ""


class _Manager(NamedTuple):
    """How one family of commands is written.

    `programs` are the names that it goes by; `verbs` the words before the packages, any of them; `valued` the
    flags that take the next word.
    """

    name: str
    programs: str
    verbs: str
    valued: str
    judge: Callable[[str], Judged | None]
    separator: str
    tool: Tool = Tool.PACKAGE


def installs(command: Command) -> Iterator[Install]:
    """What one command installs."""
    words = command.words
    name = command.name.lower()
    if _PYTHON.fullmatch(name) and len(words) > 3 and words[1].text == "-m":
        words, name = words[2:], words[2].text
    elif name == "uv" and len(words) > 2 and words[1].text == "pip":
        words, name = words[1:], "pip"
    elif _PIP.fullmatch(name):
        name = "pip"
    called = " ".join([name, *(word.text for word in words[1:6])])
    for manager in _BY_PROGRAM.get(name, ()):
        match = re.match(rf"(?:{manager.verbs})(?=\s|\Z)", called)
        if match and not re.search(r"--(?:help|version|dry-run)\b", called[: match.end()]):
            rest = words[len(match[0].split()) :]
            yield from _OWN[manager.name](manager, rest) if manager.name in _OWN else _packages(manager, rest)
            return


def _operands(words: Sequence[Word], valued: str) -> tuple[list[Word], list[tuple[str, Word]]]:
    """The words that are not flags, and the flags that carry a value with it (`-r FILE`, `--version=1`)."""
    operands: list[Word] = []
    flags: list[tuple[str, Word]] = []
    i = 0
    takes = re.compile(rf"(?:{valued})\Z") if valued else None
    while i < len(words):
        text = words[i].text
        if text == "--":
            operands += words[i + 1 :]
            break
        if text.startswith("-") and len(text) > 1:
            head, equals, value = text.partition("=")
            if equals:
                flags.append((head, words[i]._replace(text=value)))
            elif takes and takes.match(text) and i + 1 < len(words):
                flags.append((text, words[i + 1]))
                i += 1
            else:
                flags.append((text, words[i]))
        else:
            operands.append(words[i])
        i += 1
    return operands, flags


def _install(manager: _Manager, word: Word, judged: Judged | None, local: str = "") -> Iterator[Install]:
    text = word.text
    if judged is not None and judged.fixity is not Fixity.UNKNOWN and text:
        bare = re.split(manager.separator, text[1:], maxsplit=1)[0]
        key = f"{manager.name}:{(text[0] + bare).strip().lower()}"
        yield Install(manager.tool, word.line, f"{manager.name} {text}", key, judged, local=local)


def _packages(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    operands, _ = _operands(words, manager.valued)
    for word in operands:
        yield from _install(manager, word, manager.judge(word.text))


_PIP_VALUED = (
    "-[rceitfC]|--(?:requirement|constraint|editable|index-url|extra-index-url|find-links|target|prefix|root|"
    "no-binary|only-binary|platform|python-version|implementation|abi|python|cache-dir|proxy|timeout|retries|"
    "trusted-host|progress-bar|upgrade-strategy|src|log|cert|report|config-settings?|group|index|override|build-constraint)"
)
_UV_VALUED = _PIP_VALUED + "|-p|--(?:from|with|with-editable|with-requirements|python|index|directory|project|env-file)"
_NPM_VALUED = (
    "-[pCwc]|--(?:package|prefix|registry|workspace|omit|include|loglevel|tag|cwd|dir|filter|call|userconfig|cache|"
    "legacy-peer-deps-mode)"
)
_CARGO_VALUED = (
    "-[FjZ]|--(?:version|vers|git|branch|tag|rev|path|root|features|index|registry|target|bin|bins|example|profile|jobs|"
    "target-dir|config|manifest-path|install-path|strategies)"
)
_APT_VALUED = (
    "-[otac]|--(?:option|target-release|config-file|root|repository|virtual|arch|keys-dir|repositories-file)|-X"
)

_MANAGERS = [
    _Manager("pip", "pip", r"pip (?:-\S+ )*(?:install|download|wheel)", _PIP_VALUED, requirement.python, r"[\[=<>!~@; ]"),
    _Manager("pipx", "pipx", r"pipx run", _UV_VALUED + "|--spec|--pip-args", requirement.python, r"[\[=<>!~@; ]"),
    _Manager("pipx", "pipx", r"pipx (?:install|upgrade|inject \S+)", _UV_VALUED + "|--spec|--pip-args", requirement.python, r"[\[=<>!~@; ]"),
    _Manager("uvx", "uv", r"uv tool install", _UV_VALUED, requirement.python, r"[\[=<>!~@; ]"),
    _Manager("uvx", "uvx uv", r"uvx|uv tool run", _UV_VALUED, requirement.python, r"[\[=<>!~@; ]"),
    _Manager("npx", "npx npm bunx bun pnpm pnpx yarn", r"npx|npm (?:exec|x)|bunx|bun x|pnpm dlx|pnpx|yarn dlx", _NPM_VALUED, requirement.npm, "@"),
    _Manager("npm", "npm pnpm bun yarn", r"(?:npm|pnpm|bun)(?: -\S+)* (?:install|i|add)|yarn (?:global )?add", _NPM_VALUED, requirement.npm, "@"),
    _Manager("nix", "nix", r"nix (?:profile (?:add|install)|run|shell|develop|build)", "-[fEc]|--(?:file|expr|command|override-input)", requirement.flake, "#"),
    _Manager("rustup", "rustup", r"rustup (?:toolchain install|install|default|update)", "-[cpt]|--(?:component|profile|target)", requirement.toolchain, "@", Tool.TOOLCHAIN),
    _Manager("gh extension", "gh", r"gh extension install", "--pin", requirement.extension, "@"),
    _Manager("corepack", "corepack", r"corepack (?:prepare|use|install)", "", requirement.npm, "@"),
    _Manager("go", "go", r"go (?:install|run|get)", "-(?:C|ldflags|tags|mod|modfile|o|p|gcflags|exec)", requirement.go, "@"),
    _Manager("cargo", "cargo", r"cargo (?:\+\S+ )?(?:install|binstall)", _CARGO_VALUED, requirement.at, "@"),
    _Manager("gem", "gem", r"gem install", "-[viPsn]|--(?:version|install-dir|bindir|source|platform|trust-policy)", requirement.colon, ":"),
    _Manager("dotnet tool", "dotnet", r"dotnet tool (?:install|update)", "--(?:version|tool-path|add-source|configfile|framework|verbosity)|-v", requirement.at, "@"),
    _Manager("composer", "composer", r"composer (?:global )?require", "--(?:working-dir)|-d", requirement.colon, ":"),
    _Manager("conda", "conda mamba micromamba", r"(?:conda|mamba|micromamba) (?:install|create)", "-[cnpf]|--(?:channel|name|prefix|file|solver)", requirement.conda, "="),
    _Manager("apt", "apt apt-get aptitude", r"(?:apt|apt-get|aptitude)(?: -\S+(?: \w+::\S+)?)* install", _APT_VALUED, requirement.system, "=", Tool.OS_PACKAGE),
    _Manager("apk", "apk", r"apk(?: -\S+)* add", _APT_VALUED, requirement.system, "[=~<>@]", Tool.OS_PACKAGE),
    _Manager("dnf", "yum dnf microdnf tdnf zypper", r"(?:yum|dnf|microdnf|tdnf|zypper)(?: -\S+)* (?:install|in|groupinstall)", "-[cxd]|--(?:repo|enablerepo|disablerepo|releasever|installroot|setopt|exclude|disableplugin)", requirement.system, "-", Tool.OS_PACKAGE),
    _Manager("pacman", "pacman", r"pacman(?: -\S+)* -S\w*", "", requirement.system, "=", Tool.OS_PACKAGE),
    _Manager("flatpak", "flatpak", r"flatpak(?: -\S+)* install", "", requirement.system, "=", Tool.OS_PACKAGE),
    _Manager("brew", "brew", r"brew install", "", requirement.system, "@", Tool.OS_PACKAGE),
    _Manager("choco", "choco snap winget scoop", r"(?:choco|snap|winget|scoop)(?: -\S+)* install", "--(?:version|channel|source|id)", requirement.system, "=", Tool.OS_PACKAGE),
]  # fmt: skip

_BY_PROGRAM: dict[str, list[_Manager]] = {}
for _manager in _MANAGERS:
    for _program in _manager.programs.split():
        _BY_PROGRAM.setdefault(_program, []).append(_manager)


def _python(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    operands, flags = _operands(words, manager.valued)
    given = {flag for flag, _ in flags}
    if given & {"--require-hashes", "--no-index"}:
        return
    for flag, word in flags:
        if flag in ("-r", "--requirement") and not requirement.is_local(
            word.text[:1].replace(".", "").replace("/", "")[:1] or "x"
        ):
            yield Install(
                manager.tool, word.line, f"pip -r {word.text}", f"pip:-r {word.text}", Judged(Fixity.UNKNOWN), word.text
            )
        elif flag in ("--from", "--with", "--spec"):
            yield from (
                one
                for part in word.text.split(",")
                for one in _install(manager, word._replace(text=part), requirement.python(part))
            )
        elif flag in ("-e", "--editable") and "://" in word.text:
            yield from _install(manager, word, requirement.python(word.text))
    if given & {"-c", "--constraint", "--build-constraint"} or given & {"--from", "--spec"}:
        return
    for word in operands[:1] if manager.verbs.endswith("run") else operands:
        yield from _install(manager, word, requirement.python(word.text))


def _npx(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    operands, flags = _operands(words, manager.valued)
    if any(flag in ("--no", "--no-install") for flag, _ in flags):
        return
    named = [word for flag, word in flags if flag in ("-p", "--package")]
    for word in named or operands[:1]:
        yield from _install(manager, word, requirement.npm(word.text), local="" if "@" in word.text[1:] else word.text)


def _cargo(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    operands, pairs = _operands(words, manager.valued)
    flags = dict(pairs)
    if "--path" in flags:
        return
    version = flags.get("--version") or flags.get("--vers") or flags.get("-v")
    if "--git" in flags:
        rev = flags.get("--rev")
        judged = (
            Judged(Fixity.IMMUTABLE) if rev else Judged(Fixity.MUTABLE, "a branch or tag", "`--rev <40-hex commit>`")
        )
        yield from _install(manager, flags["--git"], judged)
        return
    for word in operands:
        with_version = word if not version else word._replace(text=f"{word.text}@{version.text}")
        yield from _install(manager, with_version, requirement.at(with_version.text))


def _gem(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    operands, pairs = _operands(words, manager.valued)
    flags = dict(pairs)
    version = flags.get("-v") or flags.get("--version")
    for word in operands:
        with_version = word if not version else word._replace(text=f"{word.text}:{version.text}")
        yield from _install(manager, with_version, requirement.colon(with_version.text))


def _os_packages(manager: _Manager, words: Sequence[Word]) -> Iterator[Install]:
    """One install for the whole command: a list of thirty Debian packages is one decision, not thirty."""
    operands, pairs = _operands(words, manager.valued)
    if "--version" in dict(pairs):
        return
    loose = [word for word in operands if (judged := manager.judge(word.text)) and judged.fixity is Fixity.MUTABLE]
    if loose:
        names = " ".join(word.text for word in loose[:4]) + (f" and {len(loose) - 4} more" if len(loose) > 4 else "")
        judged = manager.judge(loose[0].text)
        assert judged
        yield Install(manager.tool, words[0].line, f"{manager.name} install {names}", f"{manager.name}:install", judged)


_OWN: dict[str, Callable[[_Manager, Sequence[Word]], Iterator[Install]]] = {
    "pip": _python, "pipx": _python, "uvx": _python, "npx": _npx, "cargo": _cargo, "gem": _gem, "dotnet tool": _cargo,
    "apt": _os_packages, "apk": _os_packages, "dnf": _os_packages, "pacman": _os_packages, "brew": _os_packages,
    "choco": _os_packages, "flatpak": _os_packages,
}  # fmt: skip
