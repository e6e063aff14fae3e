"""What a configuration says about keeping one file's components current, whichever mechanism it is for."""

from __future__ import annotations

from enum import Enum

from sscop.lazy import NamedTuple


class Reach(str, Enum):
    """How far a mechanism reaches a file, the best answer first."""

    ALL = "all"
    """New versions are proposed."""
    SECURITY = "security"
    """Only versions that mend a known vulnerability are."""
    UNTOLD = "untold"
    """It depends on what can't be read here: a preset of another repository."""
    LEFT_OUT = "left out"
    """The path is left out by name."""
    OFF = "off"
    """The ecosystem is switched off, or everything in it ignored."""
    NONE = "none"


ORDER = list(Reach)


class Said(NamedTuple):
    """One configuration's answer for one file, the line that decides it, and a word on it."""

    reach: Reach
    line: int | None = None
    note: str = ""


NOTHING = Said(Reach.NONE)


def best(answers: list[Said]) -> Said:
    """The answer that reaches furthest."""
    return min(answers, key=lambda said: ORDER.index(said.reach), default=NOTHING)


def normal(folder: str) -> str:
    """A folder as this package names it: relative to the root, without slashes at its ends; "" is the root."""
    parts: list[str] = []
    for part in folder.replace("\\", "/").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def parent(path: str) -> str:
    """The folder that a path lies in; "" is the root."""
    return path.rpartition("/")[0]


def is_below(path: str, folder: str) -> bool:
    """Whether a path lies in a folder, at any depth."""
    return not folder or path.startswith(folder + "/")
