"""The distribution: what a wheel holds, and that it works where nothing of this project lies around."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from helpers import PROJECT, repository
from sscop import __version__


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, PROJECT]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_two_packages_and_their_data_and_nothing_else(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"sscop", "sscop_hooks", f"sscop-{__version__}.dist-info"}
    for wanted in ("sscop/catalogue/2025-05-07/code.yaml", "sscop/py.typed", "sscop_hooks/build/pinned_tools.py"):
        assert wanted in names


def test_the_installed_command_works_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    import yaml

    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # PyYAML from the environment of the tests, so that nothing is fetched.
    Path(packages, "yaml.pth").write_text(str(Path(yaml.__file__).parents[1]))
    folder = repository(tmp_path / "user", {"Dockerfile": "FROM alpine\n"})
    script = tmp_path / "venv" / "bin" / "sscop"
    for command in ([script], [python, "-I", "-m", "sscop_hooks"]):
        done = subprocess.run([*command, "check"], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
        assert "Dockerfile:1" in done.stdout


def test_the_version_is_written_the_same_twice() -> None:
    assert f'version = "{__version__}"' in (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
