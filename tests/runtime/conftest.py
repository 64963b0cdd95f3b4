"""Flyte Admin on loopback, for the helpers that ask it."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admin import Door, open_door
from tests.admin.pods import address
from tests.runtime.resumed import FLOW, PACKAGE, Converts, Nights
from tests.support import cli
from transpile.proof.loading import importing
from transpile.runtime import admin


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with open_door(tmp_path_factory.mktemp("door")) as door:
        yield door


@pytest.fixture
def door(front: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    """A front door without records. Nobody sleeps in earnest."""
    front.runs.clear()
    front.signals.clear()
    front.launch_plans.clear()
    front.asked.clear()
    front.executions.clear()
    front.away = 0
    for name, value in address(front).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(admin.time, "sleep", lambda seconds: None)
    return front


@pytest.fixture
def nights_of(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Converts]:
    """Converts a text, and imports the module with the workflow of its first job."""
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    monkeypatch.setenv("BAD", str(tmp_path / "bad"))

    def convert(text: str, *options: str, module: str = FLOW) -> Nights:
        source, out = tmp_path / "night.jil", tmp_path / PACKAGE
        source.write_text(text)
        done = cli("convert", source, "-o", out, "--quiet", "--force", *options)
        assert done.exit_code in (0, 1), done.output
        for name in [n for n in sys.modules if n.startswith(PACKAGE)]:
            del sys.modules[name]
        importlib.invalidate_caches()
        loaded = importlib.import_module(f"{PACKAGE}.{module}")
        return Nights(door, loaded, monkeypatch, folder=tmp_path)

    with importing(tmp_path, (PACKAGE,)):
        yield convert
