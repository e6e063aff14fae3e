"""Docker Bake files, as far as a reader needs them to know which image names stand for the repository's own targets.

Source: the Bake file reference (`contexts`, `variable`). A build context `name = "target:other"` makes
`FROM name` mean the other target's result instead of an image of that name.
"""

from __future__ import annotations

from sscop.artefacts.dockerfile import substitute
from sscop.lazy import lazily

_VARIABLE = lazily(r'variable\s+"?(\w+)"?\s*\{[^{}]*?default\s*=\s*"([^"]*)"')
_CONTEXT = lazily(r'(?:\((\w+)\)|"([^"\n]+)"|(?<![\w.-])([\w.-]+))\s*[:=]\s*"(?:target:|\.{0,2}/)')


def load(text: str) -> list[str]:
    """The names that are the repository's own, variables' defaults put in."""
    values = dict(_VARIABLE.findall(text))
    return [
        substitute(values.get(variable, quoted or bare), values) for variable, quoted, bare in _CONTEXT.findall(text)
    ]
