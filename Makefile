# Two commands do everything: `make site` and `make test`. Each brings what it needs, or says what to install.
VENV ?= .venv
# How many processes run the tests; 1 shows them in order.
JOBS ?= auto
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN = $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore

.PHONY: site serve check test lint lock clean

site: $(VENV)/.site
	@sh scripts/need-pango.sh
	$(BIN)/patokaz build
	@echo "Open site/index.html with a double click."

serve: $(VENV)/.site
	$(BIN)/patokaz serve

check: $(VENV)/.site
	$(BIN)/patokaz check

test: $(VENV)/.test
	@sh scripts/need-pango.sh
	@sh scripts/need-browser.sh
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A virtual environment with the locked requirements; made again when the lock changes.
$(VENV)/.site $(VENV)/.test: $(VENV)/.%: requirements/%.txt pyproject.toml
	@sh scripts/need-python.sh "$(PYTHON)"
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv. Hashes, no addresses.
lock:
	uv pip compile --quiet pyproject.toml --extra build --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade -o requirements/site.txt
	uv pip compile --quiet pyproject.toml --extra build --extra test --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade -o requirements/test.txt

clean:
	rm -rf site .cache
