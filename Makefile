# `make help` lists what can be made. The work itself stands in tools/ and pyproject.toml.

PYTEST_WORKERS ?= 2
PYTEST_ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test fast lint bench wheel lock clean

help: ## Print this list
	@grep -E '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.* ## /\1	/' | expand -t 10

setup: ## Make the environment from the lock files (a second run takes seconds, without network)
	@tools/setup.sh

demo: setup ## Serve a demo with its own database on http://127.0.0.1:8000 (HOST=, PORT= change it)
	@exec $(BIN)/sitzungsdienst demo

test: lint ## Run everything: linters, types, directions of import, all tests (PYTEST_ARGS=--cov)
	@# File by file, in their order: what a file makes for its tests is made once.
	$(BIN)/pytest -n $(PYTEST_WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

fast: setup ## Run the tests that need neither a browser nor a database server nor patience
	$(BIN)/pytest -q -m "not slow and not browser and not postgresql"

lint: setup ## Check style, types and directions of import
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## Measure pages beside a bare Flask page, and minutes beside other makers of PDF
	$(BIN)/python -m benchmarks
	$(BIN)/pip install -q --require-hashes --no-deps --target build/bench --upgrade \
		-r benchmarks/requirements.txt
	PYTHONPATH=build/bench $(BIN)/python -m benchmarks.documents

wheel: setup ## Build dist/*.whl with templates, migrations and assets
	$(BIN)/python -m build --wheel --no-isolation

lock: setup ## Resolve the dependencies anew and write all lock files
	tools/lock.sh

clean: ## Remove what make made, except databases
	rm -rf .venv node_modules build dist sitzungsdienst/static/vendor .coverage .coverage.* \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
