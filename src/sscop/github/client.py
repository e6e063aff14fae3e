"""One way to call GitHub's REST API through PyGithub, with its failures sorted and its waiting bounded.

PyGithub is used for transport, not for its objects: an HTML page with status 200 becomes an empty object there,
an attribute that is missing becomes another request, and the default retry repeats a POST after a 5xx that took
effect. Here a read is tried again, a write never by itself, and no wait is longer than the budget for all of them.
Requests and seconds of a whole run are bounded too (`sscop.github.transport`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from sscop.lazy import NamedTuple
from sscop.reporters.escape import clean

BUDGET = 30.0
"""Seconds that one run may spend on waiting altogether."""

TRIES = 5
"""Failures of one run that are worth another try."""

PAGES = 100
"""Pages of a list that are read; GitHub's longest conversations have fewer."""

MOST = 1000
"""Requests of one run, where its caller names no other limit."""

SECONDS = 600.0
"""Seconds of one run, likewise."""

UNKNOWN_WAIT = 60.0
"""Seconds that GitHub asks for after a secondary rate limit without a Retry-After: more than BUDGET on purpose."""


class FaultError(Exception):
    """A request that failed. `status` is 0 without an HTTP status; `wait` in seconds, None where no wait helps.

    `limited`: nothing more can be asked for now, by GitHub's rate limit or by a limit of this run. `accepted` is what
    GitHub says would have been enough permission (`administration=read`), "" where it doesn't.
    """

    def __init__(
        self, status: int, message: str, wait: float | None = None, limited: bool = False, accepted: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.wait = wait
        self.limited = limited
        self.accepted = accepted


class Answer(NamedTuple):
    """The JSON of an answer (None for an empty one), its status, and whether its list has another page."""

    data: Any
    more: bool
    status: int = 200


class Client:
    """A connection with a token to the API at `api_url`, with its path where it has one (`/api/v3`).

    `timeout` is in seconds for each request, `again` how often one is tried again; `most` requests and `seconds` are
    for all of them; `sleep` and `clock` are for tests. Raises ValueError for an address or a token that can be none.
    """

    def __init__(
        self,
        api_url: str,
        token: str,
        *,
        timeout: float = 10,
        again: int = TRIES,
        most: int = MOST,
        seconds: float = SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        from urllib.parse import urlsplit

        from sscop.github.transport import Limits, requester

        if urlsplit(api_url).scheme not in ("http", "https") or not urlsplit(api_url).hostname:
            raise ValueError(f"not the address of an API: {api_url!r}")
        if not token or not token.isascii() or not token.isprintable():
            raise ValueError("no token, or one that can't be one")
        self.api_url = api_url
        self.limits = Limits(most, seconds, clock)
        self._requester, self._session = requester(api_url, token, timeout, self.limits)
        self._again = again
        self._sleep = sleep
        self._waited = 0.0
        self._failed = 0

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._requester.close()
        self._session.close()

    def get(self, path: str, **parameters: Any) -> Answer:
        """Read; what passes is tried again. Raises FaultError."""
        tried = 0
        while True:
            try:
                return self._send("GET", path, parameters, None)
            except FaultError as fault:
                if tried >= self._again or not self.worth_a_try(fault):
                    raise
            tried += 1

    def pages(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """All objects of a list over all its pages. Raises FaultError."""
        found: list[dict[str, Any]] = []
        for page in range(1, PAGES + 1):
            answer = self.get(path, **parameters, per_page=100, page=page)
            if not isinstance(answer.data, list) or not all(isinstance(item, dict) for item in answer.data):
                raise FaultError(0, "what answered is not GitHub's API")
            found += answer.data
            if not answer.more:
                break
        return found

    def write(self, verb: str, path: str, body: Mapping[str, str] | None = None) -> Any:
        """Write once: a failed write may have taken effect, so look before trying again. Raises FaultError."""
        return self._send(verb, path, {}, body).data

    def worth_a_try(self, fault: FaultError) -> bool:
        """Wait as this failure asks, and say whether that was possible within what is left of tries and budget."""
        if fault.wait is None:
            return False
        self._failed += 1
        if self._failed > TRIES or self._waited + fault.wait > BUDGET or not self.limits.room_for(fault.wait):
            return False
        self._waited += fault.wait
        self._sleep(fault.wait)
        return True

    def _send(self, verb: str, path: str, parameters: dict[str, Any], body: Mapping[str, str] | None) -> Answer:
        import requests

        from sscop.github.transport import AnswerError, LimitError, PendingError

        backoff, status, text = float(2**self._failed), 0, ""
        headers: dict[str, Any] = {}
        try:
            status, headers, text = self._requester.requestJson(verb, path, parameters, None, body)
            data = json.loads(text) if text else None
        except LimitError as error:
            raise FaultError(0, str(error), limited=True) from None
        except AnswerError as error:
            raise FaultError(0, f"GitHub's answer was not read: {error}") from None
        except PendingError:
            raise FaultError(202, "GitHub is still making the answer", backoff) from None
        except requests.Timeout:
            raise FaultError(0, "GitHub did not answer in time", backoff) from None
        except requests.RequestException as error:
            raise FaultError(0, f"no connection to GitHub ({type(error).__name__})", backoff) from None
        except ValueError as error:
            if not status:
                raise FaultError(0, f"GitHub's answer was not understood ({type(error).__name__})") from None
            if status >= 400:
                raise _fault(status, None, headers, backoff) from None
            was = "GitHub's answer was not JSON" if text[:1] in ("{", "[") else "what answered is not GitHub's API"
            raise FaultError(0, was, backoff) from None
        except Exception as error:  # noqa: BLE001  # PyGithub asserts and indexes as it reads; go on without
            raise FaultError(0, f"GitHub's answer was not understood ({type(error).__name__})") from None
        if status >= 400:
            raise _fault(status, data, headers, backoff)
        return Answer(data, 'rel="next"' in str(headers.get("link", "")), status)


def _fault(status: int, data: Any, headers: Mapping[str, str], backoff: float) -> FaultError:
    """The failure that an HTTP status of 400 or more means."""
    message = str(data.get("message") or "") if isinstance(data, dict) else ""
    message = clean(message)[:200]
    limited = status == 429 or "rate limit" in message.lower() or "retry-after" in headers
    if status in (403, 429) and (limited or headers.get("x-ratelimit-remaining") == "0"):
        return FaultError(status, f"GitHub's rate limit: {message or 'no words'}", _rate_wait(headers), limited=True)
    accepted = str(headers.get("x-accepted-github-permissions", ""))
    return FaultError(status, message or f"HTTP {status}", backoff if status >= 500 else None, accepted=accepted)


def _rate_wait(headers: Mapping[str, str]) -> float:
    """Seconds that a rate limit asks to wait."""
    after, reset = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if after.isdecimal():
        return float(after)
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(float(reset) - time.time(), 0.0) + 1
    return UNKNOWN_WAIT
