"""The files that decide what a build does, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping

from sscop.artefacts.codeowners import owners_files
from sscop.artefacts.dockerfile import dockerfiles
from sscop.artefacts.pipelines.gitlab_files import included
from sscop.artefacts.workflow import action_paths, workflow_paths
from sscop.repository import Repository
from sscop.repository.places import Family

PIPELINES, IMAGES, OWNERSHIP = "pipelines", "image definitions", "the ownership file itself"
BUILDS, LOCKS, UPDATES = "build definitions", "dependency locks", "hook and update settings"

_GLOBS = {
    PIPELINES: """
        **/.gitlab-ci.{yml,yaml} .gitlab/*.{yml,yaml} .gitlab/ci/**/*.{yml,yaml} .circleci/*.{yml,yaml}
        **/azure-pipelines*.{yml,yaml} **/Jenkinsfile **/Jenkinsfile.* **/Jenkinsfile_* **/*.jenkinsfile
        .buildkite/*.{yml,yaml} bitbucket-pipelines.yml .travis.yml .drone.yml cloudbuild*.{yml,yaml}
        .woodpecker/*.{yml,yaml} .tekton/*.{yml,yaml} **/buildspec*.{yml,yaml} buildspec/*.{yml,yaml}
    """,
    BUILDS: """
        Makefile GNUmakefile Taskfile.{yml,yaml} justfile pyproject.toml setup.py package.json pom.xml build.gradle
        build.gradle.kts Cargo.toml go.mod Gemfile composer.json CMakeLists.txt build.sbt mix.exs Package.swift
        MODULE.bazel WORKSPACE .goreleaser.{yml,yaml} Rakefile
    """,
    LOCKS: """
        package-lock.json yarn.lock pnpm-lock.yaml bun.lock poetry.lock uv.lock Pipfile.lock Cargo.lock go.sum
        Gemfile.lock composer.lock gradle.lockfile packages.lock.json pdm.lock requirements.txt
    """,
    UPDATES: """
        .pre-commit-config.yaml .github/dependabot.{yml,yaml} renovate.json renovate.json5 .renovaterc
        .github/renovate.json .github/renovate.json5 .npmrc pip.conf
    """,
}


def build_files(repo: Repository) -> Mapping[str, list[str]]:
    """The build files of a repository by kind, each list sorted; kinds without any are left out."""
    found = {kind: repo.find(*globs.split(), family=Family.TOOLS) for kind, globs in _GLOBS.items()}
    found[PIPELINES] = sorted({*found[PIPELINES], *workflow_paths(repo), *action_paths(repo), *repo.once(included)})
    found[IMAGES] = sorted(set(dockerfiles(repo, Family.TOOLS)))
    found[OWNERSHIP] = owners_files(repo)[:1]
    return {kind: paths for kind, paths in found.items() if paths}
