"""Users are told how to use the product securely and how to update it.

Why
---
The safest product can be run unsafely: with the first password left in place, open to the internet, three versions
behind. Its makers know what to configure and what to keep closed; its users know only what they are told.

What counts
-----------
The README, what stands beside it (INSTALL, UPGRADING, the parts of SECURITY that are no policy on reports), the texts
of `docs/` and other folders of documentation, and those of a site that is kept here (Antora, Docusaurus, Hugo, mdBook,
MkDocs, Sphinx, VitePress), the newest version of each, taken together. Looked for, each with its line:

- installing and using: sections with content about installation, configuration, usage;
- secure use: sections with content about hardening, authentication, TLS, permissions, encryption and the like, or
  guidance in a sentence ("never expose this port", "the password must be changed");
- updating: a section or instruction on how to update or upgrade, or the command for it.

Secure use and one of the others are needed; the third is advice. It is to be said to those who use or run the product:
texts for contributors, design records, blogs, working papers and translations are not counted, nor is how
vulnerabilities are reported, nor what maintainers and pipelines must do. Where all that is seen is that a team runs a
service of its own, its texts about branches, staging environments and developers' tools are not for users, and a title
such as "Authentication" alone is no guidance. A README that is a tool's starter or
says next to nothing is a stub. Where secure use was not seen and the README points to documentation of the product in
another place, the answer is unknown.

The claim is about *published* documentation: this repository is public, or the setting `published` says where customers
read it.

How to fix
----------
Two short sections are a beginning:

    ## Secure use
    Run it behind a reverse proxy with TLS and do not expose port 8080. Change the administrator's password at the first
    start, switch two-factor authentication on, and give the service account read-only access to the database.

    ## Updating
    Updates are announced on the releases page. Back up the database, then run `docker compose pull` and start again.

Settings: `checks: {user-guide: {paths: "handbook/**/*.md"}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.nodes import Node, texts
from sscop.artefacts.tracked_kinds import has_sources
from sscop.artefacts.user_guides import user_guide as read_guide
from sscop.check import ESTABLISHES, check
from sscop.judgement.published import PUBLISHED, published
from sscop.judgement.user_guide import is_own_service, judge
from sscop.model import Finding, not_applicable
from sscop.platform import Platform
from sscop.repository import Repository


@check(
    title="Users are told how to use it securely and update it",
    claims={"user-docs": ESTABLISHES},
    options={**PUBLISHED, "paths": "globs of further documentation for users"},
)
def user_guide(repo: Repository, settings: Mapping[str, Node], platform: Platform) -> Iterator[Finding]:
    """What the documentation for users says, and what was not seen in it."""
    if not has_sources(repo):
        yield not_applicable("no-software", "found no software here whose use could be documented")
        return
    further = tuple(map(str, texts(settings.get("paths"))))
    guide = read_guide(repo, further, lambda: is_own_service(repo))
    for one in judge(guide):
        yield published(one, platform, settings)
