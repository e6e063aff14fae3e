"""Do the ids of SSDF stand beside what they are about? Only a label that clearly means another practice is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.frameworks.ssdf import Cited, exists
from sscop.lazy import NamedTuple, lazily


class Practice(NamedTuple):
    """What a practice is about in our words; `own` finds any word for it, `telling` only what means it alone."""

    about: str
    own: str
    telling: str


PRACTICES = {
    "PO.1": Practice(
        "security requirements for development",
        r"requirement|polic|standard|governance|criteria|objective|communicat|third|vendor|supplier|infrastructure"
        r"|document",
        r"(?:define|security) requirements",
    ),
    "PO.2": Practice(
        "roles, responsibilities and training",
        r"role|responsib|train|aware|commit|team|people|owner|management|staff|skill|personnel|champion",
        r"roles? (?:and|&) responsibilit|\btraining\b",
    ),
    "PO.3": Practice(
        "supporting toolchains",
        r"tool|automat|pipeline|\bci\b|ci/cd|scan|artifact|evidence|deploy|log|infrastructure",
        r"toolchain|supporting tools",
    ),
    "PO.4": Practice(
        "criteria for security checks",
        r"criteri|check|gate|metric|kpi|threshold|definition of done|risk|information|evidence|process|record"
        r"|measure|quality",
        r"criteria for|security gates?",
    ),
    "PO.5": Practice(
        "secure environments for development",
        r"environment|workstation|endpoint|infrastructure|access|secret|isolat|mfa|harden|build|separat|network"
        r"|credential|laptop"
        r"|device|authenticat|developer|runner|monitor",
        r"(?:secure|development|build) environments?|workstations?",
    ),
    "PO.6": Practice("continuous improvement", r"improve|continu|process|update|review", r"(?!)"),
    "PS.1": Practice(
        "protecting all code from unauthorised access and tampering",
        r"protect|access|branch|repositor|source|code|commit|sign|version control|tamper|secret|integrity"
        r"|privilege|author|storage"
        r"|weights|data|git\b|scm",
        r"branch protection|protect (?:all forms of )?(?:the )?(?:source )?code",
    ),
    "PS.2": Practice(
        "verifying a release's integrity",
        r"integrity|verif|sign|checksum|hash|provenance|attest|release|digest|publish|tamper",
        r"release integrity|verif\w* (?:software )?releases?|signed releases?|(?:artifact|code|release) signing"
        r"|integrity (?:&|and) provenance",
    ),
    "PS.3": Practice(
        "archiving and protecting each release",
        r"archiv|preserv|retain|retention|protect|release|provenance|sbom|bill of materials|backup|tag|histor"
        r"|attest|artifact|storage"
        r"|version|component|immutab",
        r"archiv|\bsboms?\b|provenance",
    ),
    "PS.4": Practice(
        "robust and reliable updates", r"update|roll|canary|robust|reliab|patch|test|release|deploy", r"(?!)"
    ),
    "PW.1": Practice(
        "designing for security requirements and risks, threat modelling",
        r"design|threat|risk|requirement|architect|model|track|decision|feature|standard|record|authent|log",
        r"threat model|secure design|\bdesign(?:ing)? software\b",
    ),
    "PW.2": Practice(
        "reviewing the design",
        r"review|design|complian|verif|architect|\badr",
        r"design reviews?|review (?:of )?(?:the )?(?:software )?design",
    ),
    "PW.3": Practice("data for models, or third-party software in the first version", r"data|third|component|verif"
    r"|complian", r"(?!)"),
    "PW.4": Practice(
        "reusing well-secured components",
        r"reus|third|component|depend|librar|open[- ]source|\boss\b|sbom|suppl|acqui|vendor|\bsca\b|create"
        r"|maintain|secured|verif"
        r"|module|in-house|binar|pin|lock|package|integrity|provenance",
        r"\breus|third[- ]party (?:components?|software|libraries)|dependenc(?:y|ies)|acquire.{0,30}components",
    ),
    "PW.5": Practice(
        "secure coding practices",
        r"cod(?:e|ing)|secure|practice|lint|implement|language|input|valid|saniti|source|memory|develop|standard"
        r"|style|error|type",
        r"secure coding|coding (?:practices|standards)",
    ),
    "PW.6": Practice(
        "compiler, interpreter and build settings",
        r"build|compil|config|interpret|flag|harden|reproduc|\bci\b|pipeline|toolchain|saniti[sz]er|process|option"
        r"|executable",
        r"compil(?:er|ation)|build (?:process|hardening|configuration|flags)|reproducible",
    ),
    "PW.7": Practice(
        "reviewing and analysing code",
        r"review|analy|static|sast|code|lint|scan|inspect|human",
        r"code[- ]reviews?|review(?:ing|s)? .{0,40}code|static analysis|\bsast\b",
    ),
    "PW.8": Practice(
        "testing executable code",
        r"test|dynamic|dast|fuzz|executable|analy|scan|verif|penetration|runtime|static|saniti[sz]er|coverage"
        r"|assess|qa\b",
        r"fuzz|executable code|\bdast\b|penetration test|(?:unit|integration|security) test",
    ),
    "PW.9": Practice(
        "secure default settings",
        r"default|config|setting|harden|baseline|install|deploy",
        r"secure (?:by )?defaults?|default (?:settings?|configuration)",
    ),
    "RV.1": Practice(
        "identifying and confirming vulnerabilities",
        r"vulnerab|identif|confirm|disclos|monitor|scan|report|test|advisor|\bcve|intake|detect|analy|fuzz|audit"
        r"|policy|gather|public"
        r"|research|bounty|review|discover|security\.md|contact",
        r"vulnerability (?:management|disclosure|identification|reporting|scanning|intake)|identif.{0,24}vulnerab",
    ),
    "RV.2": Practice(
        "assessing, prioritising and fixing vulnerabilities",
        r"vulnerab|assess|priorit|remedia|fix|patch|triage|respon|mitigat|\bsla|advisor|\bcve|risk|analy|update"
        r"|release|incident|plan",
        r"remediat|triage",
    ),
    "RV.3": Practice(
        "root causes of vulnerabilities",
        r"cause|analy|lesson|mortem|retrospect|prevent|vulnerab|pattern|learn|improv|incident|sdlc|process"
        r"|proactiv|similar|other|review",
        r"root[- ]causes?|post-?mortem|lessons learn",
    ),
}  # fmt: skip
_OWN = {id_: lazily(rf"(?<!\w)(?:{one.own})", re.IGNORECASE) for id_, one in PRACTICES.items()}
_TELLING = {id_: lazily(rf"\b(?:{one.telling})", re.IGNORECASE) for id_, one in PRACTICES.items()}


class Wrong(NamedTuple):
    """An id that the framework has not, or that stands beside the label of another one; in words."""

    id: str
    line: int
    code: str
    text: str


def wrong(ids: Sequence[Cited], text: str) -> Iterator[Wrong]:
    """The ids of a text that do not exist or are mislabelled, each once a line."""
    for one in dict.fromkeys(ids):
        if not exists(one.id, text):
            yield Wrong(
                one.id, one.line, "no-such-practice", f"`{one.id}` is no id of NIST SSDF 1.1, nor of the draft of 1.2"
            )
        elif one.label and (other := mislabelled(one)):
            said = (
                f"`{one.id}` stands beside \u201c{one.label[:80]}\u201d; in SSDF it is about"
                f" {PRACTICES[one.practice].about},"
                f" and this reads like {other}"
            )
            yield Wrong(one.id, one.line, "wrong-label", said)


def mislabelled(one: Cited) -> str:
    """The practice that a label means instead of its id's; empty where it means that, or nothing clearly."""
    if _OWN[one.practice].search(one.label):
        return ""
    return next((id_ for id_, pattern in _TELLING.items() if pattern.search(one.label)), "")
