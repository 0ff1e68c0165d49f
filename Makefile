# The two commands: `make demo` and `make test`. Everything is installed into .venv, nothing outside this folder.
# Works with GNU make 3.81 and newer and any POSIX shell. Variables, to be given behind `make`:
#   PYTHON     interpreter that .venv is made from (3.11 or newer)
#   DEMO_ARGS  what the demo passes to `stcsim compare`, DEMO_OUT the folder it writes
#   TEST_ARGS  further options for pytest, such as TEST_ARGS="-k screening"; JOBS at most so many processes
#   EVIDENCE_ARGS what `make evidence` passes on: rows, or fewer sets, such as EVIDENCE_ARGS="--worlds 20"
#   BENCH_ARGS what `make bench` passes on: names of rows, --rounds N, --quick, --no-environments
#   EXTRAS     extras installed for the tests: `test`, or `all` to test the optional parts as well
#   VENV       folder of the environment

PYTHON    ?= python3
VENV      ?= .venv
EXTRAS    ?= test
JOBS      ?= 2
DEMO_OUT  ?= demo
DEMO_ARGS ?= --replications 8 --worlds 5 --equal-cost
TEST_ARGS ?=
EVIDENCE_ARGS ?=
BENCH_ARGS ?=
PYTHONS   ?= python3.11 python3.12 python3.13

BIN    := $(VENV)/bin
# Browser tests are long and stand side by side: who has nothing left takes from the other.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses $(JOBS) --dist worksteal
PINS   := pyproject.toml constraints.txt
# uv, where it is present and works, is faster than pip; `make UV= ...` does without it.
UV     := $(shell uv --version >/dev/null 2>&1 && command -v uv)

# Compiled modules are worth keeping: without them every start reads every source again. And nothing that the caller's
# shell says about modules, Pythons or environments may reach into ours.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX

.PHONY: help demo install test browser screenshot test-slow evidence bench test-reduced lint style types contracts constraints docs clean preflight

help:
	@echo "make demo       install the pinned core into $(VENV), compare the mechanisms in the reference region"
	@echo "make test       install the test extra as well, run the default suite"
	@echo "make browser    fetch a Chromium for the browser tests, which are left out where there is none"
	@echo "make test-slow  run the tests that the default suite leaves out"
	@echo "make evidence   run every expectation in 200 sets of assumptions and write docs/evidence.md; an hour or more, resumes"
	@echo "make bench      measure against peers and write benchmarks/results.md; wants a machine with nothing else to do"
	@echo "make lint       style, types, and the direction of imports"
	@echo "make docs       bring the tables of the documentation up to date with the code"
	@echo "make clean      remove $(VENV), $(DEMO_OUT)/ and what the tools left"

demo: $(VENV)/.has-core
	@$(BIN)/stcsim compare reference_region $(DEMO_ARGS) --out "$(DEMO_OUT)"
	@echo "The report: $$(cd "$(DEMO_OUT)" && pwd)/report.html"

install: $(VENV)/.has-$(EXTRAS)

test: $(VENV)/.has-$(EXTRAS)
	$(PYTEST) $(TEST_ARGS)

# The browser tests find it by themselves; where CI=true, having none is a failure.
browser: $(VENV)/.has-$(EXTRAS)
	@bash .ci/browser "$(BIN)/python"

# The picture in the README, of the dashboard as it is.
screenshot: $(VENV)/.has-$(EXTRAS)
	@$(BIN)/python -m tests.browser.screenshot docs/images/dashboard.png

test-slow: $(VENV)/.has-$(EXTRAS)
	$(PYTEST) -m slow $(TEST_ARGS)

# What was run is kept in .evidence, so that this may be stopped and goes on from there; code that changes makes it void.
evidence: $(VENV)/.has-$(EXTRAS)
	@$(BIN)/python -m tests.evidence --jobs $(JOBS) $(EVIDENCE_ARGS)

# Ratios against peers, measured in this run. mesa-frames and starsim get environments of their own in the user's cache.
bench: $(VENV)/.has-bench
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

# For a second interpreter: what depends on Python, NumPy and Mesa. Theory, evidence and generated scenarios ask about
# the model, and one interpreter answers that.
test-reduced: $(VENV)/.has-$(EXTRAS)
	$(PYTEST) --ignore=tests/theory --ignore=tests/evidence --ignore=tests/properties --ignore=tests/browser $(TEST_ARGS)

lint: style types contracts

style: $(VENV)/.has-$(EXTRAS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.has-$(EXTRAS)
	$(BIN)/mypy

contracts: $(VENV)/.has-$(EXTRAS)
	$(BIN)/lint-imports --no-logo

constraints:
	$(PYTHON) .ci/pin.py $(PYTHONS)

docs: $(VENV)/.has-core
	@$(BIN)/python -m stcsim.report.reference README.md docs/*.md
	@$(BIN)/python -m stcsim.report.mechanism_pages docs/mechanisms

clean:
	rm -rf "$(VENV)" "$(DEMO_OUT)" build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .screenshots
	find stcsim tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment knows its own place, so one that was moved along with this folder is made anew; so is one whose Python
# has gone, and one of another Python than the command line asks for.
ALIVE := $(shell "$(BIN)/python" -c "$(if $(UV),,import pip)" 2>/dev/null && cat "$(VENV)/.made-in" 2>/dev/null)
ifneq ($(ALIVE),$(CURDIR))
$(VENV)/.made-in: preflight
else ifeq ($(origin PYTHON),command line)
series = $(shell $(1) -c "import sys; print(*sys.version_info[:2])" 2>/dev/null)
ifneq ($(call series,$(PYTHON)),$(call series,"$(BIN)/python"))
$(VENV)/.made-in: preflight
endif
endif

$(VENV)/.made-in:
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@rm -rf "$(VENV)"
ifeq ($(UV),)
	@$(PYTHON) -m venv "$(VENV)"
else
	@$(UV) venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" "$(VENV)"
endif
	@printf '%s\n' "$(CURDIR)" > $@

# $(call into_venv,requirement): the lines that install it, pinned, and say in one line of ours when that failed.
ifeq ($(UV),)
into_venv = $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e "$(1)"
else
into_venv = $(UV) pip install --quiet --compile-bytecode --python "$(BIN)/python" -c constraints.txt -e "$(1)"
endif
failed = { echo "stcsim could not be installed: the lines above say why (a package index must be within reach)." >&2; exit 1; }

$(VENV)/.has-core: $(VENV)/.made-in $(PINS)
	@echo "Installing stcsim with its pinned dependencies into $(VENV); the first time takes a minute or two"
	@$(call into_venv,.) || $(failed)
	@touch $@

$(VENV)/.has-$(EXTRAS): $(VENV)/.made-in $(PINS)
	@echo "Installing stcsim with its pinned dependencies and the extra '$(EXTRAS)' into $(VENV); this takes a minute or two"
	@$(call into_venv,.[$(EXTRAS)]) || $(failed)
	@touch $@ $(VENV)/.has-core

# One of the rows asks a cluster of Dask.
$(VENV)/.has-bench: $(VENV)/.has-core
	@$(call into_venv,.[cluster]) || $(failed)
	@touch $@

# What is missing on this machine, all of it at once, a line each.
preflight:
	@missing=0; say() { echo "$$1" >&2; missing=1; }; \
	if ! $(PYTHON) -c "" 2>/dev/null; then \
	    say "missing: Python 3.11 or newer ('$(PYTHON)' does not start). Install it, or say where: make PYTHON=/path/to/python3 ..."; \
	elif ! $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))"; then \
	    say "too old: '$(PYTHON)' is $$($(PYTHON) --version 2>&1); 3.11 or newer is needed: make PYTHON=/path/to/python3 ..."; \
	elif [ -z "$(UV)" ]; then \
	    $(PYTHON) -c "import venv" 2>/dev/null || \
	        say "missing: the module venv of '$(PYTHON)'. Debian, Ubuntu: sudo apt install python3-venv"; \
	    $(PYTHON) -c "import ensurepip" 2>/dev/null || \
	        say "missing: pip for new environments (the module ensurepip of '$(PYTHON)'). Debian, Ubuntu: sudo apt install python3-venv"; \
	fi; \
	for file in $(PINS); do [ -r $$file ] || say "missing: $$file; is this the whole repository?"; done; \
	exit $$missing
