"""References in the files that name a toolchain's version, and submodules.

Sources: each tool's own documentation of its version file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from sscop.artefacts import requirement
from sscop.artefacts.nodes import load, mapping, texts
from sscop.artefacts.reference import Fixity, Judged, Reference, Tool
from sscop.artefacts.versions import of_version
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

Version = tuple[int, str, str, Judged]
"""Line, tool, version as written, verdict."""

LIMIT = 1024 * 1024


def references(repo: Repository) -> Iterator[Reference | Unread]:
    """Every toolchain version that a file names, and every submodule."""
    for globs, reader, kind in _READERS:
        for path in repo.find(*globs, family=Family.TOOLS):
            found = repo.parse(path, reader, LIMIT)
            if isinstance(found, Unread):
                if not repo.gone(found):
                    yield found
                continue
            name = posixpath.basename(path).lstrip(".")
            for line, tool, version, judged in found:
                yield Reference(kind, path, line, f"{tool or name} {version}", tool or name, *judged)
    for path, commit in repo.submodules().items():
        yield Reference(
            Tool.SUBMODULE, ".gitmodules", _submodule_line(repo, path), f"{path}@{commit}", path, Fixity.IMMUTABLE
        )


def _submodule_line(repo: Repository, path: str) -> int:
    text = repo.text(".gitmodules")
    lines = [] if isinstance(text, Unread) else text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if re.match(rf"\s*path\s*=\s*{re.escape(path)}\s*$", line)), 1)


def _judge(version: str, exact: str = r"\Z\A") -> Judged:
    """A version's verdict; `exact` is what else counts as exact in this file."""
    fixity = Fixity.EXACT if re.fullmatch(exact, version) else of_version(version)
    if fixity is Fixity.MUTABLE:
        return Judged(fixity, f"`{version}` is not one exact version", "an exact version")
    return Judged(fixity)


def one_version(text: str) -> list[Version]:
    """A file of one version a line (`.nvmrc`, `.python-version`); comments and empty lines aside."""
    return [
        (number, "", version, _judge(re.sub(r"^[a-z]+-", "", version)))
        for number, line in enumerate(text.split("\n"), 1)
        if (version := line.split("#")[0].strip()) and not version.startswith("system")
    ]


def tool_versions(text: str) -> list[Version]:
    """Asdf's `.tool-versions`: a tool and its versions on each line."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split("#")[0].split()
        found += [
            (number, words[0], version, _judge(re.sub(r"^[a-z]+-", "", version)))
            for version in words[1:2]
            if version != "system"
        ]
    return found


def mise(text: str) -> list[Version]:
    """The `[tools]` of a mise.toml: `name = "version"` or `name = { version = "..." }`."""
    found, inside = [], False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            inside = line.strip() == "[tools]"
        match = re.match(
            r"""\s*(?:"([^"]+)"|([\w:./@-]+))\s*=\s*(?:\{.*?version\s*=\s*|\[\s*)?["']([^"']+)["']""", line
        )
        if inside and match:
            found.append((number, match[1] or match[2], match[3], _judge(match[3])))
    return found


def rust_toolchain(text: str) -> list[Version]:
    """rust-toolchain(.toml): its channel; `1.80` names a release as far as Rust makes them."""
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r"""\s*channel\s*=\s*["']([^"']+)["']""", line)
        bare = line.strip() if not match and re.fullmatch(r"\s*[\w.-]+\s*", line) else ""
        channel = match[1] if match else bare
        if channel:
            return [
                (number, "rust", channel, _judge(channel, r"\d+\.\d+(?:\.\d+)?(?:-\S+)?|nightly-\d{4}-\d\d-\d\d\S*"))
            ]
    return []


def global_json(text: str) -> list[Version]:
    """.NET's global.json: an SDK version is exact only where rolling forward is disabled (the default takes later patches)."""
    version, roll = (re.search(rf'"{key}"\s*:\s*"([^"]*)"', text) for key in ("version", "rollForward"))
    if not version or (text[: version.start()].rstrip() + "x").count("msbuild-sdks"):
        return []
    judged = _judge(version[1])
    if not (roll and roll[1].lower() == "disable") and judged.fixity is Fixity.EXACT:
        judged = Judged(
            Fixity.MUTABLE,
            f"rolls forward ({roll[1] if roll else 'latestPatch by default'})",
            '`"rollForward": "disable"`',
        )
    return [(text.count("\n", 0, version.start()) + 1, "dotnet-sdk", version[1], judged)]


def wrapper(text: str) -> list[Version]:
    """gradle-wrapper.properties and maven-wrapper.properties: immutable with the distribution's SHA-256 sum."""
    url = re.search(r"^[ \t]*distributionUrl\s*[=:]\s*(\S+)", text, re.MULTILINE)
    if not url:
        return []
    held = re.search(r"^[ \t]*distributionSha256Sum\s*[=:]\s*[0-9a-fA-F]{64}", text, re.MULTILINE)
    judged = Judged(Fixity.IMMUTABLE) if held else _judge_url(url[1])
    line = text.count("\n", 0, url.start(1)) + 1
    return [(line, "", url[1].replace("\\:", ":"), judged)]


def _judge_url(url: str) -> Judged:
    named = re.search(r"\d+\.\d+", url) and not re.search(r"snapshot|latest|\+", url, re.IGNORECASE)
    if named:
        return Judged(Fixity.EXACT)
    return Judged(Fixity.MUTABLE, "a distribution that changes", "an exact version and distributionSha256Sum")


def package_manager(text: str) -> list[Version]:
    """package.json's `packageManager`: exact by rule, immutable with a hash."""
    if '"packageManager"' not in text:
        return []
    import json

    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise Malformed(f"is not valid JSON: {error}", getattr(error, "lineno", None)) from None
    value = manifest.get("packageManager") if isinstance(manifest, dict) else None
    match = re.search(r'^.*"packageManager"\s*:', text, re.MULTILINE)
    if not isinstance(value, str) or not match:
        return []
    name, _, version = value.partition("@")
    judged = Judged(Fixity.IMMUTABLE) if re.search(r"\+sha\d+\.", version) else _judge(version.split("+")[0])
    return [(text.count("\n", 0, match.end()) + 1, name, version, judged)]


def build_requires(text: str) -> list[Version]:
    """pyproject.toml's `build-system.requires` (PEP 518): the build backend runs at every build from source."""
    section = re.search(r"^\[build-system\]\s*$(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    opening = section and re.search(r"^[ \t]*requires[ \t]*=\s*\[", section[1], re.MULTILINE)
    closing = section and opening and re.compile(r"\][ \t]*(?:#|$)", re.MULTILINE).search(section[1], opening.end())
    if not section or not opening or not closing:
        return []
    start = section.start(1) + opening.end()
    found = []
    for match in re.finditer(r"""#[^\n]*|"([^"\n]+)"|'([^'\n]+)'""", section[1][opening.end() : closing.start()]):
        wanted = match[1] or match[2]
        judged = requirement.python(wanted) if wanted else None
        if judged:
            found.append((text.count("\n", 0, start + match.start()) + 1, "build-system", wanted, judged))
    return found


def readthedocs(text: str) -> list[Version]:
    """.readthedocs.yaml's `build.tools`."""
    tools = mapping(mapping(mapping(load(text)).get("build")).get("tools"))
    return [(version.line, name, version, _judge(version)) for name, node in tools.pairs() for version in texts(node)]


_READERS: list[tuple[tuple[str, ...], Callable[[str], list[Version]], Tool]] = [
    (("**/.{nvmrc,node-version,python-version,ruby-version,java-version,go-version,terraform-version,bazelversion,swift-version,opentofu-version}",), one_version, Tool.TOOLCHAIN),
    (("**/.tool-versions",), tool_versions, Tool.TOOLCHAIN),
    (("**/mise.toml", "**/.mise.toml", "**/.config/mise.toml"), mise, Tool.TOOLCHAIN),
    (("**/rust-toolchain", "**/rust-toolchain.toml"), rust_toolchain, Tool.TOOLCHAIN),
    (("**/global.json",), global_json, Tool.TOOLCHAIN),
    (("**/gradle-wrapper.properties", "**/maven-wrapper.properties"), wrapper, Tool.TOOLCHAIN),
    (("**/package.json",), package_manager, Tool.TOOLCHAIN),
    (("**/pyproject.toml",), build_requires, Tool.TOOLCHAIN),
    ((".readthedocs.{yaml,yml}",), readthedocs, Tool.TOOLCHAIN),
]  # fmt: skip
