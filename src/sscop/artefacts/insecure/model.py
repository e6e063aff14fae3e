"""One insecure download, and which addresses are none."""

from __future__ import annotations

from enum import Enum

from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence


class What(str, Enum):
    """What is fetched."""

    GUIDE = "an installation guide"
    SOURCE = "a package repository"
    FEED = "an update feed"


class Download(NamedTuple):
    """`subject` is the address or switch as written; `beside` says that it is a mere link in a text beside the guides
    to installing the product.
    """

    what: What
    subject: str
    place: Evidence
    beside: bool = False


_OWN = lazily(
    r"(?:localhost|localdomain|127\.\d|0\.0\.0\.0|10\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[?::1|host\.docker\.internal"
    r"|[^/:]*\.(?:local|localhost|internal|lan|home|corp|intranet|test|invalid|example|svc|cluster\.local|docker)(?:[:/]|\Z)"
    r"|(?:[^/:]*\.)?example\.(?:com|org|net)|[\w-]+(?:[:/]|\Z)|[^/]*[<>{}$%\[\]*]|(?:www\.)?(?:your|my|some|foo|bar|host|server|proxy|domain|ip|xxx)[\w-]*\.)",
)
"""Hosts on the own machine or network, single names, placeholders."""

HTTP = lazily(r"http://([^\s\"'`<>()\[\]{},;|\\]{3,300})")


def foreign(address: str) -> bool:
    """Whether an address without its `http://` is one on the internet."""
    return not _OWN.match(address.lower()) and "." in address.partition("/")[0]
