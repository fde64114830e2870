# Every command a person runs here. Python ≥ 3.11 and make are enough; everything else goes into $(VENV).

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# What to install for work on the code stands in pyproject.toml; pip before 25 cannot read it there.
TOOLS := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"])
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check bench clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.ready  ## crawl the sample portals on loopback into ./demo and show what came of it
	$(BIN)/gongwen demo

test: $(VENV)/.ready-tools  ## the whole test suite, or what TESTS names
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.ready-tools  ## everything CI runs: format, lint, types, imports, all tests, floors, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python -m pytest

bench: $(VENV)/.ready-tools  ## speed and accuracy, side by side with other tools
	@for name in accuracy speed damage tags fields; do \
		echo "== bench.$$name"; $(BIN)/python -m bench.$$name || exit 1; done

clean:  ## take away what the other commands made, the virtual environment and the demo too
	@if test -e demo/.gongwen-demo; then rm -rf demo; fi
	rm -rf "$(VENV)" build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later found; install one, or say make PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv "$(VENV)"
	$(BIN)/pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-tools: $(VENV)/.ready
	$(BIN)/pip install --quiet -c constraints.txt $$($(BIN)/python -c '$(TOOLS)')
	@touch $@
