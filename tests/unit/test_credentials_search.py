"""What is looked at, and whether a compose file is deployed."""

from __future__ import annotations

import pytest

from sscop.artefacts.credentials.model import Credential
from sscop.artefacts.credentials.search import Looked, facts
from sscop.model import Unread
from sscop.repository import Repository

COMPOSE = "services:\n  db:\n    image: postgres\n    environment: {POSTGRES_PASSWORD: x1}\n"
PUBLISHED = COMPOSE + "  app: {image: o/ledger}\n"
UP = "```sh\ndocker compose up -d\n```\n"


def _deployed(files: dict[str, str]) -> bool:
    found = list(facts(Repository.of(files)))
    assert any(isinstance(one, Looked) for one in found)
    return any(isinstance(one, Credential) for one in found)


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"docker-compose.yml": COMPOSE}, False),
        ({"docker-compose.prod.yml": COMPOSE}, True),
        ({"deploy/compose.yaml": COMPOSE}, True),
        ({"docker-compose.yml": "# For self-hosting\n" + COMPOSE}, True),
        ({"docker-compose.yml": "# Not for production\n" + COMPOSE}, False),
        ({"docker-compose.yml": "# Deploys locally\n" + COMPOSE}, False),
        ({"docker-compose.yml": COMPOSE, "README.md": "# L\n## Install\n" + UP}, True),
        ({"docker-compose.yml": COMPOSE, "README.md": "# L\n## Development\n### Install\n" + UP}, False),
        ({"docker-compose.yml": COMPOSE, "README.md": "# L\n## Install\n```sh\ndocker compose up -d db\n```\n"}, False),
        ({"docker-compose.yml": COMPOSE, "README.md": "# L\n## Install\nAn example of how to try it.\n" + UP}, False),
        ({"docker-compose.yml": COMPOSE, "README.md": "# Ledger\n## Quick start\n" + UP}, False),
        ({"docker-compose.yml": PUBLISHED, "README.md": "# Ledger\n## Quick start\n" + UP}, True),
        ({"docker-compose.yml": PUBLISHED, "README.md": "# Other\n## Quick start\n" + UP}, False),
        (
            {"docker-compose.db.yml": COMPOSE, "docs/deployment.md": "# D\n```sh\nuse docker-compose.db.yml\n```\n"},
            True,
        ),
        ({"docker-compose.db.yml": COMPOSE, "docs/deployment.md": "# D\n" + UP}, False),
        ({"a/compose.yml": COMPOSE, "README.md": "# L\n## Install\n" + UP}, False),
        ({"docker-compose.prod.yml": COMPOSE + "    build: {context: ., target: dev}\n"}, False),
        ({"docker-compose.prod.yml": COMPOSE + "    build: .\n    volumes: ['.:/app']\n"}, False),
    ],
)
def test_compose_files_that_are_deployed(files: dict[str, str], wanted: bool) -> None:
    assert _deployed(files) is wanted


def test_places_that_do_not_ship_are_not_looked_at() -> None:
    files = {
        "tests/Dockerfile": "FROM a",
        "examples/chart/values.yaml": "a: 1",
        "settings/local.py": "SECRET_KEY = 'x1'",
        "src/testSqs/resources/application.yml": "a: {password: x}",
        ".github/compose.prod.yml": COMPOSE,
        "values.yaml": "password: x1",
        "module/settings.py": "DEBUG = True",
    }
    assert list(facts(Repository.of(files))) == []


@pytest.mark.parametrize(
    "path",
    ["Dockerfile", "docker-compose.yml", "chart/values.yaml", "k8s/a.yaml", "settings.py", "config/secrets.yml",
     "appsettings.json"],
)  # fmt: skip
def test_what_cannot_be_read_is_said(path: str) -> None:
    files = {path: b"a: [\nkind: Secret\ndata: password \xff\n" + b"x" * (1024 * 1024 if path == "Dockerfile" else 0)}
    found = list(facts(Repository.of({"chart/Chart.yaml": b"", **files})))
    assert any(isinstance(one, Unread) for one in found)


def test_a_module_beside_another_decides() -> None:
    base = "SECRET_KEY = 'x1'\nB_PASSWORD = 'x2'\n"
    repo = Repository.of({"settings/base.py": base, "settings/production.py": "SECRET_KEY = os.environ['X']\n"})
    assert [one.name for one in facts(repo) if isinstance(one, Credential)] == ["B_PASSWORD"]
