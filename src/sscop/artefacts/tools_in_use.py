"""What a repository is built with: every tool, image, hook, package and runner, by name and version, at its line.

The references are those of `sscop.artefacts.references`, brought to the words of a tool policy; the labels of runners
are read here, because most of them are no references.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sscop.artefacts import images
from sscop.artefacts.nodes import Entries, Node, Text, items, mapping, text, texts
from sscop.artefacts.pipelines.model import Job, System
from sscop.artefacts.reference import Fixity, Reference, Tool
from sscop.artefacts.references import everything
from sscop.artefacts.versions import HEX
from sscop.artefacts.workflow import load_workflow, workflow_paths
from sscop.lazy import NamedTuple, lazily
from sscop.model import Unread
from sscop.repository import Repository

_KINDS = {
    Tool.ACTION: "action",
    Tool.WORKFLOW: "action",
    Tool.IMAGE: "image",
    Tool.HOOK: "hook",
    Tool.INCLUDE: "include",
    Tool.REMOTE_SCRIPT: "download",
    Tool.DOWNLOAD: "download",
    Tool.PACKAGE: "package",
    Tool.OS_PACKAGE: "package",
    Tool.TOOL_VERSION: "tool",
    Tool.TOOL_DEFAULT: "tool",
    Tool.TOOLCHAIN: "tool",
}
_VERSION_COMMENT = lazily(r"#[^#\n]*?\b(v?\d+(?:\.\d+){0,3}(?:-[\w.]{1,30})?)(?![\w.])")
_DIGEST = lazily(r"@(sha(?:256|512):[0-9a-f]{64,128})", re.IGNORECASE)
_ASKED = lazily(r"(?:==|(?<=.)@)v?([^\s@;,]+)")
_FILES = {
    "nvmrc": "node", "nodejs": "node", "node-version": "node", "python-version": "python", "ruby-version": "ruby",
    "java-version": "java", "go-version": "go", "golang": "go", "terraform-version": "terraform",
    "bazelversion": "bazel", "swift-version": "swift", "opentofu-version": "opentofu", "dotnet-sdk": "dotnet",
    "gradle-wrapper.properties": "gradle", "maven-wrapper.properties": "maven", "tofu": "opentofu", "otp": "erlang",
    "sdk": "dart", "toolchain": "rust", "ghc": "haskell", "runtime.txt": "python",
}  # fmt: skip
"""What a file, an input or a tool of asdf is called, and what it is a version of."""
_INPUT = lazily(r"[-_](?:version|release)\Z")
_AROUND = lazily(r"(?:^(?:setup|install|action)-|-(?:action|setup|installer|install)\Z)")
_AUTOMATIC = lazily(r"self-hosted|linux|windows|macos|x64|x86|arm|arm64", re.IGNORECASE)
"""Labels that every runner of its kind has; they say nothing beside another one."""


class Use(NamedTuple):
    """One use of something at one place. `said` is what is written there.

    `version` is the version, tag or range ("" for none), also where a comment beside a commit says it; `digest` the
    commit or digest. `registry` is an image's registry with what follows it. `untold` says why it can't be told.
    """

    kind: str
    name: str
    version: str
    digest: str
    path: str
    line: int
    said: str
    registry: str = ""
    untold: str = ""


def uses(repo: Repository) -> tuple[Use | Unread, ...]:
    """Everything that is used, and the files that could not be read; to be asked for as `repo.once(uses)`."""
    found: dict[Use | Unread, None] = {}
    for one in repo.once(everything):
        if isinstance(one, Unread):
            found[one] = None
        elif one.tool in _KINDS and not _is_requirements(one):
            found |= dict.fromkeys(_uses(repo, one))
    found |= dict.fromkeys(_runners(repo))
    return tuple(found)


def _is_requirements(one: Reference) -> bool:
    """Whether it is the product's own list of dependencies, which is no tool."""
    return one.tool is Tool.PACKAGE and one.key.partition(":")[2].startswith(("-", ".", "/"))


def _uses(repo: Repository, one: Reference) -> Iterator[Use]:
    kind, name, version, digest, registry = _KINDS[one.tool], one.key, "", "", ""
    untold = one.why if one.fixity is Fixity.UNKNOWN else ""
    if one.tool is Tool.IMAGE:
        held = _DIGEST.search(one.subject)
        digest = held[1].lower() if held else ""
        version = images.split(one.subject)[1] or ("" if held else "latest")
        registry = _registry(name)
    elif kind in ("action", "hook", "include"):
        version = one.subject.rpartition("@")[2] if "@" in one.subject else ""
        if HEX.match(version):
            version, digest = _commented(repo, one), version.lower()
    elif kind == "package":
        asked = _ASKED.search(one.subject)
        version = asked[1] if asked else ""
    elif kind == "tool":
        for name, version in _versions(one):
            yield Use(kind, name, version, "", one.path, one.line, one.subject, untold=untold)
        return
    yield Use(kind, name, version, digest, one.path, one.line, one.subject, registry, untold)


def _commented(repo: Repository, one: Reference) -> str:
    """The version that a comment on the line says (`# v4.2.0`, `# frozen: v4.2.0`)."""
    lines = repo.parse(one.path, _lines)
    line = "" if isinstance(lines, Unread) or one.line > len(lines) else lines[one.line - 1][:1000]
    match = _VERSION_COMMENT.search(line, max(line.find(one.subject.rpartition("@")[2]), 0))
    return match[1] if match else ""


def _lines(source: str) -> list[str]:
    return source.split("\n")


def _registry(name: str) -> str:
    """An image's name with its registry, Docker Hub's written out."""
    first, slash, _ = name.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        return name
    return f"docker.io/{name if slash else 'library/' + name}"


def _versions(one: Reference) -> Iterator[tuple[str, str]]:
    """The tools and versions that a toolchain file, an action's input or a manifest states."""
    name, colon, given = one.key.rpartition(":")
    version = one.subject.partition(": " if colon else " ")[2]
    if one.tool is Tool.TOOL_DEFAULT:
        yield _named(name, given), ""
    elif one.key == "build-system":
        match = re.match(r"[\w.-]+", version)
        yield (match[0].lower() if match else version), version[match.end() :].strip() if match else ""
    elif given == "tool":  # a list of `name@version`
        for part in version.split(","):
            tool, _, asked = part.strip().partition("@")
            yield tool.lower(), asked
    elif colon:
        yield _named(name, given), version
    elif "/" in one.key:  # a feature of a development container
        yield _FILES.get(posixpath.basename(one.key), posixpath.basename(one.key)), one.subject.partition(": ")[2]
    else:
        yield _FILES.get(one.key, one.key.lower()), version


def _named(action: str, given: str) -> str:
    """The tool that an action's input is the version of: the input's name says it, or the action's own."""
    tool = _INPUT.sub("", given)
    if tool in ("version", "tool"):
        tool = _AROUND.sub("", _AROUND.sub("", posixpath.basename(action).lower())).replace("buf-setup", "buf")
    return _FILES.get(tool, tool)


def _runners(repo: Repository) -> Iterator[Use]:
    """The labels of runners that jobs ask for, whichever system runs them."""
    for path in workflow_paths(repo):
        workflow = repo.parse(path, load_workflow)
        if isinstance(workflow, Unread):
            continue  # told with the references
        for job in workflow.jobs:
            labels = [value for label in job.labels() for value in job.values(label)]
            yield from _labels(labels, path)
    if repo.find(".gitlab-ci.{yml,yaml}", ".circleci/config.{yml,yaml}", "**/azure-pipelines*.{yml,yaml}"):
        from sscop.artefacts.pipelines import activities

        for pipeline in repo.once(activities).pipelines:
            for other in pipeline.jobs:
                yield from _labels(_asked(pipeline.system, other, pipeline.node), other.path)


def _labels(labels: list[Text], path: str) -> Iterator[Use]:
    telling = [one for one in labels if not _AUTOMATIC.fullmatch(one)]
    for label in telling or labels[:1]:
        untold = "the label is put together at run time" if "$" in label else ""
        yield Use("runner", label, "", "", path, label.line, label, untold=untold)


def _asked(system: System, job: Job, root: Entries) -> list[Text]:
    """What a job of another system asks its runner to be."""
    wanted: Node | None = None
    if system is System.GITLAB:
        return texts(job.node.get("tags") or mapping(root.get("default")).get("tags"))
    if system is System.AZURE:
        wanted = job.node.get("pool") or root.get("pool")
    elif system is System.CIRCLECI:
        wanted = job.node.get("machine")
    asked = [mapping(wanted).get(key) for key in ("vmImage", "name", "image")]
    named = [one for one in (text(node) for node in asked) if one]
    return named or [one for one in map(text, items(wanted)) if one and one not in ("true", "default")][:1]
