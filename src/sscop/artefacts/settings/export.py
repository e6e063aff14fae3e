"""Answers as a file, `sscop-settings/1`, to be asked for once and judged by elsewhere, and read back.

The file holds the API's own JSON, of which `kept` leaves what facts need. A file made by hand may be a plain mapping
from request paths to the API's JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sscop.artefacts.settings.kept import kept
from sscop.lazy import lazily
from sscop.platform import Answer, Answers
from sscop.repository import Malformed

SCHEMA = "sscop-settings/1"

LARGEST = 8 * 1024 * 1024
"""Characters of a file that are read."""

NULL = "null, which says nothing"

_PATH = lazily(r"/?(?:repos/([\w.-]{1,100}/[\w.-]{1,100})|orgs/[\w.-]{1,100})(?:/[^\s?#]{0,500})?", re.ASCII)


def dump(answers: Answers) -> str:
    """The answers as JSON text: keys sorted, ASCII, one line end at the end."""
    known = {path: _plain(path, answer) for path, answer in answers.by_path.items()}
    file = {"schema": SCHEMA, "repository": answers.repository, "source": answers.source, "asked": answers.asked}
    return json.dumps(file | {"answers": known}, sort_keys=True, indent=1) + "\n"


def load(text: str) -> Answers:
    """The answers in a text: what `dump` wrote, or a mapping from request paths to the API's JSON. Raises Malformed."""
    if len(text) > LARGEST:
        raise Malformed(f"is larger than {LARGEST:,} characters")
    try:
        data = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise Malformed("is nested too deeply to read") from None
    except ValueError as error:
        raise Malformed(f"is not valid JSON: {getattr(error, 'msg', error)}", getattr(error, "lineno", None)) from None
    if not isinstance(data, dict):
        raise Malformed("is not a JSON object", 1)
    if "schema" not in data:
        return _by_hand(data)
    if data["schema"] != SCHEMA:
        raise Malformed(f"has another schema than {SCHEMA}", _line(text, '"schema"'))
    given = data.get("answers")
    if not isinstance(given, dict):
        raise Malformed("has no object `answers`", _line(text, '"answers"'))
    about = {key: data[key] if isinstance(data.get(key), str) else "" for key in ("repository", "source", "asked")}
    found = {}
    for path, answer in given.items():
        if not _PATH.fullmatch(path) or not isinstance(answer, dict):
            raise Malformed("has an answer that is none", _line(text, json.dumps(path)))
        found[f"/{path.strip('/')}"] = _answer(answer)
    return Answers(about["repository"], about["source"], about["asked"], found)


def _by_hand(data: Mapping[str, Any]) -> Answers:
    """Answers of a plain mapping. Raises Malformed where a key is no request's path, or none names the repository."""
    found, repository = {}, ""
    for path, value in data.items():
        match = _PATH.fullmatch(path)
        if not match:
            raise Malformed(f"is no settings file: it has neither a schema nor request paths only ({path[:60]!r})", 1)
        repository = repository or match[1] or ""
        found[f"/{path.strip('/')}"] = _given(value)
    if not repository:
        raise Malformed("names no repository: no key is /repos/OWNER/NAME or below it", 1)
    return Answers(repository, "", "", found)


def _given(value: Any) -> Answer:
    """An answer that somebody pasted: an error's body is told by its words, for there is no status beside it."""
    if value is None:
        return Answer(0, None, NULL)
    if isinstance(value, dict) and isinstance(value.get("message"), str) and "documentation_url" in value:
        status = str(value.get("status", ""))
        code = int(status) if status.isdecimal() and len(status) == 3 else 0
        if value["message"] == "Branch not protected":
            return Answer(404, {"message": value["message"]})
        return Answer(code, None, value["message"] or "an error without words")
    return Answer(200, value)


def _answer(given: Mapping[str, Any]) -> Answer:
    status, why, permission = given.get("status"), given.get("why", ""), given.get("permission", "")
    status = status if type(status) is int and 0 <= status < 1000 else 0
    why = why if isinstance(why, str) else "not known"
    data = given.get("data")
    if not why and not (200 <= status < 300 or status == 404):
        why = "no answer" if not status else f"status {status}"
    if not why and data is None and status == 200:
        why = NULL
    if not why and isinstance(data, dict) and data.get("message") == "Not Found":
        why = "Not Found"  # which GitHub says of what is hidden too
    return Answer(status, data, why, permission if isinstance(permission, str) else "")


def _plain(path: str, answer: Answer) -> dict[str, Any]:
    plain: dict[str, Any] = {"status": answer.status}
    if answer.data is not None:
        plain["data"] = kept(path, answer.data)
    return plain | {key: value for key in ("why", "permission") if (value := getattr(answer, key))}


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _line(text: str, piece: str) -> int:
    return text.count("\n", 0, max(text.find(piece), 0)) + 1
