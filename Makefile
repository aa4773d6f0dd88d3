# The commands of Reelhook. `make` lists them; each prints what it does and what to do next.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: help setup format lock models costs openapi examples check test coverage build smoke bench bench-memory prove run stop demo deploy delete owner key keys revoke-key recheck adopt redrive rotate-callback-key logs clean

# Bytecode is kept whatever the shell says: without it every worker and every process compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

UV_VERSION := 0.13.8
WORKERS := 3
PYTHON := .venv/bin/python
UV := .tools/bin/uv
LIMITS := VIDEOS_PER_DAY IN_FLIGHT USD_PER_DAY USER_VIDEOS_PER_DAY USER_IN_FLIGHT USER_USD_PER_DAY DISABLED
EXPORT := $(UV) export --quiet --frozen --no-dev --no-emit-project --no-annotate --no-header

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-19s %s\n", $$1, $$2}'

setup: .venv/ready ## install everything into .venv (needs python3 and the package registry, nothing else)

.venv/ready: uv.lock pyproject.toml
	@echo "Installing the pinned environment into .venv ..." >&2
	@test -x $(UV) || { python3 -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@$(UV) sync --quiet --frozen --compile-bytecode
	@touch $@
	@echo "Ready." >&2

format: setup ## rewrite the code in the project's format (the only command that does)
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format .

lock: setup ## resolve the dependencies anew and export the layer's requirements
	@$(UV) lock
	@$(EXPORT) -o layers/dependencies/requirements.txt
	@echo "uv.lock and layers/dependencies/requirements.txt are written. Next: make check test"

costs: setup ## write docs/cost.md from the template, the measurements and the list prices
	@$(PYTHON) -m operations.costs

models: setup ## write docs/models.md from the catalog
	@$(PYTHON) -m operations.models

openapi: setup ## write docs/openapi.json from the code
	@$(PYTHON) -m operations.openapi

examples: setup ## write docs/provider-examples.md: what of the providers' own examples reaches them
	@$(PYTHON) -m tests.provider_pages

check: setup ## lint, types, arrows, locks and templates
	@echo "ruff";         .venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .
	@echo "mypy";         .venv/bin/mypy
	@echo "arrows";       .venv/bin/lint-imports --no-logo
	@echo "locks";        $(UV) lock --check --quiet && $(EXPORT) | diff -q - layers/dependencies/requirements.txt
	@echo "cfn-lint";     .venv/bin/cfn-lint template.yaml && $(PYTHON) -m sandbox.template | .venv/bin/cfn-lint
	@echo "sam validate"; $(PYTHON) -m operations.sam validate --lint

test: setup ## run the tests: unit, contracts, reliability, and the real template in the sandbox
	@.venv/bin/pytest -n $(WORKERS) --dist loadfile $(TESTS)

coverage: setup ## measure which branches the tests that run in this process reach
	@.venv/bin/coverage erase
	@.venv/bin/coverage run -m pytest -q -n $(WORKERS) --dist loadfile tests/unit tests/contracts tests/reliability
	@.venv/bin/coverage combine --quiet && .venv/bin/coverage report

build: setup ## build for Lambda (arm64): sam build, trimmed and compiled
	@$(PYTHON) -m operations.build

smoke: setup ## build for Lambda and for this machine, and see that what is shipped is compiled and starts
	@$(PYTHON) -m operations.smoke

prove: setup ## prove that nothing is lost or paid twice: faults, orders, guards, attacked processes [LONG=1] [SEED=n]
	@$(PYTHON) -m tests.reliability.prove $(if $(LONG),--long) $(if $(SEED),--seed $(SEED))

bench: setup .venv-bench/ready ## measure beside peers, and write docs/performance.md [ONLY=transfer,network,cold,sweep,pipeline] [LONG=1]
	@.venv-bench/bin/python -m benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(LONG),--long)

bench-memory: setup ## measure what a 1 GiB transfer costs in memory
	@$(PYTHON) -m benchmarks.transfer_memory

.venv-bench/ready: uv.lock pyproject.toml
	@echo "Installing what is compared into .venv-bench ..." >&2
	@UV_PROJECT_ENVIRONMENT=.venv-bench $(UV) sync --quiet --frozen --group bench --compile-bytecode
	@touch $@

run: setup ## bring the whole stack up on this machine and keep it (Ctrl-C or make stop ends it)
	@$(PYTHON) -m sandbox.up

stop: ## end the stack that make run keeps
	@$(PYTHON) -m sandbox.stop

demo: setup ## one prompt to one MP4 on this machine, from nothing to nothing
	@$(PYTHON) -m sandbox.demo

deploy: setup ## deploy to your AWS account (guided the first time)
	@$(PYTHON) -m operations.deploy

delete: setup ## delete the stack from your AWS account; your videos stay
	@$(PYTHON) -m operations.delete

key: setup ## make an API key: make key OWNER=name [DAYS=90]
	@test -n "$(OWNER)" || { echo "Say whose key it is: make key OWNER=name"; exit 2; }
	@$(PYTHON) -m operations.key_commands create --owner="$(OWNER)" $(if $(DAYS),--days $(DAYS))

owner: setup ## limit an owner or shut it out: make owner OWNER=name [VIDEOS_PER_DAY= IN_FLIGHT= USD_PER_DAY= USER_...= DISABLED=1]
	@test -n "$(OWNER)" || { echo "Say who: make owner OWNER=name"; exit 2; }
	@$(PYTHON) -m operations.owners $(foreach limit,$(LIMITS),$(if $($(limit)),--$(limit)="$($(limit))")) -- "$(OWNER)"

keys: setup ## list the API keys: make keys [OWNER=name]
	@$(PYTHON) -m operations.key_commands list $(if $(OWNER),--owner="$(OWNER)")

revoke-key: setup ## end an API key: make revoke-key KEY=rh_...xxxx (as make keys shows it, or the key itself)
	@test -n "$(KEY)" || { echo "Say which: make revoke-key KEY=rh_...xxxx (make keys lists them)"; exit 2; }
	@$(PYTHON) -m operations.key_commands revoke --key="$(KEY)" $(if $(OWNER),--owner="$(OWNER)")

recheck: setup ## ask the provider once more about a video: make recheck VIDEO=video_...
	@test -n "$(VIDEO)" || { echo "Say which: make recheck VIDEO=video_..."; exit 2; }
	@$(PYTHON) -m operations.recheck "$(VIDEO)"

adopt: setup ## give a lost submit the task found by hand: make adopt VIDEO=video_... TASK=...
	@test -n "$(VIDEO)" && test -n "$(TASK)" || { echo "Say which: make adopt VIDEO=video_... TASK=..."; exit 2; }
	@$(PYTHON) -m operations.recheck "$(VIDEO)" --adopt "$(TASK)"

redrive: setup ## move the dead letters back to the queue of transfers, and send the events that were set aside
	@$(PYTHON) -m operations.redrive

rotate-callback-key: setup ## sign callback addresses with a new key [FORCE=1]
	@$(PYTHON) -m operations.rotate $(if $(FORCE),--force)

logs: setup ## what the functions said lately: make logs [FUNCTION=TransferVideo] [SINCE=10m]
	@$(PYTHON) -m operations.logs $(if $(FUNCTION),--function "$(FUNCTION)") $(if $(SINCE),--since "$(SINCE)")

clean: ## remove what builds and runs have left
	@rm -rf .aws-sam .sandbox .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@echo "Clean. The environment in .venv and .tools is kept."
