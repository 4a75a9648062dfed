# The map of Solerni. `make help` lists the targets.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA_DIR ?= .demo
WORKERS ?= 2
export PORT DATA_DIR
BIN := .venv/bin
TEAK := .venv-teak/bin
# What asks the database. The rest (tools, processes of the demo, which has SQLite alone) gives one answer everywhere.
DATABASE_TESTS := tests/core tests/host tests/hooks tests/blockkit tests/discussion tests/badges tests/terms tests/members \
	tests/house/test_migrations.py
# What the older end may do otherwise shows where blocks run, forms are read and rows kept: two journeys meet all. What
# the repository holds (tools, documentation, words) and how pages look is the same at both ends.
WALKS := $(addprefix tests/browser/test_,reading.py thread.py)
# Files are shared out among workers; a file stays whole, with the demo that it starts.
SHARED := -n $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test test-current test-teak test-databases test-mariadb test-postgresql chromium bench bench-large rush docs words wheel lint types pins screenshots clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## Make .venv with everything for demo, tests and benchmarks

.venv/ready: requirements/current.txt setup.py
	@scripts/make-venv "$(PYTHON)" .venv requirements/current.txt

.venv-teak/ready: requirements/teak.txt setup.py
	@scripts/make-venv "$(PYTHON)" .venv-teak requirements/teak.txt

demo: setup  ## Serve the demo LMS and Studio on http://127.0.0.1:8000/ (PORT and DATA_DIR can be set)
	@$(BIN)/python -m solerni_xblocks.demo

demo-reset: setup  ## Throw the demo's data away; the next `make demo` starts afresh
	@$(BIN)/python -m solerni_xblocks.demo reset

test: test-current test-teak  ## Run everything: unit, journeys, browser with axe, house rules, on both ends of the matrix

test-current: setup chromium
	$(BIN)/python -m pytest $(SHARED)
	$(BIN)/python -m pytest -m browser $(SHARED) tests/browser

test-teak: .venv-teak/ready chromium
	$(TEAK)/python -m pytest $(SHARED) $(addprefix --ignore=tests/house/test_,tools.py docs.py words.py)
	SOLERNI_WALKS_ONLY=1 $(TEAK)/python -m pytest -m browser $(SHARED) $(WALKS)

test-databases: test-mariadb test-postgresql  ## Run all but browser and demo tools on MariaDB, then on PostgreSQL

test-mariadb test-postgresql: test-%: .venv/databases
	$(BIN)/python -m tests.databases $* $(BIN)/python -m pytest $(SHARED) $(DATABASE_TESTS)

.venv/databases: requirements/databases.txt .venv/ready
	@scripts/find-databases
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -q -r requirements/databases.txt
	@touch $@

chromium:
	@scripts/find-chromium

screenshots: setup chromium  ## Take docs/screenshots/ again with the browser tests
	SOLERNI_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -m browser $(SHARED) tests/browser

bench: setup  ## Measure ourselves beside named peers; writes build/bench.json
	@$(BIN)/python -m tests.benchmarks

bench-large: .venv/databases  ## Measure with a million posts on MariaDB beside the peers; writes build/bench-large.json
	@SOLERNI_BENCH_PROFILE=large $(BIN)/python -m tests.databases mariadb --lasting $(BIN)/python -m tests.benchmarks

rush: .venv/databases  ## Let fifty write at once for a minute on MariaDB, then on PostgreSQL, and count again
	@$(BIN)/python -m tests.databases mariadb --lasting $(BIN)/python -m tests.benchmarks.rush
	@$(BIN)/python -m tests.databases postgresql --lasting $(BIN)/python -m tests.benchmarks.rush

docs: setup  ## Make the reference pages again from the code
	@$(BIN)/python -m tests.house.reference

words: setup  ## Collect and compile the words of every app (needs gettext)
	@scripts/collect-words $(abspath $(BIN))

wheel: setup  ## Build the wheel into dist/
	@$(BIN)/python -m build --wheel --outdir dist .

lint: setup  ## Check style and import contracts
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: setup  ## Check types strictly where the house asks for it
	$(BIN)/mypy

pins: ## Resolve requirements/*.in into the pinned requirements/*.txt again
	@scripts/pin "$(PYTHON)"

clean:  ## Remove environments and build products (not the demo's data)
	rm -rf .venv .venv-teak .venv-bench build dist *.egg-info
