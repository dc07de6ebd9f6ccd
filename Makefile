# Everything is put into .venv, node_modules and var; any other command is `.venv/bin/gonghui`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := setup
.PHONY: setup run test suite quick check fix e2e bench demo docs

# `make suite WORKERS=4` where there are more than two cores.
WORKERS ?= 2
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
PYTHON ?= $(shell for one in python3.11 python3 python; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	&& command -v "$$one" && break; done)
CHROMIUM ?= $(shell for one in chromium chromium-browser google-chrome; do \
	command -v "$$one" && break; done)
export CHROMIUM
# Some machines forbid it; compiling each module in each process costs half of a short run.
unexport PYTHONDONTWRITEBYTECODE

setup: $(BIN)/.installed node_modules/.installed

# Each says in one sentence what this machine lacks.
$(BIN)/.python:
	@test -n "$(PYTHON)" || { echo 'Missing: Python 3.11. Install it, or say where it is: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo 'Missing: the venv module of Python 3.11 (on Debian the package python3.11-venv).' >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	@touch $@

$(BIN)/.installed: $(BIN)/.python requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package.json package-lock.json src/gonghui/kit/ui/vendor.py $(BIN)/.python
	@command -v node >/dev/null || { echo 'Missing: Node 20 (only to fetch three front-end packages).' >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Node 20 or newer is needed; this is $$(node --version)." >&2; exit 1; }
	@command -v npm >/dev/null || { echo 'Missing: npm, which comes with Node 20.' >&2; exit 1; }
	npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
	$(BIN)/python src/gonghui/kit/ui/vendor.py
	@touch $@

# The product on the database of DATABASE_URL, by default SQLite in var/.
run: demo
	$(BIN)/gonghui collectstatic --noinput --verbosity 0
	@exec $(BIN)/gonghui serve

demo: setup
	$(BIN)/gonghui migrate --verbosity 0
	$(BIN)/gonghui createcachetable
	$(BIN)/gonghui demo

# Everything that proves the project; the database is that of DATABASE_URL.
test: setup check suite

suite: setup
	$(PYTEST) -n $(WORKERS) -m "not e2e"
	@if [ -n "$(CHROMIUM)" ]; then $(MAKE) --no-print-directory e2e; else $(MAKE) --no-print-directory _no_browser; fi

e2e: setup
	$(PYTEST) -m e2e tests/e2e

.PHONY: _no_browser
_no_browser:
	@printf '\n%s\n' \
	'!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!' \
	'!!  NO CHROMIUM FOUND: THE BROWSER JOURNEYS WERE LEFT OUT.            !!' \
	'!!  Install chromium (and Chinese fonts), or say where it is:         !!' \
	'!!  make test CHROMIUM=/path/to/chromium                              !!' \
	'!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!'

quick: setup
	$(PYTEST) -n $(WORKERS) -m "not slow and not e2e" --hypothesis-profile=quick

check: setup
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djhtml --check --tabwidth 2 src
	DJANGO_SETTINGS_MODULE=gonghui.site.settings_test $(BIN)/gonghui makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=gonghui.site.settings_test $(BIN)/gonghui check --fail-level WARNING

fix: setup
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench
	$(BIN)/djhtml --tabwidth 2 src

# make bench, make bench ONLY=reader; LARGE=1 also makes a city of a million where there is none.
bench: setup
	$(BIN)/python -m bench $(ONLY) $(if $(LARGE),--large)

docs: setup
	$(BIN)/gonghui flows --write docs/flows
