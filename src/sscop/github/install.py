"""The action's first step: put the locked packages, the library and the checks where one Python finds them.

Run by its path, before anything is installed, so it imports only the standard library:
`python3 -I -B src/sscop/github/install.py`. It writes below RUNNER_TEMP and nowhere else.

A path or an editable install cannot be held against hashes, and building one fetches a build backend that no hash
covers. So the packages come from `requirements.lock`, every one by its hash and none of them built, and a `.pth`
file names the action's own folders.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
"""The action's folder."""

LOCK = os.path.join(ROOT, "requirements.lock")
WANTED = os.path.join(ROOT, "requirements.in")
"""What the lock is made from: the packages to look for where pip has no index."""

OPTIONAL = ("PyGithub", "zizmor")
"""What a run can go without: the comment is not posted, the platform not asked, or workflows are not audited."""

TAMPERED = "DO NOT MATCH THE HASHES"
"""What pip says about a file that is not the locked one."""


class InstallError(Exception):
    """The packages can't be had; the text says what to do."""


def main(environ: Mapping[str, str]) -> int:
    """Prepare, and tell the later steps which Python to start (`python`) and where it may cache (`pycache`)."""
    try:
        python = install(environ)
    except (InstallError, OSError) as error:
        words = " ".join(str(error).split()).replace("%", "%25")
        print(f"::error title=sscop::sscop could not be set up: {words}", flush=True)
        return 3
    lines = {"python": python, "pycache": os.path.join(_folder(environ), "pycache")}
    with open(environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as file:
        file.writelines(f"{name}={value.replace(os.sep, '/')}\n" for name, value in lines.items())
    return 0


def install(environ: Mapping[str, str]) -> str:
    """The path of a Python that has everything; made once for a job. Raises InstallError."""
    import venv

    folder = _folder(environ)
    scripts, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python, ready = os.path.join(folder, scripts, name), os.path.join(folder, "ready")
    if os.path.exists(ready):
        return python
    # Without pip in it: the caller's pip can install from outside, and ensurepip is what Debian leaves out.
    venv.create(folder, clear=True, with_pip=False, symlinks=os.name != "nt")
    ask = [python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    paths = [os.path.join(ROOT, "src"), os.path.join(ROOT, "hooks")]
    why = _pip(site, environ)
    if why:
        paths += _own(why)
    with open(os.path.join(site, "sscop.pth"), "w", encoding="utf-8") as file:
        file.writelines(f"{path}\n" for path in paths)
    with open(ready, "w", encoding="utf-8"):
        pass
    return python


def _folder(environ: Mapping[str, str]) -> str:
    """Where this action's version keeps its Python in this job."""
    with open(LOCK, "rb") as file:
        parts = (file.read(), sys.version.encode(), os.fsencode(sys.executable), os.fsencode(ROOT))
    return os.path.join(environ["RUNNER_TEMP"], f"sscop-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}")


def _pip(site: str, environ: Mapping[str, str]) -> str:
    """Install the lock into a folder; in words why not. Raises InstallError for a file that is not the locked one."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-compile", "--retries", "2"]
    command = [sys.executable, "-I", "-B", "-m", "pip", "install", *options]
    command += ["--require-hashes", "--only-binary", ":all:", "--target", site, "-r", LOCK]
    # A runner's settings that forbid or contradict --target, which keeps out of the caller's own packages.
    settings = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    done = subprocess.run(command, env={**environ, **settings}, capture_output=True, text=True, errors="replace")
    if not done.returncode:
        return ""
    said = done.stderr.strip() or done.stdout.strip()
    if TAMPERED in said:
        raise InstallError(f"the index gave a file that is not the locked one. pip says: {said}")
    errors = [line for line in said.splitlines() if line.startswith("ERROR:")]
    return (errors or said.splitlines() or [f"it ended with {done.returncode}"])[-1].removeprefix("ERROR: ")


def _own(why: str) -> list[str]:
    """The folders in which the caller's own Python has the packages. Raises InstallError where it lacks any.

    Only the OPTIONAL ones may be missing.
    """
    from importlib.metadata import PackageNotFoundError, version

    found, missing = [], []
    with open(WANTED, encoding="utf-8") as file:
        for name in re.findall(r"(?m)^([A-Za-z][\w.-]*)[^;\n]*$", file.read()):
            try:
                found.append(f"{name} {version(name)}")
            except PackageNotFoundError:  # noqa: PERF203
                missing.append(name)
    if any(name not in OPTIONAL for name in missing):
        raise InstallError(
            f"pip could not install the locked packages ({why}), and {sys.executable} itself lacks "
            f"{', '.join(missing)}. Give pip an index that it can reach, or install them for that Python beforehand"
        )
    words = f"{', '.join(found)} of {sys.executable}, not the locked packages, which pip could not install ({why})"
    print(f"::notice title=sscop::using {words.replace('%', '%25')}", flush=True)
    return [path for path in sys.path if os.path.isdir(path) and os.path.basename(path).endswith("-packages")]


if __name__ == "__main__":
    sys.exit(main(os.environ))
