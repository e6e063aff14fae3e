"""What to say of each package manager's lock: its name, how it is made and how an install is held to it."""

from __future__ import annotations

from sscop.lazy import NamedTuple


class Words(NamedTuple):
    """A tool's lock file, the command that writes it, the command that installs just what it names."""

    lock: str
    make: str
    frozen: str


WORDS: dict[str, Words] = {
    "npm": Words("package-lock.json", "npm install", "npm ci"),
    "pnpm": Words("pnpm-lock.yaml", "pnpm install", "pnpm install --frozen-lockfile"),
    "yarn": Words("yarn.lock", "yarn install", "yarn install --immutable (yarn 1: --frozen-lockfile)"),
    "bun": Words("bun.lock", "bun install", "bun install --frozen-lockfile"),
    "deno": Words("deno.lock", "deno install", "deno install --frozen"),
    "poetry": Words("poetry.lock", "poetry lock", "poetry sync"),
    "uv": Words("uv.lock", "uv lock", "uv sync --locked"),
    "pdm": Words("pdm.lock", "pdm lock", "pdm sync"),
    "pipenv": Words("Pipfile.lock", "pipenv lock", "pipenv sync"),
    "pip": Words("pylock.toml", "pip lock or uv lock", "pip install --require-hashes -r requirements.txt"),
    "cargo": Words("Cargo.lock", "cargo generate-lockfile", "cargo build --locked"),
    "go": Words("go.sum", "go mod tidy", "go build, whose default is -mod=readonly"),
    "nuget": Words(
        "packages.lock.json",
        "dotnet restore --use-lock-file, with RestorePackagesWithLockFile in Directory.Build.props",
        "dotnet restore --locked-mode",
    ),
    "composer": Words("composer.lock", "composer update --lock", "composer install"),
    "bundler": Words("Gemfile.lock", "bundle lock --add-checksums", "bundle config set frozen true"),
    "swift": Words("Package.resolved", "swift package resolve", "swift build --only-use-versions-from-resolved-file"),
    "dart": Words("pubspec.lock", "dart pub get", "dart pub get --enforce-lockfile"),
    "mix": Words("mix.lock", "mix deps.get", "mix deps.get --check-locked"),
    "terraform": Words(".terraform.lock.hcl", "terraform providers lock", "terraform init -lockfile=readonly"),
    "helm": Words("Chart.lock", "helm dependency update", "helm dependency build"),
}

HASHES: dict[str, str] = {
    "bundler": "run `bundle lock --add-checksums` (Bundler 2.6 and later) and commit the Gemfile.lock",
    "npm": "delete node_modules and package-lock.json, run `npm install` and commit the new package-lock.json",
    "poetry": "run `poetry lock` with Poetry 1.5 or later and commit the poetry.lock",
    "pipenv": "run `pipenv lock` and commit the Pipfile.lock",
    "dart": "run `dart pub get` with Dart 2.19 or later and commit the pubspec.lock",
    "yarn": "run `yarn install` with an empty cache and commit the yarn.lock",
}
"""How hashes come into a lock that has none; the others' locks have them whenever they are written anew."""


def hashes(tool: str) -> str:
    """How to get hashes into a tool's lock."""
    return HASHES.get(tool, f"write it anew (`{WORDS[tool].make}`) and commit it")
