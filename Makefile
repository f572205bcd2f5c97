# Two commands for a newcomer: make run, make test. Everything they need they install.
PYTHON ?= python3
PY := .venv/bin/python
export PORT ?= 8000
export HOST ?= 127.0.0.1

.PHONY: run test test-postgres lint format bench lock setup-run setup-test

run: setup-run
	@exec $(PY) -m mentorship_portal.start

test: setup-test
	$(PY) -m pytest -n auto

test-postgres: setup-test
	@scripts/test-postgres.sh

lint: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(PY) manage.py makemigrations --check --dry-run
	.venv/bin/bandit -q -ll -r mentorship_portal programmes pairs documents monitoring -x '*/migrations/*'
	HTTPS=1 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') $(PY) manage.py check --deploy --fail-level WARNING

format: setup-test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	git ls-files -z -- 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2

bench: setup-test
	@$(PY) -m bench

lock:
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements-dev.lock -o requirements.lock

setup-run:
	@PYTHON=$(PYTHON) scripts/setup.sh run

setup-test:
	@PYTHON=$(PYTHON) scripts/setup.sh test
