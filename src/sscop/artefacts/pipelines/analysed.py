"""Which languages an analyser reads, as its documentation and its inputs have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.nodes import items, mapping, text, texts
from sscop.artefacts.pipelines import Activity

_CODEQL = {
    "javascript": "JavaScript", "typescript": "JavaScript", "javascript-typescript": "JavaScript", "python": "Python",
    "java": "Java", "kotlin": "Java", "java-kotlin": "Java", "csharp": ".NET", "c#": ".NET", "cpp": "C", "c-cpp": "C",
    "c": "C", "c++": "C", "go": "Go", "golang": "Go", "ruby": "Ruby", "swift": "Swift", "rust": "Rust", "actions": "",
}  # fmt: skip
_C = frozenset({"C"})
_ONLY: dict[str, frozenset[str]] = {
    "Bandit": frozenset({"Python"}), "gosec": frozenset({"Go"}), "Brakeman": frozenset({"Ruby"}),
    "SpotBugs": frozenset({"Java"}), "Psalm's taint analysis": frozenset({"PHP"}), "njsscan": frozenset({"JavaScript"}),
    "ESLint's security plugin": frozenset({"JavaScript"}), "ESLint": frozenset({"JavaScript"}),
    "MobSF": frozenset({"Java", "Swift"}), "Security Code Scan": frozenset({".NET"}), "clang-tidy": _C, "Cppcheck": _C,
    "Flawfinder": _C, "Clang's static analyser": _C | {"Swift"}, "Coverity": _C | {"Java", ".NET", "JavaScript"},
    "Infer": _C | {"Java"}, "PVS-Studio": _C | {"Java", ".NET"}, "Polyspace or Parasoft": _C | {"Java", ".NET"},
    "Sobelow": frozenset({"Elixir"}), "Slither": frozenset({"Solidity"}), "golangci-lint": frozenset({"Go"}),
    "Rust's unsafe-code checks": frozenset({"Rust"}), "Ruff": frozenset({"Python"}), "Flake8": frozenset({"Python"}),
    "the .NET build": frozenset({".NET"}),
}  # fmt: skip
_SONAR = frozenset(
    {"JavaScript", "Python", "Java", ".NET", "C", "Go", "Ruby", "PHP", "Swift", "Terraform", "Dart", "Rust"}
)


def languages(one: Activity) -> frozenset[str] | None:
    """The languages, by the names in `sscop.artefacts.code`; None where it reads all or nobody can tell."""
    if one.tool == "CodeQL":
        return _codeql(one)
    return _SONAR if one.tool == "SonarQube" else _ONLY.get(one.tool)


def _codeql(one: Activity) -> frozenset[str] | None:
    """What the job's `init` step asks for; all that CodeQL knows where it does not say."""
    everything = frozenset(_CODEQL.values()) - {""}
    init = next((step for step in one.job.steps if "codeql-action/init" in (step.uses or "")), None)
    if init is None:
        return everything
    asked = [word for value in texts(init.inputs.get("languages")) for word in re.split(r"[,\s]+", value) if word]
    said = text(init.inputs.get("languages"))
    if said is not None and "${{" in said:
        asked = list(_matrix(one, said))
        if not asked:
            return None
    found = {_CODEQL.get(word.strip("'\"[]").lower(), "") for word in asked} - {""}
    return frozenset(found) if asked else everything


def _matrix(one: Activity, said: str) -> Iterator[str]:
    """The values of the matrix that an expression names."""
    name = re.search(r"matrix\.([\w-]+)", said)
    matrix = mapping(mapping(one.job.node.get("strategy")).get("matrix"))
    if name:
        yield from texts(matrix.get(name[1]))
        for row in map(mapping, items(matrix.get("include"))):
            yield from texts(row.get(name[1]))
