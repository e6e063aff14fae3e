"""Every manifest has a lock with hashes that is tracked and in step.

Why
---
A manifest says `^4.17`; what is installed on a given day is decided by whoever published last. A lock names each
package, also those that nobody asked for by name, with one version and the hash of its contents: it is the list of
what the product is made of, and what turns an exchanged or damaged download away.

What counts
-----------
Each manifest of the product in any folder, with the lock that covers it (its own, or that of the workspace that it is a
member of): npm, pnpm, yarn, bun, Deno; Poetry, uv, PDM, Pipenv, pip (requirements files with hashes, `pylock.toml`);
Cargo, Go, NuGet, Composer, Bundler, Swift, Dart, Mix; Terraform and OpenTofu.

- No lock, or one that is not tracked, is a gap for software that is run: an application, a service, a Terraform root
  module. A library by convention keeps no lock: that, or what is wrong with the lock that it keeps for its own
  development, is advice. A manifest without dependencies needs none.
- A lock without hashes is inadequate: `==` in a requirements file, a Gemfile.lock without `CHECKSUMS`. Commits count as
  hashes. Up to a tenth of the packages without one is advice.
- A lock that lacks what its manifest asks for, or holds a version outside the range that it asks for, is not in step.
  Only sure differences are told: aliases, overrides, conditions and the repository's own packages are passed over.
- Maven, Gradle and Helm have no lock with hashes that is usual. A version that changes (`1.+`, `[1,2)`, `LATEST`,
  `-SNAPSHOT` of others) without a lock is a gap; the lack of checksums is advice; Gradle's `verification-metadata.xml`
  is met.
- Requirements files for development, tests and documentation are advice. Manifests in tests, examples, templates,
  documentation and vendored code are not counted.
- Other package managers (sbt, CocoaPods, Conan, conda, vcpkg ...) are named as not read.
- Pipelines that install without holding to the lock (`npm install`, `uv sync` without `--locked`) are advice at the
  line.

How to fix
----------
Let the package manager write its lock, commit it, and make pipelines refuse to change it:

    npm install            then  npm ci
    uv lock                then  uv sync --locked
    uv pip compile --generate-hashes requirements.in -o requirements.txt
    bundle lock --add-checksums
    dotnet restore --use-lock-file    then  dotnet restore --locked-mode
    terraform providers lock -platform=linux_amd64 -platform=darwin_arm64
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems import Manifest
from sscop.check import ESTABLISHES, SUPPORTS, check
from sscop.judgement.dependency_locks import Judged, judge
from sscop.judgement.problems import SHOWN, count, told
from sscop.judgement.unlockable import without_hashes
from sscop.model import Evidence, Finding, Kind, met, not_applicable, unknown
from sscop.repository import Repository

GROUPED = {"nuget", "terraform"}
"""Where one setting or habit decides for all projects: one finding for them."""


@check(
    title="Manifests have locks with hashes, tracked and in step",
    claims={"components-listed": SUPPORTS, "component-integrity": ESTABLISHES},
)
def dependency_locks(repo: Repository) -> Iterator[Finding]:
    """What is wrong with the manifests' locks, and which of them are good."""
    judged = judge(repo)
    yield from (one.finding() for one in judged.unread if not repo.gone(one))
    yield from (_not_read(one) for one in judged.not_read)
    together = [one for one in judged.problems if one.group in GROUPED or one.kind is Kind.ADVICE]
    yield from told(together, most=1)
    yield from told(one for one in judged.problems if one not in together)
    hashed = {one.ecosystem for one in judged.inventory.manifests} - {one.ecosystem for one in judged.unlockable}
    yield from without_hashes(judged.inventory, hashed)
    if judged.good:
        message = f"locks with hashes: {judged.locks}, for {count(judged.covered, 'manifest')}"
        yield met("locked", message, *judged.good[:SHOWN])
    elif not judged.unread and not judged.not_read and all(one.kind is Kind.ADVICE for one in judged.problems):
        yield _nothing(judged)


def _not_read(one: Manifest) -> Finding:
    message = f"the dependencies that {one.tool} has from `{one.path}`, and their lock, are not read by this check"
    return unknown("not-read", message, Evidence(one.path), key=one.tool)


def _nothing(judged: Judged) -> Finding:
    """Why there is nothing that a lock is asked of."""
    if judged.unlockable:
        tools = ", ".join(sorted({one.tool.capitalize() for one in judged.unlockable}))
        return not_applicable(
            "no-lock-format", f"{tools}: a lock with hashes is not usual; found no version that changes"
        )
    if judged.libraries:
        return not_applicable("libraries", "found libraries alone, of which no lock is asked")
    if any(one.dependencies for one in judged.inventory.manifests):
        return not_applicable("no-lock-needed", "found no manifest of the product that needs a lock of its own")
    return not_applicable("no-dependencies", "found no manifest of a package manager that names dependencies")
