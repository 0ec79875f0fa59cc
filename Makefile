# Everything a newcomer needs: `make run` shows the product, `make test` proves it, `make check` judges a change.
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2

.PHONY: setup run test check check-code format bench messages lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sanat needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

run: setup
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_norms
	$(BIN)/python manage.py load_regimes
	$(BIN)/python manage.py load_demo
	@trap 'kill %1' EXIT; set -m; $(BIN)/python manage.py db_worker --no-reload & $(BIN)/python manage.py runserver $(ADDRESS)

# The whole suite, on SQLite and on PostgreSQL; what needs a server or a browser that is not there says so.
test: setup
	@.ci/machine
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
		echo "Once more, on PostgreSQL"; .ci/with-postgres $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal; \
	else \
		echo "PostgreSQL is not installed: the suite ran on SQLite only"; test -z "$$SANAT_SKIP_NOTHING"; \
	fi

check: check-code
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing:skip-covered

check-code: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Measures on a database of its own with 10,000 invented people.
bench: export DATA_DIR := var/bench
bench: setup
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_norms
	$(BIN)/python manage.py load_regimes
	$(BIN)/python manage.py generate_demo --employees 10000 --seed 1
	$(BIN)/python manage.py bench
	$(BIN)/python manage.py bench_list
	$(BIN)/python manage.py bench_papers
	$(BIN)/python manage.py bench_figures

messages: setup
	$(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore .venv
	$(BIN)/python manage.py compilemessages --ignore .venv

lock: setup
	$(BIN)/pip-compile $(LOCK) -o requirements/base.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra dev -o requirements/dev.txt pyproject.toml

LOCK := --upgrade --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
