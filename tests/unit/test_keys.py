"""Key material by content."""

from __future__ import annotations

import base64

import pytest

from sscop.artefacts.keys import Material, State, read

BODY = "\n".join(["A" * 64] * 3)


def pem(label: str, body: str = BODY) -> bytes:
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n".encode()


def openssh(cipher: bytes) -> bytes:
    raw = b"openssh-key-v1\0" + len(cipher).to_bytes(4, "big") + cipher + bytes(120)
    return pem("OPENSSH PRIVATE KEY", base64.b64encode(raw).decode())


def pgp(algorithm: int, usage: int, old: bool = False, version: int = 4) -> bytes:
    if algorithm in (18, 19, 22):
        public = bytes([3, 1, 2, 3]) + b"\0\x09ab" + (bytes([3, 1, 8, 7]) if algorithm == 18 else b"")
    else:
        public = b"\0\x09ab" * {1: 2, 16: 3, 17: 4}[algorithm]
    body = bytes([version]) + bytes(4) + bytes([algorithm]) + public + bytes([usage]) + bytes(80)
    head = bytes([0x94, len(body)]) if old else bytes([0xC5, len(body)])
    text = base64.b64encode(head + body).decode()
    return pem("PGP PRIVATE KEY BLOCK", f"Version: x\n\n{text}\n=abcd")


OPEN, SEALED, STORE = State.OPEN, State.SEALED, State.STORE


@pytest.mark.parametrize(
    ("path", "data", "wanted"),
    [
        ("a.pem", pem("PRIVATE KEY"), [("a private key", 1, OPEN)]),
        ("a.pem", pem("CERTIFICATE") + pem("RSA PRIVATE KEY"), [("an RSA private key", 6, OPEN)]),
        ("a.pem", pem("DSA PRIVATE KEY"), [("a DSA private key", 1, OPEN)]),
        ("a.pem", pem("ENCRYPTED PRIVATE KEY"), [("a ENCRYPTED private key", 1, SEALED)]),
        ("a.pem", pem("EC PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\n" + BODY), [("an EC private key", 1, SEALED)]),
        ("a.pem", pem("PUBLIC KEY"), []),
        ("a.pem", b"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n", []),
        ("id_rsa", openssh(b"none"), [("an OpenSSH private key", 1, OPEN)]),
        ("id_rsa", openssh(b"aes256-ctr"), [("an OpenSSH private key", 1, SEALED)]),
        ("a.asc", pgp(1, 0), [("an OpenPGP private key", 1, OPEN)]),
        ("a.asc", pgp(1, 254), [("an OpenPGP private key", 1, SEALED)]),
        ("a.asc", pgp(16, 0, old=True), [("an OpenPGP private key", 1, OPEN)]),
        ("a.asc", pgp(17, 254), [("an OpenPGP private key", 1, SEALED)]),
        ("a.asc", pgp(22, 0), [("an OpenPGP private key", 1, OPEN)]),
        ("a.asc", pgp(18, 254), [("an OpenPGP private key", 1, SEALED)]),
        ("a.asc", pgp(1, 0, version=6), [("an OpenPGP private key", 1, SEALED)]),
        ("a.asc", pem("PGP PUBLIC KEY BLOCK"), []),
        (
            "a.ppk",
            b"PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: aes256-cbc\r\n",
            [("a PuTTY private key", 1, SEALED)],
        ),
        ("a.key", b"\0GITCRYPT\0" + bytes(40), []),
        ("a.yaml.key", b"$ANSIBLE_VAULT;1.1;AES256\n" + pem("PRIVATE KEY"), [("a private key", 2, SEALED)]),
        ("master.key", b"0123456789abcdef0123456789abcdef", [("a key that opens encrypted credentials", 1, OPEN)]),
        ("a.p12", b"\x30\x82" + bytes(9), [("a key store", 1, STORE)]),
        ("a.jks", b"\xfe\xed\xfe\xed" + bytes(9), [("a key store", 1, STORE)]),
        ("truststore.jks", b"\xfe\xed\xfe\xed" + bytes(9), []),
        ("a.keystore", b"text", []),
        (".htpasswd", b"a:$apr1$b$c\n", [("passwords of users", 1, State.HASHED)]),
        (".htpasswd", b"# a\n", []),
        (".npmrc", b"//r/:_authToken=${TOKEN}\n", []),
        (".npmrc", b"a=b\n//r/:_authToken=npm_0123456789\n", [("a registry token", 2, OPEN)]),
        (".netrc", b"machine a login b password $X\n", []),
        ("x.tfstate", b'{"sops": {"x": "y"}, "password": "abcdefgh"}', [("state with secrets in it", 1, OPEN)]),
        ("x.tfstate", b'{"password": "ENC[AES256_GCM,data:x]"}', []),
        (".dockercfg", b'{"auths": {"r": {"auth": "YTpiY2RlZg=="}}}', [("registry logins", 1, OPEN)]),
    ],
)
def test_what_files_hold(path: str, data: bytes, wanted: list[tuple[str, int, State]]) -> None:
    assert read(path, data) == [Material(*one) for one in wanted]


def test_a_key_in_json_is_found() -> None:
    text = '{"private_key": "' + pem("PRIVATE KEY").decode().replace("\n", "\\n") + '"}'
    assert [one.state for one in read("service-account.json", text.encode())] == [OPEN]


def test_a_short_packet_is_taken_as_closed() -> None:
    short = pem("PGP PRIVATE KEY BLOCK", "A" * 16 + "\n\n" + "=" + "A" * 60)
    assert [one.state for one in read("a.asc", short)] == [SEALED]
    wrong = pem("OPENSSH PRIVATE KEY", "=A=" + "A" * 80)
    assert len(read("a", wrong)) <= 1


def test_many_keys_are_cut() -> None:
    assert len(read("a.pem", pem("PRIVATE KEY") * 50)) == 20
