# Everything a person or a script does with this repository; each works from a fresh clone.
# Needs Python 3.11 or newer, make and git; after the install, no network.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

# The newest Python from 3.11 on that is found; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed
PORT ?= 8640

# Rasa 3.6 knows no Python after 3.10 and lives in an environment of its own (2.5 GB).
PYTHON310 ?= $(shell for one in python3.10 $$HOME/.pyenv/versions/3.10.*/bin/python; do \
	$$one -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && echo $$one && break; \
	done)
RASA := .venv-rasa

.PHONY: help install demo test check format lint types content nlu-report bench lock clean rasa-test

help:                ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/; s/^/make /'

install: $(DONE)     ## Make .venv with everything in it; the command is .venv/bin/kawan

$(DONE): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation --editable .
	@touch $@

demo: install        ## Look around: phones in the browser, no token, no network
	$(BIN)/kawan demo --port $(PORT)

test: install        ## Run every test
	$(BIN)/python -m pytest

check: install format lint types content test  ## Format, lint, types, content, tests

format: install
	$(BIN)/ruff format --check .

lint: install
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

content: install     ## Check every flow and every text
	$(BIN)/kawan content check

nlu-report: install  ## How well danger and wishes are understood, on text held out
	$(BIN)/python -m bot.understanding.report

bench: install       ## Measure, as ratios within one run
	$(BIN)/python -m benchmarks

$(RASA)/.installed: rasa_server/requirements.lock
	@test -n "$(PYTHON310)" || { echo "Rasa needs Python 3.10 and none was found; say where it is: make rasa-test PYTHON310=/path/to/python3.10"; exit 1; }
	@test -x $(RASA)/bin/python || $(PYTHON310) -m venv $(RASA)
	$(RASA)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $<
	@touch $@

rasa-test: install $(RASA)/.installed  ## Train a real Rasa server and talk to the bot through it (minutes)
	$(BIN)/python -m pytest rasa_server

lock:                ## Choose the newest versions anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url --upgrade --output-file requirements.lock

clean:
	rm -rf $(VENV) $(RASA) .mypy_cache .ruff_cache .pytest_cache .hypothesis
