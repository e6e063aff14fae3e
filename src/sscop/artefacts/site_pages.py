"""The text in the tree from which a site makes a page, by the page's address.

Sites name their pages after their sources: `https://NAME.example/resources/process/` comes from
`site/content/resources/process.md`. A text counts where it alone fits, and where the site is the product's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import basename

from sscop.artefacts.lifecycle.names import names
from sscop.artefacts.lifecycle.places import counted
from sscop.artefacts.threat_models.candidates import older
from sscop.lazy import lazily, vocabulary
from sscop.repository import Repository

_ADDRESS = lazily(r"https?://(?:www\.)?([\w.-]{3,200})(?::\d{1,5})?/([^?#\s]{1,500})", re.IGNORECASE)
_FORGE = lazily(r"(?:^|\.)(?:github|gitlab|bitbucket|codeberg|sourceforge|gitea)\.(?:com|org|net)$", re.IGNORECASE)
_PAGE = lazily(r"\.(?:html?|md|mdx|rst|adoc|php|aspx)$", re.IGNORECASE)
_SEGMENT = lazily(r"[\w][\w.-]{0,100}")
_FOLDERS = lazily(r"(?:^|/)(?:docs?|documentation|sites?|web-?site|web|content|pages|handbook|wiki)/", re.IGNORECASE)
_CONFIGURED = (
    "{,docs/,doc/,site/,website/}{CNAME,mkdocs.yml,mkdocs.yaml,_config.yml,antora.yml,antora-playbook.yml,conf.py}",
    "{,docs/,doc/,site/,website/}{hugo,config,docusaurus.config,book}.{toml,yaml,js,ts}",
    "{package.json,pyproject.toml,setup.cfg,Cargo.toml,composer.json}",
)
_VERSIONED = lazily(r"(?:^|/)(?:release-|version-)?v?\d{1,4}\.[\dx.]{1,20}/", re.IGNORECASE)
_SOURCES = "{md,mdx,markdown,rst,adoc,asciidoc}"
_COMMON = vocabulary(
    "python package installer library framework server client tool tools status docs project apps service platform"
    " build code data open source software system linux java node rust android github cloud security"
)
"""Words of titles that any site's name may hold."""
SHORT = 4
"""Letters from which a product's name in a host says whose site it is."""


class Pages:
    """The pages of the sites that are made of a repository. Ask for it through `repo.once`."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._own: dict[str, bool] = {}

    def source(self, address: str) -> str:
        """The path of the text that the page at an address is made of; "" where none or more than one fits."""
        match = _ADDRESS.match(address)
        if match is None or _FORGE.search(match[1]):
            return ""
        segments = [_PAGE.sub("", one) for one in match[2].strip("/.").split("/")]
        segments = segments[:-1] if segments[-1].lower() in ("index", "readme") else segments
        if not segments or not all(map(_SEGMENT.fullmatch, segments[-3:])):
            return ""
        for many in range(min(3, len(segments)), 0, -1):
            found = self._ending(segments[-many:])
            if many < 3:
                found = [one for one in found if _FOLDERS.search(one)] if self._is_own(match[1].lower()) else []
            if len(found) > 1 or (many == 1 and not re.search(r"\w[-_]\w", segments[-1])):
                return ""  # one short word is the name of too many pages
            if found:
                return found[0]
        return ""

    def _ending(self, segments: Sequence[str]) -> list[str]:
        """The texts whose paths end with these names; not those of earlier versions of a site."""
        end = "/".join(segments)
        found = self._repo.find(f"**/{end}.{_SOURCES}", f"**/{end}/{{index,_index,README}}.{_SOURCES}")
        outdated = older(found)
        kept = [one for one in found if one not in outdated and not _VERSIONED.search(one) and not counted(one)]
        return [one for one in kept if len(segments) > 1 or basename(one).lower() not in ("index.md", "readme.md")]

    def _is_own(self, host: str) -> bool:
        """Whether a host carries the product's name, or is named in what the site or the package is set up by."""
        if host not in self._own:
            plain = re.sub(r"[^a-z0-9]", "", host)
            own = [re.sub(r"[^a-z0-9]", "", one) for one in self._repo.once(names) if one not in _COMMON]
            self._own[host] = any(len(one) >= SHORT and one in plain for one in own) or self._is_configured(host)
        return self._own[host]

    def _is_configured(self, host: str) -> bool:
        for path in self._repo.find(*_CONFIGURED):
            text = self._repo.text(path)
            if isinstance(text, str) and re.search(
                rf"(?<![\w.-]){re.escape(host)}(?![\w.-])", text[:200_000], re.IGNORECASE
            ):
                return True
        return False
