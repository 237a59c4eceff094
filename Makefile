# Each target is one file in bin/, in plain Python: read that for what it does.

PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run check test audit bench requirements clean python

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r name what; do printf '%-18s %s\n' "$$name" "$$what"; done

run: python ## open the clinic on http://localhost:8000/ (PORT=9000, DEMO=no, WEB_WORKERS=4)
	@$(PYTHON) bin/run.py

check: python ## judge the code without running it: style, layers, types, templates, migrations
	@$(PYTHON) bin/check.py

test: python ## the checks and every test, on SQLite and PostgreSQL, in Chromium (ARGS="-k hold")
	@$(PYTHON) bin/test.py

audit: python ## the long proofs: workers killed at every third line, the diary driven at random
	@$(PYTHON) bin/audit.py

bench: python ## measure: the month of 20 people with 0 and with 200,000 appointments
	@$(PYTHON) bin/bench.py

requirements: python ## pin what pyproject.toml asks for (ARGS=--upgrade)
	@$(PYTHON) bin/requirements.py

clean: ## remove .venv and the tools' caches; var/ (database, pictures) stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11 or newer (Debian: apt-get install python3)." >&2; exit 1; }
