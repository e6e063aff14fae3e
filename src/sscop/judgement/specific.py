"""Does a sentence speak of this product, or could it stand in any threat model?"""

from __future__ import annotations

from collections import Counter

from sscop.artefacts.threat_models.model import Format, Threat, ThreatModel
from sscop.judgement.vocabulary import ACRONYMS, COMMON, GENERIC, USUAL
from sscop.lazy import lazily

_OWN = lazily(
    r"`[^`]+`|(?:^|[\s(`\"'])[.~]?/[\w.-]+(?:/[\w.-]+)*|\b[\w.-]+/[\w.-]+/[\w./-]+"  # paths
    r"|\b[\w-]+\.(?:go|rs|py|tsx?|jsx?|mjs|java|kt|cs?|h|cpp|rb|php|swift|ya?ml|json|toml|md|sh|ps1|sock|env|lock|conf|sql|proto|tf|log|db|wasm)\b"
    r"|\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b"  # snake_case, ENVIRONMENT
    r"|\b[a-z]{2,}[a-z0-9]*(?:[A-Z][a-z0-9]+)+\b|\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\b"  # camelCase, PascalCase
    r"|(?<!\w)--?[a-z][a-z-]{2,}|\b\w+\(\)|\b\w+::\w+|@[\w-]+/[\w-]+"  # options, calls, packages
    r"|\bGHSA-\w{4}|\bCVE-\d{4}|\b\d+\s?-?(?:bits?|[KMG]i?B|bytes|minutes?|seconds?|hours?|days?|ms|s)\b|:\d{2,5}\b"
)
_NOT_OWN = lazily(
    r"JavaScript|TypeScript|GitHub|GitLab|DevOps|DevSecOps|OAuth|OpenID|YouTube|LinkedIn|PowerShell|and/or|read/write|CI/CD|client/server"
)
_PROPER = lazily(r"(?<=[a-z,;] )([A-Z][a-z]{2,}[A-Za-z]*|[A-Z]{2,}[a-z]+)\b(?= [a-z]|[,.;)'])")
_LETTERS = lazily(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_WORDS = lazily(r"[A-Za-z][A-Za-z0-9+#]{2,}")
_TOKENS = lazily(r"[A-Za-z][A-Za-z0-9+#]+(?:-[A-Z0-9]+)*")
_ANYWHERE = USUAL | GENERIC | COMMON
_ABSTRACT = (
    "ed",
    "ing",
    "ly",
    "able",
    "ible",
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ful",
    "ive",
    "ous",
    "way",
    "kind",
)
_LOWER = lazily(r"(?<![\w-])[a-z]{3,}(?![\w-])")


def names_in(model: ThreatModel) -> frozenset[str]:
    """The names that a model gives to its own: of the product in its title, of its parts, of what it keeps naming."""
    title = model.title if model.line == 1 or model.format is not Format.PROSE else ""
    names = {word for word in map(str.lower, _WORDS.findall(title)) if word not in GENERIC | COMMON}
    said = [f"{one.title}. {one.text}. {one.mitigation}" for one in model.threats[:2000]]
    said += [one.text for one in (*model.controls, *model.assumptions, *model.out_of_scope, *model.boundaries)[:2000]]
    if model.scope:
        said.append(model.scope.text)
    counted = Counter(word for text in said for word in set(_PROPER.findall(text[:4000])))
    usual = _ANYWHERE | {word for text in said for word in _LOWER.findall(text[:4000])}
    names |= {word.lower() for word, times in counted.items() if times > 1 and word.lower() not in usual}
    letters = Counter(word for text in said for word in set(_LETTERS.findall(text[:4000])))
    names |= {word.lower() for word, times in letters.items() if times > 2 and word not in ACRONYMS and len(word) > 2}
    places = [one.text for one in (*model.assets, *model.boundaries, *model.flows)[:500]]
    if model.scope:
        places.append(model.scope.text)
    names |= {word for text in places for word in _unusual(text[:1000])}
    recurring = Counter(word for text in said[: len(model.threats)] for word in _unusual(text[:2000]))
    names |= {word for word, times in recurring.items() if times > 2}
    return frozenset(names)


def _unusual(text: str) -> set[str]:
    """The nouns of a text, in the singular, that do not stand in any threat model; no verbs, nothing abstract."""
    words = set(map(_stem, _LOWER.findall(text.lower())))
    return {word for word in words if len(word) > 3 and not word.endswith(_ABSTRACT) and word not in _ANYWHERE}


def _stem(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") and word[-2:] != "ss" else word


def is_specific(threat: Threat, names: frozenset[str], drawn: bool) -> bool:
    """Whether a threat names something of this product; in a drawing it hangs on an element with a name of its own."""
    if drawn and threat.element and not set(threat.element.lower().split()) <= GENERIC:
        return True
    text = f"{threat.title} {threat.text} {threat.mitigation} {threat.element}"[:6000]
    if _OWN.search(_NOT_OWN.sub(" ", text)):
        return True
    said = [word.lower() for word in _TOKENS.findall(text)]
    return not (names.isdisjoint(said) and names.isdisjoint(map(_stem, said)))
