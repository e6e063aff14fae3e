"""What texts say of alerts of known vulnerabilities, and what they only ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.told_alerts import told_alerts
from sscop.repository import Repository


def _told(text: str, path: str = "docs/updates.md") -> list[tuple[str, int | None]]:
    return [(one.path, one.line) for one in told_alerts(Repository.of({path: text}))]


@pytest.mark.parametrize(
    "said",
    [
        "Dependabot will automatically raise PRs against identified security vulnerabilities.",
        "Dependabot security updates are enabled.",
        "GitHub security alerts are triaged by the team every morning.",
        "Vulnerabilities are reported by Dependabot.",
        "Renovate opens pull requests for security fixes on the same day.",
        "| Detection | Dependabot flags vulnerabilities |",
    ],
)
def test_what_goes_on(said: str) -> None:
    table = "| a | b |\n|---|---|\n" if said.startswith("|") else ""
    assert _told(f"# Updates\n\n{table}{said}\n") == [("docs/updates.md", 5 if table else 3)]


@pytest.mark.parametrize(
    "said",
    [
        "Enable Dependabot alerts to be notified of vulnerabilities.",
        "Dependabot should raise alerts on vulnerabilities.",
        "Dependabot does not raise alerts on vulnerabilities.",
        "Dependabot alerts are disabled; vulnerabilities are reported by hand.",
        "Dependabot scans your repository and raises alerts when a vulnerability is detected.",
        "Use a tool such as Dependabot to monitor for vulnerabilities.",
        "Dependabot raises pull requests with new versions.",
        "The server raises alerts on vulnerabilities.",
    ],
)
def test_what_is_asked_for_or_something_else(said: str) -> None:
    assert _told(f"# Updates\n\n{said}\n") == []


def test_texts_that_do_not_count_and_the_second_sentence() -> None:
    said = "Dependabot raises new versions. It is fast. Dependabot alerts us to vulnerabilities."
    assert _told(said) == [("docs/updates.md", 1)]
    for path in ("CHANGELOG.md", "docs/examples/a.md", "src/a.md", "docs/proposals/a.md"):
        assert _told(said, path) == [], path
    assert _told(said, "SECURITY.md") == [("SECURITY.md", 1)]
    assert _told("Dependabot " + "* x\n" * 20_000) == []


@given(
    text=st.text(max_size=300) | st.text(alphabet="dependabot alerts security raises vulnerability .|\n", max_size=200)
)
def test_any_text_tells_something_or_nothing(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    assert all(
        one.line is not None and 1 <= one.line <= lines for one in told_alerts(Repository.of({"README.md": text}))
    )
