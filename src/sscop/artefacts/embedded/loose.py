"""Third-party code among the product's own files: minified libraries, single-file libraries, programs and packages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.embedded.places import BINARY, Component, by_stem, is_test, stem
from sscop.artefacts.updates.model import parent
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_SCRIPTS = (
    "jquery|bootstrap|lodash|underscore|d3|moment|angular|vue|knockout|handlebars|backbone|modernizr|html5shiv|htmx|alpine"
    "|axe|sortable|chart|leaflet|select2|mermaid|tinymce|ckeditor|socket.io|swagger-ui|govuk-frontend|nhsuk-frontend"
    "|moj-frontend|accessible-autocomplete|zxcvbn"
)
_STYLES = "bootstrap|font-awesome|normalize|leaflet|select2|jquery-ui|govuk-frontend|nhsuk-frontend|moj-frontend"
_MORE = (
    "react|react-dom|axe-core|popper|mustache|respond|three|datatables|jquery.dataTables|highlight|prism|turbo|stimulus"
)
_KNOWN = lazily(rf"(?:{_SCRIPTS}|{_STYLES}|{_MORE})", re.IGNORECASE)
_WEB = tuple(f"**/{name}*.{ext}" for names, ext in ((_SCRIPTS, "js"), (_STYLES, "css")) for name in names.split("|"))
_PLAIN = lazily(
    r"(?:jquery|bootstrap|html5shiv|modernizr|d3|lodash|underscore|backbone|knockout|moment|leaflet|select2|socket\.io"
    r"|jquery-ui|axe-core|font-awesome)\.(?:js|css)"
)
"""Names that are a library's though they show neither version nor `min`."""
_RELEASE = lazily(rf"(?:{_SCRIPTS}|{_STYLES})[-.]v?\d+\.\d[\w.-]*\.(?:js|css)")
_SINGLE = (
    "**/{catch,json,pugixml,rapidxml,cxxopts,CLI11}.hpp",
    "**/{doctest,httplib,picojson,uthash,utlist,khash,nanosvg,jsmn,miniaudio,tinyxml2,lodepng,cJSON,miniz,xxhash}.h",
    "**/{sqlite3,linenoise,mongoose}.{c,h}",
    "**/{cJSON,miniz,xxhash,lodepng}.c",
    "**/{tinyxml2,pugixml,lodepng}.cpp",
    "**/stb_*.h",
)
"""Libraries of one file that people copy."""
_SAYS = {
    "json.hpp": b"nlohmann",
    "catch.hpp": b"Catch v",
    "uthash.h": b"Hanson",
    "utlist.h": b"Hanson",
    "linenoise.c": b"antirez",
    "linenoise.h": b"antirez",
    "mongoose.c": b"Cesanta",
    "mongoose.h": b"Cesanta",
}
"""Names that the product's own files have too: what must be at the top of the library's."""
_NOBODYS = lazily(
    r"(?:main|app|application|index|site|styles?|scripts?|bundle|custom|theme|all|common|global|base|core|admin|print|screen"
    r"|output|public|frontend|web|page|layout)(?:[-_.]\w+)?"
)
"""Names that a build gives to what is the product's own."""
_OUTPUT = lazily(
    r"(?:^|/)(?:dist|build|out|_site|site|release|lib-dist|public/(?:build|assets)|coverage|\.yarn)/", re.IGNORECASE
)
_UNIT = lazily(
    r"(.*?/[\w.]+-v?\d+\.\d[\w.]*|(?:.*?/)?(?:libs?|plugins|libraries|ext)/(?!(?:js|css|html|src|min)/)[^/]+)/.+",
    re.IGNORECASE,
)
"""A folder that is named as a release of a library, or that lies in one of libraries."""
_WRAPPER = lazily(r"(?:.*/)?(?:gradle-wrapper|maven-wrapper)\.jar")
_PACKAGES = ("whl", "nupkg", "gem", "jar", "aar")
_PACKAGED = lazily(r"[\w.+-]+?[-_.]v?\d+\.\d[\w.+!-]*\.(?:whl|nupkg|gem|jar|aar)")
"""A package whose name and version are in its file name, as its registry has them."""
_GLUE = 2000
"""The bytes below which a `jquery.js` is the product's own glue."""
_CHECKED = {"so", "a", "lib", "o", "obj", "node", "class", "pdb", "msi", "ear", "war", "egg", "gem"}
"""Extensions that other files have too: looked into before they count."""


def libraries(repo: Repository) -> Iterator[Component]:
    """Minified and well-known single files that are not in a folder of vendored code."""
    found = []
    units: dict[str, None] = {}
    for path in repo.find("**/*.min.{js,css}", *_WEB, *_SINGLE):
        name = path.rpartition("/")[2].lower()
        if _is_aside(path) or _OUTPUT.search(path):
            continue
        minified = ".min." in name
        if minified and not _KNOWN.fullmatch(stem(path)) and _is_own(repo, path):
            continue
        if not name.endswith((".js", ".css")):
            found += [path] if _is_library(repo, path, name) else []
        elif minified or _RELEASE.fullmatch(name) or (_PLAIN.fullmatch(name) and _is_large(repo, path)):
            unit = _UNIT.fullmatch(path)
            if unit:
                units[unit[1]] = None
            else:
                found.append(path)
    yield from by_stem(found, "")
    yield from (_whole(repo, folder) for folder in units)


def _whole(repo: Repository, folder: str) -> Component:
    """A folder with all of its files as one component."""
    return Component(stem(f"{folder}.x"), folder, "", tuple(repo.find(f"{re.sub(r'[][*?{}]', '?', folder)}/**")))


def _is_own(repo: Repository, path: str) -> bool:
    """Whether a minified file is the product's: its source is next to it, or its name is the product's or nobody's."""
    name = stem(path).lower()
    return repo.has(path.replace(".min.", ".")) or bool(_NOBODYS.fullmatch(name)) or name in repo.once(_names)


def _names(repo: Repository) -> frozenset[str]:
    """The names of the repository's own packages."""
    from sscop.artefacts.ecosystems import manifests

    found = repo.once(manifests).manifests
    return frozenset(re.split(r"[/:]", one.name)[-1].lower() for one in found if one.name)


def wrappers(repo: Repository) -> list[str]:
    """The jars of build wrappers: their version is in the properties beside them."""
    return [path for path in repo.find("**/gradle-wrapper.jar", "**/maven-wrapper.jar") if not is_test(path)]


def packages(repo: Repository) -> list[str]:
    """Packages of a registry, as it has them: their name and version are the file's name, their licence is inside."""
    found = repo.find(*(f"**/*.{ext}" for ext in _PACKAGES))
    return [path for path in found if _PACKAGED.fullmatch(path.rpartition("/")[2]) and not _is_aside(path)]


def programs(repo: Repository) -> Iterator[Component]:
    """Programs and libraries in binary form: those of one folder together where they are many."""
    folders: dict[str, list[str]] = {}
    units: dict[str, None] = {}
    for path in repo.find(*(f"**/*.{ext}" for ext in BINARY)):
        name, ext = path.rpartition("/")[2], path.rpartition(".")[2].lower()
        if _is_aside(path) or _WRAPPER.fullmatch(path) or (ext in _PACKAGES and _PACKAGED.fullmatch(name)):
            continue
        if ext not in _CHECKED or _is_binary(repo, path):
            unit = _UNIT.fullmatch(path)
            if unit:
                units[unit[1]] = None
            else:
                folders.setdefault(parent(path), []).append(path)
    yield from (_whole(repo, folder) for folder in units)
    for folder, files in folders.items():
        if len(files) > 2:
            yield Component(folder.rpartition("/")[2] or "the root folder", folder, "", tuple(files))
        else:
            yield from by_stem(files, "")


def _is_aside(path: str) -> bool:
    return is_test(path) or bool(not_counted(path, Family.TOOLS)) or "/.yarn/" in f"/{path}"


def _is_library(repo: Repository, path: str, name: str) -> bool:
    data = repo.read(path, 16 * 1024 * 1024) if name in _SAYS else b""
    return name not in _SAYS or (isinstance(data, bytes) and _SAYS[name] in data[:4000])


def _is_large(repo: Repository, path: str) -> bool:
    """Whether a file is more than some lines that import the library of its name."""
    data = repo.read(path)
    return not isinstance(data, bytes) or len(data) > _GLUE


def _is_binary(repo: Repository, path: str) -> bool:
    data = repo.read(path)
    return not isinstance(data, bytes) or b"\0" in data[:4096] or data.startswith((b"!<arch>", b"MZ", b"PK"))
