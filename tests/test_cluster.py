"""Work in other processes: those of this machine, and those of a Dask cluster."""

import importlib.util
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.estate import write as write_estate
from tests.support import GOLDEN, ROOT, cli
from transpile.output.workers import Workers
from transpile.pipeline import build_estate, load_sources
from transpile.targets.flyte.render import plan_digest
from transpile.team import find_settings, read_settings

HAS_DASK = importlib.util.find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not HAS_DASK, reason="the package distributed is not installed")

COMMON = ("--no-dashboard", "--scheduler-file")


def dask(kind: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """A scheduler or worker in a process of its own."""
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    known = tmp_path / "scheduler.json"
    started = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", *COMMON, str(known))]
    try:
        until = time.monotonic() + 60
        while not known.exists() or not known.read_text(encoding="utf-8"):
            assert time.monotonic() < until
            time.sleep(0.1)
        alone = ("--nworkers", "1", "--nthreads", "1", "--no-nanny")
        started += [dask("worker", *alone, *COMMON, str(known)) for _ in range(2)]
        yield str(json.loads(known.read_text(encoding="utf-8"))["address"])
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_estate(tmp_path_factory.mktemp("estate"), 450)


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def outcomes(estate: Path, out: Path, *options: str) -> list[object]:
    """What the commands that share work print, return and write."""
    convert = cli("convert", estate, "-o", out / "flows", "--quiet", *options)
    check = cli("check", estate, *options)
    # Two chunks for each of its workflows.
    few = estate.with_name("few")
    if not few.exists():
        write_estate(few, 60)
    verify = cli("verify", few, "--scenarios", "300", "--format", "json", *options)
    results = [(each.exit_code, each.stdout) for each in (convert, check, verify)]
    return [*results, contents(out / "flows")]


@pytest.fixture(scope="module")
def alone(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What this process does by itself."""
    return outcomes(estate, tmp_path_factory.mktemp("alone"))


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_what_travels_to_a_process_is_all_that_a_plan_needs(path: Path) -> None:
    settings = read_settings(find_settings([str(path / "input")]))
    estate = build_estate(load_sources([str(path / "input")], settings=settings))
    for task in estate.tasks():
        travelled = pickle.loads(pickle.dumps(task))
        here, there = task.findings.opened(), travelled.findings.opened()
        module, _ = task.plan(here)
        assert plan_digest(travelled.plan(there)[0]) == plan_digest(module)
        assert there.added == here.added
        for job in module.node_of:
            assert there.judged(job) == here.judged(job)
            assert there.about(job) == here.about(job)
            estate.diagnostics.complete(here.added)
            assert estate.diagnostics.judged(job) == here.judged(job)


def test_processes_change_nothing(estate: Path, alone: list[object], tmp_path: Path) -> None:
    assert outcomes(estate, tmp_path / "two", "-j", "2") == alone


@needs_dask
def test_a_cluster_changes_nothing(
    estate: Path, alone: list[object], tmp_path: Path, cluster: str
) -> None:
    assert outcomes(estate, tmp_path / "far", "--cluster", cluster) == alone


def ends_its_process_once(marker: str) -> int:
    if not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return os.getpid()


@needs_dask
def test_the_work_of_a_lost_worker_is_done_by_another(tmp_path: Path, cluster: str) -> None:
    markers = [str(tmp_path / "marker")] * 20
    with Workers(cluster=cluster) as workers:
        workers.start(list)
        done = list(workers.map(ends_its_process_once, markers))
    assert len(done) == 20
    assert os.getpid() not in done


@needs_dask
def test_a_scheduler_that_does_not_answer(estate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transpile.output.cluster.SECONDS", 1)
    result = cli("check", estate, "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 2
    assert "no scheduler of Dask answers at tcp://127.0.0.1:9" in result.output


def test_without_the_package(estate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = cli("check", estate, "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 2
    assert "pip install 'transpile[cluster]'" in result.output
