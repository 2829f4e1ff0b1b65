# Crossover. The two commands that matter: `make run` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench clean
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV := .venv
IN_VENV := $(VENV)/bin/python
CODE := app.py asgi.py crossover pages ui
# A later stage may not have been written yet: compile and check what is there.
PRESENT = $(wildcard $(CODE))

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-6s %s\n", $$1, $$2}' Makefile

run: ## Install what is needed and open the dashboard (PORT=8501)
	@scripts/environment.sh requirements.txt
	@$(IN_VENV) -m compileall -q $(PRESENT)
	@exec $(IN_VENV) scripts/start.py

test: ## Install what is needed, Chromium included, and run all tests (ARGS="-k door")
	@scripts/environment.sh requirements-dev.txt
	@$(IN_VENV) scripts/chromium.py
	@$(IN_VENV) -m compileall -q $(PRESENT)
	@$(IN_VENV) -m pytest -n auto $(ARGS)

check: ## Check format, lint and types
	@scripts/environment.sh requirements-dev.txt
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m mypy

bench: ## Run the benchmarks, one after another
	@scripts/environment.sh requirements-dev.txt
	@for file in $(wildcard benchmarks/bench_*.py); do echo "$$file"; PYTHONPATH=. $(IN_VENV) $$file || exit; done

clean: ## Remove the environment and every cache
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
