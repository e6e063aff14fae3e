"""Third-party code and programs that are kept in the repository have an origin, a version and a licence.

Why
---
What no package manager knows, no scanner and no update reaches: a library that somebody copied years ago stays as it
was, with the faults that are known by now, and nobody can even say which version it is.

What counts
-----------
- folders of third-party code (`third_party`, `vendor`, `external`, `deps` and the like; where the name proves nothing,
  some component in it must have a licence of its own), a component each;
- minified and well-known libraries among the product's own files (`jquery-3.7.1.min.js`, `sqlite3.c`, `stb_image.h`);
- programs and libraries in binary form (`.jar`, `.dll`, `.exe`, `.so`, `.a`, `.wasm`).

For each its origin, version (or commit) and licence are looked for where people write them: beside it (README,
METADATA, `moz.yaml`, `cgmanifest.json`, `.gitrepo`, VERSION, change lists, package manifests, licence files), in the
banner or version macro of its sources, in its name, in the folder's own list, in the notices and inventories at the
top, and in `package.json` for what is copied from npm.

Without a version it is unmet, one finding for each component. With a version and no origin or licence it is advice.
What a package manager fills (`vendor/modules.txt`, `composer.lock`, `vendor.txt`), submodules, and packages as their
registry has them (`name-1.2.3.whl`) are known. The jar of a build wrapper is named by its properties; that nothing
checks the jar itself is advice.

Tests and their data, build output, and minified files that are the product's (next to their source, with its name, or
`main`, `app`, `styles` and the like) do not count; examples and documentation are advice.

How to fix
----------
Best is a package manager or a submodule. Else write down what it is, for example in `third_party/README.md`:

    ## json11
    Origin: https://github.com/dropbox/json11
    Version: 1.0.0 (commit ec4e452), changed: see json11.patch
    Licence: MIT, json11/LICENSE.txt
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.embedded import vendored
from sscop.check import SUPPORTS, check
from sscop.judgement.vendored import findings
from sscop.model import Finding, not_applicable
from sscop.repository import Repository


@check(
    title="Vendored code and binaries are identified",
    claims={"components-listed": SUPPORTS, "component-integrity": SUPPORTS},
)
def vendored_components(repo: Repository) -> Iterator[Finding]:
    """What is known and not known of somebody else's code in the repository."""
    found = repo.once(vendored)
    if any(found):
        yield from findings(repo, found)
    else:
        yield not_applicable("none", "found no third-party code or program that is kept in the repository")
