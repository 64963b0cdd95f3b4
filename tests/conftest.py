"""Options of the test run, and what all tests share."""

import compileall
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import amounts
from transpile.cli import progress
from transpile.proof import scenarios

PACKAGE = Path(progress.__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite the golden files, then read the diff"
    )
    parser.addoption(
        "--all", action="store_true", help="try every example and every case of the sweeps"
    )


def pytest_configure(config: pytest.Config) -> None:
    amounts.ALL = bool(config.getoption("--all"))
    settings.register_profile("ordinary", max_examples=amounts.share_of(100))
    settings.load_profile("ordinary")
    if not hasattr(config, "workerinput"):
        # The processes that tests start would compile it again and again, where Python is told to
        # write no bytecode.
        compileall.compile_dir(PACKAGE, quiet=2)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, where they share fixtures, as long as both work."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415

    return WorkStealingScheduling(config, log)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def without_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print no progress, however slow the machine is."""
    monkeypatch.setattr(progress, "SECONDS", math.inf)


@pytest.fixture
def few_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a workflow has more combinations of ends than these, verify some of them."""
    if not amounts.ALL:
        monkeypatch.setattr(scenarios, "FEW", 256)
