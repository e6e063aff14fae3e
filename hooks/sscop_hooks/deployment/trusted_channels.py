"""The product and its updates reach customers over channels that nobody on the way can change.

Why
---
What is fetched over plain http, or with the check of certificates switched off, can be replaced by anyone on the way: a
guide that says `curl http://... | sh` gives away the customer's machine.

What counts
-----------
Where the product is distributed: the registries, stores and release pages that its pipelines publish to (as
`release-integrity` finds them), what is taken by tag, or the registry that the README names; publishing with an
identity instead of a kept token (trusted publishing) is noted.

Inadequate, each at its line:

- guides and install scripts that tell people to fetch over `http://`: `curl http://... | sh`, an archive, `git clone`,
  `pip --index-url`, `deb http://`, a link to an installer; and `--trusted-host`, `curl -k`, `--no-check-certificate`,
  `strict-ssl false`, `http.sslVerify=false`, `[trusted=yes]`, `--nogpgcheck`;
- package repositories over `http://` in pom.xml, Gradle, sbt, pip, npm, NuGet, Bundler, CocoaPods, Composer, Poetry, uv
  and yum files, and their switches against TLS;
- update feeds over `http://`: Sparkle, WinSparkle, electron-updater, Tauri, extensions;
- publishing over `http://`.

A link to an installer in a text that is none of those that customers begin with is advice.

Not meant: links to pages, XML namespaces, licence texts, badges, the own machine and network, placeholders, calls of a
service, mirrors of Debian and Ubuntu (apt checks what it fetches). Tests, examples and vendored code are left out.

Not told: releases that are made where it can't be read. Not applicable: nothing is released.

How to fix
----------
Write `https://`, and publish from a pipeline with trusted publishing (PyPI, npm, crates.io, RubyGems, NuGet).
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import ESTABLISHES, check
from sscop.judgement.trusted_channels import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(title="The product reaches customers over trusted channels", claims={"trusted-channels": ESTABLISHES})
def trusted_channels(repo: Repository) -> Iterator[Finding]:
    """What is insecure on the way to customers, and where the product is distributed."""
    yield from findings(repo)
