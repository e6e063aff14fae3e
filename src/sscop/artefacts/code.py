"""Source code by where it lies: which files a change of may break the software, and which of them are tests.

Documentation, examples, configuration and tools beside the software are left out, so that what is said of "the source"
is said of what is shipped and of its tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family

EXTENSIONS: Mapping[str, str] = {
    "Python": "py,pyx", "JavaScript": "js,jsx,ts,tsx,mjs,cjs,mts,cts,vue,svelte", "Go": "go", "Rust": "rs",
    "Java": "java,kt,kts,scala,groovy,clj", ".NET": "cs,fs,vb", "Ruby": "rb", "PHP": "php", "Swift": "swift,m,mm",
    "C": "c,cc,cpp,cxx,h,hh,hpp", "Elixir": "ex,exs,erl", "Dart": "dart", "Haskell": "hs", "OCaml": "ml",
    "Perl": "pl,pm", "R": "r", "Julia": "jl", "Lua": "lua", "Zig": "zig", "Terraform": "tf", "Solidity": "sol",
    "Fortran": "f90,f", "Nim": "nim", "Crystal": "cr",
}  # fmt: skip
"""The extensions of a language's files."""

_ASIDE = lazily(
    r"(?:^|/)(?:docs?|documentation|examples?|samples?|demos?|website|site|\.[^/]+|benchmarks?|bench|tools?|scripts?"
    r"|hack|contrib|bin|ci|build|dist|templates?|migrations|locales?|i18n|static|public|assets)/"
    r"|(?:^|/)[^/]*\.config\.\w+$|(?:^|/)composer/|(?:^|/)[^/]*\.(?:min|gen|generated|pb|d)\.\w+$|^[^/]*rc\.[cm]?js$"
    r"|(?:^|/)(?:setup|conf|conftest|noxfile|tasks|manage|gulpfile|gruntfile|rakefile|build|settings)\.\w+$",
)
_TEST = lazily(
    r"(?:^|/)(?:tests?|specs?|__tests__|e2e|test_[^/]+|src/(?:test|[a-z]+Test)|[^/]+[._-][Tt]ests)/"
    r"|(?:^|/)(?:test_[^/]+|[^/]+[._-](?:test|tests|spec|specs|cy))\.\w+$|[a-z\d](?:Tests?|Spec|IT)\.\w+$"
)


MOST = 500
"""Files of one extension that are looked at: a sample tells as much of a large tree, and each costs microseconds."""


def sources(repo: Repository) -> tuple[str, ...]:
    """The paths of source code and its tests; to be asked for as `repo.once(sources)`.

    Of an extension with more than MOST files, the first ones.
    """
    held = repo.extensions()
    wanted = [f"**/*.{one}" for extensions in EXTENSIONS.values() for one in extensions.split(",") if one in held]
    return tuple(path for path in repo.find(*wanted, family=Family.TOOLS, most=MOST) if not _ASIDE.search(path))


def by_language(repo: Repository) -> list[tuple[str, int]]:
    """How many source files there are in each language, tests left out, the most first.

    Where only a sample was looked at, its share of the extension's files is taken for all of them.
    """
    names = {one: name for name, extensions in EXTENSIONS.items() for one in extensions.split(",")}
    held = repo.extensions()
    seen = Counter(path.rpartition(".")[2].lower() for path in repo.once(sources) if not is_test(path))
    counted: Counter[str] = Counter()
    for extension, count in seen.items():
        counted[names[extension]] += count * max(held.get(extension, 0), MOST) // MOST
    return counted.most_common()


def is_test(path: str) -> bool:
    """Whether a source file is one of tests, by its name or folder."""
    return bool(_TEST.search(path))
