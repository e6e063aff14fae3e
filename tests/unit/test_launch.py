"""The program that a command really starts."""

from __future__ import annotations

import pytest

from sscop.artefacts.launch import bare, image, service


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("", ""),
        ("pytest -q", "pytest -q"),
        ("./node_modules/.bin/jest a", "jest a"),
        ("python -m pytest x", "pytest x"),
        ("python3.12 -W error -m unittest", "unittest"),
        ("python -c 1", "python -c 1"),
        ("python", "python"),
        ("python manage.py test app", "manage.py test app"),
        ("php artisan test", "artisan test"),
        ("php vendor/bin/phpunit", "phpunit"),
        ("node --test a.js", "node --test a.js"),
        ("npx -p typescript tsc", "tsc"),
        ("poetry run coverage run --source src -m pytest -q", "pytest -q"),
        ("uv run --python 3.12 --frozen pytest", "pytest"),
        ("uv tool run ruff check", "ruff check"),
        ("uv sync", "uv sync"),
        ("hatch run dev:pytest", "pytest"),
        ("bundle exec rspec", "rspec"),
        ("xvfb-run -s x npx cypress run", "cypress run"),
        ("yarn jest --ci", "jest --ci"),
        ("yarn test", "yarn test"),
        ("yarn", "yarn"),
        ("pnpm --filter web exec vitest", "vitest"),
        ("nyc --exclude test npm test", "npm test"),
        ("cross-env A=1 B=2 mocha", "mocha"),
        ("docker run --rm -v a:b -e X image:1 pytest -x", "pytest -x"),
        ("docker run image", "docker run image"),
        ("docker build .", "docker build ."),
        ("docker compose -f a.yml run --rm web rspec", "rspec"),
        ("docker-compose exec -T web pytest", "pytest"),
        ("podman exec box make test", "make test"),
        ("mvnw.cmd verify", "mvnw verify"),
        ("direnv exec . pytest", "pytest"),
        ("npx", "npx"),
        ("npx -- jest", "jest"),
        ("phpdbg -qrr vendor/bin/phpunit", "phpunit"),
    ],
)
def test_bare(command: str, wanted: str) -> None:
    assert " ".join(bare(command.split())) == wanted


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("docker run --rm aquasec/trivy:1 fs .", "aquasec/trivy:1"),
        ("docker run", ""),
        ("docker exec a b", ""),
        ("pytest", ""),
        ("docker ps", ""),
    ],
)
def test_image(command: str, wanted: str) -> None:
    assert image(command.split()) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--split-by=timings", "--command=xargs -n 1 bundle exec rspec \\ --format x"], "rspec --format x"),
        (["--command", "xargs pytest"], "pytest"),
        (["--command=xargs"], "circleci tests run --command=xargs"),
        (["--split-by=timings"], "circleci tests run --split-by=timings"),
    ],
)
def test_circleci_splits_tests(words: list[str], wanted: str) -> None:
    assert " ".join(bare(["circleci", "tests", "run", *words])) == wanted


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("docker compose run --rm web", "web"),
        ("docker-compose -f a.yml run -e X web", "web"),
        ("docker compose run web pytest", ""),
        ("docker compose exec web", ""),
        ("docker compose up --exit-code-from web", "web"),
        ("docker compose up --exit-code-from=web db", "web"),
        ("docker compose up", ""),
        ("docker run web", ""),
        ("docker", ""),
    ],
)
def test_service(command: str, wanted: str) -> None:
    assert service(tuple(command.split())) == wanted


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            ["find", ".", "-name", "*.nupkg", "-exec", "dotnet", "nuget", "push", "{}", ";"],
            ["dotnet", "nuget", "push", "{}"],
        ),
        (["find", ".", "-execdir", "pytest", "{}", "+"], ["pytest", "{}"]),
        (["find", ".", "-exec", "x"], ["x"]),
        (["find", ".", "-exec"], ["find", ".", "-exec"]),
        (["find", ".", "-name", "x"], ["find", ".", "-name", "x"]),
    ],
)
def test_what_find_runs(words: list[str], found: list[str]) -> None:
    assert list(bare(words)) == found
