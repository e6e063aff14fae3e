"""What a platform's answers say, as facts."""

from __future__ import annotations

from typing import Any

from sscop.platform import Answers, Fact, Platform


def read(answers: Answers) -> Platform:
    """The facts in the answers of GitHub's API; whatever they hold, each fact is known or has a reason."""
    where = f"/repos/{answers.repository}"
    answer = answers.by_path.get(where)
    about: Any = answer.data if answer and isinstance(answer.data, dict) else {}
    why = answer.why if answer else "not in the answers"

    def fact(key: str) -> Fact:
        value = about.get(key)
        known = isinstance(value, str) and not why
        return Fact(value if known else None, "" if known else why or "not in the answer", where)

    return Platform(
        name="GitHub", source=answers.source, asked=answers.asked,
        visibility=fact("visibility"), default_branch=fact("default_branch"),
    )  # fmt: skip
