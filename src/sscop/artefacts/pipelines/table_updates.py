"""Tools that propose or make updates of components; `tools` says how a row is read.

The name of a row is an ecosystem's, by Dependabot's names, or `renovate` and the like, which look after all.
"""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

_UPDATE = (Purpose.UPDATE,)

UPDATES: tuple[Tool, ...] = (
    Tool("renovate", _UPDATE, ("renovatebot/github-action", "template: renovate*"), ("renovate", "renovate-bot")),
    Tool("updatecli", _UPDATE, ("updatecli/updatecli-action",), ("updatecli apply|diff|compose",)),
    Tool("dependabot", _UPDATE, (), ("dependabot update",)),
    Tool(
        "pre-commit",
        _UPDATE,
        ("browniebroke/pre-commit-autoupdate-action",),
        ("pre-commit autoupdate", "prek autoupdate"),
    ),
    Tool(
        "npm",
        _UPDATE,
        (),
        (
            "npm update|upgrade",
            "yarn up|upgrade|upgrade-interactive",
            "pnpm update|up|upgrade",
            "npm-check-updates",
            "ncu",
            "taze",
        ),
    ),
    Tool("bun", _UPDATE, (), ("bun update",)),
    Tool(
        "pip",
        _UPDATE,
        ("technote-space/auto-update-pip-action",),
        (
            "pip-compile --upgrade",
            "pip-compile -U",
            "uv pip compile --upgrade",
            "uv pip compile -U",
            "poetry update|up",
            "pipenv update|upgrade",
            "pdm update",
            "pcu",
            "pip-review",
            "pip-upgrade",
            "hatch-pip-compile --upgrade",
        ),
    ),
    Tool("uv", _UPDATE, (), ("uv lock --upgrade", "uv lock -U", "uv sync --upgrade", "uv sync -U", "uv-bump")),
    Tool("cargo", _UPDATE, (), ("cargo update", "cargo upgrade")),
    Tool("gomod", _UPDATE, (), ("go get -u", "go get -u=patch", "go-mod-upgrade")),
    Tool("bundler", _UPDATE, (), ("bundle update", "bundler update")),
    Tool("composer", _UPDATE, (), ("composer update|upgrade",)),
    Tool("mix", _UPDATE, (), ("mix deps.update", "mix hex.outdated")),
    Tool("pub", _UPDATE, (), ("dart pub upgrade", "flutter pub upgrade")),
    Tool("nuget", _UPDATE, (), ("dotnet outdated", "dotnet-outdated", "dotnet-updates")),
    Tool(
        "maven",
        _UPDATE,
        (),
        ("mvn .. versions:use-latest-releases|versions:update-properties|versions:use-latest-versions",),
    ),
    Tool("sbt", _UPDATE, ("scala-steward-org/scala-steward-action",), ("scala-steward",)),
    Tool("nix", _UPDATE, ("determinatesystems/update-flake-lock",), ("nix flake update",)),
    Tool("swift", _UPDATE, (), ("swift package update",)),
    Tool("gitsubmodule", _UPDATE, (), ("git submodule update --remote",)),
    Tool("gradle", _UPDATE, ("gradle-update/update-gradle-wrapper-action",), ()),
    Tool(
        "github-actions",
        _UPDATE,
        ("saadmk11/github-actions-version-updater",),
        ("pinact run --update", "pinact run -u"),
    ),
    Tool("julia", _UPDATE, ("julia-actions/compathelper-action",), ()),
    Tool("conda", _UPDATE, (), ("conda-lock .. --update", "conda update")),
    Tool("vcpkg", _UPDATE, (), ("vcpkg x-update-baseline",)),
)
