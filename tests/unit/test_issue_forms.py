"""Issue forms: who asks for what is wanted, by questions of its own."""

from __future__ import annotations

from sscop.artefacts.issue_forms import Form, issue_forms, load_form, load_template
from sscop.repository import Repository

DEFAULT = """---
name: Feature request
---

**Is your feature request related to a problem? Please describe.**
A description.

**Describe the solution you'd like**

## Additional context
"""


def _form(files: dict[str, str | bytes]) -> Form:
    (found,) = issue_forms(Repository.of(files))
    return found


def test_the_forges_own_template_asks_nothing_of_its_own() -> None:
    found = _form({".github/ISSUE_TEMPLATE/feature_request.md": DEFAULT})
    assert (found.name, found.wanted, found.questions, found.designed) == ("Feature request", True, (), False)


def test_a_form_with_questions_of_its_own() -> None:
    text = (
        "name: Story\nbody:\n- {type: input, attributes: {label: Who}}\n"
        "- {type: textarea, attributes: {label: Why}}\n- {type: markdown}\n- {type: input}\n"
    )
    found = _form(
        {".github/ISSUE_TEMPLATE/a.yml": text, ".github/ISSUE_TEMPLATE/config.yml": "blank_issues_enabled: false"}
    )
    assert found.designed
    assert found.questions == ("Who", "Why")


def test_a_form_for_bugs_takes_no_wishes_in() -> None:
    assert not _form({".github/ISSUE_TEMPLATE/bug_report.md": "## What\n\n## Why\n\n## Where\n"}).wanted


def test_comments_ask_too() -> None:
    text = (
        "---\nname: 'Idea'\n---\n<!-- Say what the thing should "
        "do and for whom it is -->\n<!-- short -->\n- **Why:** \n"
    )
    assert load_template(text).questions == ("Why", "Say what the thing should do and for whom it is")
    assert load_template("## A\n").name == ""


def test_the_name_of_the_file_counts_where_there_is_no_other() -> None:
    found = _form({".gitlab/issue_templates/Feature.md": "## A\n\n## B\n"})
    assert (found.name, found.designed) == ("Feature", True)


def test_what_cannot_be_read_is_no_form() -> None:
    assert issue_forms(Repository.of({".github/ISSUE_TEMPLATE/a.yml": "{"})) == []
    assert load_form("- a").questions == ()
