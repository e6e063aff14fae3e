"""Criteria of design as texts state them."""

from __future__ import annotations

import pytest

from sscop.artefacts.criteria_names import CRITERIA
from sscop.artefacts.prose.document import load
from sscop.artefacts.stated_criteria import places, stated
from sscop.repository import Repository


def criteria(source: str, path: str = "docs/architecture.md") -> dict[str, int]:
    return {one.name: one.line for place in places(load(source, path), path) for one in place.criteria}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("defence in depth", "Several layers of security stand behind each other."),
        ("least privilege", "Jobs get only the permissions they need for it."),
        ("secure defaults", "Every new port is denied by default here."),
        ("threat modelling", "A threat model comes before an interface."),
        ("established patterns", "We never roll our own crypto in here."),
        ("complexity", "Keep the core simple and free of options."),
        ("scalability", "It scales to ten times the load."),
        ("usability", "Ease of use comes before more features."),
        ("maintainability", "Modules are loosely coupled by their interfaces."),
    ],
)
def test_each_criterion(name: str, sentence: str) -> None:
    assert criteria(f"# A\n\n## Design principles\n\n- {sentence}\n") == {name: 5}
    assert name in CRITERIA


@pytest.mark.parametrize(
    "heading",
    ["Design principles", "Architectural goals", "Guiding principles", "Tenets", "Core engineering principles",
     "Quality attributes", "Non-functional requirements", "Security model", "Secure by design", "Defence in depth"],
)  # fmt: skip
def test_headings_that_announce(heading: str) -> None:
    assert criteria(f"# A\n\n## {heading}\n\nEach job runs with least privilege.\n")["least privilege"] == 5
    assert criteria(f"# {heading}\n\nEach job runs with least privilege.\n")["least privilege"] == 3


@pytest.mark.parametrize("heading", ["Community principles", "Principle 1.4", "UX principles", "Usage", "Values"])
def test_headings_that_do_not(heading: str) -> None:
    assert criteria(f"# A\n\n## {heading}\n\nEach job runs with least privilege.\n") == {}


def test_principles_state_in_their_first_sentences_and_security_in_all() -> None:
    text = "Jobs come first in here. Each runs with least privilege."
    assert criteria(f"# A\n\n## Design principles\n\n{text}\n") == {}
    assert criteria(f"# A\n\n## Security model\n\n{text}\n") == {"least privilege": 5}
    assert criteria("# A\n\n## Design principles\n\nJobs first. Each runs with least privilege.\n") == {
        "least privilege": 5
    }
    assert (
        criteria("# A\n\n## Design principles\n\n| A | B |\n|---|---|\n| x | each runs with least privilege |\n") != {}
    )
    assert criteria("# A\n\n## Design principles\n\n```\neach runs with least privilege\n```\n") == {}


def test_what_one_may_read() -> None:
    dense = "# Design principles\n" + "- x\n" * 9000
    repo = Repository.of({"docs/principles.md": dense, "a.md": dense})
    assert [one.path for one in stated(repo, ["a.md"]).unread] == ["a.md"]
    assert stated(repo).places == ()
