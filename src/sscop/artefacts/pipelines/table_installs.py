"""The commands that install what a manifest names; `tools` says how a row is read."""

from __future__ import annotations

from sscop.artefacts.pipelines.tools import Purpose, Tool

_INSTALL = (Purpose.INSTALL,)

INSTALLS: tuple[Tool, ...] = (
    Tool("npm", _INSTALL, (), ("npm ci|clean-install|install|i|install-clean",)),
    Tool("pnpm", _INSTALL, (), ("pnpm install|i|ci",)),
    Tool("yarn", _INSTALL, (), ("yarn install", "yarn $")),
    Tool("bun", _INSTALL, (), ("bun install|i|ci",)),
    Tool("pip", _INSTALL, (), ("pip install", "pip3 install", "uv pip install|sync", "pip-sync")),
    Tool("uv", _INSTALL, (), ("uv sync",)),
    Tool("poetry", _INSTALL, (), ("poetry install|sync|update",)),
    Tool("pdm", _INSTALL, (), ("pdm install|sync|update",)),
    Tool("pipenv", _INSTALL, (), ("pipenv install|sync|update",)),
    Tool("cargo", _INSTALL, (), ("cargo .. build|b|fetch",)),
    Tool("go", _INSTALL, (), ("go mod download|verify", "go build|test|install|run -mod=mod|readonly|vendor")),
    Tool("bundler", _INSTALL, ("ruby/setup-ruby",), ("bundle install", "bundle update", "bundle $")),
    Tool("composer", _INSTALL, ("ramsey/composer-install",), ("composer install|update",)),
    Tool("nuget", _INSTALL, (), ("dotnet restore",)),
    Tool("dart", _INSTALL, (), ("dart pub get|upgrade", "flutter pub get|upgrade")),
    Tool("mix", _INSTALL, (), ("mix deps.get|deps.update",)),
    Tool("deno", _INSTALL, (), ("deno install|ci",)),
    Tool("terraform", _INSTALL, (), ("terraform .. init", "tofu .. init")),
    Tool("helm", _INSTALL, (), ("helm dependency|dep build|update",)),
)
