# What people and CI run here. `make help` lists it; nothing but make and Python 3.11 to 3.14 is needed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
OUT := out
# Newer in .venv than both files: what is installed is what they say.
INSTALLED := $(VENV)/installed
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/.tools/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Two example plants have no decision, which ends in 1; a stale lock ends in 4.
CHECKS = "python tools/lock.py --check" \
	"python -m edgeward.declare.editor_schema --check" \
	"python -m edgeward.policy.compile --check" \
	"python -m edgeward.policy.reference --check" \
	"python -m edgeward.cli.reference --check" \
	"edgeward decide --check >/dev/null || test \$$? -eq 1"

# Runs every command of a list, so that one run shows all that is wrong.
define run_each
@status=0; for command in $(1); do echo "$$command"; eval "$$command" || status=1; done; exit $$status
endef

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(INSTALLED) ## build all example plants into out/ and say where the report is
	@rm -rf $(OUT); log=$$(mktemp); status=0; edgeward build --out $(OUT) >$$log 2>&1 || status=$$?; \
	python tools/demo_check.py $(OUT) $$status || { cat $$log; exit 1; }; rm $$log

.PHONY: test
test: $(INSTALLED) ## the tests; ends by naming each real reader that is absent
	@status=0; pytest -n 2 --dist worksteal || status=$$?; python tools/readers.py || status=1; exit $$status

# The rules that differ from this version have their mutants tried in `make rules`.
BASE := HEAD
RULES = "python -m edgeward.policy.compile --check" "regal lint policies" \
	"python -m tests.mutation --changed --base $(BASE)"

.PHONY: rules
rules: $(INSTALLED) ## the rules: tests, coverage, Regal, the mutants of those changed since BASE
	$(call run_each,$(RULES))

.PHONY: soak
soak: $(INSTALLED) ## the tests that take minutes, and the mutants of all rules
	@status=0; pytest -n 2 -m soak || status=$$?; python -m tests.mutation || status=1; exit $$status

.PHONY: drill
drill: $(INSTALLED) ## cut the link, stop and kill the broker and the collector; prints what was lost
	pytest tests/drill

.PHONY: lint
lint: $(INSTALLED) ## style, formatting and the direction of imports
	$(call run_each,"ruff check" "ruff format --check" "lint-imports --no-logo --no-cache")

.PHONY: types
types: $(INSTALLED) ## mypy, strict
	$(call run_each,"mypy" "mypy tools bench")

.PHONY: stale
stale: $(INSTALLED) ## generated files and committed decisions against their sources
	$(call run_each,$(CHECKS))

# The order of what one is made from: rules, their reference, the decisions, the golden trees.
.PHONY: generate
generate: $(INSTALLED) ## write the generated files anew: schemas, rules, references, decisions, golden trees
	python -m edgeward.declare.editor_schema
	python -m edgeward.policy.compile
	python -m edgeward.policy.reference
	python -m edgeward.cli.reference
	edgeward decide >/dev/null || test $$? -eq 1
	pytest --update-golden tests/unit/bundle tests/unit/diff/test_pull_requests.py >/dev/null

.PHONY: bench
bench: $(INSTALLED) ## time `edgeward check` on 1 to 1000 generated plants
	python -m bench

.PHONY: tools
tools: $(INSTALLED) ## the real engines and readers: minutes when cold, seconds when cached
	python tools/provision.py

.PHONY: lock
lock: $(INSTALLED) ## pin what pyproject.toml asks for; FLAGS=--upgrade takes newer versions
	python tools/lock.py $(FLAGS)

.PHONY: check-lock
check-lock: $(INSTALLED) ## whether requirements.lock still answers pyproject.toml
	python tools/lock.py --check

.PHONY: clean
clean: ## remove what make made here; the cache of built tools stays
	rm -rf $(VENV) .tools $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@for python in python3.11 python3.12 python3.13 python3.14 python3; do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
			>/dev/null 2>&1; then break; fi; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "edgeward needs Python 3.11, 3.12, 3.13 or 3.14 with venv, and none is on the PATH." >&2; \
		echo "On Debian 12: apt-get install python3 python3-venv" >&2; \
		exit 1; \
	fi; \
	test -x $(BIN)/python || $$python -m venv $(VENV)
	@echo "Installing requirements.lock into $(VENV), a minute or two …"
	@$(BIN)/python -m pip install --progress-bar off --require-hashes -r requirements.lock \
		| while read -r word _; do case $$word in Collecting) printf .;; Installing) echo " unpacking";; esac; done
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
