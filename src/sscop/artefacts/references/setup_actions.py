"""Actions that install a tool whose version is an input: the version floats even where the action is pinned.

Source: each action's own `action.yml`, read in 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import Text, text
from sscop.artefacts.reference import Fixity, Reference, Tool
from sscop.artefacts.versions import of_version
from sscop.artefacts.workflow import Job, Step
from sscop.lazy import NamedTuple, lazily


class _Input(NamedTuple):
    name: str
    tool: Tool
    latest: bool = False
    """Whether leaving it out means whatever is latest."""


def _toolchain(name: str) -> _Input:
    return _Input(name, Tool.TOOLCHAIN)


def _latest(name: str) -> _Input:
    return _Input(name, Tool.TOOL_VERSION, latest=True)


def _fixed(name: str) -> _Input:
    return _Input(name, Tool.TOOL_VERSION)


_INPUTS: dict[str, tuple[_Input, ...]] = {
    "actions/setup-node": (_toolchain("node-version"),),
    "actions/setup-python": (_toolchain("python-version"),),
    "actions/setup-java": (_toolchain("java-version"),),
    "actions/setup-go": (_toolchain("go-version"),),
    "actions/setup-dotnet": (_toolchain("dotnet-version"),),
    "ruby/setup-ruby": (_toolchain("ruby-version"),),
    "shivammathur/setup-php": (_toolchain("php-version"),),
    "denoland/setup-deno": (_toolchain("deno-version"),),
    "oven-sh/setup-bun": (_toolchain("bun-version"),),
    "erlef/setup-beam": (_toolchain("otp-version"), _toolchain("elixir-version")),
    "julia-actions/setup-julia": (_toolchain("version"),),
    "r-lib/actions/setup-r": (_toolchain("r-version"),),
    "haskell-actions/setup": (_toolchain("ghc-version"),),
    "dart-lang/setup-dart": (_toolchain("sdk"),),
    "subosito/flutter-action": (_toolchain("flutter-version"),),
    "swift-actions/setup-swift": (_toolchain("swift-version"),),
    "graalvm/setup-graalvm": (_toolchain("java-version"),),
    "maxim-lobanov/setup-xcode": (_toolchain("xcode-version"),),
    "mlugg/setup-zig": (_toolchain("version"),),
    "goto-bus-stop/setup-zig": (_toolchain("version"),),
    "actions-rs/toolchain": (_toolchain("toolchain"),),
    "actions-rust-lang/setup-rust-toolchain": (_toolchain("toolchain"),),
    "dtolnay/rust-toolchain": (_toolchain("toolchain"),),
    "goreleaser/goreleaser-action": (_latest("version"),),
    "golangci/golangci-lint-action": (_latest("version"),),
    "hashicorp/setup-terraform": (_latest("terraform_version"),),
    "hashicorp/setup-packer": (_latest("version"),),
    "opentofu/setup-opentofu": (_latest("tofu_version"),),
    "terraform-linters/setup-tflint": (_latest("tflint_version"),),
    "azure/setup-helm": (_latest("version"),),
    "azure/setup-kubectl": (_latest("version"),),
    "snok/install-poetry": (_latest("version"),),
    "bufbuild/buf-setup-action": (_latest("version"),),
    "extractions/setup-just": (_latest("just-version"),),
    "google-github-actions/setup-gcloud": (_latest("version"),),
    "reviewdog/action-setup": (_latest("reviewdog_version"),),
    "ko-build/setup-ko": (_latest("version"),),
    "jdx/mise-action": (_latest("version"),),
    "supabase/setup-cli": (_fixed("version"),),
    "arduino/setup-task": (_fixed("version"),),
    "arduino/setup-protoc": (_fixed("version"),),
    "astral-sh/setup-uv": (_latest("version"),),
    "astral-sh/ruff-action": (_fixed("version"),),
    "pnpm/action-setup": (_fixed("version"),),
    "abatilo/actions-poetry": (_fixed("poetry-version"),),
    "pdm-project/setup-pdm": (_fixed("version"),),
    "sigstore/cosign-installer": (_fixed("cosign-release"),),
    "aquasecurity/trivy-action": (_fixed("version"),),
    "aquasecurity/setup-trivy": (_fixed("version"),),
    "anchore/sbom-action": (_fixed("syft-version"),),
    "anchore/scan-action": (_fixed("grype-version"),),
    "docker/setup-buildx-action": (_fixed("version"),),
    "docker/setup-compose-action": (_fixed("version"),),
    "gradle/actions/setup-gradle": (_fixed("gradle-version"),),
    "zizmorcore/zizmor-action": (_latest("version"),),
    "taiki-e/install-action": (_fixed("tool"),),
    "psf/black": (_fixed("version"),),
    "pulumi/actions": (_fixed("pulumi-version"),),
    "helm/kind-action": (_fixed("version"),),
    "helm/chart-testing-action": (_fixed("version"),),
}


_VERSION_INPUT = lazily(r"(?:^|[-_])version$", re.IGNORECASE)
_ROLLING = ("latest", "stable", "nightly", "lts", "lts/*", "edge", "main", "master", "*")


def versions(step: Step, job: Job | None, path: str) -> Iterator[Reference]:
    """The tool versions that a step's inputs ask for, each at its own line, matrix values expanded."""
    assert step.uses
    action = step.uses.split("@")[0]
    known = _INPUTS.get(action.lower())
    # Of an action that is not listed, an input whose name says version and whose value says latest is enough.
    wanted = known or [
        _fixed(name) for name, value in step.with_.items() if _VERSION_INPUT.search(name) and value in _ROLLING
    ]
    for one in wanted:
        given = text(step.with_.get(one.name))
        key = f"{action}:{one.name}"
        how = f"`{one.name}: <exact version>`"
        if given is None:
            if one.latest and not any("version" in name for name in step.with_):
                why = f"no `{one.name}`, so the action takes whatever is latest"
                yield Reference(Tool.TOOL_DEFAULT, path, step.uses.line, action, key, Fixity.MUTABLE, why, how)
            continue
        for value in job.values(given, step.env) if job else [given]:
            for version, line in _lines(value):
                fixity = _judge(version, one)
                why = f"`{version}` is not one exact version" if fixity is Fixity.MUTABLE else ""
                if fixity is not Fixity.UNKNOWN:
                    yield Reference(
                        one.tool, path, line, f"{one.name}: {version}", key, fixity, why, how if why else ""
                    )


def _judge(version: str, wanted: _Input) -> Fixity:
    if wanted.name == "tool":  # a list of `name@version`
        names = [name.strip() for name in version.split(",") if name.strip()]
        fixities = {of_version(name.partition("@")[2] or "latest") for name in names}
        return Fixity.MUTABLE if Fixity.MUTABLE in fixities else Fixity.EXACT
    if wanted.tool is Tool.TOOLCHAIN:  # pypy-3.11, temurin-21
        version = re.sub(r"^[A-Za-z]+-(?=\d)", "", version)
    return of_version(version)


def _lines(value: Text) -> Iterator[tuple[str, int]]:
    """The versions of an input that may hold several, one on each line."""
    start = value.line + (value.style in ("|", ">"))
    for offset, line in enumerate(value.split("\n")):
        if line.strip():
            yield line.strip(), start + offset
