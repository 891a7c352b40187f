# Everything a fresh machine needs: Python 3.11, make and a package registry. uv comes from pip when it is missing.
SHELL := /bin/bash
PYTHON ?= python3.11
# Who is asked about advisories: pypi or osv.
SERVICE ?= pypi
# How many tests run at once, half of which wait. Each may start the whole product, of 3 GB. A browser waits for nobody.
WORKERS ?= 3
BROWSERS ?= 2
# Where Python is told to keep no bytecode, each of our processes would compile Rasa and TensorFlow anew, for 7 s.
unexport PYTHONDONTWRITEBYTECODE
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin

.PHONY: run test check audit soak bench sizes clean setup browser model

run: setup
	@exec $(RUN)/hjemad run

test: setup browser model
	$(RUN)/python -m pytest -m "not soak and not browser" -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
	$(RUN)/python -m pytest -m "browser and not soak" -n $(BROWSERS) --dist loadgroup --no-loadscope-reorder

soak: setup browser model
	$(RUN)/python -m pytest -m soak --timeout 3600

check: setup
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

# Not part of `check`: not every machine reaches an advisory service. Excused is what bot/upkeep/excuses.yml gives a reason for.
audit: setup | $(UV)
	@$(RUN)/python -m bot.upkeep.audit $(UV) $(SERVICE)

# How large each role is unpacked: three environments of their own, one after the other.
sizes: setup | $(UV)
	@$(RUN)/python -m bot.benchmark.sizes $(UV)

bench: setup
	$(RUN)/hjemad benchmark
	$(RUN)/hjemad benchmark-times
	$(RUN)/hjemad benchmark-queue
	$(RUN)/hjemad benchmark-both-sides
	$(RUN)/hjemad benchmark-crowd

setup: .venv/.installed

.venv/.installed: uv.lock pyproject.toml | $(UV)
	$(UV) sync --frozen --quiet
	@touch $@

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet uv

# Before the tests, so that none of them has to wait for it, and its progress is seen.
model: setup
	@$(RUN)/hjemad train --if-changed

browser: setup
	@$(RUN)/python -m tests.browser.install

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .rasa test-results artifacts
