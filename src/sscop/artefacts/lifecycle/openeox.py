"""OpenEoX core 1.0 (OASIS, committee specification draft 01 of May 2026), written from a lifecycle file.

The core names no product: whoever hands it on says elsewhere what it is about. Its dates are RFC 3339 instants; the
last day of support counts as a whole, in UTC.
"""

from __future__ import annotations

import json

from sscop.artefacts.lifecycle.own import File, Release

SCHEMA = "https://docs.oasis-open.org/openeox/v1.0/schema/core.json"


def core(file: File, release: Release) -> str:
    """The JSON text of one release. `tba` stays, as OpenEoX has it; what is not stated is not written."""
    keys = release.keys
    security = keys.get("end-of-security-support", "tba")
    said = {
        "$schema": SCHEMA,
        "end_of_life": _end(keys.get("end-of-life", security)),
        "end_of_security_support": _end(security),
        "end_of_sales": _end(keys["end-of-sales"]) if "end-of-sales" in keys else None,
        "general_availability": f"{keys['released']}T00:00:00Z" if "released" in keys else None,
        "last_updated": f"{file.updated}T00:00:00Z",
    }
    return json.dumps({key: value for key, value in said.items() if value is not None}, indent=2) + "\n"


def _end(day: str) -> str:
    return "tba" if day == "tba" else f"{day}T23:59:59Z"
