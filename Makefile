SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export UV_COMPILE_BYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Nothing is left outside this folder.
export UV_NO_CACHE := 1
export PIP_NO_CACHE_DIR := 1
export npm_config_cache := $(CURDIR)/$(VENV)/.npm
.PHONY: help setup run test fast check e2e bench lock translations

help: ## show what can be made
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(VENV)/.run $(VENV)/.assets $(VENV)/.messages ## environment, dependencies, fonts, translations

run: setup ## serve the app and its worker on http://127.0.0.1:$(PORT)
	@exec $(BIN)/pegasus serve --port $(PORT)

test: setup $(VENV)/.dev ## the tests, on SQLite and (where its binaries are) PostgreSQL
	$(BIN)/python -m pytest -q -n 2 --dist worksteal $(ARGS)
	$(BIN)/python tests/with_pg.py $(BIN)/python -m pytest -q -n 2 --dist worksteal $(ARGS)

fast: setup $(VENV)/.dev ## all but the slow tests, on SQLite, on two cores
	$(BIN)/python -m pytest -q -n 2 -m "not slow" $(ARGS)

check: setup $(VENV)/.dev ## lint, types, ladders, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet src
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pegasus makemigrations --check --dry-run
	$(BIN)/python tools/translations.py check

e2e: setup $(VENV)/.dev ## the browser journeys, in Debian's Chromium
	$(BIN)/python -m pytest -q -p no:xdist tests/journeys $(ARGS)

bench: setup $(VENV)/.dev ## measure, each beside an alternative
	$(BIN)/python -m benchmarks $(ARGS)

translations: setup $(VENV)/.dev ## bring the catalogues up to date with the sources
	$(BIN)/python tools/translations.py update

define sync
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@echo "Menyiapkan pustaka Python; sekali ini saja, sekitar satu menit ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-boot.txt
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --require-hashes -r $(2) || \
	  { echo "uv could not install; trying pip"; $(BIN)/python -m pip install -q --require-hashes -r $(2); }
	@touch $(1)
endef

$(VENV)/.run: requirements.txt requirements-boot.txt pyproject.toml
	$(call sync,$@,requirements.txt)
	@$(BIN)/python -m pip install -q --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-boot.txt | $(VENV)/.run
	$(call sync,$@,requirements-dev.txt)

$(VENV)/.assets: package.json package-lock.json tools/assets.py assets.json | $(VENV)/.run
	@echo "Mengambil fon, ikon, dan pustaka peramban ..."
	@$(BIN)/python tools/assets.py
	@touch $@

$(VENV)/.messages: $(wildcard src/pegasus/locale/*/LC_MESSAGES/*.po) tools/compile_messages.py | $(VENV)/.run
	@$(BIN)/python tools/compile_messages.py
	@touch $@

lock: $(VENV)/.run ## pin every dependency again (uv.lock stays uncommitted: it names the index)
	$(BIN)/uv lock
	$(BIN)/uv export -q --frozen --no-header --no-dev --no-emit-project -o requirements.txt
	$(BIN)/uv export -q --frozen --no-header --group dev --group boot --no-emit-project -o requirements-dev.txt
	$(BIN)/uv export -q --frozen --no-header --only-group boot --no-emit-project -o requirements-boot.txt
	$(BIN)/uv export -q --frozen --no-header --only-group node --no-emit-project -o requirements-node.txt
