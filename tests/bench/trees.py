"""The trees that the benchmark looks at: real files on disk, listed by git, committed once.

Most files of a repository are of no interest to sscop, and some are: a `project` brings a fixed set of those that it
opens (workflows, Dockerfiles and so on), of usual size. All other files have one short content and a realistic mix
of extensions, YAML that is no candidate among them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from shutil import which

STEP = """\
      - name: Step {n}
        uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5.0.0
        with:
          fetch-depth: 0
      - run: |
          set -euo pipefail
          python -m pip install --require-hashes -r requirements.txt
          if [ "${{{{ matrix.os }}}}" = ubuntu ]; then make test N="$(nproc)"; fi
"""
WORKFLOW = (
    "name: CI\non:\n  push:\n    branches: [main]\n  pull_request:\npermissions: {}\njobs:\n"
    + "".join(
        f"  job{job}:\n    runs-on: ubuntu-24.04\n    strategy:\n      matrix:\n        os: [ubuntu, windows]\n"
        "    steps:\n" + "".join(STEP.format(n=n) for n in range(4))
        for job in range(3)
    )
)  # fmt: skip
"""A hundred and some lines, about the median of what public repositories have."""

DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG VERSION=3.13
FROM python:${VERSION}-slim@sha256:c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff AS build
WORKDIR /app
COPY requirements.txt ./
RUN apt-get update \\
    && apt-get install -y --no-install-recommends build-essential=12.9 curl=8.5 \\
    && rm -rf /var/lib/apt/lists/*
RUN python -m pip install --require-hashes -r requirements.txt
COPY . .
CMD ["python", "-m", "app"]
"""
MAKEFILE = "VENV := .venv\n\ntest: lint\n\t$(VENV)/bin/pytest\n\nlint:\n\t$(VENV)/bin/ruff check\n"
PACKAGE_JSON = (
    '{\n  "name": "app",\n  "packageManager": "pnpm@9.1.0",\n  "devDependencies": {\n'
    + ",\n".join(f'    "package-{n}": "^1.{n}.0"' for n in range(30))
    + "\n  }\n}\n"
)
PYPROJECT = '[build-system]\nrequires = ["hatchling==1.27.0"]\nbuild-backend = "hatchling.build"\n'
PRE_COMMIT = """\
repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: 08c6903cd8c0fde910a37f88322edcfb5dd907a8
    hooks: [{id: check-yaml}, {id: end-of-file-fixer}]
"""
COMPOSE = "services:\n" + "".join(f"  s{n}:\n    image: redis:7.{n}\n    ports: ['80{n}:80']\n" for n in range(6))
ACTION = "name: Set up\ndescription: Set up\nruns:\n  using: composite\n  steps:\n" + STEP.format(n=1)
DEVCONTAINER = '{\n  // the image that we work in\n  "image": "mcr.microsoft.com/devcontainers/base:1",\n}\n'
MARKDOWN = "# Security policy\n\n" + "Report problems to security@example.org, we answer in five days.\n\n" * 20
TERRAFORM = 'terraform {\n  required_version = "1.9.0"\n}\n\nresource "null_resource" "one" {\n  count = 1\n}\n'
REQUIREMENTS = "".join(f"package-{n}==1.{n}\n" for n in range(30))

KINDS: dict[str, tuple[dict[str, str], float | None]] = {
    "workflow": ({".github/workflows/ci.yml": WORKFLOW}, None),
    "Dockerfile": ({"Dockerfile": DOCKERFILE}, None),
    "compose file": ({"compose.yaml": COMPOSE}, None),
    "development container": ({".devcontainer/devcontainer.json": DEVCONTAINER}, None),
    "package.json": ({"package.json": PACKAGE_JSON}, None),
    "pyproject.toml": ({"pyproject.toml": PYPROJECT}, None),
    "security policy (Markdown)": ({"SECURITY.md": MARKDOWN}, 2.5),
    "requirements file": ({"requirements.txt": REQUIREMENTS}, 0.5),
    "Terraform module": ({"main.tf": TERRAFORM}, 1.9),
}
"""One file of each kind of reader, and how much its reader may add over the floor; None: it is in the umbrella's."""

PROJECT = {
    ".github/workflows/ci-{n}.yml": WORKFLOW,
    ".github/workflows/release-{n}.yml": WORKFLOW,
    "apps/app{n}/Dockerfile": DOCKERFILE,
    "apps/app{n}/dev.Dockerfile": DOCKERFILE,
    "apps/app{n}/compose.yaml": COMPOSE,
    "apps/app{n}/package.json": PACKAGE_JSON,
    "apps/app{n}/web/package.json": PACKAGE_JSON,
    "apps/app{n}/pyproject.toml": PYPROJECT,
    "apps/app{n}/action.yml": ACTION,
    "apps/app{n}/.nvmrc": "22.11.0\n",
    "apps/app{n}/.devcontainer/devcontainer.json": DEVCONTAINER,
    "apps/app{n}/Makefile": MAKEFILE,
}
ONCE = {"README.md": MARKDOWN, "SECURITY.md": MARKDOWN, "Makefile": MAKEFILE, ".pre-commit-config.yaml": PRE_COMMIT}
EXTENSIONS = ["py"] * 25 + ["ts"] * 20 + ["go"] * 20 + ["json"] * 8 + ["md"] * 8 + ["yaml"] * 4 + [
    "png", "svg", "css", "html", "txt", "sh", "java", "rs", "c", "h", "snap", "lock", "tf", "proto", "sql",
]  # fmt: skip
"""A hundred files' extensions."""

FILLER = b"# nothing of interest\n"
FILES_IN_FOLDER = 25


@cache
def git() -> tuple[str, ...]:
    """Git's absolute path, with nothing of the caller's configuration that could change what is measured."""
    path = which("git")
    if path is None:
        raise SystemExit("git was not found on PATH")
    return (os.path.abspath(path), "-c", "core.fsmonitor=false")


def make_single(root: str, kind: str | None) -> None:
    """A repository with a README and, of a kind of KINDS, one file."""
    _make(root, {"README.md": "# App\n", **(KINDS[kind][0] if kind else {})}, 0)


def make_tree(root: str, files: int, projects: int) -> str:
    """A repository of so many files, the candidates of so many projects among them; says what was made."""
    candidates = ONCE | {path.format(n=n): text for n in range(projects) for path, text in PROJECT.items()}
    _make(root, candidates, files - len(candidates))
    return f"{len(candidates)} candidates"


def _make(root: str, texts: dict[str, str], fillers: int) -> None:
    """Write the files, list them by object name (adding 200,000 would hash each), commit, pack."""
    os.makedirs(root)
    _git(root, "init", "-q", "-b", "main")
    for path, text in texts.items():
        os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    _git(root, "add", "-A")
    oid = _git(root, "hash-object", "-w", "--stdin", given=FILLER).decode().strip()
    index = subprocess.Popen([*git(), "update-index", "--add", "--index-info"], cwd=root, stdin=subprocess.PIPE)
    assert index.stdin
    for path in _fillers(root, fillers):
        index.stdin.write(f"100644 {oid}\t{path}\n".encode())
    index.communicate()
    tree = _git(root, "write-tree").decode().strip()
    commit = _git(root, *_IDENTITY, "commit-tree", "-m", "All", tree).decode().strip()
    _git(root, "update-ref", "HEAD", commit)
    _git(root, "repack", "-a", "-d", "-q")


_IDENTITY = ("-c", "user.name=bench", "-c", "user.email=bench@invalid")


def _fillers(root: str, count: int) -> Iterator[str]:
    """The paths of the files of no interest, each written before it is named."""
    folder = ""
    for n in range(count):
        if n % FILES_IN_FOLDER == 0:
            part = n // FILES_IN_FOLDER
            folder = f"src/area{part // 400:02}/module{part // 20 % 20:02}/part{part % 20:02}"
            os.makedirs(os.path.join(root, folder), exist_ok=True)
        path = f"{folder}/file_{n}.{EXTENSIONS[n * 7 % len(EXTENSIONS)]}"
        with open(os.path.join(root, path), "wb") as file:
            file.write(FILLER)
        yield path


def _git(root: str, *arguments: str, given: bytes = b"") -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run([*git(), *arguments], cwd=root, input=given, env=environment, capture_output=True)
    if done.returncode:
        raise SystemExit(f"git {arguments[0]} failed: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout
