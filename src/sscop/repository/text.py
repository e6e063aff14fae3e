"""Bytes to text: byte order marks, UTF-16, line ends. Line numbers count `\\n` as git and GitHub do."""

from __future__ import annotations

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes) -> str | None:
    """The text of a file, or None when it is binary.

    A byte order mark is honoured and removed; CRLF becomes LF; bytes that are not UTF-8 become U+FFFD, so that
    a Latin-1 comment does not hide the ASCII facts around it.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = data.decode("utf-8", "replace")
    if "\0" in text[:8000]:
        return None
    return text.replace("\r\n", "\n") if "\r" in text else text


def printable(path: str) -> str:
    """A path for people and encoders: bytes that are not UTF-8 percent-encoded, and so control characters."""
    if path.isprintable():
        return path
    return "".join(char if char.isprintable() else "".join(f"%{byte:02X}" for byte in _bytes(char)) for char in path)


def _bytes(char: str) -> bytes:
    """A character's bytes in UTF-8, those of a file's name that is none, or of half a pair as JSON may hold it."""
    escaped = 0xDC80 <= ord(char) <= 0xDCFF
    return char.encode("utf-8", "surrogateescape" if escaped else "surrogatepass")
