# `make help` lists what there is to do.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PORT ?= 8050
# Where servers and the programs of root live, even if the path of the one who calls lacks it.
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin
VENV := .venv/bin
BENCHES := $(patsubst bench/%.py,bench.%,$(shell grep -l __main__ bench/*.py))
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

# One step after the other, whatever -j says: each needs what the one before it made.
.NOTPARALLEL:
.PHONY: help run demo release test check format bench docs lock runtime tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: runtime ## demonstration source, release, site and scheduler (PORT=8050, APPEALS=N|all)
	@$(VENV)/python scripts/serve.py --check-port
	@$(MAKE) demo release
	@exec $(VENV)/python scripts/serve.py

demo: runtime ## the demonstration source below var/demo (APPEALS=N|all)
	@$(VENV)/python -m etl demo $(if $(APPEALS),--appeals $(APPEALS))

release: runtime ## run the pipeline over the demonstration source and publish a release
	@$(VENV)/python -m etl run

test: tools ## everything: programs, lint, types, import contracts, all tests
	@$(MAKE) check
	@CHROMIUM="$$(scripts/test_programs.sh)" $(VENV)/pytest -n auto --maxprocesses 4 --dist loadfile

check: tools ## lint, format, types, shell scripts, import contracts
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/shellcheck --external-sources scripts/*.sh .ci/run
	$(VENV)/lint-imports
	$(VENV)/python -m scripts.reference --check

format: tools ## put the code into its form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

docs: runtime ## write docs/reference.md from the declarations
	@$(VENV)/python -m scripts.reference

bench: tools ## time the pipeline and the site beside their floors (APPEALS=N|all)
	@set -e; for bench in $(BENCHES); do \
		echo "== $$bench"; $(VENV)/python -m $$bench $(filter-out all,$(APPEALS)); done

lock: tools ## pin the newest versions by hash; the locks hold no address
	$(VENV)/$(LOCK) --upgrade requirements.in --output-file requirements.txt
	$(VENV)/$(LOCK) --upgrade requirements-dev.in --output-file requirements-dev.txt

runtime:
	@scripts/setup.sh runtime

tools:
	@scripts/setup.sh dev
