"""Where TLS certificates are not verified: scripts, images, pipelines, and the settings of package managers.

Source code is not searched: reading all of it would cost more than all other checks together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sscop.artefacts.dockerfile import dockerfiles, load
from sscop.artefacts.hardening import Default, Fact
from sscop.artefacts.launch import bare
from sscop.artefacts.pipelines import activities
from sscop.artefacts.shell import Command, Script, pipelines
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Malformed, Repository
from sscop.repository.places import Family

_TELLING = (
    b"--insecure",
    b"no-check-certificate",
    b"http.sslverify",
    b"ssl_no_verify",
    b"strict-ssl",
    b"tls_reject",
)
_CURL = lazily(rb"curl\b(?:[^\n\\]|\\\n?){0,300}?\s-[a-z]{0,9}k")
_FLAG = lazily(r"-[a-zA-Z]{0,9}k[a-zA-Z]{0,9}\Z")
_HERE = lazily(
    r"localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host\.docker|\$\(hostname|kubernetes\.default|\$\{?(?:KUBERNETES|IP|HOST|LOCAL)"
)
_SETTINGS = (
    (("**/.npmrc",), r"^[ \t]*strict-ssl[ \t]*=[ \t]*false"),
    (("**/.yarnrc",), r"^[ \t]*strict-ssl[ \t]+\"?false"),
    (("**/.yarnrc.yml",), r"^[ \t]*enableStrictSsl:[ \t]*false"),
    (("**/.gitconfig",), r"^[ \t]*sslVerify[ \t]*=[ \t]*false"),
    (("**/.curlrc", "**/.wgetrc"), r"^[ \t]*(?:insecure|-k|check_certificate[ \t]*=[ \t]*off)\b"),
    (("**/.condarc",), r"^[ \t]*ssl_verify:[ \t]*[Ff]alse"),
)
LONGEST, MOST = 64 * 1024, 40
"""Bytes of a script, and scripts that are read: those that hold one of the words above."""
_SAID = "TLS certificates are not verified"


def facts(repo: Repository) -> Iterator[Fact]:
    """Commands and settings that do without."""
    for path in list(filter(lambda one: _tells(repo, one), repo.find("**/*.{sh,bash}", family=Family.SHIPPED)))[:MOST]:
        text = repo.text(path)
        if isinstance(text, str):
            yield from _script(path, Script(text, 1))
    for path in dockerfiles(repo, Family.SHIPPED):
        dockerfile = repo.parse(path, load)
        for at in () if isinstance(dockerfile, Unread) else dockerfile.instructions:
            for one in [script for script in (at.script(), *at.heredocs) if script] if at.name == "RUN" else ():
                if _telling(one.text.encode("utf-8", "replace")):
                    yield from _script(path, one)
    for pipeline in repo.once(activities).pipelines:
        for step in (step for job in pipeline.jobs for step in job.steps):
            for script in step.scripts:
                if _telling(script.text.encode("utf-8", "replace")):
                    yield from _script(step.path, script)
    yield from _settings(repo)


def _tells(repo: Repository, path: str) -> bool:
    data = repo.read(path)
    return isinstance(data, bytes) and len(data) <= LONGEST and _telling(data)


def _telling(data: bytes) -> bool:
    """Whether a text may do without verification, in any case of its letters."""
    lower = data.lower()
    return any(word in lower for word in _TELLING) or (b"curl" in lower and bool(_CURL.search(lower)))


def _script(path: str, script: Script) -> Iterator[Default]:
    try:
        found = list(pipelines(script))
    except Malformed:
        return
    for command in (command for piped in found for command in piped):
        if not command.words:
            continue
        words = [word.text for word in command.words]
        if _unverified(command, bare(words)) and not any(map(_HERE.search, words)):
            yield Default(path, command.line, "tls-unverified", f"{_SAID}: `{command.name}`", command.name)


def _unverified(command: Command, words: Sequence[str]) -> bool:
    program, rest = (words[0], words[1:]) if words else ("", ())
    if program == "curl":
        return any(word == "--insecure" or _FLAG.match(word) for word in rest)
    if program == "wget":
        return "--no-check-certificate" in rest
    if program == "git":
        return any(word.lower().replace(" ", "=") == "http.sslverify=false" for word in rest) or (
            "http.sslVerify" in rest and "false" in rest
        )
    if program in ("npm", "yarn", "pnpm"):
        return ("strict-ssl" in rest and "false" in rest) or "strict-ssl=false" in rest or "--strict-ssl=false" in rest
    if program == "export":
        given = [word.text for word in command.arguments]
        return any(
            one in ("NODE_TLS_REJECT_UNAUTHORIZED=0", "GIT_SSL_NO_VERIFY=1", "GIT_SSL_NO_VERIFY=true") for one in given
        )
    return False  # apt verifies signatures of its own, whatever it does about TLS


def _settings(repo: Repository) -> Iterator[Default]:
    for globs, pattern in _SETTINGS:
        for path in repo.find(*globs, family=Family.TOOLS):
            text = repo.text(path)
            match = None if isinstance(text, Unread) else re.search(pattern, text, re.MULTILINE)
            if match and isinstance(text, str):
                yield Default(
                    path,
                    text.count("\n", 0, match.start()) + 1,
                    "tls-unverified",
                    f"{_SAID} by this setting",
                    "setting",
                )
