"""How pipelines and images install: held to the lock or not."""

from __future__ import annotations

import pytest

from helpers import workflow
from sscop.artefacts.ecosystems.installing import installing
from sscop.repository import Repository


def said(*commands: str, env: str = "") -> list[tuple[str, bool | None]]:
    """The tools of a workflow's commands, each with whether it is held to the lock."""
    steps = "\n".join(f"      - run: {one}" for one in commands)
    text = f"on: push\n{env}jobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n{steps}\n"
    found = Repository.of({".github/workflows/ci.yml": text}).once(installing)
    return [(one.tool, one.frozen) for one in found]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("npm ci", ("npm", True)),
        ("npm install", ("npm", False)),
        ("npm i --no-audit", ("npm", False)),
        ("npm install -g npm@10", None),
        ("npm install x@1", None),
        ("pnpm install", ("pnpm", True)),
        ("pnpm i --no-frozen-lockfile", ("pnpm", False)),
        ("yarn", ("yarn", False)),
        ("yarn install --immutable", ("yarn", True)),
        ("yarn install --frozen-lockfile", ("yarn", True)),
        ("bun install", ("bun", False)),
        ("bun ci", ("bun", True)),
        ("pip install -r requirements.txt", ("pip", None)),
        ("pip install --require-hashes -r requirements.txt", ("pip", True)),
        ("pip install tox", None),
        ("uv sync", ("uv", False)),
        ("uv sync --locked", ("uv", True)),
        ("poetry install --no-root", ("poetry", True)),
        ("poetry update", ("poetry", False)),
        ("pdm sync", ("pdm", True)),
        ("pdm install", ("pdm", False)),
        ("pipenv install --deploy", ("pipenv", True)),
        ("pipenv install", ("pipenv", False)),
        ("cargo build --release", ("cargo", False)),
        ("cargo build --locked", ("cargo", True)),
        ("cargo +nightly build", ("cargo", False)),
        ("cargo run -- build", None),
        ("go build ./...", None),
        ("go build -mod=mod ./...", ("go", False)),
        ("go mod tidy", None),
        ("go mod download", ("go", True)),
        ("go build -mod=readonly ./...", ("go", True)),
        ("bundle install", ("bundler", False)),
        ("bundle install --deployment", ("bundler", True)),
        ("composer install", ("composer", True)),
        ("composer update", ("composer", False)),
        ("dotnet restore", ("nuget", False)),
        ("dotnet restore --locked-mode", ("nuget", True)),
        ("dotnet restore -p:RestoreLockedMode=true", ("nuget", True)),
        ("mix deps.get", ("mix", None)),
        ("mix deps.get --check-locked", ("mix", True)),
        ("terraform init -upgrade", ("terraform", False)),
        ("terraform init", ("terraform", None)),
        ("helm dependency build", ("helm", True)),
        ("helm dep update", ("helm", False)),
        ("deno install --frozen", ("deno", True)),
    ],
)
def test_commands(command: str, answer: tuple[str, bool | None] | None) -> None:
    assert said(command) == ([answer] if answer else [])


def test_variables_and_settings_before() -> None:
    assert said("uv sync", env="env:\n  UV_LOCKED: 1\n") == [("uv", True)]
    assert said("bundle config set --local deployment true", "bundle install") == [("bundler", True)]
    assert said("bundle config set frozen 1", "bundle install") == [("bundler", True)]


def test_actions_and_places() -> None:
    text = workflow("uses: ruby/setup-ruby@v1\nwith:\n  bundler-cache: true", "uses: ruby/setup-ruby@v1")
    repo = Repository.of(
        {
            ".github/workflows/ci.yml": text,
            "Dockerfile": "FROM x\nENV UV_FROZEN=1 A=b\nENV YARN_ENABLE_IMMUTABLE_INSTALLS true\nRUN uv sync && \\\n"
            "    npm install\nRUN yarn install\nRUN make deps\nCOPY a b\n",
            "Makefile": "deps:\n\tpipenv install\n",
            "examples/Dockerfile": "FROM x\nRUN npm install\n",
            "api/Dockerfile": "FROM x\nRUN bundle config set frozen true\nRUN bundle install\n",
        }
    )
    found = [(one.tool, one.frozen, one.path, one.line) for one in repo.once(installing)]
    assert found[0][:3] == ("bundler", True, ".github/workflows/ci.yml")
    assert ("uv", True, "Dockerfile", 4) in found
    assert ("npm", False, "Dockerfile", 5) in found
    assert ("yarn", True, "Dockerfile", 6) in found
    assert ("bundler", True, "api/Dockerfile", 3) in found
    assert not any(path.startswith("examples/") for _, _, path, _ in found)
