"""Functions that nothing calls are not run."""

from __future__ import annotations

import pytest

from sscop.artefacts.shell_functions import live

LIBRARY = """build() {
  make
}
function push {
  docker push x
}
release() {
  build
  sign
}
sign() { cosign sign x; }
"""


@pytest.mark.parametrize(
    ("callers", "kept", "gone"),
    [
        ([". lib.sh\nbuild"], ["make"], ["docker push", "cosign", "  sign"]),
        ([". lib.sh\nrelease now"], ["make", "cosign sign"], ["docker push"]),
        ([". lib.sh\npush"], ["docker push"], ["make", "cosign"]),
        ([], [], ["make", "docker push", "cosign"]),
        (['. lib.sh\n"$@"'], ["make", "docker push", "cosign"], []),
        ([". lib.sh\neval x"], ["make", "docker push"], []),
    ],
)
def test_what_is_called_stays(callers: list[str], kept: list[str], gone: list[str]) -> None:
    said = live(LIBRARY, callers)
    assert [one for one in kept if one not in said] == []
    assert [one for one in gone if one in said] == []
    assert said.count("\n") == LIBRARY.count("\n")


def test_a_script_without_functions_stays() -> None:
    assert live("make\n# function of it\n") == "make\n# function of it\n"
    assert live("make ()\n") == "make ()\n"


def test_a_function_that_its_script_calls_stays() -> None:
    text = "main() {\n  pytest\n}\nmain\n"
    assert live(text) == text


def test_a_function_without_an_end_stays() -> None:
    text = "main() {\n  pytest\n"
    assert live(text) == text
    assert live("a() { x; }") == " " * len("a() { x; }")
