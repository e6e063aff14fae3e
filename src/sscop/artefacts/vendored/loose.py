"""Third-party code among the product's own files: minified libraries, single-file libraries, programs and packages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.updates.model import parent
from sscop.artefacts.vendored.places import BINARY, Component, by_stem, is_test, stem
from sscop.lazy import lazily
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted

_LIBRARIES = (
    "jquery jquery-ui bootstrap popper lodash underscore d3 moment angular react react-dom vue knockout handlebars"
    " mustache backbone require modernizr html5shiv respond htmx alpine axe axe-core sortable chart three leaflet select2"
    " datatables jquery.dataTables highlight prism mermaid turbo stimulus tinymce ckeditor codemirror dropzone"
    " fullcalendar plotly socket.io swagger-ui-bundle swagger-ui redoc graphiql govuk-frontend nhsuk-frontend"
    " accessible-autocomplete font-awesome fontawesome normalize foundation materialize"
).split()
_WEB = tuple(f"**/{name}{tail}" for name in _LIBRARIES for tail in ("-[0-9]*.{js,css}", ".{js,css}"))
_PLAIN = lazily(
    r"(?:jquery|bootstrap|html5shiv|modernizr|d3|lodash|underscore|handlebars|backbone|knockout|moment|angular|leaflet"
    r"|select2|normalize|socket\.io|jquery-ui|axe-core|font-awesome)\.(?:js|css)"
)
"""Names that are a library's though they show neither version nor `min`."""

_SINGLE = tuple(
    f"**/{name}"
    for name in "catch.hpp doctest.h json.hpp stb_*.h miniz.{c,h} sqlite3.{c,h} httplib.h picojson.h tinyxml2.{cpp,h}"
    " pugixml.{cpp,hpp} cJSON.{c,h} uthash.h utlist.h khash.h lodepng.{c,cpp,h} cxxopts.hpp CLI11.hpp nanosvg.h"
    " xxhash.{c,h} linenoise.{c,h} mongoose.{c,h} jsmn.h miniaudio.h glad.c rapidxml.hpp toml.hpp".split()
)
"""Libraries of one file that people copy."""

_OUTPUT = lazily(r"(?:^|/)(?:dist|build|out|_site|site|release|lib-dist|public/(?:build|assets)|coverage|\.yarn)/", re.IGNORECASE)
_WRAPPER = lazily(r"(?:.*/)?(?:gradle-wrapper|maven-wrapper)\.jar")
_PACKAGED = lazily(r"[\w.+-]+?[-_]v?\d[\w.+!-]*\.(?:whl|egg|jar|nupkg|gem|aar|war)")
"""A package whose name and version are in its file name, as its registry has them."""
_CHECKED = frozenset("so a lib o obj node class pdb msi ear war egg gem d".split())
"""Extensions that other files have too: looked into before they count."""


def libraries(repo: Repository) -> Iterator[Component]:
    """Minified and well-known single files that are not in a folder of vendored code."""
    found = []
    for path in repo.find("**/*.min.{js,css}", *_WEB, *_SINGLE):
        name = path.rpartition("/")[2].lower()
        if is_test(path) or not_counted(path, Family.TOOLS) or _OUTPUT.search(path):
            continue
        minified = ".min." in name
        if minified and stem(path).lower() not in _LIBRARIES and repo.has(path.replace(".min.", ".")):
            continue  # the product's own: its source is next to it
        if minified or re.search(r"[-.]v?\d", name) or _PLAIN.fullmatch(name) or not name.endswith((".js", ".css")):
            found.append(path)
    yield from by_stem(found, "")


def wrappers(repo: Repository) -> list[str]:
    """The jars of build wrappers: their version is in the properties beside them."""
    return [path for path in repo.find("**/gradle-wrapper.jar", "**/maven-wrapper.jar") if not is_test(path)]


def programs(repo: Repository) -> Iterator[Component]:
    """Programs, libraries and packages in binary form: a package each, the rest of a folder together."""
    rest: dict[str, list[str]] = {}
    for path in repo.find(*(f"**/*.{ext}" for ext in sorted(BINARY))):
        if is_test(path) or not_counted(path, Family.TOOLS) or _WRAPPER.fullmatch(path) or "/.yarn/" in f"/{path}":
            continue
        name = path.rpartition("/")[2]
        if path.rpartition(".")[2].lower() in _CHECKED and not _is_binary(repo, path):
            continue
        if _PACKAGED.fullmatch(name):
            yield Component(stem(path), path, "", (path,))
        else:
            rest.setdefault(parent(path), []).append(path)
    for files in rest.values():
        if len(files) > 2:
            yield Component(parent(files[0]).rpartition("/")[2] or "root folder", parent(files[0]), "", tuple(files))
        else:
            yield from by_stem(files, "")


def _is_binary(repo: Repository, path: str) -> bool:
    data = repo.read(path)
    return not isinstance(data, bytes) or b"\0" in data[:4096] or data.startswith((b"!<arch>", b"MZ", b"PK"))
