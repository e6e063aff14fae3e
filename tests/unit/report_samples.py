"""Reports for the reporters' tests: one that looks real, and any that hypothesis can think of."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from sscop.model import Because, Evidence, Gate, Kind, Outcome, State, Status
from sscop.report import (
    Acceptance,
    Answer,
    CheckResult,
    Cited,
    ClaimResult,
    Consulted,
    Excuse,
    LookedAt,
    Record,
    Report,
    Reported,
    Run,
    Subject,
)

CASES = settings(max_examples=60, deadline=None)
"""For the property tests: a slow machine is no finding."""

HEAD = "0123456789abcdef0123456789abcdef01234567"
BASE = "89abcdef0123456789abcdef0123456789abcdef"


def finding(
    check: str = "pinned-tools",
    code: str = "mutable-ref",
    path: str = ".github/workflows/ci.yml",
    line: int | None = 12,
    **more: Any,
) -> Reported:
    """An unmet claim finding at one place unless `more` says otherwise."""
    fields: dict[str, Any] = {
        "outcome": Outcome.UNMET,
        "because": Because.INADEQUATE,
        "kind": Kind.CLAIM,
        "claims": ("build-changes-authorised",),
        "message": "the action `actions/checkout@v4` is named by a tag that can move",
        "subject": "actions/checkout@v4",
        "key": "actions/checkout",
        "evidence": (Evidence(path, line, "uses: actions/checkout@v4"),) if path else (),
        "fix": "name it by its full commit, with the version in a comment",
        "state": State.NEW,
    } | more
    mark = hashlib.sha256(f"{check} {code} {path} {line} {fields['key']}".encode("utf-8", "replace")).hexdigest()
    return Reported(check=check, code=code, fingerprint=mark, **fields)


def report(*findings: Reported, fixed: tuple[Reported, ...] = (), gate: Gate = Gate.NEW, **more: Any) -> Report:
    """A finished run over these findings."""
    fails = any(found.fails for found in findings)
    fields: dict[str, Any] = {
        "run": Run("unmet" if fails else "nothing at the gate's level", int(fails), gate, "2026-11-23", BASE, None),
        "product": {"name": "Acme Billing", "delivery": ["container"]},
        "repository": Subject("commit", HEAD, False, True, "public", ""),
        "looked_at": LookedAt(1234, ("pinned-tools", "sbom", "threat-model")),
        "claims": (
            ClaimResult(
                "build-changes-authorised",
                "2.2.5",
                "2.2",
                "repository",
                Status.GAP,
                "unmet",
                ("branch-rules",),
                ("pinned-tools",),
            ),
            ClaimResult("threat-modelled", "1.4.1", "1.4", "product", Status.EVIDENCE_SEEN, "", ("threat-model",), ()),
        ),
        "checks": (
            CheckResult("pinned-tools", Outcome.UNMET, ("build-changes-authorised", "component-integrity")),
            CheckResult("threat-model", Outcome.MET, ("threat-modelled",)),
        ),
    } | more
    return Report(version="0.1.0", edition="2025-05-07", findings=findings, fixed=fixed, **fields)


def busy() -> Report:
    """Three new findings, two fixed, forty standing, one moved, one unknown, two pieces of advice."""
    tool = "docker/build-push-action"
    new = [
        finding(line=12),
        finding(line=40),
        finding(
            "threat-model",
            "not-current",
            "docs/threat-model.md",
            3,
            message="the threat model was reviewed on 2024-02-01, and `src/payments/**` changed after it",
            key="docs/threat-model.md",
            fix="review it, and write the date and who did it into the document",
            claims=("threat-modelled",),
        ),
    ]
    standing = [
        finding(
            path=f"services/{n // 4}/Dockerfile",
            line=n % 4 + 1,
            key=f"image-{n}",
            state=State.STANDING,
            message=f"the image `registry.example/team/image-{n}:latest` is named by a tag that can move",
        )
        for n in range(40)
    ]
    others = [
        finding(
            path=".github/workflows/release.yaml",
            line=7,
            key=tool,
            state=State.MOVED,
            message=f"the action `{tool}@v6` is named by a tag that can move",
        ),
        finding(
            "release-gates",
            "unreadable",
            "Jenkinsfile",
            None,
            outcome=Outcome.UNKNOWN,
            because=None,
            state=None,
            message="could not be read: Jenkins pipelines are not understood",
            key="",
            fix="",
        ),
        finding(
            "security-txt",
            "absent",
            "",
            None,
            kind=Kind.ADVICE,
            claims=(),
            state=None,
            because=Because.ABSENT,
            message="found no security.txt beside SECURITY.md",
            key="",
            fix="publish one as RFC 9116 has it",
        ),
        finding(
            "support-dates",
            "no-policy",
            "SUPPORT.md",
            1,
            kind=Kind.ADVICE,
            claims=(),
            state=None,
            message="no policy names how long a version is supported",
            key="",
            fix="",
        ),
    ]
    fixed = (
        finding(
            path="Dockerfile", line=1, key="python", message="the image `python:3.12` is named by a tag that can move"
        ),
        finding(
            "disclosure-policy",
            "no-response-time",
            "SECURITY.md",
            9,
            key="",
            claims=("vdp-published",),
            message="found no time within which a reporter gets an answer",
        ),
    )
    looked = LookedAt(
        1234,
        ("pinned-tools", "release-gates", "threat-model", "workflow-hardening"),
        (("workflow-hardening", "zizmor is not installed: install `sscop[workflows]`"),),
        (("tests/fixtures/threat-model.md", "a fixture"),),
    )
    return report(*new, *standing, *others, fixed=fixed, looked_at=looked)


_MENTIONS = ["@octocat", "#123", "GH-7", "a/b#1", HEAD, "https://evil.example/?a=1", "www.evil.example", "a@b.example"]
_MARKUP = [
    "<img src=x onerror=1>",
    "<!--",
    "-->",
    "</details>",
    "`",
    "``",
    "|",
    "\\",
    "[x](y)",
    "![x](y)",
    "~~x~~",
    "* * *",
]
_MARKUP += ["1.", "- [ ] x", "$x$", ":smile:", "&#64;x", "\n\n# h", "{0}", "'\""]
_CONTROL = ["\r\n::error::x", "::", "%0A", "##[error]x", "\u202e", "\u200b", "\u2028", "\udcff", "\t", "\x1b[31m"]
_TRICKS = st.sampled_from(_MENTIONS + _MARKUP + _CONTROL)

HOSTILE = st.lists(st.one_of(_TRICKS, st.text(max_size=12), st.just(" ")), max_size=8).map("".join)
"""Text made of what does harm somewhere, and of anything else."""

_LINE = st.none() | st.integers(1, 10**6)
_EVIDENCE = st.builds(Evidence, HOSTILE, _LINE, HOSTILE, _LINE, st.none() | HOSTILE, st.none() | HOSTILE)
_RECORD = st.builds(Record, *(HOSTILE,) * 6)
_ANSWER = st.builds(
    Answer,
    *(HOSTILE, HOSTILE, st.integers(1, 10**6)),
    *(HOSTILE,) * 11,
    st.lists(_RECORD, max_size=2).map(tuple),
)
_EXCUSE = st.builds(Excuse, *(HOSTILE,) * 5, st.integers(1, 10**6))
_FINDING = st.builds(
    Reported,
    *(HOSTILE, HOSTILE, st.sampled_from(Outcome), st.none() | st.sampled_from(Because), st.sampled_from(Kind)),
    *(st.lists(HOSTILE, max_size=2).map(tuple), HOSTILE, HOSTILE, HOSTILE, st.lists(_EVIDENCE, max_size=3).map(tuple)),
    *(HOSTILE, HOSTILE, st.none() | st.sampled_from(State), st.none() | _EXCUSE, st.booleans()),
)
_PAIRS = st.lists(st.tuples(HOSTILE, HOSTILE), max_size=2).map(tuple)
_WORDS = st.lists(HOSTILE, max_size=2).map(tuple)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | HOSTILE, lambda inner: st.lists(inner, max_size=2), max_leaves=4
)

REPORTS = st.builds(
    Report,
    *(HOSTILE, HOSTILE),
    st.builds(
        Run,
        HOSTILE,
        st.sampled_from([0, 1, 3]),
        st.sampled_from(Gate),
        HOSTILE,
        st.none() | HOSTILE,
        st.none() | HOSTILE,
    ),
    st.dictionaries(HOSTILE, _JSON, max_size=2),
    st.builds(
        Subject, HOSTILE, st.none() | HOSTILE, st.none() | st.booleans(), st.none() | st.booleans(), HOSTILE, HOSTILE
    ),
    st.builds(LookedAt, st.integers(0, 10**7), _WORDS, _PAIRS, _PAIRS),
    st.lists(
        st.builds(
            ClaimResult,
            *(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.sampled_from(Status), HOSTILE, _WORDS, _WORDS),
            st.none() | _ANSWER,
        ),
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(CheckResult, HOSTILE, st.sampled_from(Outcome), _WORDS), max_size=2).map(tuple),
    st.lists(_FINDING, max_size=6).map(tuple),
    st.lists(_FINDING, max_size=2).map(tuple),
    st.none() | st.builds(Consulted, *(HOSTILE,) * 3, st.integers(0, 40), st.integers(0, 40), _WORDS, HOSTILE),
    st.none() | st.builds(Acceptance, *(HOSTILE,) * 5),
    st.lists(st.builds(Cited, HOSTILE, HOSTILE), max_size=2).map(tuple),
)
"""Any report, as if its strings came from a repository that means harm."""
