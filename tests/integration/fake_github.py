"""A small GitHub on the loopback: comments and pull requests with state, and faults to order.

Every request is held against GitHub's own OpenAPI description when SSCOP_GITHUB_OPENAPI names it (npm
`@octokit/openapi`, `generated/api.github.com.json`), and against a short table of the same facts otherwise. What
does not fit is in `violations`, which a test asserts to be empty.
"""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import jsonschema

from integration.fake_settings import NOT_FOUND, Settings

OPENAPI = os.environ.get("SSCOP_GITHUB_OPENAPI", "")
"""The path of GitHub's description; read here, because the tests' own environment has nothing of the caller's."""

PREFIX = "/api/v3"
"""The path that the API has on Enterprise Server."""

BUILT_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "/user": {"get": ()},
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": {"get": (), "post": ("body",)},
    "/repos/{owner}/{repo}/issues/comments/{comment_id}": {"get": (), "patch": ("body",), "delete": ()},
    "/repos/{owner}/{repo}/pulls": {"get": ()},
    "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": {"get": ()},
    "/repos/{owner}/{repo}": {"get": ()},
    "/orgs/{org}": {"get": ()},
    **{
        f"/repos/{{owner}}/{{repo}}/{path}": {"get": ()}
        for path in (
            "rules/branches/{branch}",
            "rulesets",
            "rulesets/{ruleset_id}",
            "branches",
            "branches/{branch}",
            "branches/{branch}/protection",
            "actions/permissions",
            "actions/permissions/selected-actions",
            "actions/permissions/workflow",
            "actions/permissions/fork-pr-contributor-approval",
            "actions/permissions/artifact-and-log-retention",
            "environments",
            "environments/{environment_name}/deployment-branch-policies",
            "collaborators",
            "keys",
            "hooks",
            "vulnerability-alerts",
            "automated-security-fixes",
            "private-vulnerability-reporting",
            "immutable-releases",
            "codeowners/errors",
            "git/trees/{tree_sha}",
            "contents/{path}",
        )
    },
}
"""Paths, methods and the keys that their bodies must have, for want of the whole description."""


class Fault(NamedTuple):
    """What the next `times` requests of a method to a path that `pattern` matches get instead of an answer.

    `act` is a status (with `headers` and `message`), or `reset` (the connection), `html` (a page with status 200),
    `broken` (JSON cut short), `list` and `odd` (a list with a number in it, as status 200 and 400), `slow` (nothing
    until the server stops), `lost` (done, and then a 500).
    """

    method: str
    pattern: str
    act: int | str
    message: str = "no"
    headers: tuple[tuple[str, str], ...] = ()
    times: int = 1


class FakeGitHub:
    """The server; a context manager. Its state is open to tests, its clients are real ones."""

    def __init__(self, login: str = "github-actions[bot]", user_status: int = 403) -> None:
        self.login = login
        self.user_status = user_status
        self.comments: dict[int, dict[str, Any]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.settings: Settings = {}
        self.requests: list[tuple[str, str, dict[str, list[str]], Any]] = []
        self.violations: list[str] = []
        self.faults: list[Fault] = []
        self.before: Callable[[str, str], None] = lambda method, path: None
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._next = 1000
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{PREFIX}"

    def __enter__(self) -> FakeGitHub:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def say(self, body: str, login: str | None = None, issue: int = 7) -> int:
        """Put a comment into an issue; its number."""
        self._next += 1
        self.comments[self._next] = {
            "id": self._next,
            "url": f"{self.url}/repos/o/r/issues/comments/{self._next}",
            "body": body,
            "user": {"login": login or self.login, "type": "Bot"},
            "issue": issue,
        }
        return self._next

    def bodies(self) -> list[str]:
        """The texts of all comments, the oldest first."""
        return [comment["body"] for _, comment in sorted(self.comments.items())]

    def calls(self, *methods: str) -> list[str]:
        """The requests so far as `METHOD path`, of these methods or of all."""
        return [f"{method} {path}" for method, path, _, _ in self.requests if not methods or method in methods]

    def fault_for(self, method: str, path: str) -> Fault | None:
        """The fault that is due for a request, used up by it."""
        for n, fault in enumerate(self.faults):
            if fault.method == method and re.search(fault.pattern, path):
                self.faults[n : n + 1] = [fault._replace(times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        """Status and data of a request that goes well."""
        if path == "/user":
            return self.user_status, {"login": self.login} if self.user_status == 200 else {
                "message": "Resource not accessible"
            }
        if match := re.fullmatch(r"/repos/o/r/issues/comments/(\d+)", path):
            number = int(match[1])
            if number not in self.comments:
                return 404, {"message": "Not Found"}
            if method == "DELETE":
                del self.comments[number]
                return 204, None
            if method == "PATCH":
                self.comments[number]["body"] = body["body"]
            return 200, self.comments[number]
        if match := re.fullmatch(r"/repos/o/r/issues/(\d+)/comments", path):
            if method == "POST":
                if len(body["body"]) > 65_536:
                    return 422, {"message": "Validation Failed: body is too long (maximum is 65536 characters)"}
                return 201, self.comments[self.say(body["body"], issue=int(match[1]))]
            return 200, [comment for _, comment in sorted(self.comments.items()) if comment["issue"] == int(match[1])]
        if path == "/repos/o/r/pulls":
            head = query.get("head", [""])[0]
            return 200, [pull for pull in self.pulls if pull["head"]["label"] == head and pull["state"] == "open"]
        if match := re.fullmatch(r"/repos/o/r/commits/([0-9a-f]+)/pulls", path):
            return 200, [pull for pull in self.pulls if pull["head"]["sha"] == match[1]]
        return self.settings.get(path, NOT_FOUND)


def _handler(github: FakeGitHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in one piece, or the client waits for its second half

        def log_message(self, *_: object) -> None:
            """Say nothing: the requests are kept."""

        def handle_one(self) -> None:
            url = urlsplit(self.path)
            path, query = url.path.removeprefix(PREFIX), parse_qs(url.query)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.loads(raw) if raw else None
            github.before(self.command, path)
            with github.lock:
                github.requests.append((self.command, path, query, body))
                token = self.headers.get("Authorization")
                github.violations += _violations(self.command, url.path, query, body, token)
                fault = github.fault_for(self.command, path)
                if fault is None or fault.act == "lost":
                    status, data = github.answer(self.command, path, query, body)
            if fault:
                self.fail(fault)
            else:
                self.page(status, data, path, query)

        do_GET = do_POST = do_PATCH = do_DELETE = handle_one  # noqa: N815

        def fail(self, fault: Fault) -> None:
            if isinstance(fault.act, int):
                self.send(fault.act, json.dumps({"message": fault.message}), dict(fault.headers))
            elif fault.act == "lost":
                self.send(500, json.dumps({"message": "Server Error"}))
            elif fault.act == "html":
                self.send(200, "<!doctype html><title>Maintenance</title>", {"Content-Type": "text/html"})
            elif fault.act == "broken":
                self.send(200, '[{"id": 1,')
            elif fault.act in ("list", "odd"):
                self.send(200 if fault.act == "list" else 400, "[1]")
            elif fault.act == "slow":
                github.stopping.wait()
                self.close_connection = True
            else:
                # closing with nothing to linger for sends a reset instead of an end
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True

        def page(self, status: int, data: Any, path: str, query: dict[str, list[str]]) -> None:
            headers = {}
            if isinstance(data, list):
                page, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["30"])[0])
                if len(data) > page * size:
                    headers["Link"] = f'<{github.url}{path}?per_page={size}&page={page + 1}>; rel="next"'
                data = data[(page - 1) * size : page * size]
            self.send(status, "" if data is None else json.dumps(data), headers)

        def send(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    return Handler


def _violations(method: str, path: str, query: dict[str, list[str]], body: Any, token: str | None) -> list[str]:
    """What GitHub's description of its API has against a request."""
    if not path.startswith(PREFIX + "/"):
        return [f"{method} {path}: not below {PREFIX}"]
    found = [] if token else [f"{method} {path}: no token"]
    templates: dict[str, Any] = _description()["paths"] if OPENAPI else BUILT_IN
    match = _template(path.removeprefix(PREFIX), tuple(templates))
    if match is None or method.lower() not in templates[match]:
        return [*found, f"{method} {path}: no such operation"]
    operation = templates[match][method.lower()]
    errors = _errors(_description(), operation, query, body) if OPENAPI else _missing(operation, body)
    return found + [f"{method} {path}: {error}" for error in errors]


def _missing(operation: tuple[str, ...], body: Any) -> list[str]:
    return [f"no {key}" for key in operation if not isinstance(body, dict) or not isinstance(body.get(key), str)]


def _template(path: str, templates: tuple[str, ...]) -> str | None:
    """The path of the description that a request's path is an instance of; literal ones win."""
    for template in sorted(templates, key=lambda one: one.count("{")):
        pattern = re.escape(template).replace(r"\{path\}", ".+")
        if re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", pattern), path):
            return template
    return None


def _errors(
    description: dict[str, Any], operation: dict[str, Any], query: dict[str, list[str]], body: Any
) -> list[str]:
    parameters = [_resolve(description, parameter) for parameter in operation.get("parameters", [])]
    known = {parameter["name"]: parameter["schema"] for parameter in parameters if parameter["in"] == "query"}
    errors = [f"unknown parameter {name}" for name in query if name not in known]
    for name, schema in known.items():
        for value in query.get(name, []):
            typed = int(value) if schema.get("type") == "integer" and value.isdecimal() else value
            errors += [error.message for error in _check(description, schema, typed)]
    content = _resolve(description, operation.get("requestBody", {})).get("content", {})
    if content:
        errors += [error.message for error in _check(description, content["application/json"]["schema"], body)]
    elif body is not None:
        errors.append("a body where there is none")
    return errors


def _check(description: dict[str, Any], schema: dict[str, Any], value: Any) -> list[jsonschema.ValidationError]:
    whole = {**schema, "components": description["components"]}
    return list(jsonschema.Draft4Validator(whole).iter_errors(value))


def _resolve(description: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    for part in item.get("$ref", "#").split("/")[1:]:
        description = description[part]
    return description if "$ref" in item else item


@cache
def _description() -> dict[str, Any]:
    with open(OPENAPI, encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    return data
