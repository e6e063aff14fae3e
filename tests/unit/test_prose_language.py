"""Is a text in English, and how many words has it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.prose.language import FEW, is_english, size

ENGLISH = "The clerk can correct an invoice once after it was sent, and the first version stays readable. " * 5
GERMAN = (
    "Eine Rechnung kann einmal berichtigt werden, und die erste Fassung bleibt lesbar, solange man sie braucht. " * 5
)
CHINESE = "\u7cfb\u7edf\u5fc5\u987b\u652f\u6301\u767b\u5f55\u529f\u80fd" * 9


@pytest.mark.parametrize(
    ("text", "english"),
    [(ENGLISH, True), (GERMAN, False), (CHINESE, False), ("kurz", True), ("", True), ("| FR-1 | Wort | " * FEW, False)],
)
def test_languages(text: str, english: bool) -> None:
    assert is_english(text) is english


@pytest.mark.parametrize(
    ("text", "words"), [("one two 3 x", 2), (CHINESE[:10], 5), ("a " + CHINESE[:4] + " two", 3), ("", 0)]
)
def test_words(text: str, words: int) -> None:
    assert size(text) == words


@given(st.text())
def test_any_text(text: str) -> None:
    assert size(text) >= 0
    assert is_english(text) in (True, False)
