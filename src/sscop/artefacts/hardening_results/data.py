"""Results in JSON: STIG Viewer's `.cklb`, InSpec and its relatives, kube-bench, docker-bench, OSCAL, SARIF.

Sources: STIG Viewer 3's checklist; InSpec's reporters `json` and `json-min`; kube-bench's `--json` of now (one object
with `Controls`) and before (one such object a file); docker-bench-security's log; NIST's OSCAL 1.1, in YAML too;
SARIF 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timezone
from typing import Any

from sscop.artefacts import nodes, plain_json
from sscop.artefacts.hardening_results.model import MANY_RULES, Result, Status, count, day, status
from sscop.artefacts.settings.plain import as_list, as_map
from sscop.repository import Malformed

_CKLB = {
    "not_a_finding": Status.PASSED, "open": Status.FAILED, "not_applicable": Status.NOT_APPLICABLE,
    "not_reviewed": Status.NOT_REVIEWED,
}  # fmt: skip
_INSPEC = {"passed": Status.PASSED, "failed": Status.FAILED, "skipped": Status.NOT_REVIEWED, "error": Status.ERROR}
_BENCH = {"pass": Status.PASSED, "fail": Status.FAILED, "warn": Status.NOT_REVIEWED, "info": None}
"""kube-bench's; `[INFO]` is no verdict, `[WARN]` asks somebody to look."""
_DOCKER_BENCH = {"pass": Status.PASSED, "warn": Status.FAILED, "info": None, "note": None}
"""docker-bench-security's; it knows no failure, its `WARN` is one."""
_OSCAL = {"satisfied": Status.PASSED, "not-satisfied": Status.FAILED}
_SARIF = {
    "pass": Status.PASSED, "fail": Status.FAILED, "open": Status.NOT_REVIEWED, "review": Status.NOT_REVIEWED,
    "notapplicable": Status.NOT_APPLICABLE, "informational": None,
}  # fmt: skip
_CONFIGURATION = ("trivy", "checkov", "kics", "tfsec", "terrascan", "kube-score", "kubescape", "docker-bench", "lynis")


_MARKS = (
    *('"stigs"', '"controls"', '"Controls"', '"node_type"', '"dockerbenchsecurity"', '"assessment-results"', '"runs"'),
)
MANY = 200
"""Results in one file that are read."""


def load(source: str) -> tuple[Result, ...]:
    """The results in a text; none for another kind of JSON. Raises Malformed."""
    if not any(mark in source for mark in _MARKS):
        return ()
    root = plain_json.load_any(source)
    roots = root if isinstance(root, list) else [root]
    found: list[Result] = []
    for result in (result for one in roots for result in _results(as_map(one))):
        found.append(result)
        if len(found) > MANY:
            raise Malformed(f"holds more than {MANY} results", 1)
        if sum(one.rules for one in found) > MANY_RULES:
            raise Malformed(f"holds more than {MANY_RULES} rules", 1)
    return tuple(found)


def load_yaml(source: str) -> tuple[Result, ...]:
    """OSCAL's assessment results in YAML; none for another kind of YAML. Raises Malformed."""
    if "assessment-results:" not in source:
        return ()
    return tuple(_oscal(as_map(as_map(nodes.load(source)).get("assessment-results"))))


def _results(root: Mapping[str, Any]) -> Iterator[Result]:
    if "stigs" in root:
        yield from _cklb(root)
    elif "assessment-results" in root:
        yield from _oscal(as_map(root["assessment-results"]))
    elif "Controls" in root:
        yield from (_bench(as_map(one)) for one in as_list(root["Controls"]))
    elif "node_type" in root:
        yield _bench(root)
    elif "dockerbenchsecurity" in root:
        yield _docker_bench(root)
    elif "profiles" in root or "controls" in root:
        yield from _inspec(root)
    else:
        yield from _sarif(root)


def _rules(value: object) -> Sequence[Any]:
    found = as_list(value)
    if len(found) > MANY_RULES:
        raise Malformed(f"holds more than {MANY_RULES} rules", 1)
    return found


def _cklb(root: Any) -> Iterator[Result]:
    target = str(as_map(root.get("target_data")).get("host_name") or "")
    for stig in map(as_map, as_list(root["stigs"])):
        rules = [
            (_severity(rule), status(_CKLB, rule.get("status"))) for rule in map(as_map, _rules(stig.get("rules")))
        ]
        name = str(stig.get("display_name") or stig.get("stig_name") or "")
        yield Result("STIG checklist", name, str(stig.get("version") or ""), target, None, count(rules))


def _severity(rule: Mapping[str, Any]) -> str:
    """The benchmark's, unless whoever assessed it wrote another one."""
    override = as_map(as_map(rule.get("overrides")).get("severity")).get("severity")
    return str(override or rule.get("severity") or "")


def _inspec(root: Mapping[str, Any]) -> Iterator[Result]:
    """A run holds the profiles that it ran and those that they are made of; the results are in one of them alone."""
    platform = as_map(root.get("platform"))
    target = str(platform.get("target_id") or platform.get("name") or "")
    profiles = [as_map(one) for one in as_list(root.get("profiles"))] or [root]
    ran = any("results" in one or "status" in one for it in profiles for one in _controls(it))
    for profile in profiles:
        controls = _controls(profile)
        if len(profiles) > 1 and ran and (profile.get("depends") or profile.get("parent_profile")):
            controls = [one for one in controls if as_list(one.get("results")) or "status" in one]
        if not any(map(_is_inspec, controls)):
            continue
        times = {str(as_map(r).get("start_time") or "")[:10] for c in controls for r in as_list(c.get("results"))}
        days = list(map(day, times))
        rules = [(_impact(one), _worst(one)) for one in controls] if ran else []
        name, version = str(profile.get("title") or profile.get("name") or ""), str(profile.get("version") or "")
        when = max(filter(None, days), default=None)
        yield Result("InSpec", name, version, target, when, count(rules), definition=not ran)


def _controls(profile: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [as_map(one) for one in _rules(profile.get("controls"))]


def _is_inspec(control: Mapping[str, Any]) -> bool:
    """Whether it is a control of InSpec's: lists of controls that somebody keeps by hand have a status too."""
    given = control.get("status")
    known = isinstance(given, str) and given.lower() in _INSPEC
    return known or any(key in control for key in ("impact", "results", "profile_id", "profile_sha256"))


def _impact(control: Any) -> str:
    impact = _number(control)
    if impact is None or not 0 <= impact <= 1:
        return "unknown"
    return "critical" if impact >= 0.9 else "high" if impact >= 0.7 else "medium" if impact >= 0.4 else "low"


def _number(control: Any) -> float | None:
    impact = control.get("impact")
    return impact if isinstance(impact, (int, float)) and not isinstance(impact, bool) else None


def _worst(control: Any) -> Status:
    """A control fails with any of its results, and passes only if one did."""
    given = [as_map(one).get("status") for one in as_list(control.get("results"))] or [control.get("status")]
    found = {status(_INSPEC, one) for one in given}
    if _number(control) == 0:
        return Status.NOT_APPLICABLE
    order = (Status.FAILED, Status.ERROR, Status.PASSED)
    return next((one for one in order if one in found), Status.NOT_REVIEWED)


def _bench(controls: Any) -> Result:
    rules = [("", status(_BENCH, result.get("status"))) for result in _tested(controls)]
    name = str(controls.get("text") or "CIS Kubernetes Benchmark")
    return Result(
        "kube-bench", name, str(controls.get("version") or ""), str(controls.get("node_type") or ""), None, count(rules)
    )


def _docker_bench(root: Mapping[str, Any]) -> Result:
    rules = [("", status(_DOCKER_BENCH, result.get("result"))) for result in _tested(root)]
    version = str(root.get("dockerbenchsecurity") or "")
    return Result("docker-bench", "CIS Docker Benchmark", version, "", _epoch(root.get("end")), count(rules))


def _tested(root: Any) -> Iterator[Mapping[str, Any]]:
    for test in map(as_map, as_list(root.get("tests"))):
        yield from map(as_map, as_list(test.get("results")))


def _epoch(seconds: object) -> date | None:
    known = isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds < 2**32
    return datetime.fromtimestamp(seconds, timezone.utc).date() if known and isinstance(seconds, int) else None


def _oscal(found: Any) -> Iterator[Result]:
    plan = str(as_map(found.get("import-ap")).get("href") or "")
    for one in map(as_map, as_list(found.get("results"))):
        states = [
            as_map(as_map(as_map(it).get("target")).get("status")).get("state") for it in _rules(one.get("findings"))
        ]
        rules = [("", status(_OSCAL, state)) for state in states]
        when = day(str(one.get("end") or one.get("start") or ""))
        yield Result("OSCAL", str(one.get("title") or plan), "", "", when, count(rules))


def _sarif(root: Any) -> Iterator[Result]:
    """Scanners of configuration alone; one of code says nothing of how an environment is hardened."""
    for run in map(as_map, as_list(root.get("runs"))):
        driver = as_map(as_map(run.get("tool")).get("driver"))
        name = str(driver.get("name") or "")
        if not name.lower().startswith(_CONFIGURATION):
            continue
        times = [str(as_map(one).get("endTimeUtc") or "") for one in as_list(run.get("invocations"))]
        levels = {"error": "high", "warning": "medium", "note": "low"}
        rules = [
            (levels.get(str(one.get("level")), ""), status(_SARIF, one.get("kind") or "fail"))
            for one in map(as_map, _rules(run.get("results")))
        ]
        yield Result(
            "SARIF", name, str(driver.get("version") or ""), "", day(times[0]) if times else None, count(rules)
        )
