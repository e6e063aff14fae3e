"""What is filled in, what is a template still, and the traps in between."""

from __future__ import annotations

import pytest

from sscop.artefacts.prose.document import load
from sscop.artefacts.prose.templates import copied, placeholder, tells, verdict


@pytest.mark.parametrize(
    "text",
    [
        "[YYYY-MM-DD]",
        "[Security Architect Name]",
        "{list everyone involved}",
        "${PROJECT_NAME}",
        "{{TITLE}}",
        "<list>",
        "dd/mm/YYYY",
        "yyyy-mm-dd",
        "YYYY-MM-DD:HH-MM-SSZ",
        "provisional|implementable|implemented",
        "TODO",
        "...",
        "proposed | rejected | accepted | \u2026",
        "[your name]",
        "<your company>",
        "__PROJECT_NAME__",
        "Owner: [Owner name]",
    ],
)
def test_placeholders(text: str) -> None:
    assert placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "accepted",
        "[x] done",
        "see [the docs](x.md)",
        "[1]",
        "a < b > c",
        "<b>bold</b>",
        "<details>",
        "List<String>",
        "foo[bar]",
        "a | b",
        "set {a, b}",
        "use [sic]",
        "<me@x.org>",
        "[link][ref]",
        'JSON {"a": 1}',
        "x -> y",
        "todo list app",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not placeholder(text)


FILLED = """\
# 3. Keep tokens in the proxy

* Status: accepted
* Date: 2024-02-03

## Context

Callers sent tokens to every service, and two of them logged them.

## Decision

The proxy exchanges the token for a short-lived one, and only `{{ token }}` in the header is passed on.

## Consequences

* Good, because a leaked log holds nothing of use.
* Bad, because the proxy must be up.
"""


def test_a_filled_record_is_no_template() -> None:
    assert not verdict(load(FILLED), "docs/adr/0003-keep-tokens.md").template


def test_starter_comments_do_not_make_a_template() -> None:
    kept = FILLED.replace(
        "## Decision", "## Decision\n\n<!-- This is only a stub. Describe the decision here. [Your Name] -->"
    )
    assert not verdict(load(kept)).template


MADR = """\
# [short title of solved problem]

* Status: [proposed | rejected]
* Deciders: [list everyone]
* Date: [YYYY-MM-DD]
"""
NYGARD = """\
# N. Title

## Context

What is the issue that we're seeing that is motivating this decision or change?

## Decision

What is the change that we're proposing and/or doing?

## Consequences

What becomes easier or more difficult to do because of this change?
"""
INCIDENT = """\
# Incident

## Summary

Describe the incident in 2-3 sentences

## Impact

List the customers who were affected

## Cause

Explain what went wrong and why

## Actions

Provide an owner for each action
"""
STRIDE = """\
# Threats

| Threat | Mitigation | Status |
|--------|------------|--------|
| Spoofing | | |
| Tampering | | |
| Repudiation | | |
"""


@pytest.mark.parametrize(
    ("source", "word"),
    [(MADR, "placeholders"), (NYGARD, "starter text"), (INCIDENT, "instructions"), (STRIDE, "mostly empty")],
)
def test_templates_by_content(source: str, word: str) -> None:
    found = verdict(load(source))
    assert found.template
    assert word in found.reason


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("docs/adr/template.md", True),
        ("docs/adr/adr-template.md", True),
        ("docs/adr/0000-template.md", True),
        ("docs/adr/ADR-nnn_Any_Record.md", True),
        ("docs/adr/ADR-XXX_Something.md", True),
        ("docs/decision-record-template-by-somebody.md", True),
        ("docs/adr/0002-use-a-template-engine.md", False),
        ("docs/adr/0114-add-template-lint.md", False),
        ("docs/adr/xxlarge-screens.md", False),
    ],
)
def test_templates_by_name(path: str, template: bool) -> None:
    assert verdict(load(FILLED), path).template is template


def test_tells_have_their_lines() -> None:
    found = list(
        tells(load("---\nowner: '[Owner name]'\n---\n# T\n\ntext\n\nUse this section to tell people about it\n"))
    )
    assert [(one.kind, one.line) for one in found] == [("placeholder", 2), ("starter", 8)]


def test_copied_examples() -> None:
    assert copied("Some Example Application")
    assert copied("The Tower of London vault")
    assert not copied("Payments API")


@pytest.mark.xfail(reason="known miss: a template in another language than English without placeholders", strict=True)
def test_templates_in_other_languages() -> None:
    assert verdict(
        load("# Titel\n\nBeschreibe hier den Kontext.\n\nNenne die Alternativen.\n\nNenne die Folgen.\n")
    ).template
