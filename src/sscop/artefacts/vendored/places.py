"""Where third-party code lies in a repository: folders that say so by name, and what is one component in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sscop.artefacts.updates.model import parent
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_SURE = "third[_-]?party|3rd[_-]?party|vendored|_vendor|bower_components|node_modules|pods"
_UNSURE = "vendor|externals?|extern|deps|dependenc(?:y|ies)|oss|extlibs?|submodules"
_ROOT = lazily(rf"(?:^|/)(?:({_SURE})|({_UNSURE}))/", re.IGNORECASE)
GLOBS = (
    "**/third_party/**",
    "**/third-party/**",
    "**/thirdparty/**",
    "**/3rdparty/**",
    "**/3rd_party/**",
    "**/3rd-party/**",
    "**/vendored/**",
    "**/_vendor/**",
    "**/bower_components/**",
    "**/node_modules/**",
    "**/Pods/**",
    "**/external/**",
    "**/externals/**",
    "**/extern/**",
    "**/deps/**",
    "**/dependency/**",
    "**/dependencies/**",
    "oss/**",
    "**/extlib/**",
    "**/extlibs/**",
)
_OTHER_OWNER = lazily(r"(?:^|/)(?:resources/views|lang|locales?|views|templates|controllers|models|routes|pages)/", 2)
"""Places where `vendor` is a word of the product, or holds what it made its own (Laravel's published views)."""

CODE = frozenset(
    "c h cc cpp cxx hpp hh hxx inl inc m mm cs fs vb js mjs cjs ts jsx tsx css scss less py pyx rb php go rs java kt"
    " swift pl pm lua ex exs erl hrl hs ml scala dart asm s f f90 jl r sol vim el proto sh ps1 clj groovy zig d pas".split()
)
BINARY = frozenset("jar war ear dll exe so dylib a lib o obj wasm whl egg nupkg pyd node gem aar class pdb msi".split())

_GROUPS = frozenset(
    "assets javascripts javascript stylesheets js css img lib libs src plugins packages npm gems gem cache python python2"
    " python3 rust java cpp c go golang ruby php node dist html static scripts styles modules github code android ios".split()
)
"""Folders that only sort components by kind."""
_INNER = frozenset("src include includes inc source sources lib libs test tests doc docs bin cmake examples python".split())
_GLUE = frozenset("__init__.py mod.rs lib.rs index.js index.ts index.mjs build.rs setup.py conanfile.py".split())
MOST = 300
"""The components that are told apart in a repository; folders of more are package managers' affair."""


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
    def is_folder(self) -> bool:
        """Whether it is a folder of its own."""
        return self.path != self.files[0]


def folders(repo: Repository) -> Iterator[Component]:
    """The components in folders that are named as places of third-party code."""
    roots: dict[str, list[str]] = {}
    sure: dict[str, bool] = {}
    vendor = "*/**/vendor/**" if repo.has("vendor/modules.txt") else "**/vendor/**"
    for path in repo.find(*GLOBS, vendor):
        match = _ROOT.search(path)
        if match is None or is_elsewhere(path, match.end()):
            continue
        root = path[: match.end() - 1]
        roots.setdefault(root, []).append(path)
        sure[root] = bool(match[1]) or root.lower() == "vendor"
    for root, paths in roots.items():
        if not managed(repo, root, paths):
            yield from _units(root, root, paths, sure[root], 0)


def is_elsewhere(path: str, upto: int) -> bool:
    """Whether what is before a root folder, or in it, makes it a fixture, or `vendor` a word of the product."""
    before = path[:upto]
    lead = parent(before.rstrip("/")) + "/"
    return bool(_OTHER_OWNER.search(before)) or is_test(lead) or "/fixtures/" in path


def is_test(folder: str) -> bool:
    """Whether a folder (with its slash) is of tests, or of what they read."""
    return bool(_TEST.search(folder)) or not_counted(folder, Family.TOOLS) not in ("", "vendored code")


_TEST = lazily(
    r"(?:^|/)(?:tests?|specs?|__tests__|e2e|integration[_-]tests?|testdata|fixtures?|test[_-]\w+|playgrounds?|mocks?"
    r"|unittests?|testing|(?:\w+[_-])?(?:tests?|testdata|fixtures))/",
    re.IGNORECASE,
)


def managed(repo: Repository, root: str, paths: Iterable[str]) -> str:
    """The file by which a package manager looks after a whole folder; "" where none does."""
    home = parent(root)
    base = f"{home}/" if home else ""
    candidates = [f"{root}/{name}" for name in ("modules.txt", "composer/installed.json", ".package-lock.json", "vendor.txt",
                                                 "vendored.txt", "Manifest.lock", "vendir.lock.yml")]
    kind = root.rpartition("/")[2].lower()
    if kind == "node_modules":
        candidates += [base + name for name in ("package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock")]
    if kind == "vendor":
        candidates += [base + name for name in ("composer.lock", "jsonnetfile.lock.json", "vendir.lock.yml")]
        if any(path.endswith("/.cargo-checksum.json") for path in paths):
            candidates.append(base + "Cargo.lock")
        if any(path.startswith(f"{root}/cache/") for path in paths):
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
    if code and any(is_licence(path) for path in direct) and not below:
        yield Component(root.rpartition("/")[2], folder, root, tuple(direct), sure)
    else:
        yield from by_stem(code, root, sure)
    for name, inside in below.items():
        if depth < 3 and _sorts(name, inside, f"{folder}/{name}", depth):
            yield from _units(root, f"{folder}/{name}", inside, sure, depth + 1)
        elif any(map(is_code, inside)) or any(map(is_binary, inside)):
            yield Component(name, f"{folder}/{name}", root, tuple(inside), sure)


def by_stem(paths: Iterable[str], root: str, sure: bool = True) -> Iterator[Component]:
    """Files of one folder as components: those with the same name but for version and extensions are one."""
    stems: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        stems.setdefault((parent(path), stem(path)), []).append(path)
    for (_, name), files in stems.items():
        yield Component(name, files[0], root, tuple(files), sure)


def stem(path: str) -> str:
    """A file's name without version, `.min` and the like, and extension."""
    name = _TAIL.sub("", path.rpartition("/")[2])
    return _VERSIONED.sub("", name) or name


_TAIL = lazily(r"(?:[.-](?:min|slim|bundle|umd|esm|global|prod|production|pkgd|all))*(?:\.[a-z0-9]{1,8}){1,2}$", re.IGNORECASE)
_VERSIONED = lazily(r"[-_.]v?\d[\w.+]*$")


_HOST = lazily(r"[\w-]+\.(?:com|org|io|net|dev|in)")


def _sorts(name: str, inside: list[str], folder: str, depth: int) -> bool:
    """Whether a folder only holds other components: by its name, or because it has no files but several folders."""
    if depth == 0 and (name.lower() in _GROUPS or _HOST.fullmatch(name)) or name.startswith("@"):
        return True
    start = len(folder) + 1
    subs = {path[start:].partition("/")[0].lower() for path in inside if "/" in path[start:]}
    has_files = any("/" not in path[start:] for path in inside)
    return not has_files and len(subs) > 1 and not subs & _INNER


def is_code(path: str) -> bool:
    """Whether a path is source text by its extension."""
    return path.rpartition(".")[2].lower() in CODE


def is_binary(path: str) -> bool:
    """Whether a path is a program or library by its extension."""
    return path.rpartition(".")[2].lower() in BINARY


_LICENCE = lazily(r"(?:.*/)?(?:[\w.-]*[-_.])?(?:licen[cs]es?|copying|copyright|unlicen[cs]e|notice|mit-licen[cs]e)(?:[-_.][\w.-]*)?", 2)


def is_licence(path: str) -> bool:
    """Whether a file is a licence by its name."""
    return bool(_LICENCE.fullmatch(path)) and not is_code(path)
