"""Where third-party code lies in a repository: folders that say so by name, and what is one component in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sscop.artefacts.updates.model import parent
from sscop.lazy import NamedTuple, lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

MOST = 300
"""The components that are told apart in a repository."""

_SURE = "third[_-]?party|3rd[_-]?party|vendored|_vendor|bower_components|node_modules|pods"
_UNSURE = "vendor|externals?|extern|deps|dependenc(?:y|ies)|oss|extlibs?"
_ROOT = lazily(rf"(?:^|/)(?:({_SURE})|({_UNSURE}))/", re.IGNORECASE)
_GLOBS = (
    *("**/third{-,_,.,}party/**", "**/3rd{-,_,.,}party/**", "**/vendored/**", "**/_vendor/**"),
    *("**/bower_components/**", "**/node_modules/**", "**/Pods/**", "**/extern/**", "**/external*/**", "**/extlib*/**"),
    *("**/deps/**", "**/dependenc*/**", "oss/**"),
)
_OTHER_OWNER = lazily(
    r"(?:^|/)(?:resources/views|lang|locales?|views|templates|controllers|models|routes|pages)/", re.IGNORECASE
)
"""Places where `vendor` is a word of the product, or holds what it made its own (Laravel's published views)."""
_TEST = lazily(
    r"(?:^|/)(?:__tests__|e2e|playgrounds?|mocks?|testing|tests?[_-]\w+|(?:\w+[_-])?(?:(?:unit)?tests?|specs?|testdata|fixtures?))/",
    re.IGNORECASE,
)
_CODE = lazily(
    r"c|h|cc|cpp|cxx|hpp|hh|hxx|inl|inc|mm?|cs|fs|vb|[mc]?js|ts|[jt]sx|s?css|less|pyx?|rb|php|go|rs|java|kt|swift|p[lm]|lua"
    r"|exs?|erl|hrl|hs|ml|scala|dart|asm|s|f|f90|jl|r|sol|vim|el|proto|sh|ps1|clj|groovy|zig|d|pas"
)
BINARY = (
    *("jar", "war", "ear", "dll", "exe", "so", "dylib", "a", "lib", "o", "obj", "wasm", "whl", "egg", "nupkg", "pyd"),
    *("node", "gem", "aar", "class", "pdb", "msi"),
)
_LICENCE = lazily(
    r"(?:.*/)?(?:[\w.-]*[-_.])?(?:licen[cs]es?|copying|copyright|unlicen[cs]e|notice|mit-licen[cs]e)(?:[-_.][\w.-]*)?",
    re.IGNORECASE,
)
_GROUPS = lazily(
    r"assets|javascripts?|stylesheets|js|css|img|libs?|src|plugins|packages|npm|gems?|cache|python[23]?|rust|java|cpp|c|go"
    r"|golang|ruby|php|node|dist|html|static|scripts|styles|modules|github|code|android|ios|@.*",
    re.IGNORECASE,
)
"""Folders that only sort components by kind."""
_HOST = lazily(r"[\w-]+\.(?:com|org|io|net|dev|in)")
_INNER = {
    "src",
    "include",
    "includes",
    "inc",
    "source",
    "sources",
    "lib",
    "test",
    "tests",
    "doc",
    "docs",
    "bin",
    "cmake",
}
_GLUE = {"__init__.py", "mod.rs", "lib.rs", "index.js", "index.ts", "index.mjs", "build.rs", "setup.py", "conanfile.py"}
_TAIL = lazily(
    r"(?:[.-](?:min|slim|bundle|umd|esm|global|prod|production|pkgd|all))*(?:\.[a-z0-9]{1,8}){1,2}$", re.IGNORECASE
)
_SCAFFOLD = {"make", "makefiles", "dockerfiles", "docker", "cmake", "bazel", "patches", "scripts", "tools", "build"}
"""Folders beside the components, of what fetches and builds them."""
_BY_TYPE = lazily(r"css|js|javascripts?|stylesheets|styles?|scripts?", re.IGNORECASE)
_VERSIONED = lazily(r"[-_.]v?\d[\w.+]*$")
_FILLED_BY = (
    *("modules.txt", "composer/installed.json", ".package-lock.json", "vendor.txt", "vendored.txt", "Manifest.lock"),
    "vendir.lock.yml",
)


class Component(NamedTuple):
    """One piece of somebody else's code: a folder, or files of one stem in a folder.

    `root` is the folder of vendored code that it stands in, "" where it stands among the product's own files; `files`
    are its files. `sure` is whether the place alone says that it is somebody else's.
    """

    name: str
    path: str
    root: str
    files: tuple[str, ...]
    sure: bool = True

    @property
    def place(self) -> str:
        """The file to point at: what describes it, else its licence, else its first source."""
        told = [path for path in self.files if path.rpartition("/")[2].lower().startswith(("readme", "metadata"))]
        ranked = [*told, *filter(is_licence, self.files), *filter(is_code, self.files), *self.files]
        return min(ranked[: len(told) or 1], key=lambda path: path.count("/"))

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of its own."""
        return self.path != self.files[0]


class Managed(NamedTuple):
    """A folder of third-party code that a package manager fills, and the file by which it does."""

    path: str
    by: str


def folders(repo: Repository) -> Iterator[Component | Managed]:
    """What is in folders that are named as places of third-party code."""
    roots: dict[str, list[str]] = {}
    sure: dict[str, bool] = {}
    filled = repo.has("vendor/modules.txt")  # Go's own folder, of thousands of files
    if filled:
        yield Managed("vendor", "vendor/modules.txt")
    for path in repo.find(*_GLOBS, "*/**/vendor/**" if filled else "**/vendor/**"):
        match = _ROOT.search(path)
        if match is None or (filled and path.startswith("vendor/")) or is_elsewhere(path, match.end()):
            continue
        root = path[: match.end() - 1]
        roots.setdefault(root, []).append(path)
        sure[root] = bool(match[1]) or root.lower() == "vendor"
    for root, paths in roots.items():
        by = _managed(repo, root, paths)
        if by:
            yield Managed(root, by)
        else:
            yield from _units(root, root, paths, sure[root], 0)


def is_elsewhere(path: str, upto: int) -> bool:
    """Whether what is before a root folder, or in it, makes it a fixture, or `vendor` a word of the product."""
    before = path[:upto]
    lead = parent(before.rstrip("/")) + "/"
    return bool(_OTHER_OWNER.search(before)) or is_test(lead) or "/fixtures/" in path


def is_test(folder: str) -> bool:
    """Whether a folder (with its slash) is of tests, or of what they read."""
    return bool(_TEST.search(folder)) or not_counted(folder, Family.TOOLS) not in ("", "vendored code")


def is_code(path: str) -> bool:
    """Whether a path is source text by its extension."""
    return bool(_CODE.fullmatch(path.rpartition(".")[2].lower()))


def is_licence(path: str) -> bool:
    """Whether a file is a licence by its name."""
    return bool(_LICENCE.fullmatch(path)) and not is_code(path)


def by_stem(paths: Iterable[str], root: str, sure: bool = True) -> Iterator[Component]:
    """Files of one folder as components: those with the same name but for version and extensions are one."""
    stems: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        folder = parent(path)
        if _BY_TYPE.fullmatch(folder.rpartition("/")[2]):  # static/css/x.min.css and static/js/x.min.js
            folder = parent(folder)
        stems.setdefault((folder, stem(path).lower()), []).append(path)
    for files in stems.values():
        yield Component(stem(files[0]), files[0], root, tuple(files), sure)


def stem(path: str) -> str:
    """A file's name without version, `.min` and the like, and extension."""
    name = _TAIL.sub("", path.rpartition("/")[2])
    return _VERSIONED.sub("", name) or name


def _managed(repo: Repository, root: str, paths: Iterable[str]) -> str:
    """The file by which a package manager looks after a whole folder; "" where none does."""
    home = parent(root)
    base = f"{home}/" if home else ""
    candidates = [f"{root}/{name}" for name in _FILLED_BY]
    kind = root.rpartition("/")[2].lower()
    if kind == "node_modules":
        candidates += [base + name for name in ("package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock")]
    if kind == "vendor":
        candidates += [base + name for name in ("composer.lock", "jsonnetfile.lock.json", "vendir.lock.yml")]
        if any(path.endswith("/.cargo-checksum.json") for path in paths):
            candidates.append(base + "Cargo.lock")
        if any(path.startswith((f"{root}/cache/", f"{root}/bundle/")) for path in paths):
            candidates.append(base + "Gemfile.lock")
    return next((one for one in candidates if repo.has(one)), "")


def _units(root: str, folder: str, paths: list[str], sure: bool, depth: int) -> Iterator[Component]:
    start = len(folder) + 1
    direct = [path for path in paths if "/" not in path[start:]]
    below: dict[str, list[str]] = {}
    for path in paths:
        name, slash, _ = path[start:].partition("/")
        if slash:
            below.setdefault(name, []).append(path)
    code = [path for path in direct if is_code(path) and path.rpartition("/")[2] not in _GLUE]
    if code and any(map(is_licence, direct)) and not below:
        yield Component(stem(code[0]), folder, root, tuple(direct), sure)
    else:
        yield from by_stem(code, root, sure)
    for name, inside in below.items():
        if depth < 4 and _sorts(name, inside, f"{folder}/{name}", depth):
            yield from _units(root, f"{folder}/{name}", inside, sure, depth + 1)
        elif name.lower() not in _SCAFFOLD and any(is_code(path) or path.endswith(BINARY) for path in inside):
            yield Component(name, f"{folder}/{name}", root, tuple(inside), sure)


def _sorts(name: str, inside: list[str], folder: str, depth: int) -> bool:
    """Whether a folder only holds other components: by its name, or because it has no files but several folders."""
    start = len(folder) + 1
    if any(map(is_licence, (path for path in inside if "/" not in path[start:]))):
        return False
    if _GROUPS.fullmatch(name) or (depth == 0 and _HOST.fullmatch(name)):
        return True
    subs = {path[start:].partition("/")[0].lower() for path in inside if "/" in path[start:]}
    return all("/" in path[start:] for path in inside) and len(subs) > 1 and not subs & _INNER
