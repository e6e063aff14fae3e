"""Where the facts about a piece of third-party code are looked for: in it, beside it, in the lists at the top."""

from __future__ import annotations

import re

from sscop.artefacts.embedded.facts import HEAD, Identity, Seen, asked_for, near, of_source, of_text
from sscop.artefacts.embedded.places import Component, is_code, is_licence
from sscop.artefacts.updates.model import parent
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository

READ = 10
"""The files of one component, and of its root, that are read."""
LARGEST = 400_000
_DESCRIPTION = 40_000
"""The characters of a README or a list of changes in which what it is about is said."""
_SOURCE = 8 * 1024 * 1024
_DESCRIBING = lazily(
    r"(?:readme|metadata|version|changes|changelog|news|history|moz\.yaml|package\.json|bower\.json|composer\.json"
    r"|cargo\.toml|setup\.(?:py|cfg)|pyproject\.toml|pkg-info|cgmanifest|vendor|upstream|origin|source|\.gitrepo|cmakelists"
    r"|configure\.ac|meson\.build|go\.mod|pom\.xml|library\.json|maintainer|import|info|third|notice|about|build\.zig\.zon)"
    r"[\w.-]*|[\w.-]+\.(?:podspec|gemspec|nuspec|spdx|bzl|cdx\.json|about)",
    re.IGNORECASE,
)
_TEXT = lazily(
    r".*\.(?:md|markdown|txt|rst|adoc|json|ya?ml|toml|bzl|html|xml|cfg|ini|csv|in)|[A-Z_-]+|readme.*|makefile",
    re.IGNORECASE,
)
_TOP = (
    "{notice,third*party*,3rd*party*,*third*part*,vendor*,dependencies,dependencies.*,credits*,attribution*}",
    "{*licenses*,*licences*,copying*,copyright*,licence*,license*}",
    "{cgmanifest.json,*.cdx.json,*.spdx*,reuse.toml,.reuse/dep5,debian/copyright,vendir.lock.yml}",
    "docs/*{third,3rd,licen,credit,attribution,vendor}*",
)
"""Files at the top that list what is in the repository."""


def identify(repo: Repository, component: Component) -> Identity:
    """All that is found about a component: in it, beside it, in its root folder, in the lists at the top."""
    found = _of_name(component)
    if component.is_folder:
        found = found.filled(_inside(repo, component))
    for path in _code(component)[: 1 if found.is_complete else 4]:
        text = repo.text(path, _SOURCE)
        if not isinstance(text, Unread):
            found = found.filled(of_source(text if len(text) < LARGEST else text[:HEAD], path, component.name))
    for path in [] if found.is_complete else [*_around(repo, component), *repo.once(_lists)]:
        if not found.is_complete:
            found = found.filled(_mentions(repo, path, component))
    return found


def _of_name(component: Component) -> Identity:
    """A version in the name of the folder or file."""
    name = component.path.rpartition("/")[2]
    match = re.search(r"[-_.]v?(\d+(?:\.\d+){1,3}(?:\.?(?:post|dev|rc|a|b|beta|alpha)\d*)?)(?!\d)", name)
    return Identity(version=Seen(match[1], component.path, 1)) if match else Identity()


def _inside(repo: Repository, component: Component) -> Identity:
    start = len(component.path) + 1
    depth = {path: path.count("/", start) for path in component.files}
    close = sorted((path for path in component.files if depth[path] < 2), key=lambda path: (depth[path], path))
    licence = next((Seen(path[start:], path, 1) for path in close if is_licence(path)), None)
    found = Identity(licence=licence)
    described = [path for path in close if _DESCRIBING.fullmatch(path.rpartition("/")[2]) and not is_licence(path)]
    for path in described[:READ]:
        text = repo.text(path)
        if not found.is_complete and not isinstance(text, Unread):
            found = found.filled(of_text(text[:_DESCRIPTION], path))
    return found


def _code(component: Component) -> list[str]:
    """Its source files, those likely to carry a version first."""
    own = component.name.lower().replace("-", "_")

    def unlikely(path: str) -> tuple[bool, bool, int, str]:
        name = path.rpartition("/")[2].lower()
        return "version" not in name, own not in name, path.count("/"), path

    return sorted(filter(is_code, component.files), key=unlikely)


def _around(repo: Repository, component: Component) -> list[str]:
    """Texts in the root of the vendored code, and those beside and above a file among the product's own."""
    folders = [component.root] if component.root else []
    folder = component.path if component.is_folder else parent(component.path)
    while folder and len(folders) < 4:
        folders.append(folder)
        folder = parent(folder)
    globs = [f"{re.sub(r'[][*?{}]', '?', one)}/*" for one in dict.fromkeys(folders)]
    found = [path for path in repo.find(*globs, "package.json") if _TEXT.fullmatch(path.rpartition("/")[2])]
    return sorted(found, key=lambda path: (not path.startswith(component.root), -path.count("/")))[: 2 * READ]


def _lists(repo: Repository) -> list[str]:
    return repo.find(*_TOP)[: 2 * READ]


def _mentions(repo: Repository, path: str, component: Component) -> Identity:
    """What a text says near the component's name."""
    text = repo.text(path)
    if isinstance(text, Unread) or len(text) > LARGEST:
        return Identity()
    if path.endswith("package.json"):
        return asked_for(text, path, component.name)
    said = near(text, path, component.name)
    lists = re.search(r"notice|third|3rd", path, re.IGNORECASE)  # a licence's own numbers are no versions
    return said if lists or not is_licence(path) else Identity(said.origin, None, said.licence)
