"""STIG Viewer's checklists (`.ckl`), XCCDF results, alone or in an ARF collection, and OSCAL's in XML.

Sources: STIG Viewer 2's checklist schema; XCCDF 1.1 and 1.2, "TestResult"; ARF 1.1; OSCAL 1.1. A checklist has no date
of its assessment: `releaseinfo` is the benchmark's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sscop.artefacts.ecosystems.xml import Element, parse
from sscop.artefacts.hardening_results.model import MANY_RULES, Result, Status, count, day, status
from sscop.lazy import lazily
from sscop.repository import Malformed

_CHECKLIST = {
    "notafinding": Status.PASSED, "open": Status.FAILED, "not_applicable": Status.NOT_APPLICABLE,
    "not_reviewed": Status.NOT_REVIEWED,
}  # fmt: skip
_XCCDF = {
    "pass": Status.PASSED, "fixed": Status.PASSED, "fail": Status.FAILED, "error": Status.ERROR,
    "unknown": Status.NOT_REVIEWED, "notchecked": Status.NOT_REVIEWED, "notapplicable": Status.NOT_APPLICABLE,
    "notselected": None, "informational": None,
}  # fmt: skip
"""The last two are no rules of the profile that was run."""

_BENCHMARK = lazily(r"<(?:[\w.-]{1,40}:)?Benchmark[\s>]")
_TITLE = lazily(r"<(?:[\w.-]{1,40}:)?title[^<>]{0,200}>([^<]{1,300})<")
_OSCAL = {"satisfied": Status.PASSED, "not-satisfied": Status.FAILED}


PROLOGUE = 1_000
"""Comments and the like that may come before the root; what has more is read to no end."""


def load(source: str) -> tuple[Result, ...]:
    """The results in a text; none for another kind of XML. Raises Malformed."""
    start = _root(source)
    head = source[start : start + 4000]
    words = ("CHECKLIST", "Benchmark", "TestResult", "asset-report-collection", "<assessment-results")
    if not any(word in head for word in words):
        if head[1:2] in ("?", "!") and any(word in source for word in words):
            raise Malformed(f"begins with more than {PROLOGUE:,} comments", 1)
        return ()
    if "<CHECKLIST" not in head and "TestResult" not in source and (found := _BENCHMARK.search(head)):
        # A benchmark is large, and what matters of it is its name.
        start += found.start()
        named = _TITLE.search(source, start, start + 8000)
        line = source.count("\n", 0, start) + 1
        name = " ".join(named[1].split()) if named else ""
        return (Result("XCCDF", name, "", "", None, {}, line, definition=True),)
    if source.count("</VULN>") + source.count("rule-result>") > MANY_RULES:
        raise Malformed(f"holds more than {MANY_RULES} rules", 1)
    root = parse(source)
    if root.name == "assessment-results":
        return tuple(map(_oscal, root.children("result")))
    if root.name == "CHECKLIST":
        return tuple(_checklist(root))
    tests = [one for one in root.every() if one.name == "TestResult"]
    severities = {
        one.attributes.get("id", ""): one.attributes.get("severity", "") for one in root.every() if one.name == "Rule"
    }
    return tuple(_xccdf(test, severities) for test in tests)


def _root(source: str) -> int:
    """Where the root element begins: behind the declaration, comments and a document type."""
    at = source.find("<")
    for _ in range(PROLOGUE):
        if at < 0 or source[at + 1 : at + 2] not in ("?", "!"):
            break
        mark = "-->" if source.startswith("<!--", at) else "?>" if source.startswith("<?", at) else ">"
        end = source.find(mark, at)
        at = source.find("<", end) if end >= 0 else -1
    return max(at, 0)


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
    """The benchmark's, unless whoever assessed it wrote another one."""
    if override := rule.value("SEVERITY_OVERRIDE"):
        return override
    held = {one.value("VULN_ATTRIBUTE"): one.value("ATTRIBUTE_DATA") for one in rule.children("STIG_DATA")}
    return held.get("Severity", "")


def _status(rule: Element) -> Status | None:
    return status(_CHECKLIST, rule.value("STATUS"), rule.at("STATUS") or rule.line)


def _xccdf(test: Element, severities: Mapping[str, str]) -> Result:
    """`severities` are the benchmark's, by the rules' ids, for results that leave them out."""
    rules = []
    for rule in test.children("rule-result"):
        given = rule.attributes.get("severity") or severities.get(rule.attributes.get("idref", "")) or ""
        rules.append((given, status(_XCCDF, rule.value("result"), rule.at("result") or rule.line)))
    benchmark = next(iter(test.children("benchmark")), None)
    name = benchmark.attributes.get("id") or benchmark.attributes.get("href", "") if benchmark else ""
    profile = next((one.attributes.get("idref", "") for one in test.children("profile")), "")
    when = test.attributes.get("end-time") or test.attributes.get("start-time") or ""
    return Result(
        "XCCDF", name or profile or test.attributes.get("id", ""), test.attributes.get("version", ""),
        test.value("target"), day(when), count(rules), test.line,
    )  # fmt: skip


def _oscal(result: Element) -> Result:
    found = result.children("finding", "target", "status")
    rules = [("", status(_OSCAL, one.attributes.get("state"), one.line)) for one in found]
    when = day(result.value("end") or result.value("start"))
    return Result("OSCAL", result.value("title"), "", "", when, count(rules), result.line)
