"""Options of the test run."""

import math

import pytest

from transpile.cli import progress


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite the golden files, then read the diff"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def without_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print no progress, however slow the machine is."""
    monkeypatch.setattr(progress, "SECONDS", math.inf)
