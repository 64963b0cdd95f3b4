.PHONY: test lint golden bench

test:
	python -m pytest -n auto

lint:
	ruff check . && black --check . && mypy

golden:  # rewrite the golden files, then read the diff
	python -m pytest tests/test_golden.py --update && git diff --stat tests/golden

bench:
	python tests/benchmarks/bench.py
