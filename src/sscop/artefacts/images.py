"""Container image references. Source: the reference grammar of the OCI distribution specification."""

from __future__ import annotations

import re

from sscop.artefacts.reference import Fixity, Judged, Reference, Tool
from sscop.lazy import lazily

_DIGEST = lazily(r"@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\Z", re.IGNORECASE)
_IMAGE = lazily(r"(?:[\w.-]+(?::\d+)?/)?[a-z0-9_./-]+(?::[\w.-]+)?(?:@[\w+.-]+:\w+)?\Z")


def split(image: str) -> tuple[str, str]:
    """An image's name and its tag ("" without one), the digest left out; a registry's port is no tag."""
    head, slash, last = image.split("@", 1)[0].rpartition("/")
    bare, _, tag = last.partition(":")
    return head + slash + bare, tag


def name(image: str) -> str:
    """The image without tag and digest, with Docker Hub's long forms shortened (`docker.io/library/x` is `x`)."""
    bare = split(image)[0]
    return re.sub(r"^(?:(?:index\.)?docker\.io/)(?:library/)?", "", bare)


def judge(image: str) -> Judged | None:
    """What an image reference pins; None when it is no image at all (`scratch`, a placeholder in capitals, empty)."""
    if not image or image == "scratch":
        return None
    if _DIGEST.search(image):
        return Judged(Fixity.IMMUTABLE)
    if "$" in image:
        return Judged(Fixity.UNKNOWN, "the image is put together from variables that have no value here")
    if not _IMAGE.match(image):
        return None
    tag = split(image)[1]
    why = f"tag `{tag}` can be moved to another image" if tag else "no tag, so whatever is `latest`"
    return Judged(Fixity.MUTABLE, why, f"`{image.split('@')[0]}@sha256:<digest>`")


def reference(image: str, path: str, line: int, note: str = "") -> Reference | None:
    """The reference that an image named at a place makes."""
    judged = judge(image)
    return judged and Reference(Tool.IMAGE, path, line, image, name(image), *judged, note)
