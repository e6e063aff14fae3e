"""A report as an in-toto statement, which its owner may sign, and the same looked at again in a checkout.

Sources: in-toto Attestation Framework, Statement v1 (`_type`, `subject`, `predicateType`, `predicate`); the Dead Simple
Signing Envelope (`payloadType`, `payload`), whose signature is not checked here.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sscop.model import Outcome
from sscop.report import Report
from sscop.repository.text import printable

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://sscop.example/assessment/v1"
"""The kind of the predicate; the project has no public address yet."""

PAYLOAD = "application/vnd.in-toto+json"
LARGEST = 20 * 1024 * 1024


class UnusableError(ValueError):
    """A file that is no statement of this version; the text says why."""


def statement(report: Report) -> dict[str, Any]:
    """The statement. Its subject is the commit; a report without one has the product's name alone as a subject."""
    commit = report.repository.commit or ""
    name = str(report.product.get("name") or "product")
    return {
        "_type": STATEMENT,
        "subject": [{"name": name, **({"digest": {"gitCommit": commit}} if commit else {})}],
        "predicateType": PREDICATE,
        "predicate": {
            "tool": {"name": "sscop", "version": report.version},
            "edition": report.edition,
            "asAt": report.run.today,
            "configuration": report.run.config_digest,
            "committed": report.repository.dirty is False,
            "platformAsked": report.platform is not None,
            "product": {
                key: str(report.product[key]) for key in ("name", "version", "vendor") if key in report.product
            },
            "claims": {
                one.slug: {
                    "status": one.status.value,
                    **({"declared": one.answer.declared} if one.answer else {}),
                }
                for one in report.claims
            },
            "evidence": [
                {
                    "claims": list(one.claims),
                    "check": one.check,
                    "code": one.code,
                    "places": list(
                        dict.fromkeys(printable(at.path) + (f":{at.line}" if at.line else "") for at in one.evidence)
                    ),
                }
                for one in report.findings
                if one.outcome is Outcome.MET and one.claims
            ],
            "cited": {printable(one.path): {"sha256": one.sha256} for one in report.cited},
        },
    }


def encode(report: Report) -> bytes:
    """The statement as JSON, keys sorted, ASCII."""
    return (json.dumps(statement(report), indent=1, sort_keys=True) + "\n").encode()


def decode(data: bytes) -> dict[str, Any]:
    """The statement in a file, bare, in an envelope, or in a bundle of Sigstore. Raises UnusableError."""
    envelope = enveloped(data)
    if envelope is None:
        told = _object(data)
    elif envelope.get("payloadType") != PAYLOAD:  # what stands beside the payload is signed by nobody
        raise UnusableError("its envelope holds something else than an in-toto statement")
    else:
        try:
            told = _object(base64.b64decode(str(envelope.get("payload")), validate=True))
        except (binascii.Error, ValueError):
            raise UnusableError("its payload is not base64") from None
    if told.get("_type") != STATEMENT:
        raise UnusableError("it is no in-toto statement, version 1")
    kind = told.get("predicateType")
    if kind != PREDICATE:
        newer = isinstance(kind, str) and kind.startswith(PREDICATE.rpartition("/")[0])
        raise UnusableError("it is from a newer version of sscop" if newer else "it is no statement of sscop")
    predicate = told.get("predicate")
    shapes = {"claims": dict, "cited": dict, "evidence": list, "tool": dict, "asAt": str, "edition": str}
    if not isinstance(predicate, dict) or not all(isinstance(predicate.get(k), v) for k, v in shapes.items()):
        raise UnusableError("its predicate is not whole")
    return told


def enveloped(data: bytes) -> dict[str, Any] | None:
    """The signing envelope that a file is, or holds as a bundle of Sigstore; None for a bare statement.

    Raises UnusableError for what is no JSON object.
    """
    told = _object(data)
    inner = told.get("dsseEnvelope")
    envelope = inner if isinstance(inner, dict) else told
    return envelope if "payloadType" in envelope else None


def _object(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise UnusableError(f"it is larger than {LARGEST:,} bytes")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        raise UnusableError("it is not JSON") from None
    if not isinstance(told, dict):
        raise UnusableError("it is no JSON object")
    return told


def commit_of(told: Mapping[str, Any]) -> str:
    """The commit that a statement is about; "" where it names none."""
    subject = told.get("subject")
    first = subject[0] if isinstance(subject, list) and subject else None
    digest = first.get("digest") if isinstance(first, dict) else None
    commit = digest.get("gitCommit") if isinstance(digest, dict) else None
    return commit if isinstance(commit, str) else ""


def differences(told: Mapping[str, Any], again: Report) -> Iterator[str]:
    """What a statement says and looking again does not, line by line; nothing where all is the same."""
    then, now = told["predicate"], statement(again)["predicate"]
    if then.get("committed") is not True:
        yield "it was made from changes that are not committed, so it speaks of no commit"
    if commit_of(told) != (again.repository.commit or ""):
        yield f"commit: {_short(commit_of(told))} in the statement, {_short(again.repository.commit)} here"
    for key, name in (("edition", "edition of the Code"), ("configuration", "configuration and baseline")):
        if then.get(key) != now[key]:
            yield f"{name}: {_short(then.get(key))} in the statement, {_short(now[key])} here"
    version = then["tool"].get("version")
    if version != again.version:
        yield f"made with sscop {_short(version)}, looked at again with {_short(again.version)}: checks may differ"
    yield from _product(then.get("product"), now["product"])
    yield from _files(then["cited"], now["cited"])
    for slug in sorted({*map(str, then["claims"]), *now["claims"]}):
        before, after = (_status(one.get(slug)) for one in (then["claims"], now["claims"]))
        if before != after:
            yield f"claim {_short(slug)}: {before} in the statement, {after} here"
    missing = [one for one in then["evidence"] if one not in now["evidence"]]
    for one in missing[:50]:
        where = one.get("places") if isinstance(one, dict) else None
        named = f"{one.get('check')}/{one.get('code')}" if isinstance(one, dict) else "something"
        yield f"evidence not seen again: {_short(named)} at {_short(', '.join(map(str, where or ['no place'])))}"
    if len(missing) > 50:
        yield f"and {len(missing) - 50} more that were not seen again"


def _product(then: Any, now: Mapping[str, str]) -> Iterator[str]:
    told = then if isinstance(then, dict) else {}
    for key in sorted({*map(str, told), *now}):
        if told.get(key) != now.get(key):
            yield f"product's {_short(key)}: {_short(told.get(key))} in the statement, {_short(now.get(key))} here"


def _files(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for path in sorted({*map(str, then), *now}):
        before, after = then.get(path), now.get(path)
        if before == after:
            continue
        if after is None:
            yield f"{_short(path)}: cited in the statement; not cited, or not there, here"
        elif before is None:
            yield f"{_short(path)}: cited here and not in the statement"
        else:
            yield f"{_short(path)}: is not what the statement cites (SHA-256 differs)"


def _status(one: Any) -> str:
    if not isinstance(one, dict):
        return "nothing"
    return _short(one.get("status")) + (f", declared {_short(one['declared'])}" if one.get("declared") else "")


def _short(value: Any) -> str:
    said = str(value) if value else "nothing"
    clean = "".join(char if char.isprintable() else "?" for char in said)
    return clean if len(clean) <= 200 else f"{clean[:200]}..."
