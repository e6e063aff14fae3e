"""Key material and login files, told by content: what a file holds, and whether that is encrypted.

Sources: RFC 7468 and 1421 (PEM), OpenSSH's PROTOCOL.key, RFC 9580 (OpenPGP secret-key packets), PuTTY's file format,
and each tool's own documentation of its login file.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from enum import Enum

from sscop.artefacts.credentials.words import Held, value
from sscop.lazy import NamedTuple, lazily

GLOBS = (
    "**/*.{pem,key,p8,pk8,ppk,p12,pfx,jks,keystore,asc,gpg,pgp}", "**/id_{rsa,dsa,ecdsa,ed25519}", "**/*_rsa",
    "**/{.netrc,_netrc,.pgpass,.htpasswd,htpasswd,.npmrc,.pypirc,.dockercfg,.dockerconfigjson}",
    "**/.docker/config.json", "**/*.tfstate", "**/*kubeconfig*", "**/.kube/config",
    "**/*{service-account,service_account,serviceaccount,credential,firebase,gcp,google}*.json",
)  # fmt: skip


class State(Enum):
    """How what a file holds is kept."""

    OPEN = "in clear text"
    SEALED = "encrypted"
    STORE = "behind a store's password"
    HASHED = "hashed"


class Material(NamedTuple):
    """What a file holds, in words ("an RSA private key"), and where."""

    what: str
    line: int
    state: State


_PEM = lazily(rb"-----BEGIN ((?:[A-Z0-9]{1,20} ){0,3})PRIVATE KEY(?: BLOCK)?-----")
_BODY = lazily(rb"(?:[\w+/=:,. \t\r\n-]|\\[nr]){64,20000}\Z")
_SEALED = lazily(
    rb"\A(?:\0GITCRYPT|\$ANSIBLE_VAULT|age-encryption\.org/|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE))"
    rb"|ENC\[AES256_GCM|^[ \t]*\"?sops\"?\s*:|kind:\s*SealedSecret",
    re.MULTILINE,
)
_RAILS = lazily(rb"[0-9a-f]{32}\s*\Z")
_PUTTY = lazily(rb"PuTTY-User-Key-File-\d: [^\r\n]*\r?\nEncryption: (\S+)")
_LOGINS = (
    ("a password for other machines", r"(?:^|/)[._]netrc$", rb"\bpassword\s{1,20}([^\s$]\S{3,200})"),
    ("a database password", r"(?:^|/)\.pgpass$", rb"^[^#\s:]+:[^:\n]*:[^:\n]*:[^:\n]*:([^\s$][^\n]{2,200})$"),
    (
        "a registry token",
        r"(?:^|/)\.npmrc$",
        rb"^[^#;\n]{0,200}(?:_authToken|_password|_auth)[ \t]*=[ \t]*\"?([^\s$\"][^\s\"]{7,400})",
    ),
    ("a registry password", r"(?:^|/)\.pypirc$", rb"^[ \t]*password[ \t]*[:=][ \t]*([^\s$%]\S{3,400})"),
    (
        "registry logins",
        r"\.dockercfg$|\.dockerconfigjson$|\.docker/config\.json$",
        rb"\"auth\"\s{0,9}:\s{0,9}\"([A-Za-z0-9+/=]{8,900})\"",
    ),
    (
        "state with secrets in it",
        r"\.tfstate$",
        rb"\"(?:password|secret\w{0,20}|private_key\w{0,20}|access_key|token)\"\s{0,9}:\s{0,9}\"([^\"\n]{4,900})\"",
    ),
    (
        "a cluster's client key or token",
        r"kubeconfig|\.kube/config$",
        rb"^[ \t]*(?:client-key-data|token):[ \t]*[\"']?([A-Za-z0-9+/=._-]{40,900})",
    ),
)
_HTPASSWD = lazily(rb"^[^:#\s]{1,100}:(?:\$(?:apr1|2[aby]|5|6)\$|\{SHA\}|[./0-9A-Za-z]{13}\s*$)", re.MULTILINE)
_STORES = lazily(r"\.(?:p12|pfx|jks|keystore)$", re.IGNORECASE)
_TRUST = lazily(r"trust|cacert", re.IGNORECASE)
MOST = 20


def read(path: str, data: bytes) -> list[Material]:
    """What a file of this name holds; nothing for public keys, certificates, and text about keys."""
    sealed = bool(_SEALED.search(data[:4000]) or _SEALED.search(data[-4000:]))
    found = [*_private_keys(data, sealed), *_logins(path, data, sealed)]
    if _STORES.search(path) and not found and not _TRUST.search(path) and _is_store(data):
        found.append(Material("a key store", 1, State.STORE))
    return found[:MOST]


def _is_store(data: bytes) -> bool:
    """Java's and PKCS#12's stores by their first bytes; OpenPGP's `.keystore` and texts are none."""
    return data[:4] in (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce") or data[:1] == b"\x30"


def _private_keys(data: bytes, sealed: bool) -> Iterator[Material]:
    for match in _PEM.finditer(data) if b"PRIVATE KEY" in data else ():
        end = data.find(b"-----", match.end())
        body = data[match.end() : max(end, match.end())]
        if len(body) > 20_000 or not _BODY.match(body) or not data.startswith(b"-----END", end):
            continue
        label = match[1].decode().strip()
        body = body.replace(b"\\n", b"\n").replace(b"\\r", b"")
        what = f"{'an OpenPGP' if label == 'PGP' else _article(label)} private key"
        closed = sealed or "ENCRYPTED" in label or b"ENCRYPTED" in body[:200] or _closed(label, body)
        yield Material(what, data.count(b"\n", 0, match.start()) + 1, State.SEALED if closed else State.OPEN)
    putty = _PUTTY.match(data)
    if putty:
        yield Material("a PuTTY private key", 1, State.OPEN if putty[1] == b"none" else State.SEALED)


def _article(label: str) -> str:
    return {"RSA": "an RSA", "EC": "an EC", "OPENSSH": "an OpenSSH"}.get(label, f"a {label}".strip())


def _closed(label: str, body: bytes) -> bool:
    """Whether the key inside says itself that it is encrypted, as OpenSSH's and OpenPGP's do."""
    lines = [line for line in body.split(b"\n") if line.strip() and b":" not in line and not line.startswith(b"=")]
    joined = b"".join(b"".join(lines).split())
    try:
        raw = base64.b64decode(joined[: len(joined) // 4 * 4])
    except (binascii.Error, ValueError):
        return False
    if label == "OPENSSH":
        start = len(b"openssh-key-v1\0")
        length = int.from_bytes(raw[start : start + 4], "big")
        return raw[start + 4 : start + 4 + length] != b"none"
    return label == "PGP" and _packet_closed(raw)


def _packet_closed(raw: bytes) -> bool:
    """Whether the first OpenPGP secret-key packet has a string-to-key usage; also if it can't be told."""
    if len(raw) < 20:
        return True
    new_format = 2 if raw[1] < 192 else 3 if raw[1] < 224 else 6
    at = new_format if raw[0] & 0x40 else 1 + (1, 2, 4, 0)[raw[0] & 3]
    algorithm = raw[at + 5]
    at += 6
    if raw[at - 6] != 4:
        return True
    if algorithm in (18, 19, 22):  # elliptic curves: an object identifier, then one number
        at += 1 + raw[at]
    for _ in range({1: 2, 2: 2, 3: 2, 16: 3, 17: 4}.get(algorithm, 1)):
        at += 2 + (int.from_bytes(raw[at : at + 2], "big") + 7) // 8
    if algorithm == 18 and at < len(raw):
        at += 1 + raw[at]
    return at >= len(raw) or raw[at] != 0


def _logins(path: str, data: bytes, sealed: bool) -> Iterator[Material]:
    state = State.SEALED if sealed else State.OPEN
    for what, named, pattern in _LOGINS:
        if re.search(named, path, re.IGNORECASE):
            match = re.search(pattern, data, re.MULTILINE)
            if match and value(match[1].decode("utf-8", "replace")).held is Held.LITERAL:
                yield Material(what, data.count(b"\n", 0, match.start()) + 1, state)
    if path.endswith("htpasswd") and _HTPASSWD.search(data):
        yield Material("passwords of users", 1, State.HASHED)
    if path.endswith((".key", "/master.key")) and _RAILS.match(data):
        yield Material("a key that opens encrypted credentials", 1, state)
