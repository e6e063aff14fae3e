"""The kinds of things that a repository tracks: sources, build definitions, pipelines, infrastructure and so on."""

from __future__ import annotations

from enum import Enum

from sscop.artefacts.code import MOST
from sscop.artefacts.requirement_records.places import texts
from sscop.lazy import NamedTuple, vocabulary
from sscop.repository import Repository
from sscop.repository.places import Family, not_counted


class Kind(Enum):
    """What needs control in a usual product."""

    SOURCES = "sources"
    BUILD = "build definitions"
    PIPELINES = "pipelines"
    INFRASTRUCTURE = "infrastructure definitions"
    LOCKS = "dependency locks"
    MIGRATIONS = "database migrations"
    DOCUMENTATION = "documentation"


SOURCES = vocabulary(
    """
    ada asm astro bas c cc clj cljs cob cpp cr cs cshtml cxx d dart el elm erl ex exs f90 fs fsx go gleam groovy
    h hpp hs ipynb java jl js jsx kt kts lisp lua m mjs ml mli mm njk nim nix pas php pl pm ps1 py pyx r
    rb razor rkt rs sas scala sh sol sql swift ts tsx v vb vala vhd vue zig
    """
)
_USUAL = vocabulary("src lib app apps cmd pkg packages source")
"""Folders at the top whose sources are the ones to show."""
_NAMES = {
    Kind.BUILD: """
        Makefile Dockerfile Containerfile pom.xml build.gradle build.gradle.kts CMakeLists.txt meson.build package.json
        pyproject.toml setup.py setup.cfg Cargo.toml go.mod Gemfile Rakefile composer.json mix.exs pubspec.yaml
        Package.swift BUILD.bazel WORKSPACE build.sbt justfile Taskfile.yml configure.ac flake.nix rebar.config
        dune-project build.zig
    """,
    Kind.INFRASTRUCTURE: """
        Chart.yaml kustomization.yaml kustomization.yml cdk.json serverless.yml docker-compose.yml docker-compose.yaml
        compose.yml compose.yaml Pulumi.yaml helmfile.yaml manifest.yml samconfig.toml Procfile fly.toml
    """,
    Kind.LOCKS: """
        package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock poetry.lock uv.lock
        pdm.lock pylock.toml Pipfile.lock Gemfile.lock composer.lock Cargo.lock go.sum mix.lock pubspec.lock flake.lock
        Package.resolved packages.lock.json gradle.lockfile Podfile.lock .terraform.lock.hcl rebar.lock conan.lock
        cabal.project.freeze MODULE.bazel.lock
    """,
}
_GLOBS = {
    Kind.BUILD: """
        **/*.{csproj,fsproj,vbproj,sln,slnx,gemspec,cabal,opam} **/requirements*.txt
    """,
    Kind.PIPELINES: """
        {.github,.forgejo,.gitea}/workflows/*.{yml,yaml} .woodpecker/*.{yml,yaml} .tekton/*.yaml
        {.gitlab-ci,azure-pipelines,.travis,bitbucket-pipelines,.drone,appveyor}.yml .circleci/config.yml
        **/Jenkinsfile* .buildkite/*.yml .azuredevops/**/*.yml {ci,concourse}/**/*.yml
        {buildspec,cloudbuild,codemagic}.{yml,yaml}
    """,
    Kind.INFRASTRUCTURE: """
        **/*.{tf,bicep} {ansible,playbooks}/**/*.yml **/{cloudformation,helm_deploy}/**/*.{yml,yaml,json}
    """,
    Kind.LOCKS: "",
    Kind.MIGRATIONS: """
        **/{migrations,migrate,flyway,liquibase}/**/*.{py,rb,sql,php,js,ts,cs,xml,yaml,yml,kt,exs,go}
        **/alembic/versions/*.py
    """,
}


def has_sources(repo: Repository) -> bool:
    """Whether there is any software in a repository: a source or a build definition."""
    return not SOURCES.isdisjoint(repo.extensions()) or bool(repo.find(*_globs(Kind.BUILD)))


def _globs(kind: Kind) -> list[str]:
    return [f"**/{name}" for name in _NAMES.get(kind, "").split()] + _GLOBS[kind].split()


class Tracked(NamedTuple):
    """A kind, how many files of it there are, and the first few."""

    kind: Kind
    files: int
    paths: tuple[str, ...]


def tracked_kinds(repo: Repository) -> list[Tracked]:
    """The kinds that are there, in the order of Kind; for `Repository.once`."""
    extensions = repo.extensions()
    sources = {key: count for key, count in extensions.items() if key in SOURCES}
    found = []
    if sources:
        most = max(sources, key=lambda key: sources[key])
        paths = repo.find(f"**/*.{most}", most=MOST)
        own = [path for path in paths if not not_counted(path, Family.PROSE)]
        usual = [path for path in own if path.split("/", 1)[0].lower() in _USUAL]
        found.append(Tracked(Kind.SOURCES, sum(sources.values()), tuple((usual or own or paths)[:5])))
    for kind in _GLOBS:
        family = Family.PROSE if kind is Kind.INFRASTRUCTURE else Family.TOOLS  # an example's chart is nobody's server
        paths = repo.find(*_globs(kind), family=family)
        if paths:
            shallow = sorted(paths, key=lambda path: (path.count("/"), path))
            found.append(Tracked(kind, len(paths), tuple(shallow[:5])))
    docs = repo.once(texts)
    if docs:
        shallow = sorted(docs, key=lambda path: (not path.startswith("docs/"), path.count("/"), path))
        found.append(Tracked(Kind.DOCUMENTATION, len(docs), tuple(shallow[:5])))
    return found
