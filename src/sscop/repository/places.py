"""Where a file lies decides whether it counts, artefact family by artefact family.

What does not count is still named: "found but not counted, because".
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

_VENDORED = "vendor|vendored|third[_-]?party|node_modules|bower_components|site-packages|dist-packages|\\.venv|\\.tox"
_FIXTURES = (
    "fixtures?|__fixtures__|test[_-]?fixtures|test[_-]?(?:data|cases|resources|samples|repos|inputs)"
    "|__snapshots__|snapshots|form-data-files|corpus|corpora|goldens?|golden[_-]?files"
)
_TESTS = "tests?|specs?|__tests__|e2e|integration[_-]tests?"
_BELOW_TESTS = (
    "data|resources|fixtures?|cases|samples?|inputs?|examples?|templates?|mocks?|assets|files|projects|dockerfiles"
)
_ASIDE = (
    f"{_TESTS}|[^/]*[._-]tests?|tests?[._-][^/]*|acceptance|(?:[^/]*[_-])?examples?|samples?|demos?|playgrounds?"
    "|(?:[^/]*[_-])?templates?|template[_-][^/]*|tutorials?"
    "|starters?|quick-?starts?|boilerplates?|snippets?|bench(?:es|marks?)?|perf|fuzz(?:ing)?|archived?|defunct|deprecated"
    "|docs?|documentation|guides?|website|META-INF"
)
_DEVELOPMENT = (
    "dev|devel|develop(?:ment|er)?s?|local(?:host|dev|stack|-?host)?|debug|sandbox(?:es)?|(?:unit)?tests?|testing|tester|ci|e2e"
    "|integrations?[-_]?tests?|acceptance|smoke|functional|unit|mocks?|dummy|fake|stubs?|fixtures?|playgrounds?|hack"
    "|tilt|skaffold|vagrant|overrides?|bench(?:mark)?s?|perf|load|examples?|samples?|demos?|review[-_]?apps?|ephemeral"
    "|tutorials?|workshops?|docs?|documentation|website|templates?|boilerplate|scaffold(?:ing)?|dist|snippets"
    "|specs?|__tests__|storybook|dev[-_]?(?:env|tools?|container|setup|stack)"
)
_PROSE = f"{_TESTS}|examples?|samples?|demos?|templates?|dist|build|archived?|defunct|deprecated|_build"

_SHOWN = (
    "(?:[^/]*[._-])?test[_-]?beds?|(?:examples?|samples?|demos?|templates?|mocks?)"
    "(?:[._-]?(?:data|files?|inputs?|outputs?|jsons?|xmls?|reports?|results?|scans?|sboms?))?"
)


DECLARED = "assessment/claims/"
"""The folder of what people declare about claims."""


class Family(Enum):
    """A family of artefacts with its own place rules."""

    TOOLS = "tools"
    """Pins and pipelines: counted everywhere but in fixtures and vendored code (`build/Dockerfile` is real)."""
    PROSE = "prose"
    """Policies, plans, models, records: not counted in tests, examples, templates and build output either."""
    MADE = "made"
    """What a build makes and somebody keeps (an SBOM): not counted in tests and examples; build output is real."""
    PRODUCT = "product"
    """What the product is built from: not counted in tests, examples, benchmarks and the documentation either."""
    SHIPPED = "shipped"
    """What users or servers get: images, charts, configuration. Not what developers, tests and examples use."""


_RULES: dict[Family, list[tuple[str, str]]] = {
    Family.TOOLS: [
        ("vendored code", rf"(?:^|/)(?:{_VENDORED})/"),
        ("a test fixture", rf"(?:^|/)(?:{_FIXTURES})/"),
        ("a test fixture", rf"(?:^|/)(?:{_TESTS})/(?:.*/)?(?:{_BELOW_TESTS})/"),
        ("a template with placeholders in its path", r"\{\{|\}\}|\$\{|__[a-z_]+name__"),
    ],
}
_RULES[Family.MADE] = [
    *_RULES[Family.TOOLS],
    (
        "a test, example or template",
        rf"(?:^|/)(?:{_TESTS}|unit_?tests?|[^/]*[._-]tests?|tests?[._-][^/]*|{_SHOWN})/",
    ),
]
_RULES[Family.PROSE] = [*_RULES[Family.TOOLS], ("a test, example, template or build output", rf"(?:^|/)(?:{_PROSE})/")]
_RULES[Family.PRODUCT] = [*_RULES[Family.TOOLS], ("a test, example or the documentation", rf"(?:^|/)(?:{_ASIDE})/")]
_RULES[Family.SHIPPED] = [
    *_RULES[Family.TOOLS],
    ("a tool's own folder", r"(?:^|/)\.(?!(?:helm|k8s|kube|deploy|platform|ebextensions|infra|nais)[^/]*/)[^/]+/"),
    ("a source set of tests", r"(?:^|/)src/(?!main/)(?:it|\w*tests?\w*|dev|local)/"),
    ("for development, tests or examples", rf"(?:^|[/._-])(?:{_DEVELOPMENT})(?=[/._-]|$)"),
]


@cache
def _compiled(family: Family) -> list[tuple[str, re.Pattern[str]]]:
    return [(reason, re.compile(rule, re.IGNORECASE)) for reason, rule in _RULES[family]]


def not_counted(path: str, family: Family) -> str:
    """Why a path does not count as evidence of a family ("vendored code"); empty when it counts."""
    return next((reason for reason, rule in _compiled(family) if rule.search(path)), "")
