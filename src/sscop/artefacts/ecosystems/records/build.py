"""Collects what a lock records, package by package; and what its readers share."""

from __future__ import annotations

from sscop.artefacts.ecosystems.model import Record, Wanted

SHOWN = 5


class Build:
    """A record in the making."""

    def __init__(self) -> None:
        self._packages: dict[str, dict[str, None]] = {}
        self._entries = self._hashed = 0
        self._unhashed: list[str] = []
        self.wanted: dict[str, Wanted] = {}
        self.patterns: set[str] = set()

    def package(self, name: str, version: str, hashed: bool | None) -> None:
        """A package; `hashed` is None where it does not come from a registry, so needs none."""
        self._packages.setdefault(name, {})[version] = None
        if hashed is None:
            return
        self._entries += 1
        self._hashed += hashed
        if not hashed and len(self._unhashed) < SHOWN:
            self._unhashed.append(f"{name} {version}".strip())

    def done(self) -> Record:
        """The record."""
        packages = {name: tuple(versions) for name, versions in self._packages.items()}
        return Record(
            packages, self._entries, self._hashed, self.wanted, frozenset(self.patterns), tuple(self._unhashed)
        )


def name_of(key: str) -> str:
    """The name of `name@spec`, `@scope/name@spec`."""
    at = key.find("@", 1)
    return key[:at] if at > 0 else key


def unquoted(text: str) -> str:
    """A scalar without its quotes."""
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text
