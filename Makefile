# Each target sets up what it needs, on a machine that has only python3 and make, and leaves it in
# .venv for the next time.

BIN := .venv/bin

# Compiled modules start at once; a shell that forbids them would slow every start.
unexport PYTHONDONTWRITEBYTECODE

# uv reads no pip.conf: where pip is told of an index of the machine's own, uv is told of it too.
PIP_INDEX = $(BIN)/pip config list 2>/dev/null | sed -nE "s/^(:env:|global|install)\.index-url='(.*)'$$/\2/p" | head -n 1
UV = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$($(PIP_INDEX))}" $(BIN)/uv pip
INSTALL = $(UV) install --quiet --python $(BIN)/python --compile-bytecode
SYNC = $(UV) sync --quiet --python $(BIN)/python --compile-bytecode
LOCK = $(UV) compile --quiet --universal --generate-hashes --custom-compile-command "make lock"

# hatchling, which builds the project, comes with the hash that the lock knows.
define install-sendguard
@$(INSTALL) --no-deps --build-constraints requirements-dev.lock --editable .
@$(BIN)/python -m compileall -q sendguard
endef

.PHONY: help
help:
	@echo "make demo   watch SendGuard stop a wrong link, and put right one that is out"
	@echo "make test   run the tests"
	@echo "make lint   run ruff, mypy and hadolint"
	@echo "make bench  measure speed"
	@echo "make bench-visit  measure how quickly links are visited, beside other link checkers"
	@echo "make bench-store  measure the store with 10,000 checks, --reuse, and serve while it is idle"
	@echo "make bench-send   measure what a message costs to make and to send, beside other clients"
	@echo "make bench-gateway  measure how fast mail passes the gateway, and what it needs for that"
	@echo "make bench-accuracy  count what is told and what is falsely alarmed about"
	@echo "make soak   run the long tests"
	@echo "make docs   make docs/rules.md and the pictures of a result again"
	@echo "make lock   work out the lock files again from pyproject.toml"
	@echo "make clean  remove what the others left behind"

.PHONY: demo
demo: .venv/.runtime
	@$(BIN)/sendguard demo

# Twice as many as there are cores: half of the tests wait for servers and clocks.
WORKERS = $(shell expr 2 \* "$$(getconf _NPROCESSORS_ONLN)")

.PHONY: test
test: .venv/.dev
	@.ci/find-chromium
	@.ci/find-mail-servers
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: lint
lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile

.PHONY: bench
bench: .venv/.dev
	@for file in benchmarks/*.py; do $(BIN)/python -m "benchmarks.$$(basename "$$file" .py)" || exit; done

# PEERS=FOLDER takes the other link checkers from there; else they are put into .cache/peers. ARGS: --help.
.PHONY: bench-visit
bench-visit: .venv/.dev
	@$(BIN)/python -m benchmarks.visit $(ARGS)

# ARGS=--postgresql measures that, too.
.PHONY: bench-store
bench-store: .venv/.dev
	@$(BIN)/python -m benchmarks.store $(ARGS)

.PHONY: bench-send
bench-send: .venv/.dev
	@.ci/find-mail-servers
	@$(BIN)/python -m benchmarks.send $(ARGS)

# ARGS="--only rates" measures one row by itself.
.PHONY: bench-gateway
bench-gateway: .venv/.dev
	@.ci/find-mail-servers
	@$(BIN)/python -m benchmarks.gateway $(ARGS)

.PHONY: bench-accuracy
bench-accuracy: .venv/.dev
	@$(BIN)/python -m benchmarks.accuracy $(if $(CORPUS),--corpus "$(CORPUS)")

.PHONY: soak
soak: .venv/.dev
	@.ci/find-mail-servers
	$(BIN)/python -m pytest -m soak

.PHONY: docs
docs: .venv/.dev
	@.ci/find-chromium
	$(BIN)/python docs/make.py

.PHONY: lock
lock: $(BIN)/uv
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock

.PHONY: clean
clean:
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# Nothing is taken away here: the tools of .venv/.dev may stand beside.
.venv/.runtime: requirements.lock pyproject.toml | $(BIN)/uv
	@$(INSTALL) --require-hashes --requirements requirements.lock
	$(install-sendguard)
	@touch $@

# A package that left the lock leaves here too, so that none is used unlisted.
.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/uv
	@$(SYNC) --require-hashes requirements-dev.lock
	$(install-sendguard)
	@touch .venv/.runtime $@

$(BIN)/uv:
	@echo "Setting up .venv; this happens once."
	@python=$$(.ci/find-python) && "$$python" -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.lock
	@$(BIN)/pip --quiet --quiet install --require-hashes --requirement .venv/uv.lock
