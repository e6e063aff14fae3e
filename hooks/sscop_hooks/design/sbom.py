"""The product's components are listed in an SBOM that is real and current.

Why
---
When the next widely used library turns out to be broken, the first question is who ships it. A software bill of
materials answers it in minutes, for you and for your customers: if it lists what is really in the product.

What counts
-----------
One of two:

- An SBOM in the repository, recognised by what is in it: CycloneDX (JSON and XML), SPDX 2 (JSON, YAML, tag-value, RDF),
  SPDX 3, SWID. It must list components, share the packages that the manifests name, and hold the versions that the
  locks hold. Where versions can't be compared, it must not be older than the locks' last change; in a shallow clone
  that is unknown. Of several editions for one product, the newest counts.
- One that is made where the product is released: at a tag or release, or in the pipeline that publishes. Known are
  Syft, cdxgen and CycloneDX's generators, Trivy, Microsoft's `sbom-tool`, `npm sbom`, ko, Buildx `sbom: true`, GitHub's
  export, GoReleaser's `sboms:`, JReleaser's `catalog`, dist, and the plugins of Maven, Gradle and bundlers where they
  are bound to the build. Where the pipelines release nothing, making it at every change counts, with advice. Workflows
  of another repository are not read: where one may make it, the answer is unknown.

Inadequate: `{}` and other empty files, an SBOM of something else, one that is stale, and a generator that runs only by
hand or on a schedule, beside the release. SBOMs in tests, examples and vendored folders, a VEX and a policy about SBOMs
are none.

Advice: what is missing of the minimum elements that the NTIA names (supplier, name, version, unique identifier,
relations, author, time), and what breaks the format. With the extra `sscop[sbom]` the formats' own libraries are asked
(up to 1 MiB); without it, the structure is looked at. SBOMs over 16 MiB are unknown.

Without third-party components there is nothing to list.

How to fix
----------
In the job that publishes, after the build:

    - uses: anchore/sbom-action@<commit>
      with: {path: dist, format: cyclonedx-json, output-file: sbom.cdx.json}

and attach the file to the release (`gh release upload "$TAG" sbom.cdx.json`). Or `cyclonedx-npm`, `cyclonedx-py`,
`cargo cyclonedx`, `cyclonedx-gomod`, the CycloneDX plugin of Maven or Gradle, `sboms:` in GoReleaser.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.check import ESTABLISHES, check
from sscop.judgement.sbom import findings
from sscop.model import Finding
from sscop.repository import Repository


@check(
    title="An SBOM lists the product's components, real and current",
    claims={"components-listed": ESTABLISHES},
)
def sbom(repo: Repository) -> Iterator[Finding]:
    """What the kept SBOMs are worth, and whether one is made where the product is released."""
    yield from findings(repo)
