"""Package managers whose manifest is a program, read as text: Bundler, Mix, Swift.

Sources: Bundler's Gemfile, Mix's deps, Swift's PackageDescription.
"""

from __future__ import annotations

import re
from collections import Counter

from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import GIT, PATH, REGISTRY, URL, Dependency, Ecosystem, Manifest
from sscop.lazy import lazily

_GEM = lazily(r"^([ \t]*)gem[ \t(]+([\"'])([\w.-]+)\2([^\n#]*)", re.MULTILINE)
_SPECS = lazily(r"[ \t]*,[ \t]*([\"'])([^\"']*)\1(?![ \t]*=>)")
_SPEC_GEM = lazily(
    r"\.add_(runtime_|development_)?dependency[ \t(]+[\"']([\w.-]+)[\"']((?:[ \t]*,[ \t]*[\"'][^\"']*[\"'])*)"
)
_CONDITION = lazily(r"^[ \t]*(?:if|unless|case|eval_gemfile|eval|instance_eval)\b|\bENV\b", re.MULTILINE)
_DEP = lazily(r"\{[ \t\n]*:(\w+)[ \t\n]*,[ \t\n]*(?:\"([^\"]*)\"[ \t]*,?)?([^{}]{0,400})\}")
_DEPS = lazily(r"^  defp?[ \t]+deps\b", re.MULTILINE)
_SWIFT = lazily(r"\.package\s*\(\s*(?:name:\s*\"[^\"]*\"\s*,\s*)?(url|path|id):\s*\"([^\"]+)\"\s*,?([^()]{0,200})")


def gather(found: Gathering) -> None:
    """The manifests and locks of Bundler, Mix and Swift."""
    found.lock(Ecosystem.BUNDLER, "bundler", "**/Gemfile.lock", "**/gems.locked")
    specs = {path.rpartition("/")[0] for path in found.find("**/*.gemspec")}
    gemfiles = set()
    for path in found.product(Ecosystem.BUNDLER, "bundler", "**/Gemfile", "**/gems.rb"):
        manifest = found.read(path, gemfile)
        if manifest:
            gemfiles.add(manifest.folder)
            if manifest.folder in specs:
                manifest = manifest._replace(is_library=True, library_because="a gemspec beside it")
            found.manifests.append(manifest)
    for path in found.product(Ecosystem.BUNDLER, "bundler", "**/*.gemspec"):
        manifest = found.read(path, gemspec) if path.rpartition("/")[0] not in gemfiles else None
        if manifest:
            found.manifests.append(manifest)
    found.lock(Ecosystem.MIX, "mix", "**/mix.lock")
    found.add(Ecosystem.MIX, "mix", mix, "**/mix.exs")
    found.lock(Ecosystem.SWIFT, "swift", "**/Package.resolved")
    found.add(Ecosystem.SWIFT, "swift", swift, "**/Package.swift")


def gemfile(text: str) -> Manifest:
    """A Gemfile. It is `partial` where what it names depends on the environment, or on a gemspec (the trait)."""
    found = []
    for match in _GEM.finditer(text):
        rest = match[4]
        specs = _leading(rest)
        source = (
            PATH
            if re.search(r"\bpath:|:path\b", rest)
            else GIT
            if re.search(r"\bgit(?:hub)?:|:git(?:hub)?\b", rest)
            else REGISTRY
        )
        line = text.count("\n", 0, match.start(3)) + 1
        found.append(Dependency(match[3], ", ".join(specs), line, "runtime", source))
    unsure = {
        match[3] for match in _GEM.finditer(text) if re.search(r"\b(?:if|unless)\b|[\w\])]\s*\?|#\{|\bENV\b", match[4])
    }
    is_gem = bool(re.search(r"^[ \t]*gemspec\b", text, re.MULTILINE))
    names = Counter(one.name for one in found)
    return Manifest(
        Ecosystem.BUNDLER,
        "",
        "bundler",
        dependencies=tuple(found),
        is_library=True if is_gem else None,
        library_because="`gemspec` in its Gemfile" if is_gem else "",
        line=found[0].line if found else 1,
        unsure=frozenset(unsure | {name for name in names if names[name] > 1}),
        partial=bool(_CONDITION.search(text)),
        traits=frozenset({"gemspec"} if is_gem else ()),
    )


def _leading(rest: str) -> list[str]:
    """The strings that follow a gem's name directly: its requirements, not those of an option such as `require:`."""
    found, at = [], 0
    while match := _SPECS.match(rest, at):
        found.append(match[2])
        at = match.end()
    return found


def gemspec(text: str) -> Manifest:
    """A gemspec that has no Gemfile beside it."""
    found = tuple(
        Dependency(
            match[2],
            ", ".join(one[2] for one in _SPECS.finditer(match[3])),
            text.count("\n", 0, match.start()) + 1,
            "dev" if match[1] == "development_" else "runtime",
        )
        for match in _SPEC_GEM.finditer(text)
    )
    because = "a gemspec"
    return Manifest(Ecosystem.BUNDLER, "", "bundler", "", found, None, (), True, because, None, _first(found))


def mix(text: str) -> Manifest:
    """A mix.exs. The trait `umbrella` says that its lock is its umbrella's."""
    code = re.sub(r"(?m)^[ \t]*#.*$", "", text)
    found = []
    function = _DEPS.search(code)
    end = code.find("\n  end", function.end()) if function else 0
    for match in _DEP.finditer(code, function.end(), end if end > 0 else len(code)) if function else ():
        name, spec, rest = match[1], match[2] or "", match[3]
        if not spec and not re.search(r"\b(?:path|git|github|in_umbrella|hex):", rest):
            continue  # another tuple that begins with an atom
        source = (
            PATH
            if re.search(r"\b(?:path|in_umbrella):", rest)
            else GIT
            if re.search(r"\bgit(?:hub)?:", rest)
            else REGISTRY
        )
        found.append(Dependency(name, spec, code.count("\n", 0, match.start(1)) + 1, "runtime", source))
    package = bool(re.search(r"\bpackage:|\bdefp?\s+package\b", code))
    traits = {"umbrella"} if re.search(r"\blockfile:\s*\"\.\./", code) else set()
    members = ("apps/*",) if "apps_path" in code else None
    because = "it is packaged for Hex" if package else ""
    return Manifest(
        Ecosystem.MIX, "", "mix", "", tuple(found), members, (), package or None, because, None, _first(found),
        traits=frozenset(traits),
    )  # fmt: skip


def swift(text: str) -> Manifest:
    """A Package.swift: the packages by URL; a library where it makes library products and no executable."""
    code = re.sub(r"(?m)^[ \t]*//.*$", "", text)
    found = []
    for match in _SWIFT.finditer(code):
        name = re.sub(r"\.git\Z", "", match[2].rstrip("/").rpartition("/")[2])
        source = {"url": URL, "path": PATH, "id": REGISTRY}[match[1]]
        spec = " ".join(match[3].split()).strip(", )")
        found.append(Dependency(name, spec, code.count("\n", 0, match.start()) + 1, "runtime", source))
    makes = bool(re.search(r"\.(?:library|plugin)\s*\(", code))
    runs = bool(re.search(r"products:.{0,2000}?\.executable\s*\(|\.executableTarget\s*\(", code, re.DOTALL))
    library = True if makes else False if runs else None
    because = "its products are libraries" if makes else "it builds a program" if runs else ""
    return Manifest(
        Ecosystem.SWIFT, "", "swift", "", tuple(found), None, (), library, because, None, _first(found),
        partial=bool(re.search(r"\bdependencies\s*\+=|dependencies\.append", code)),
    )  # fmt: skip


def _first(found: tuple[Dependency, ...] | list[Dependency]) -> int:
    return found[0].line if found else 1
