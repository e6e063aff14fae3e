"""Customers can verify that a release is what its makers released.

Why
---
Whoever gets between the build and the customer (a stolen registry token, a mirror, a release page) can put something
else in its place. A signature or attestation made where the release is built lets customers see that, if they know how
to look.

What counts
-----------
First, how the product reaches customers: publishing steps of pipelines (registries, images, charts, files of a
release, app stores), followed into local actions, reusable workflows, make, npm and scripts; what is taken by tag (Go
libraries, Terraform modules, GitHub actions, pre-commit hooks, Swift and Composer packages, Ansible roles); releases
and tags that texts and scripts tell people to make; packages that the README says are on a registry. Dry runs,
snapshots, TestPyPI and images of pull requests are none.

Then, for each channel, what signs or attests it on that path: cosign, GitHub's attestations, SLSA's generators,
provenance of npm and PyPI (also by default with trusted publishing), GnuPG, minisign, code signing for Windows and
Apple, Maven's and Gradle's signing, GoReleaser's and JReleaser's signing, Helm, Notation, signed tags; or the
registry's own signature that clients check (app stores, editors' marketplaces, Go's checksum database). The signatures
of NuGet.org and of npm's registry are none: they say from where a package came, not who made it.

Where a key must be known (cosign with a key, GnuPG, minisign ...), customers must be told how to verify: a command such
as `cosign verify`, a section about it, or signatures with a file of KEYS, in README, SECURITY.md, the documentation or
the notes of releases. Where their tools look by themselves, or the repository's name is all that they need (GitHub's
attestations, SLSA's generators, cosign without a key), that is advice.

Absent: a package on a registry, where nothing here publishes or signs it and no text tells how to verify it.

Inadequate: checksums alone; a signing step that never runs, may fail, or runs beside the release; BuildKit's
provenance, which is not signed; signatures with a key that nobody is told how to verify.

Not told: releases made by another repository's workflow, by a system that is not read (Jenkins ...) or in a language
that is not read, and what a guide to releasing or a build's file points to. A command that signs in such a system's
file, or in a script that it names, counts where customers are told how to verify. Not applicable: nothing is released,
such as a service that its owner runs; what is seen of that is named.

How to fix
----------
In the job that publishes:

    permissions: {contents: write, id-token: write, attestations: write}
    steps:
      - uses: actions/attest-build-provenance@<commit>
        with: {subject-path: "dist/*"}

and in README: `gh attestation verify FILE --repo OWNER/NAME`. For images `cosign sign` with the digest, for npm `npm
publish --provenance`, for PyPI trusted publishing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import ESTABLISHES, check
from sscop.judgement.release_integrity import findings
from sscop.model import Finding
from sscop.platform import Platform
from sscop.repository import Repository


@check(title="Customers can verify what is released", claims={"integrity-verifiable": ESTABLISHES})
def release_integrity(repo: Repository, platform: Platform) -> Iterator[Finding]:
    """What signs each channel of the product, and whether customers are told how to verify it."""
    yield from findings(repo, platform)
