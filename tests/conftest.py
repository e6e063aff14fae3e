"""Every test runs with its own home, without the caller's git settings and without the caller's GIT_* variables."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Session-wide, because a test of any scope may start git."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "SSCOP_", "GITHUB_"))]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home))
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield
