"""The only door to disk and git: one read-only view of a repository, whatever holds it."""

from sscop.repository.opening import at_revision, open_repository
from sscop.repository.view import LIMIT, Change, Facts, Malformed, Repository

__all__ = ["LIMIT", "Change", "Facts", "Malformed", "Repository", "at_revision", "open_repository"]
