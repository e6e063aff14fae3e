"""Which texts may be documentation for users: by their places, and by where generators of sites are told to find them.

Sources: the configuration of Antora (`antora.yml`), Docusaurus, MkDocs (`docs_dir`), Sphinx (`conf.py`), mdBook
(`src`), VitePress, Hugo (`content`) and Maven's `src/site`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from sscop.artefacts.frameworks.texts import set_aside
from sscop.artefacts.guide_wording import NOT_USERS, RANKS
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family

TEXTS = "{md,markdown,mdx,rst,adoc,asciidoc,txt}"
GLOBS = (
    f"*.{TEXTS}", "README", "INSTALL", f".github/{{readme,security}}.{TEXTS}",
    f"{{docs,doc,documentation,guide,guides,manual,user-guide,userguide,man}}/**/*.{TEXTS}",
    f"**/{{docs,documentation,user-guide}}/**/*.{TEXTS}", f"{{site,website,web,www}}/content/**/*.{TEXTS}",
    f"{{packages,crates,charts,modules,plugins}}/*/readme.{TEXTS}",
    f"**/src/site/{{markdown,asciidoc,rst}}/**/*.{TEXTS}",
)  # fmt: skip

_SITES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("**/antora.yml",), "", "modules/*/pages"),
    (("**/docusaurus.config.{js,ts,mjs,cjs,mts}",), r"\bpath:\s{0,9}[\"']([\w./-]{1,120})[\"']", "docs"),
    (("**/mkdocs.{yml,yaml}",), r"(?m)^docs_dir:\s{0,9}[\"']?([\w./-]{1,120})", "docs"),
    (("**/book.toml",), r"(?m)^src\s{0,9}=\s{0,9}[\"']([\w./-]{1,120})[\"']", "src"),
    (("**/.vitepress/config.{js,ts,mjs,mts}",), r"\bsrcDir:\s{0,9}[\"']([\w./-]{1,120})[\"']", ""),
    (
        ("**/hugo.{toml,yaml,yml,json}", "**/config.{toml,yaml,yml}"),
        r"(?mi)^[\"']?contentDir[\"']?\s{0,9}[:=]\s{0,9}[\"']?([\w./-]{1,120})",
        "content",
    ),
    (("**/conf.py",), "", ""),
)
"""For each generator: its configuration, how that names the folder of the texts, and the folder where it does not."""
_MARKS = {
    "conf.py": rb"(?m)^(?:extensions|html_theme|master_doc|root_doc|source_suffix)\s{0,9}=",
    **dict.fromkeys(("config.toml", "config.yaml", "config.yml"), rb"(?mi)^[\"']?baseURL[\"']?\s{0,9}[:=]"),
}
"""What must stand in a file whose name others have too."""
MANY, LIMIT = 12, 1 << 20
"""Configurations of one generator that are read, and the size in bytes above which one is not."""
_VERSION = lazily(
    r"/(?:(?:version-)?v?(\d{1,6}(?:[._][\dx]{1,6}){0,3})|main|master|latest|stable|current|next|edge)(?=/)"
)
_PLAIN = lazily(r"[\w./ @+-]*")


def candidates(repo: Repository, further: tuple[str, ...]) -> list[str]:
    """The texts for users, the likeliest first; `further` are globs of more of them, which come before all."""
    own = repo.find(*further) if further else []
    found = [
        path
        for path in repo.find(*GLOBS, *sites(repo))
        if path not in own and not NOT_USERS.search(path) and not set_aside(path)
    ]
    found = _newest(found)
    ranked = [(*_rank(path), path.count("/"), len(path), path) for path in found]
    return own + [one[-1] for one in sorted(ranked)]


def _newest(paths: list[str]) -> list[str]:
    """Of the same text in several versions of the documentation (`docs/1.2/tls.md`), the one that is newest."""
    best: dict[str, tuple[tuple[int, ...], str]] = {}
    for path in paths:
        version = _VERSION.search(path)
        key = f"{path[: version.start()]}/*{path[version.end() :]}" if version else path
        digits = (version[1] or "") if version else ""
        order = tuple(map(int, re.findall(r"\d{1,9}", digits))) if digits else (1 << 30,)
        if key not in best or order > best[key][0]:
            best[key] = (order, path)
    return [path for _, path in best.values()]


def sites(repo: Repository) -> tuple[str, ...]:
    """The globs of the texts of documentation sites that are kept in the repository."""
    found: dict[str, None] = {}
    for names, stated, usual in _SITES:
        for path in repo.find(*names, family=Family.PROSE)[:MANY]:
            folder = _base(path)
            for place in _places(repo, path, stated, usual):
                whole = normpath(join(folder, place)) if place else folder
                if whole not in ("", ".") and not whole.startswith("..") and _PLAIN.fullmatch(whole.replace("*", "")):
                    found[f"{whole}/**/*.{TEXTS}"] = None
    return tuple(found)


def _base(path: str) -> str:
    """The folder that a configuration's paths start from: that of the site, also where it has one of its own."""
    return re.sub(r"(?:^|/)(?:\.vitepress|config(?:/[\w-]{1,40})?)$", "", dirname(path))


def _places(repo: Repository, path: str, stated: str, usual: str) -> Iterator[str]:
    mark = _MARKS.get(path.rpartition("/")[2])
    if stated or mark:
        data = repo.read(path, LIMIT)
        if not isinstance(data, bytes) or (mark and not re.search(mark, data)):
            return
        named = re.findall(stated, data.decode("utf-8", "replace"))[:MANY] if stated else []
        if named:
            yield from named
            return
    yield usual


def _rank(path: str) -> tuple[int, int]:
    name = path.lower()
    if is_front(path):
        return 0, 0
    return 1, next((n for n, pattern in enumerate(RANKS) if pattern.search(name)), len(RANKS))


def is_front(path: str) -> bool:
    """Whether a text is the front page of the documentation."""
    return re.fullmatch(r"(?:\.github/|docs/)?readme(?:\.\w+)?", path, re.IGNORECASE) is not None
