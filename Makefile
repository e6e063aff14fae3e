# make check [REPO=path]   check this repository, or another one, with sscop
# make test                lint, types, contracts, tests with coverage: what CI runs
# make bench               speed as ratios against floors of the same run
# make generate            rewrite what is generated from the checks

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPO ?= .

.PHONY: check test bench generate lint clean

check: $(VENV)/base
	$(BIN)/sscop check --root "$(REPO)" $(ARGS)

test: lint
	$(BIN)/coverage erase
	SSCOP_GITHUB_OPENAPI="$(OPENAPI)" SSCOP_SARIF_SCHEMA="$(SARIF)" SSCOP_WHEELS="$(WHEELS)" $(BIN)/coverage run -m pytest
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --fail-under 95 --format total

lint: $(VENV)/test
	$(BIN)/ruff check -q
	$(BIN)/ruff format -q --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	git ls-files -z ':!tests' ':!*.lock' ':!docs/checks' ':!*credential*' | xargs -0 $(BIN)/detect-secrets-hook --no-verify

bench: $(VENV)/test
	$(BIN)/pip install -q --group bench
	$(BIN)/python tests/bench/bench.py $(ARGS)

generate: $(VENV)/base
	$(BIN)/sscop generate

clean:
	rm -rf $(VENV) build dist htmlcov .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/base: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --upgrade pip
	$(BIN)/pip install -q -e .
	touch $@

# GitHub's own description of its API, which the loopback server of the tests holds every request against, and
# the schema of SARIF 2.1.0 as a validator that is not ours ships it.
OPENAPI := $(CURDIR)/$(VENV)/npm/node_modules/@octokit/openapi/generated/api.github.com.json
SARIF := $(CURDIR)/$(VENV)/npm/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json

# What pre-commit installs in the tests, so that they need no network themselves.
WHEELS := $(CURDIR)/$(VENV)/wheels

$(VENV)/test: $(VENV)/base
	$(BIN)/pip download -q -d $(WHEELS) hatchling ".[workflows]"
	$(BIN)/pip install -q -e ".[github,workflows]" --group test
	npm install --silent --no-audit --no-fund --prefix $(VENV)/npm @octokit/openapi @microsoft/sarif-multitool-linux
	touch $@
