"""STIG Viewer's checklists (`.ckl`) and XCCDF results, alone or in an ARF collection.

Sources: STIG Viewer 2's checklist schema; XCCDF 1.1 and 1.2, "TestResult"; ARF 1.1. A checklist has no date of its
assessment: `releaseinfo` is the benchmark's.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.ecosystems.xml import Element, parse
from sscop.artefacts.hardening_results.model import Result, Status, count, day
from sscop.repository import Malformed

_CHECKLIST = {
    "notafinding": Status.PASSED, "open": Status.FAILED, "not_applicable": Status.NOT_APPLICABLE,
    "not_reviewed": Status.NOT_REVIEWED,
}  # fmt: skip
_XCCDF = {
    "pass": Status.PASSED, "fixed": Status.PASSED, "fail": Status.FAILED, "error": Status.FAILED,
    "unknown": Status.NOT_REVIEWED, "notchecked": Status.NOT_REVIEWED, "notapplicable": Status.NOT_APPLICABLE,
}  # fmt: skip


def load(source: str) -> tuple[Result, ...]:
    """The results in a text; none for another kind of XML. Raises Malformed."""
    head = source[:4000]
    if not any(word in head for word in ("CHECKLIST", "Benchmark", "TestResult", "asset-report-collection")):
        return ()
    root = parse(source)
    if root.name == "CHECKLIST":
        return tuple(_checklist(root))
    tests = [one for one in root.every() if one.name == "TestResult"]
    if tests:
        return tuple(map(_xccdf, tests))
    if root.name == "Benchmark":
        title = root.value("title") or root.attributes.get("id", "")
        return (Result("XCCDF", title, root.value("version"), "", None, {}, root.line, definition=True),)
    return ()


def _checklist(root: Element) -> Iterator[Result]:
    target = root.value("ASSET", "HOST_NAME") or root.value("ASSET", "HOST_FQDN")
    for stig in root.children("STIGS", "iSTIG"):
        about = {one.value("SID_NAME"): one.value("SID_DATA") for one in stig.children("STIG_INFO", "SI_DATA")}
        rules = [(_severity(one), _status(one)) for one in stig.children("VULN")]
        benchmark = about.get("title") or about.get("stigid", "")
        release = " ".join(
            filter(None, (about.get("version", ""), about.get("releaseinfo", "").partition(" Benchmark")[0]))
        )
        yield Result("STIG checklist", benchmark, release, target, None, count(rules), stig.line)


def _severity(rule: Element) -> str:
    held = {one.value("VULN_ATTRIBUTE"): one.value("ATTRIBUTE_DATA") for one in rule.children("STIG_DATA")}
    return held.get("Severity", "").lower() or "unknown"


def _status(rule: Element) -> Status:
    given = rule.value("STATUS").lower()
    if given not in _CHECKLIST:
        raise Malformed(f"has a status that the format does not know: {given[:40]!r}", rule.at("STATUS") or rule.line)
    return _CHECKLIST[given]


def _xccdf(test: Element) -> Result:
    rules = []
    for rule in test.children("rule-result"):
        status = _XCCDF.get(rule.value("result").lower())
        if status:  # notselected and informational are no rules of this profile
            rules.append((rule.attributes.get("severity", "unknown").lower(), status))
    benchmark = next(iter(test.children("benchmark")), None)
    name = benchmark.attributes.get("id") or benchmark.attributes.get("href", "") if benchmark else ""
    profile = next((one.attributes.get("idref", "") for one in test.children("profile")), "")
    when = test.attributes.get("end-time") or test.attributes.get("start-time") or ""
    return Result(
        "XCCDF", name or profile or test.attributes.get("id", ""), test.attributes.get("version", ""),
        test.value("target"), day(when), count(rules), test.line,
    )  # fmt: skip
