"""What a release is, as facts: where each step puts the product, and what else says how customers get it."""

from __future__ import annotations

from enum import Enum

from sscop.artefacts.pipelines import Activity, Call
from sscop.lazy import NamedTuple
from sscop.model import Evidence, Unread


class Channel(str, Enum):
    """From where customers get the product."""

    NPM = "npm"
    PYPI = "PyPI"
    CRATES = "crates.io"
    GEMS = "RubyGems"
    MAVEN = "Maven"
    NUGET = "NuGet"
    HEX = "Hex"
    PUB = "pub.dev"
    PODS = "CocoaPods"
    JSR = "JSR"
    IMAGES = "container images"
    CHARTS = "Helm charts"
    FILES = "files of a release"
    EDITOR = "an editor's marketplace"
    BROWSER = "a browser's store"
    STORE = "an app store"
    SYSTEM = "an operating system's packages"
    TAG = "tags of the repository"
    SERVICE = "a service that its owner runs"


class Release(NamedTuple):
    """A step that hands the product out, or that makes the release which others take its source from (`TAG`).

    `private` says what makes its registry one that its owner alone uses ("" where nothing does).
    """

    channel: Channel
    one: Activity
    private: str = ""

    @property
    def place(self) -> Evidence:
        """Where it stands."""
        return Evidence(self.one.path, self.one.line, self.one.said)


class ByHand(NamedTuple):
    """A command that publishes, in a text or script that a person follows. `tests` is where tests stand before it."""

    channel: Channel
    place: Evidence
    tests: Evidence | None
    document: bool


class Releases(NamedTuple):
    """Everything that tells how the product is released.

    `found` are the steps on the release path; `inner` the images that a service's own pipelines take for its servers;
    `deploys` where it is deployed (without a note: a file that says so); `tagged` what makes it a thing that is taken
    by tag; `by_hand` what people run; `packages` what says that it is published somewhere; `calls` and `scripts` what
    may release and is not read; `obscure` pipelines that are named for releases and in which none was seen; `unread`
    the pipelines that could not be read, `others` those of systems that are not read. `deployments` are the steps
    behind those of `deploys` that stand in pipelines.
    """

    found: tuple[Release, ...] = ()
    inner: tuple[Release, ...] = ()
    deploys: tuple[Evidence, ...] = ()
    tagged: tuple[Evidence, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    packages: tuple[Evidence, ...] = ()
    calls: tuple[Call, ...] = ()
    scripts: tuple[Evidence, ...] = ()
    obscure: tuple[Evidence, ...] = ()
    unread: tuple[Unread, ...] = ()
    others: tuple[Unread, ...] = ()
    deployments: tuple[Activity, ...] = ()
