# Short names for what people do in a checkout; everything works without make, too (README.md, CONTRIBUTING.md).
PYTHON ?= python3

.PHONY: venv test check regen bench ci

venv: .venv/bin/chartgen
.venv/bin/chartgen: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'

test: venv
	.venv/bin/pytest -n 2

check: venv
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/python -m chartgen.dev regen --check

regen: venv
	.venv/bin/python -m chartgen.dev regen

bench: venv
	.venv/bin/python benchmarks/run.py

ci:
	.ci/run
