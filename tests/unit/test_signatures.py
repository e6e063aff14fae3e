"""Statements without the source: the envelope's signature, by the right key, by another, or none at all."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

from helpers import sscop
from sscop.signatures import is_keyless, signed, summary
from sscop.tracing import PAYLOAD, UnusableError, decode, encode, statement
from test_wording import lint
from unit.report_samples import CASES, report

KEYS: dict[str, Any] = {
    "ecdsa": ec.generate_private_key(ec.SECP256R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "rsa": rsa.generate_private_key(65537, 2048),
}


def _statement() -> bytes:
    return encode(report(product={"name": "Acme Billing", "version": "4.2"}))


def _public(name: str) -> bytes:
    return KEYS[name].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _envelope(name: str = "ecdsa", keyid: str = "", content: bytes | None = None) -> dict[str, Any]:
    envelope = Envelope(content or _statement(), PAYLOAD, {})
    envelope.sign(CryptoSigner(KEYS[name]))
    told = envelope.to_dict()
    told["signatures"][0]["keyid"] = keyid
    return told


@pytest.mark.parametrize("name", KEYS)
def test_each_kind_of_key(name: str) -> None:
    data = json.dumps(_envelope(name)).encode()
    assert signed(data, _public(name))
    assert not signed(data, _public("ed25519" if name != "ed25519" else "ecdsa"))


def test_a_changed_payload_is_not_signed() -> None:
    told = _envelope()
    changed = base64.b64decode(told["payload"]).replace(b"Acme Billing", b"Acme Banking")
    told["payload"] = base64.b64encode(changed).decode()
    assert not signed(json.dumps(told).encode(), _public("ecdsa"))


def test_one_good_signature_of_several_is_enough() -> None:
    told = _envelope("rsa", "other")
    told["signatures"] += _envelope("ecdsa")["signatures"]
    data = json.dumps(told).encode()
    assert signed(data, _public("ecdsa"))
    assert signed(data, _public("rsa"))


def test_a_bundle_of_sigstore() -> None:
    bundle = {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
              "verificationMaterial": {"publicKey": {"hint": "k"}}, "dsseEnvelope": _envelope()}  # fmt: skip
    data = json.dumps(bundle).encode()
    assert signed(data, _public("ecdsa"))
    assert not is_keyless(data)
    assert is_keyless(json.dumps({**bundle, "verificationMaterial": {"certificate": {}}}).encode())
    assert not is_keyless(b"[")


@pytest.mark.parametrize(
    ("data", "key", "why"),
    [
        (_statement(), _public("rsa"), "it is not signed"),
        (json.dumps(_envelope()).encode(), b"-----BEGIN PUBLIC KEY-----\n", "no public key in PEM"),
        (json.dumps({**_envelope(), "signatures": [{"sig": "%"}]}).encode(), _public("rsa"), "not whole"),
        (json.dumps({**_envelope(), "signatures": [7]}).encode(), _public("rsa"), "not whole"),
        (json.dumps(_envelope(content=b"{}")).encode(), _public("ecdsa"), "no in-toto statement"),
    ],
)
def test_what_can_not_be_held_against_a_key(data: bytes, key: bytes, why: str) -> None:
    with pytest.raises(UnusableError, match=why):
        signed(data, key)


def test_what_stands_beside_the_payload_is_signed_by_nobody() -> None:
    envelope = Envelope(b"any other thing", "text/plain", {})
    envelope.sign(CryptoSigner(KEYS["ecdsa"]))
    forged = {**json.loads(_statement()), **envelope.to_dict()}
    for data in (forged, {"dsseEnvelope": forged}):
        with pytest.raises(UnusableError, match="something else than an in-toto statement"):
            signed(json.dumps(data).encode(), _public("ecdsa"))
        with pytest.raises(UnusableError):
            decode(json.dumps(data).encode())


def test_a_broken_signature_before_a_good_one() -> None:
    told = _envelope()
    data = json.dumps({**told, "signatures": [{"sig": "%"}, *told["signatures"]]}).encode()
    assert signed(data, _public("ecdsa"))
    with pytest.raises(UnusableError, match="not whole"):
        signed(data, _public("rsa"))


def test_only_so_many_signatures_are_looked_at() -> None:
    told = _envelope()
    bad = {"sig": base64.b64encode(b"x" * 64).decode(), "keyid": ""}
    assert signed(json.dumps({**told, "signatures": [bad] * 15 + told["signatures"]}).encode(), _public("ecdsa"))
    assert not signed(json.dumps({**told, "signatures": [bad] * 16 + told["signatures"]}).encode(), _public("ecdsa"))


def test_half_a_pair_is_printed() -> None:
    assert summary(statement(report(product={"name": "\ud800"})))[0].startswith("it says: %ED%A0%80")


def test_an_envelope_without_signatures_is_signed_by_nobody() -> None:
    for signatures in ([], None):
        assert not signed(json.dumps({**_envelope(), "signatures": signatures}).encode(), _public("rsa"))


def test_what_it_says() -> None:
    lines = summary(statement(report(product={"name": "Acme \x1b Billing", "version": "4.2"})))
    assert lines[0].startswith("it says: Acme ")
    assert "\x1b" not in "".join(lines)
    assert "nothing was looked at again" in lines[2]
    assert lint("\n".join(lines)) == []


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_bytes(json.dumps(_envelope()).encode())
    (tmp_path / "plain.json").write_bytes(_statement())
    (tmp_path / "keyless.json").write_text(
        json.dumps({"verificationMaterial": {"certificate": {}}, "dsseEnvelope": _envelope()}), encoding="utf-8"
    )
    for name in KEYS:
        (tmp_path / f"{name}.pem").write_bytes(_public(name))
    only = ("verify", "s.json", "--signature-only")
    good = sscop(*only, "--key", "ecdsa.pem", cwd=tmp_path)
    assert good.code == 0, good.said
    assert "signed by the key in ecdsa.pem\nit says: Acme Billing 4.2" in good.out
    bad = sscop(*only, "--key", "rsa.pem", cwd=tmp_path)
    assert (bad.code, bad.out) == (1, "no signature of it is by the key in rsa.pem\n")
    for arguments, why in (
        (only, "needs --key"),
        ((*only, "--key", "none.pem"), "can't be read"),
        (("verify", "plain.json", "--signature-only", "--key", "rsa.pem"), "it is not signed"),
        (("verify", "keyless.json", "--signature-only"), "gh attestation verify"),
        (("verify", "s.json", "--key", "rsa.pem"), "belongs to --signature-only"),
    ):
        ran = sscop(*arguments, cwd=tmp_path)
        assert ran.code == 2, ran.said
        assert why in ran.err


@CASES
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_signed_by_nobody(data: bytes, key: bytes) -> None:
    with pytest.raises(UnusableError, match=r"\w"):
        signed(data, key)


_PARTS = st.dictionaries(st.sampled_from(["sig", "keyid"]), st.none() | st.integers() | st.text(max_size=9), max_size=2)


@CASES
@given(st.lists(_PARTS | st.text(max_size=3), min_size=1, max_size=3))
def test_any_signatures_are_nobodys(signatures: list[object]) -> None:
    found = False
    with suppress(UnusableError):
        found = signed(json.dumps({**_envelope(), "signatures": signatures}).encode(), _public("ecdsa"))
    assert not found


def test_a_statement_in_an_envelope_is_read() -> None:
    assert decode(json.dumps(_envelope()).encode()) == decode(_statement())
