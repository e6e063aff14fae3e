"""Pipelines of systems that are not read: that they are there must not read as that there are none."""

from __future__ import annotations

import re

from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

SYSTEMS = {
    "Jenkins": ("**/Jenkinsfile", "**/Jenkinsfile.*", "**/Jenkinsfile_*", "**/*.jenkinsfile", ".jenkins/**/*.groovy"),
    "Travis CI": (".travis.yml",),
    "AppVeyor": ("appveyor.yml", ".appveyor.yml", ".appveyor/*.yml", "appveyor/*.yml"),
    "Bitbucket Pipelines": ("bitbucket-pipelines.yml",),
    "Drone": (".drone*.{yml,yaml,star,jsonnet}",),
    "Buildkite": (".buildkite/**/*.{yml,yaml}", "buildkite.yml"),
    "Cirrus CI": (".cirrus.{yml,star}",),
    "TeamCity": (".teamcity/**/*.{kts,xml}",),
    "Semaphore": (".semaphore/**/*.yml",),
    "Woodpecker": (".woodpecker.{yml,yaml}", ".woodpecker/**/*.{yml,yaml}"),
    "Tekton": (".tekton/**/*.{yml,yaml}",),
    "builds.sr.ht": (".build.yml", ".builds/*.yml"),
    "Prow": (".prow.yaml", ".prow/**/*.yaml", ".ci-operator.yaml"),
    "Zuul": (".zuul.{yml,yaml}", "zuul.{yml,yaml}", ".zuul.d/**/*.{yml,yaml}", "zuul.d/**/*.{yml,yaml}"),
    "Codemagic": ("codemagic.yaml",),
    "Bitrise": ("bitrise.yml",),
    "Concourse": ("{,.}{ci,concourse}/*.{yml,yaml}", "{ci,concourse}/{pipelines,tasks}/*.{yml,yaml}"),
    "AWS CodeBuild": ("**/buildspec*.{yml,yaml}", "**/buildspec/*.{yml,yaml}"),
    "Google Cloud Build": ("cloudbuild.{yml,yaml,json}", "**/cloudbuild*.{yml,yaml}"),
    "Forgejo or Gitea Actions": (".{forgejo,gitea}/workflows/*.{yml,yaml}",),
    "Gerrit or Kokoro": (".kokoro/**/*.cfg",),
    "Xcode Cloud": ("ci_scripts/ci_{post_clone,pre_xcodebuild,post_xcodebuild}.sh",),
}  # fmt: skip
"""The files of each system, by its name."""

_CONCOURSE = lazily(r"^(?:image_resource|resource_types|platform: *linux)\b", re.MULTILINE)


def unread(repo: Repository) -> tuple[Unread, ...]:
    """One for each system that has files here, at its first one (the shortest path)."""
    found = []
    for name, path in systems(repo).items():
        article = "an" if name[0] in "AX" else "a"
        found.append(Unread(path, f"{article} {name} pipeline, which is not read", 1))
    owners = repo.text("OWNERS") if repo.has("OWNERS") else ""
    if isinstance(owners, str) and "approvers:" in owners:
        found.append(Unread("OWNERS", "a file of Prow's, whose jobs are kept in another repository", 1))
    return tuple(found)


def systems(repo: Repository) -> dict[str, str]:
    """The systems that have files here, each with its first one (the shortest path)."""
    found = {}
    for name, globs in SYSTEMS.items():
        paths = repo.find(*globs, family=Family.TOOLS)
        if name == "Concourse":  # its files have no name of their own
            paths = [path for path in paths if isinstance(said := repo.text(path), str) and _CONCOURSE.search(said)]
        if paths:
            found[name] = min(paths, key=lambda path: (path.count("/"), path))
    return found
