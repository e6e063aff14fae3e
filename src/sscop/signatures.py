"""Who signed a statement: the signature of its envelope, held against a public key.

For readers who have the statement and not the source. Format: the Dead Simple Signing Envelope, version 1, also inside
a Sigstore bundle (`dsseEnvelope`). A keyless signature rests on a certificate and a public log, which the signer's own
tool looks at; nothing here asks the network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sscop.tracing import UnusableError, decode, enveloped

KEYLESS = (
    "it is signed without a lasting key: check the identity with `gh attestation verify STATEMENT --repo OWNER/NAME` "
    "or `cosign verify-blob-attestation --certificate-identity ... --certificate-oidc-issuer ...`"
)
LARGEST_KEY = 64 * 1024
MANY = 16
"""Signatures of one envelope that are looked at: each takes the whole payload once more."""


def signed(data: bytes, key: bytes) -> bool:
    """Whether one of an envelope's signatures is by a public key (PEM: ECDSA, Ed25519 or RSA).

    Raises UnusableError for what is no envelope or no public key, ImportError without the extra `verify`.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey

    envelope = enveloped(data)
    if envelope is None:
        raise UnusableError("it is not signed: it is no envelope (DSSE) and no bundle of Sigstore")
    decode(data)  # what is signed is a statement of this version
    try:
        public = load_pem_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableError("the key is no public key in PEM") from None
    broken = False
    signatures = envelope.get("signatures")
    for one in signatures[:MANY] if isinstance(signatures, list) else ():
        # Each alone: the library asks for key ids, which the format does not (and cosign leaves empty).
        try:
            alone = Envelope.from_dict({**envelope, "signatures": [{"sig": one["sig"], "keyid": "given"}]})
            alone.verify([SSlibKey.from_crypto(public, keyid="given")], 1)
        except VerificationError:
            continue
        except (AttributeError, KeyError, TypeError, ValueError):
            broken = True
            continue
        return True
    if broken:
        raise UnusableError("its signatures are not whole, or the key is of a kind that is not known")
    return False


def is_keyless(data: bytes) -> bool:
    """Whether a bundle names a certificate instead of a key."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return False
    material = told.get("verificationMaterial") if isinstance(told, dict) else None
    return isinstance(material, dict) and ("certificate" in material or "x509CertificateChain" in material)


def summary(told: Mapping[str, Any]) -> list[str]:
    """What a statement says, for a reader who can't look again: the product, the day, the commit, claims by status."""
    from collections import Counter

    from sscop.repository.text import printable
    from sscop.tracing import commit_of

    predicate = told["predicate"]
    raw = predicate.get("product")
    product = raw if isinstance(raw, dict) else {}
    name = " ".join(str(product[key]) for key in ("name", "version") if product.get(key)) or "product not named"
    statuses = Counter(str(one.get("status")) for one in predicate["claims"].values() if isinstance(one, dict))
    counts = ", ".join(f"{many} {status}" for status, many in sorted(statuses.items()))
    version = predicate["tool"].get("version")
    lines = [
        f"it says: {name} as at {predicate['asAt']}, commit {commit_of(told)[:12] or 'none'}, sscop {version}",
        f"claims: {counts or 'none'}",
        "nothing was looked at again: `sscop verify` without --signature-only does that, in a checkout",
    ]
    return [printable(line) for line in lines]
