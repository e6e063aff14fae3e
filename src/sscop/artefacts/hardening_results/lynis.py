"""Lynis' report (`lynis-report.dat`). Source: its lines `key=value`, lists as `key[]=value`."""

from __future__ import annotations

from sscop.artefacts.hardening_results.model import Result, Status, count, day


def load(source: str) -> tuple[Result, ...]:
    """The result in a text; none for another kind of file."""
    if "lynis_version=" not in source:
        return ()
    lines = [line.partition("=") for line in source.splitlines() if "=" in line]
    about = {key: value.strip() for key, _, value in lines}
    rules = [("high", Status.FAILED) for key, _, _ in lines if key == "warning[]"]
    rules += [("low", Status.FAILED) for key, _, _ in lines if key == "suggestion[]"]
    done = len([one for one in about.get("tests_executed", "").split("|") if one])
    rules += [("unknown", Status.PASSED)] * max(0, min(done, 1000) - len(rules))
    return (
        Result(
            "Lynis", "Lynis", about.get("lynis_version", ""), about.get("hostname", ""),
            day(about.get("report_datetime_end") or about.get("report_datetime_start") or ""), count(rules),
        ),
    )  # fmt: skip
