"""A reference to a build tool as one neutral fact, whatever notation it was written in."""

from __future__ import annotations

from enum import Enum

from sscop.lazy import NamedTuple


class Fixity(Enum):
    """How firmly a reference names one thing."""

    IMMUTABLE = "immutable"
    """Content-addressed, or locked with a hash: nobody can change what it names."""
    EXACT = "exact"
    """An exact version, which its publisher could still replace."""
    MUTABLE = "mutable"
    """A tag, a branch, a range, the latest: it names another thing tomorrow."""
    UNKNOWN = "unknown"
    """Put together at run time; reading can't tell."""


class Tool(str, Enum):
    """What kind of build tool a reference names."""

    ACTION = "action"
    WORKFLOW = "workflow"
    IMAGE = "image"
    HOOK = "hook"
    INCLUDE = "include"
    REMOTE_SCRIPT = "remote-script"
    DOWNLOAD = "download"
    PACKAGE = "package"
    OS_PACKAGE = "os-package"
    TOOL_VERSION = "tool-version"
    TOOL_DEFAULT = "tool-default"
    TOOLCHAIN = "toolchain"
    RUNNER = "runner"
    SUBMODULE = "submodule"


class Reference(NamedTuple):
    """One build tool named at one place.

    `subject` is the reference as written, `key` the same without its version, `why` says in words what makes
    it movable (or not tellable), `pin` what would make it immutable. `note` is something a reader of the line
    should know, such as an ignore comment of another tool.
    """

    tool: Tool
    path: str
    line: int
    subject: str
    key: str
    fixity: Fixity
    why: str = ""
    pin: str = ""
    note: str = ""


class Judged(NamedTuple):
    """What a notation says of its own version, before it is known where it stands."""

    fixity: Fixity
    why: str = ""
    pin: str = ""
