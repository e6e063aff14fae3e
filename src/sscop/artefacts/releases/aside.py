"""What publishes and releases no product: rehearsals, snapshots, images for builds, archives of documentation."""

from __future__ import annotations

import re

from sscop.artefacts.pipelines import Activity, Event
from sscop.artefacts.pipelines.named import parts
from sscop.artefacts.releases.model import Channel
from sscop.artefacts.releases.path import starts
from sscop.lazy import lazily
from sscop.repository import Repository

_FEED = lazily(r"(?:--source|-s|-source)[ =]\S{0,100}(?:feed|pkgs\.dev\.azure\.com)", re.IGNORECASE)
"""NuGet's feed of the owner's own, such as one of Azure Artifacts."""

_SECOND_HAND = lazily(r"homebrew|winget|\baur\b|deploy-aur|krew|wingetcreate|mirror|nixpkgs|flakehub")
"""What tells another catalogue about a release: a formula or manifest with a digest of the same files."""

_EXPRESSION = lazily(r"\$\{\{[^{}]{0,400}\}\}")
_REHEARSAL = lazily(
    r"--dry-run\b(?!=false)|--snapshot\b|--skip[=-]publish|--skip=\S{0,40}publish|test\.?pypi|localhost|127\.0\.0\.1|host\.docker\.internal|\bkind-registry"
    r"|--insecure-registry|verdaccio|--no-push\b|--noop\b|ttl\.sh|\bwhatif\b|myget",
    re.IGNORECASE,
)
_HERE = lazily(r"KO_DOCKER_REPO\s{0,3}[:?]?=\s{0,3}[\"']?(?:ko|kind)\.local")
_CLUSTER = lazily(
    r"(?:^|/)(?:setup-)?(?:kind|minikube|k3d|k3s|microk8s)(?:-action|-github-action)?@|setup-(?:kind|minikube|k3d|k3s|envtest)"
    r"|\bkind\s{1,4}create\b|\bminikube\s{1,4}start\b|\bk3d\s{1,4}cluster\b|\bmake\s[^\n]{0,60}\bkind"
)
_TESTS = {"test", "tests", "e2e", "benchmark", "integration", "antithesis", "smoke"}
_RELEASES = {"release", "releases", "publish", "deploy", "docker", "image", "images", "package", "cd", "ci", "build"}
_DOCS = {"docs", "doc", "documentation", "website", "pages", "storybook"}
_PAGES = {Channel.FILES, Channel.TAG, Channel.IMAGES}
_SNAPSHOT = lazily(
    r"<version>[\w.]{1,60}-SNAPSHOT</version>|(?i:version)\w{0,20}\s{0,5}=\s{0,5}[\"']?[\w.]{1,60}-SNAPSHOT"
)
_NAMED = lazily(r"\b(?:TAG|IMAGE|IMAGE_NAME|image|tag|IMG)=(\S{1,200})")
_BUILD_IMAGE = lazily(r"[/_-](?:ci|build-?env|builder|dev-?container|toolchain|e2e)(?:[_:$\"'{@-]|\s|$)", re.IGNORECASE)
_BUILD_FILE = lazily(r"mirror|cache|dev-?container|build-?env|base-docker|(?:build|ci|base|test)-images?\b|-ci-")
SHIPS = {Event.TAG, Event.RELEASE, Event.MANUAL, Event.PUSH, Event.OTHER}
"""Events at which a release goes out."""


def aside(repo: Repository, one: Activity) -> bool:
    """Whether a publishing step releases nothing, whatever its channel."""
    return not events(one) or _rehearses(one) or (one.words[:1] == ("ko",) and _for_itself(repo, one))


def beside(repo: Repository, one: Activity, channel: Channel) -> bool:
    """Whether what a step publishes to a channel is none of the product's releases."""
    if channel is Channel.TAG and events(one) == {Event.RELEASE}:
        return True  # the release is there: this writes its notes
    return (channel is Channel.MAVEN and _is_snapshot(repo, one)) or (channel in _PAGES and _of_docs(one))


def events(one: Activity) -> set[Event]:
    """The events at which a step releases; none for one that runs for proposals or on a schedule alone."""
    return starts(one) & SHIPS


def _rehearses(one: Activity) -> bool:
    """Whether a step only tries, tells another catalogue, or belongs to the tests."""
    name = (one.step.uses or "").lower() if not one.words else one.words[0].lower()
    inputs = () if one.words else one.step.inputs.values()
    if one.tool == "NuGet" and _FEED.search(" ".join(one.words)[:4_000]):
        return True
    given = _EXPRESSION.sub("", " ".join([*one.words, *map(str, inputs)])[:4000])
    return bool(_REHEARSAL.search(given) or _SECOND_HAND.search(name) or of_tests(one) or _for_builds(one))


def of_tests(one: Activity) -> bool:
    """Whether the pipeline is one of tests by its name (`pr-e2e-test.yml`), and not one of releases too."""
    files = [parts(path.rpartition("/")[2]) for path in (one.pipeline.path, one.job.path)]
    return any(names & _TESTS and not names & _RELEASES for names in files)


def on_trial(one: Activity) -> bool:
    """Whether a job starts a cluster of its own to try things on."""
    return any(
        _CLUSTER.search(step.uses or "") or any(_CLUSTER.search(script.text[:20_000]) for script in step.scripts)
        for step in one.job.steps
    )


def _is_snapshot(repo: Repository, one: Activity) -> bool:
    """Whether Maven or Gradle publishes a version that is not released, as the step says, or at pushes the version."""
    at = events(one)
    if at & {Event.TAG, Event.RELEASE}:
        return False
    if "snapshot" in one.step.name.lower() or any("SNAPSHOT" in word for word in one.words):
        return True
    if not at <= {Event.PUSH, Event.OTHER}:
        return False
    said = [repo.text(path) for path in repo.find("{pom.xml,gradle.properties,build.gradle,build.gradle.kts}")]
    return any(isinstance(text, str) and _SNAPSHOT.search(text) for text in said)


def _of_docs(one: Activity) -> bool:
    """Whether a pipeline is one of the documentation's by its name (`docs.yml`), and not one of releases too."""
    return all(
        parts(path.rpartition("/")[2]) & _DOCS and not parts(path.rpartition("/")[2]) & _RELEASES
        for path in (one.pipeline.path, one.job.path)
    )


def _for_itself(repo: Repository, one: Activity) -> bool:
    """Whether ko is told to keep its images on the machine: `KO_DOCKER_REPO=ko.local ko publish`."""
    said = repo.text(one.path)
    near = said.split("\n")[max(0, one.line - 3) : one.line] if isinstance(said, str) else []
    return any(_HERE.search(line[:2_000]) for line in near)


def _for_builds(one: Activity) -> bool:
    """Whether an image is one that builds, tests and developers use, or a copy of another one."""
    if one.tool not in ("containers", "containers in Azure"):
        return False
    inputs = (str(one.step.inputs.get(key, "")) for key in ("tags", "images", "image", "outputs"))
    named = [match for script in one.step.scripts for match in _NAMED.findall(script.text[:20_000])]
    said = " ".join([*one.words, *inputs, *named])
    files = f"{one.path.rpartition('/')[2]} {one.pipeline.path.rpartition('/')[2]}".lower()
    return bool(_BUILD_IMAGE.search(said) or _BUILD_FILE.search(files))
