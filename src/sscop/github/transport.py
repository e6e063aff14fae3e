"""The connection below PyGithub: it counts requests, keeps to a time limit and stays with one host.

PyGithub by itself asks again without end at a 202, follows any number of redirects and reads a body of any size. What
comes here is one request after another, each counted, none longer than what is left of the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import github
import requests
from github.Requester import Requester

LARGEST = 8 * 1024 * 1024
"""Bytes of an answer that are read; GitHub's largest page of a hundred objects is a tenth of it."""

REDIRECTS = 3


class LimitError(Exception):
    """A limit of this run is used up: nothing more can be asked."""


class AnswerError(Exception):
    """An answer that is none: too large, or a redirect that is not followed. The text says which."""


class PendingError(Exception):
    """GitHub is still making the answer (202)."""


class Limits:
    """What a run may spend: requests, redirects included, and seconds from now."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.spent = 0
        self._clock = clock
        self._seconds = seconds
        self._until = clock() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises LimitError where none are."""
        left = self._until - self._clock()
        if left <= 0:
            raise LimitError(f"the time limit of {self._seconds:.0f} seconds is used up")
        return left

    def room_for(self, wait: float) -> bool:
        """Whether another request is left after a wait of so many seconds."""
        return self.spent < self.most and self._until - self._clock() > wait

    def spend(self) -> float:
        """Count a request; the seconds that it may take. Raises LimitError."""
        if self.spent >= self.most:
            raise LimitError(f"the limit of {self.most} requests is used up")
        left = self.left()
        self.spent += 1
        return left


class _Response:
    """What PyGithub wants of an answer."""

    def __init__(self, answer: requests.Response, text: str) -> None:
        self.status = answer.status_code
        self.reason = answer.reason
        self._headers = list(answer.headers.items())
        self._text = text

    def getheaders(self) -> list[tuple[str, str]]:
        return self._headers

    def read(self) -> str:
        return self._text


class _Connection:
    """Stands for PyGithub's two connection classes, which differ in the protocol only."""

    protocol = "https"
    limits: Limits
    session: requests.Session

    def __init__(self, host: str, port: int | None = None, timeout: float = 10, **options: Any) -> None:
        self.host, self.port, self.timeout = host, port, timeout
        self.verify = options.get("verify", True)

    def request(self, verb: str, url: str, body: str | None, headers: dict[str, str], stream: bool = False) -> None:
        """Keep a request until `getresponse`."""
        self.given = (verb, url, body, headers)

    def getresponse(self) -> _Response:
        """The answer, after redirects. Raises LimitError, AnswerError, PendingError, and what requests raises."""
        verb, path, body, headers = self.given
        url = f"{self.protocol}://{self.host}{f':{self.port}' if self.port else ''}{path}"
        for _ in range(REDIRECTS + 1):
            left = self.limits.spend()
            with self.session.request(
                verb,
                url,
                headers=headers,
                data=body,
                timeout=min(self.timeout, left),
                verify=self.verify,
                allow_redirects=False,
                stream=True,
            ) as answer:
                if verb == "GET" and answer.status_code == 202:
                    raise PendingError
                if verb != "GET" or not 300 <= answer.status_code < 400:
                    return _Response(answer, self._text(answer))
                url = _moved(url, answer.headers.get("location", ""))
        raise AnswerError("redirected in a circle")

    def _text(self, answer: requests.Response) -> str:
        """The body, unpacked, as far as there is room and time for it."""
        body = bytearray()
        for chunk in answer.iter_content(1 << 16):
            body += chunk
            if len(body) > LARGEST:
                raise AnswerError(f"an answer of more than {LARGEST:,} bytes")
            self.limits.left()
        return body.decode("utf-8", "replace")

    def close(self) -> None:
        """The session is the requester's, and outlives a request."""


def _moved(url: str, location: str) -> str:
    """Where a redirect leads: elsewhere on the same host only, or the token would go to a stranger."""
    try:
        target, here = urlsplit(urljoin(url, location)), urlsplit(url)
        same = (target.scheme, target.hostname, target.port) == (here.scheme, here.hostname, here.port)
    except ValueError:
        same = False
    if not location or not same or target.username is not None:
        raise AnswerError("redirected to another host, where the token must not go")
    return target._replace(fragment="").geturl()


def requester(api_url: str, token: str, timeout: float, limits: Limits) -> tuple[Requester, requests.Session]:
    """PyGithub's requester over such connections, and the session to close after it."""
    session = requests.Session()
    session.auth = _as_it_is
    shared = {"limits": limits, "session": session}
    kind: Any = type("Limited", (Requester,), {})
    kind.injectConnectionClasses(
        type("Http", (_Connection,), {**shared, "protocol": "http"}), type("Https", (_Connection,), shared)
    )
    made: Requester = kind(
        auth=github.Auth.Token(token),
        base_url=api_url.rstrip("/"),
        timeout=timeout,
        user_agent="sscop",
        per_page=100,
        verify=True,
        retry=None,
        pool_size=None,
    )
    return made, session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Any authentication keeps requests from looking into `.netrc`."""
    return request
