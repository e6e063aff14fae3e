"""Tools that propose or make updates of components; `tools` says how a row is read.

A row's name ends in an ecosystem, by Dependabot's names, or in `renovate` and the like, which look after all.
"""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

_UPDATE = (Purpose.UPDATE,)

UPDATES: tuple[Tool, ...] = (
    Tool(
        "updates of renovate",
        _UPDATE,
        ("renovatebot/github-action", "template: renovate*"),
        ("renovate", "renovate-bot"),
    ),
    Tool("updates of updatecli", _UPDATE, ("updatecli/updatecli-action",), ("updatecli apply|diff|compose",)),
    Tool("updates of dependabot", _UPDATE, (), ("dependabot update",)),
    Tool(
        "updates of pre-commit",
        _UPDATE,
        ("browniebroke/pre-commit-autoupdate-action",),
        ("pre-commit autoupdate", "prek autoupdate"),
    ),
    Tool(
        "updates of npm",
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
    Tool("updates of bun", _UPDATE, (), ("bun update",)),
    Tool(
        "updates of pip",
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
    Tool("updates of uv", _UPDATE, (), ("uv lock --upgrade", "uv lock -U", "uv sync --upgrade", "uv sync -U")),
    Tool("updates of cargo", _UPDATE, (), ("cargo update", "cargo upgrade")),
    Tool("updates of gomod", _UPDATE, (), ("go get -u", "go get -u=patch", "go-mod-upgrade")),
    Tool("updates of bundler", _UPDATE, (), ("bundle update", "bundler update")),
    Tool("updates of composer", _UPDATE, (), ("composer update|upgrade",)),
    Tool("updates of mix", _UPDATE, (), ("mix deps.update", "mix hex.outdated")),
    Tool("updates of pub", _UPDATE, (), ("dart pub upgrade", "flutter pub upgrade")),
    Tool("updates of nuget", _UPDATE, (), ("dotnet outdated", "dotnet-outdated", "dotnet-updates")),
    Tool(
        "updates of maven",
        _UPDATE,
        (),
        ("mvn .. versions:use-latest-releases|versions:update-properties|versions:use-latest-versions",),
    ),
    Tool("updates of sbt", _UPDATE, ("scala-steward-org/scala-steward-action",), ("scala-steward",)),
    Tool("updates of nix", _UPDATE, ("determinatesystems/update-flake-lock",), ("nix flake update",)),
    Tool("updates of swift", _UPDATE, (), ("swift package update",)),
    Tool("updates of gitsubmodule", _UPDATE, (), ("git submodule update --remote",)),
    Tool("updates of gradle", _UPDATE, ("gradle-update/update-gradle-wrapper-action",), ()),
    Tool(
        "updates of github-actions",
        _UPDATE,
        ("saadmk11/github-actions-version-updater",),
        ("pinact run --update", "pinact run -u"),
    ),
    Tool("updates of julia", _UPDATE, ("julia-actions/compathelper-action",), ()),
    Tool("updates of conda", _UPDATE, (), ("conda-lock .. --update", "conda update")),
    Tool("updates of vcpkg", _UPDATE, (), ("vcpkg x-update-baseline",)),
)
