"""What a repository tells its customers about checking what they got: commands and sections, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sscop.artefacts.prose.document import SUFFIXES
from sscop.lazy import NamedTuple, lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_TEXTS = (
    f"*.{SUFFIXES}", "README", "INSTALL", f".github/*.{SUFFIXES}",
    f"{{docs,doc,documentation,site,website,content}}/**/*.{SUFFIXES}",
    f"src/{{site,docs}}/**/*.{SUFFIXES}",
    f"*/{{README,SECURITY,INSTALL,VERIFY,RELEAS}}*.{SUFFIXES}",
    f"{{packages,crates,charts,helm}}/*/README.{SUFFIXES}", f"*/*{{verif,signature,signing,supply-chain}}*.{SUFFIXES}",
    "{.goreleaser,goreleaser}*.{yml,yaml}", ".github/release*", ".github/workflows/*.{yml,yaml}",
)  # fmt: skip
_COMMANDS = lazily(
    r"\bcosign\s+verify(?:-blob|-attestation|-blob-attestation)?\b"
    r"|\bgh\s+(?:attestation|release)\s+verify(?:-asset)?\b|\bslsa-verifier\s+verify-\w+|"
    r"\bgpg2?\s(?:[^\n]{0,60}\s)?--verify\b"
    r"|\bgpgv\s|\bminisign\s[^\n]{0,60}-\w*V|\bsignify\s[^\n]{0,60}-\w*V|\bnpm\s+audit\s+signatures\b"
    r"|\bpypi-attestations\s+verify\b|\bsigstore\s+verify\b|\bssh-keygen\s[^\n]{0,40}-Y\s+verify\b"
    r"|\bjarsigner\s[^\n]{0,60}-verify\b|\bapksigner\s+verify\b|\bGet-AuthenticodeSignature\b|"
    r"\bsigntool(?:\.exe)?\s+verify\b"
    r"|\bcodesign\s[^\n]{0,60}(?:--verify|-v)\b|\bspctl\s[^\n]{0,20}(?:-a|--assess)|\bnotation\s+verify\b|"
    r"\bhelm\s+(?:verify\b|\w+\s[^\n]{0,80}--verify\b)"
    r"|\brpm\s+(?:-K|--checksig)\b|\bgit\s+(?:verify-tag|tag\s+(?:-v|--verify))\b|\b(?:dotnet\s+)?nuget\s+verify\b"
    r"|\bin-toto-verify\b|\bwitness\s+verify\b|\brekor-cli\s+verify\b|\bdocker\s+trust\s+inspect\b|"
    r"\bpolicy-controller\b"
    r"|\bsq\s+verify\b|\bapksigner\b[^\n]{0,20}verify|\btuf-client\b|\bosslsigncode\s+verify\b"
)
_CHECKSUMS = lazily(
    r"\b(?:sha(?:256|512|1)sum|shasum|md5sum|b2sum)\s[^\n]{0,60}(?:-c\b|--check\b|--ignore-missing)|"
    r"\bGet-FileHash\b|\bcertutil\s+-hashfile\b"
)
_HEADING = lazily(
    r"^[ \t]{0,3}#{1,6}[ \t]+([^\n]{0,80}\b(?:verif\w+|check(?:ing)?|"
    r"validat\w+)\b[^\n]{0,60}\b(?:signatures?|signed|release[sd]?|binar\w+|download\w*|artifacts?|"
    r"artefacts?|"
    r"images?|authenticity|integrity|attestations?|packages?|installer)\b[^\n]{0,60})$",
    re.MULTILINE | re.IGNORECASE,
)
_KEYS = lazily(r"(?:/|\[|<|`)KEYS(?:\]|>|`|\b)")
_ASC = lazily(r"\.(?:asc|sig|minisig)\b(?!\w)")
_MARKS = (
    b"verify",
    b"Verif",
    b"verif",
    b"VERIF",
    b"AuthenticodeSignature",
    b"audit signatures",
    b"checksig",
    b"gpgv",
    b"minisign",
    b"signify",
    b"sha256sum",
    b"shasum",
    b"FileHash",
    b"rpm -K",
    b"sha512sum",
    b"git tag -v",
    b"KEYS",
)
_ASIDE = lazily(
    r"(?:^|/)(?:CHANGE|HISTORY|NEWS|CHANGELOG|change-?log)"
    r"|(?:^|/)(?:[^/]*runbooks?[^/]*|adrs?|rfcs?|specs|plans|decisions|internal|proposals?|design)(?:/|\.\w+$)",
    re.IGNORECASE,
)
"""Texts about what was, or for those who make the product."""

_MOST = 1_500


class Instruction(NamedTuple):
    """A command or a section that tells how to check a download. `signature` is false for mere checksums; `tag` says
    whether it is about tags of the repository alone.
    """

    said: str
    place: Evidence
    signature: bool
    tag: bool = False


def instructions(repo: Repository) -> tuple[Instruction, ...]:
    """All of them, those of texts at the root first; to be asked for as `repo.once(instructions)`."""
    found = list(_all(repo))
    return tuple(
        sorted(
            found,
            key=_rank,
        )
    )


def _rank(one: Instruction) -> tuple[bool, bool, int]:
    path = one.place.path
    return not one.signature or one.tag, path.endswith((".yml", ".yaml")), path.count("/")


def _all(repo: Repository) -> Iterator[Instruction]:
    for path in repo.find(*_TEXTS, family=Family.PROSE)[:_MOST]:
        if _ASIDE.search(path):
            continue
        data = repo.read(path)
        if not isinstance(data, bytes) or not any(mark in data for mark in _MARKS):
            continue
        source = repo.text(path)
        if isinstance(source, str):
            yield from _of(path, source)


def _of(path: str, source: str) -> Iterator[Instruction]:
    if path.endswith((".yml", ".yaml")):
        # In a pipeline a command checks something else; what is told to customers stands in a text of notes.
        source = "\n".join(line if _told(line) else "" for line in source.split("\n"))
    found = list(islice(_COMMANDS.finditer(source), 20))
    match = next((one for one in found if not one[0].startswith("git")), found[0] if found else None)
    if match:
        said = " ".join(match[0].split())[:60]
        yield Instruction(said, _at(path, source, match.start()), True, said.startswith("git"))
    elif (
        not path.endswith((".yml", ".yaml"))
        and (heading := _HEADING.search(source))
        and _about_signatures(source[heading.end() : heading.end() + 1500])
    ):
        yield Instruction(heading[1].strip()[:60], _at(path, source, heading.start(1)), True)
    elif (keys := _KEYS.search(source)) and _ASC.search(source) and not path.endswith((".yml", ".yaml")):
        yield Instruction(
            "signatures beside the files, and the KEYS to check them with", _at(path, source, keys.start()), True
        )
    match = _CHECKSUMS.search(source)
    if match:
        yield Instruction(" ".join(match[0].split())[:60], _at(path, source, match.start()), False)


def _told(line: str) -> bool:
    """Whether a line of YAML is quoted for people: Markdown's inline code, or an `echo` into notes."""
    return "`" in line or "echo" in line or line.lstrip().startswith((">", "* "))


def _about_signatures(following: str) -> bool:
    return (
        re.search(
            r"sign(?:ature|ed|ing)|\bkey\b|fingerprint|attest|provenance|sigstore|cosign|\bpgp\b|\bgpg\b",
            following,
            re.IGNORECASE,
        )
        is not None
    )


def _at(path: str, source: str, start: int) -> Evidence:
    return Evidence(path, source.count("\n", 0, start) + 1)
