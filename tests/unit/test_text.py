"""Bytes to text, and paths to something that any encoder takes."""

from __future__ import annotations

import codecs

import pytest

from sscop.repository.text import decode, printable


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", ""),
        (b"a\nb", "a\nb"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\rb"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        (codecs.BOM_UTF8, ""),
        (codecs.BOM_UTF16_LE + "on: é\r\n".encode("utf-16-le"), "on: é\n"),
        (codecs.BOM_UTF16_BE + "on: é\r\n".encode("utf-16-be"), "on: é\n"),
        (codecs.BOM_UTF16_LE + b"a", "\ufffd"),
        (b"caf\xe9: 1\n", "caf\ufffd: 1\n"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
        (b"\x89PNG\0", None),
        (b"a" * 7999 + b"\0", None),
        ("on: x".encode("utf-16-le"), None),
    ],
)
def test_decode(data: bytes, wanted: str | None) -> None:
    assert decode(data) == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("docs/é x.md", "docs/é x.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("a\nb\tc\x1b", "a%0Ab%09c%1B"),
        ("\u202egnp.exe", "%E2%80%AEgnp.exe"),
        ("100%", "100%"),
    ],
)
def test_printable(path: str, wanted: str) -> None:
    assert printable(path) == wanted
    assert printable(path).encode()
