"""What an update mechanism is told to do about known vulnerabilities, beside its updates to new versions.

Source: Renovate's options `vulnerabilityAlerts` (it follows the alerts of the platform) and `osvVulnerabilityAlerts`
(it asks OSV itself) with their presets; Dependabot's `groups` with `applies-to:
security-updates`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts import jsonc
from sscop.artefacts.nodes import Entries, items, load, mapping, text, texts
from sscop.artefacts.updates import DEPENDABOT, RENOVATE
from sscop.lazy import NamedTuple
from sscop.model import Unread
from sscop.repository import Repository


class Alert(NamedTuple):
    """A setting: `said` in the notation's words; `on` whether it asks for security updates, or switches them off."""

    mechanism: str
    said: str
    on: bool
    line: int
    path: str = ""


def alerts(repo: Repository) -> Iterator[Alert | Unread]:
    """The settings of all mechanisms; the configuration's own problems are told too."""
    found = [(path, _dependabot) for path in DEPENDABOT if repo.has(path)]
    found += [(path, _renovate) for path in RENOVATE if repo.has(path)][:1]
    for path, reader in found:
        held = repo.parse(path, reader)
        if isinstance(held, Unread):
            yield from () if repo.gone(held) else (held,)
        else:
            yield from (one._replace(path=path) for one in held)


def _renovate(source: str) -> tuple[Alert, ...]:
    root = mapping(jsonc.load5(source))
    found = []
    for name, node in root.pairs():
        if name == "osvVulnerabilityAlerts":
            found.append(Alert("Renovate", f"{name}: {text(node) or ''}", text(node) == "true", name.line))
        elif name == "vulnerabilityAlerts" and isinstance(node, Entries):
            on = text(node.get("enabled")) != "false"
            found.append(Alert("Renovate", name if on else f"{name}: enabled: false", on, name.line))
    for preset in texts(root.get("extends")):
        lower = preset.lower()
        if "vulnerabilityalerts" in lower:
            found.append(Alert("Renovate", str(preset), "disable" not in lower, preset.line))
    return tuple(found)


def _dependabot(source: str) -> tuple[Alert, ...]:
    root = mapping(load(source))
    found = []
    for entry in map(mapping, items(root.get("updates"))):
        for name, group in mapping(entry.get("groups")).pairs():
            if text(mapping(group).get("applies-to")) == "security-updates":
                found.append(Alert("Dependabot", "applies-to: security-updates", True, name.line))
    return tuple(found)
