# make demo   a first look: set up, ingest the samples, ask three questions
# make test   set up and run everything that CI runs
# make bench  measure speed, memory and search on made pages, and rewrite bench/README.md
# make golden compare the pipeline's records of the samples with the golden files, and rewrite those
# make lock   resolve the dependencies anew and write requirements.lock
# make clean  remove what the targets above made, the environment apart
#
# Needed: Python 3.11 or newer and a package index for the first run; later runs work offline.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO   := ducha.duckdb

export PYTHONUTF8 = 1

.PHONY: demo test bench lint format types imports unit golden lock clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# An environment that already holds what the lock names is taken as it is, without asking an index.
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --no-deps --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --quiet --editable .
	$(PIP) check
	@touch $@

demo: $(STAMP)
	@$(BIN)/ducha ingest --db $(DEMO) samples
	@for question in docs/tour/*.sql; do \
		echo; sed -n 's/^-- //p' $$question; \
		$(BIN)/ducha query --db $(DEMO) --file $$question || exit 1; \
	done
	@echo; echo "The records are in $(DEMO). Next: $(BIN)/ducha --help, and the tour in README.md."

# Every check runs, also after one that failed: the summary of the tests is wanted either way.
test: $(STAMP)
	@$(MAKE) --no-print-directory --keep-going lint format types imports unit

lint: $(STAMP)
	$(BIN)/ruff check

format: $(STAMP)
	$(BIN)/ruff format --check

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest

bench: $(STAMP)
	$(BIN)/python -m bench --write

golden: $(STAMP)
	$(BIN)/python -m tests.golden; changed=$$?; $(BIN)/python -m tests.tour && exit $$changed

lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install 'setuptools>=77' wheel '.[dev,xlsx]'
	{ sed -n '/^#/p' requirements.lock; \
	  build/lock/bin/python -m pip list --format=freeze | grep -vE '^(pip|ducha)=='; } > build/requirements.lock
	mv build/requirements.lock requirements.lock

clean:
	rm -rf $(DEMO) $(DEMO).wal build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
