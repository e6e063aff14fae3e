"""What one package, as a package manager's command line names it, pins.

Each function takes the word as written and gives its verdict, or None for what is on disk, in a variable, or no
package. Sources: PEP 508 and pip's VCS and URL forms; npm's package specifiers; Go modules' version queries;
Nix flake references.
"""

from __future__ import annotations

import re

from sscop.artefacts.reference import Fixity, Judged
from sscop.artefacts.versions import HEX, of_version


def _version(version: str, how: str, name: str) -> Judged:
    """The usual verdict on a version after a separator."""
    if not version:
        return Judged(Fixity.MUTABLE, "no version, so whatever is latest", how)
    fixity = of_version(version)
    if fixity is Fixity.UNKNOWN:  # `tox==$TOX_VERSION`: a version is named, elsewhere
        return Judged(Fixity.EXACT)
    why = f"`{version}` is not one exact version of {name}" if fixity is Fixity.MUTABLE else ""
    return Judged(fixity, why, how if fixity is Fixity.MUTABLE else "")


def is_local(text: str) -> bool:
    """Whether a word names something on disk or in a variable."""
    return bool(re.match(r"[.~/$<*]|[A-Za-z]:\\|%", text)) or text in ("\\", "")


def python(text: str) -> Judged | None:
    """A requirement as pip takes it (PEP 508, VCS and URL forms); None for what is on disk or in a variable."""
    url = re.search(r"(?:git|hg|svn|bzr)\+\S+|https?://\S+", text)
    if url:
        return _python_url(url[0])
    match = re.match(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?([=<>!~@].*)?\Z", text.split(";")[0].strip())
    if is_local(text) or not match or re.search(r"\.(?:whl|zip|tar\.\w+|txt|toml)$|/", text):
        return None
    name, spec = match[1], (match[2] or "").strip()
    how = f"`{name}==<version>`, in a requirements file with hashes"
    exact = re.fullmatch(r"===?\s*([^,*]+)", spec)
    if exact or (re.fullmatch(r"@\d[\w.]*", spec) and "*" not in spec):  # uvx takes name@version
        return Judged(Fixity.EXACT)
    if not spec:
        return Judged(Fixity.MUTABLE, "no version, so whatever is latest", how)
    return Judged(Fixity.MUTABLE, f"`{spec}` is a range", how)


def _python_url(url: str) -> Judged:
    if re.search(r"#(?:.*&)?sha(?:256|384|512)=", url):
        return Judged(Fixity.IMMUTABLE)
    if "+" not in url.split("://")[0]:
        return Judged(
            Fixity.EXACT if re.search(r"\d\.\d|\$", url) else Fixity.MUTABLE,
            "a URL without a hash",
            "add `#sha256=<hash>`",
        )
    ref = re.search(r"@([^@#/]+)(?:#|\Z)", url.partition("://")[2])
    if ref and (HEX.match(ref[1]) or "$" in ref[1]):
        return Judged(Fixity.IMMUTABLE)
    why = f"`{ref[1]}` is a branch or tag" if ref else "no commit, so the default branch"
    return Judged(Fixity.MUTABLE, why, "`git+...@<40-hex commit>`")


def npm(text: str) -> Judged | None:
    """A package as npm takes it: `name@version`, `@scope/name@version`, git and GitHub forms."""
    if is_local(text):
        return None
    if re.match(r"(?:git\+|git:|github:|https?:)", text) or re.fullmatch(r"[\w.-]+/[\w.-]+(?:#.*)?", text):
        ref = text.partition("#")[2]
        return (
            Judged(Fixity.IMMUTABLE) if HEX.match(ref) else Judged(Fixity.MUTABLE, "not a commit", "`#<40-hex commit>`")
        )
    match = re.fullmatch(r"(@[\w.-]+/[\w.-]+|[A-Za-z0-9][\w.-]*)(?:@(.*))?", text)
    return (
        _version(match[2] or "", f"`{match[1]}@<exact version>`, or a locked devDependency", match[1])
        if match
        else None
    )


def go(text: str) -> Judged | None:
    """`module@version` of `go install` and `go run`; published versions are held fast by the checksum database."""
    module, at, version = text.partition("@")
    if "." not in module.split("/")[0] or is_local(text) or "/" not in module:
        return None
    if not at:
        return None
    if re.fullmatch(r"v\d+\.\d+\.\d+\S*", version) or HEX.match(version) or "$" in version:
        return Judged(Fixity.IMMUTABLE)  # the module proxy's checksum database holds published versions fast
    return Judged(Fixity.MUTABLE, f"`@{version}` moves", f"`{module}@v<exact version>`")


def at(text: str) -> Judged | None:
    """`name@version`, as cargo and others take it."""
    name, _, version = text.partition("@")
    return None if is_local(text) else _version(version, f"`{name}@<exact version> --locked`", name)


def colon(text: str) -> Judged | None:
    """`name:version`, as gem and composer take it."""
    name, _, version = text.partition(":")
    return None if is_local(text) else _version(version, f"`{name}:<exact version>`", name)


def conda(text: str) -> Judged | None:
    """`name=version` of conda."""
    name, _, version = text.partition("=")
    return None if is_local(text) else _version(version.strip("= "), f"`{name}=<exact version>`", name)


def system(text: str) -> Judged | None:
    """`name`, `name=version` of an operating system's package manager."""
    if is_local(text) or not re.match(r"[A-Za-z0-9@]", text) or "/" in text.split("=")[0].lstrip("@"):
        return None
    if (re.search(r"[=@]\S*\d", text[1:]) and "~" not in text) or "=$" in text:
        return Judged(Fixity.EXACT)
    return Judged(
        Fixity.MUTABLE,
        "no version, so what the distribution has that day",
        "`name=<version>`, or a dated snapshot of the archive",
    )


def flake(text: str) -> Judged | None:
    """A flake reference: the registry's `nixpkgs` and branches move, `github:o/r/<commit>` does not."""
    reference = text.partition("#")[0]
    if not re.match(r"nixpkgs\b|\w+:", reference) or reference.startswith("path:"):
        return None
    if re.search(r"[0-9a-f]{40}", reference):
        return Judged(Fixity.IMMUTABLE)
    return Judged(
        Fixity.MUTABLE, "a flake without a commit", "`github:owner/repo/<40-hex commit>`, or an input of a locked flake"
    )


def toolchain(text: str) -> Judged | None:
    """A rustup toolchain: a release or a dated nightly is exact, a channel moves."""
    exact = re.fullmatch(r"\d+\.\d+(?:\.\d+)?|\w+-\d{4}-\d\d-\d\d\S*", text) or "$" in text
    return Judged(Fixity.EXACT) if exact else Judged(Fixity.MUTABLE, f"`{text}` is a channel", "an exact version")


def extension(text: str) -> Judged | None:
    """An extension of the GitHub command line, which has no version of its own."""
    return (
        None
        if is_local(text)
        else Judged(Fixity.MUTABLE, "no version, so whatever is latest", "`--pin <tag or commit>`")
    )
