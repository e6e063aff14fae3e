"""What ships is safe without further settings: no root, no privileges, TLS verified, debugging off.

Why
---
Most installations run with the settings that they came with. A container that runs as root, certificates that nobody
checks and a debug page that shows the configuration turn a small hole into a large one.

What counts
-----------
All of it is advice, which never fails; the Code's claims do not ask for it one by one.

- Images: the last stage and what it is built on. No `USER`, or root, on a base that is known to run as root. A program
  that steps down by itself (`gosu`, `su-exec`, `setpriv`) is left alone, and so are images to build or test with.
- Kubernetes workloads and a chart's values: `privileged`, `runAsNonRoot: false`, `runAsUser: 0`,
  `allowPrivilegeEscalation: true`, the host's network or processes (but for a DaemonSet).
- Compose files that users or servers run: `privileged`, and the Docker socket.
- TLS: `curl -k`, `wget --no-check-certificate`, `git -c http.sslVerify=false`, `strict-ssl=false`,
  `NODE_TLS_REJECT_UNAUTHORIZED=0` in scripts, images, pipelines and settings, but for the machine itself.
- Debugging: Django's `DEBUG`, `FLASK_DEBUG=1`, `NODE_ENV=development` and their like in images and configuration.

Tests, examples and files for development do not count. Source code is not searched for switched-off verification; a
static analysis does that better.

How to fix
----------
    RUN adduser --system --uid 10001 app
    USER 10001

    securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}

Add your own authority where one is missing (`curl --cacert`, `NODE_EXTRA_CA_CERTS`) instead of trusting everybody, and
let debugging be asked for: `DEBUG = os.environ.get("DEBUG") == "1"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.hardening import Default, facts
from sscop.check import check
from sscop.model import Evidence, Finding, Kind, Unread, met, not_applicable, unmet
from sscop.repository import Repository

FIXES = {
    "runs-as-root": "create a user and name it by number: `USER 10001`; `runAsNonRoot: true`",
    "privileged": "name the capabilities or devices that it needs instead",
    "escalation": "`allowPrivilegeEscalation: false`",
    "host-namespace": "leave it in its own namespace, and open the ports that it needs",
    "docker-socket": "put a proxy before the socket that allows only what it needs, or do without",
    "tls-unverified": "add the authority that is missing to those that are trusted, and verify",
    "debug-on": "switch debugging off unless the environment asks for it",
}


@check(title="Defaults are secure: no root, TLS on, debug off", principles=("1.4",))
def secure_defaults(repo: Repository) -> Iterator[Finding]:
    """Advice for each default that weakens the product, and what was seen of the others."""
    found = list(facts(repo))
    good = [one for one in found if isinstance(one, Default) and one.good]
    weak = [one for one in found if isinstance(one, Default) and not one.good]
    yield from (one.finding() for one in found if isinstance(one, Unread))
    yield from map(_advice, weak)
    if good:
        places = [Evidence(one.path, one.line, one.said.strip()) for one in good[:8]]
        yield met("secure-defaults", f"secure defaults seen: {len(good)}", *places)
    elif not found:
        yield not_applicable("nothing-seen", "found no image, workload or setting that says who runs it and how")


def _advice(one: Default) -> Finding:
    place = Evidence(one.path, one.line)
    return unmet(one.code, one.said.strip(), place, kind=Kind.ADVICE, key=one.key, fix=FIXES[one.code])
