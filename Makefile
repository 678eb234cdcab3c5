# Everything lands in .venv of this checkout. PYTHON may name another interpreter (>= 3.11).
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

LOOK := src/marke/web/static/vendor/components.css

# Settings that the type checker reads, of a workspace that does not exist
TYPED := MARKE_SECRET_KEY=types MARKE_DATABASE_URL=postgresql://types@localhost/types

.PHONY: demo serve test check bench lock clean

demo: .venv/.runtime
	@$(BIN)/marke verken twente-actueel
	@$(BIN)/marke stukken --soort raadsinformatiebrief,begroting --formaat pdf,odt,xlsx

serve: $(LOOK)
	@$(BIN)/marke serve

test: .venv/.dev $(LOOK)
	@$(BIN)/pytest -n 2

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(TYPED) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry src

bench: .venv/.dev
	@$(BIN)/python benchmarks/render.py

# Needs uv on the PATH; the lock files hold names, versions and hashes, never an address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml --extra build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml --extra build --extra web -c requirements.lock -o requirements-web.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml --extra build --extra web --extra cluster --extra dev -c requirements-web.lock -c requirements.lock -o requirements-dev.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "marke needs Python 3.11 or newer, and '$(PYTHON)' is not that: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "marke needs Python's venv module: on Debian, apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing marke into .venv (once) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.web: .venv/.runtime requirements-web.lock
	@echo "Installing the workspace into .venv (once) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-web.lock
	@touch $@

$(LOOK): .venv/.web src/marke/web/look/package-lock.json src/marke/web/look/build.py src/marke/web/static/marke/own.css
	@$(BIN)/python -m marke.web.look.build

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv runs .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist
