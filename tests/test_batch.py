"""Estates converted again and again, over several processes, and cut short."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.estate import write as write_estate
from tests.support import ROOT, cli
from transpile.output.workers import Workers

BOX = "insert_job: {name}\njob_type: b\n\ninsert_job: {name}_J\nbox_name: {name}\ncommand: {text}\n"
DAG = "JOB A a.sub\nJOB B a.sub\nPARENT A CHILD B\n"
SUBMIT = "executable = /bin/echo\narguments = {text}\nqueue\n"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "estate"
    for name in ("ONE", "TWO", "THREE"):
        change(folder / name / f"{name}.jil", BOX.format(name=name, text="true"))
    change(folder / "dags" / "tide.dag", DAG)
    change(folder / "dags" / "a.sub", SUBMIT.format(text="one"))
    return folder


def change(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def converted(estate: Path, out: Path, *options: object) -> str:
    result = cli("convert", estate, "-o", out, *options)
    assert result.exit_code == 0, result.output
    return result.output


def test_what_is_unchanged_is_said_to_be(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = converted(estate, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    second = converted(estate, out)
    assert f"unchanged  everything in {out}" in second
    assert first.split("wrote")[0] == second.split("unchanged")[0]
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*")}


def test_the_exit_status_and_the_findings_stay(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    change(estate / "bad.jil", "insert_job: BAD\ncommand: true\nodd_key: 1\n")
    for _ in range(2):
        result = cli("convert", estate, "-o", out)
        assert result.exit_code == 1
        assert "bad.jil:3:1: error[A853]" in result.output
    assert "unchanged  everything" in result.output
    reports = [cli("convert", estate, "-o", out, "--format", "json").output for _ in range(2)]
    assert set(reports) == {(out / "report.json").read_text(encoding="utf-8")}


@pytest.mark.parametrize(
    ("changed", "text", "made"),
    [
        ("TWO/TWO.jil", BOX.format(name="TWO", text="false"), {"two_folder/two.py", "TWO/two.py"}),
        ("dags/a.sub", SUBMIT.format(text="two"), {"dags/tide.py"}),
        ("dags/tide.dag", DAG.replace("PARENT A CHILD B\n", ""), {"dags/tide.py"}),
    ],
)
def test_only_what_changed_is_made_again(
    estate: Path, tmp_path: Path, changed: str, text: str, made: set[str]
) -> None:
    out = tmp_path / "out"
    converted(estate, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.py")}
    change(estate / changed, text)
    assert "unchanged  everything" not in converted(estate, out)
    again = {p for p in out.rglob("*.py") if before[p] != p.stat().st_mtime_ns}
    names = {path.relative_to(out).as_posix() for path in again}
    assert {name.lower() for name in names} <= {name.lower() for name in made}
    assert names
    found = contents(out)
    shutil.rmtree(out)
    converted(estate, out)
    assert contents(out) == found


def test_a_file_that_a_dag_looked_for_in_vain_counts(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (estate / "dags" / "a.sub").unlink()
    assert cli("convert", estate, "-o", out).exit_code == 1
    outside = estate / "dags" / "a.sub"
    change(outside, SUBMIT.format(text="one"))
    assert "unchanged  everything" not in converted(estate, out)


def test_settings_count(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    converted(estate, out)
    change(estate / "transpile.toml", '[severity]\nA853 = "note"\n')
    assert "unchanged  everything" not in converted(estate, out)
    assert "unchanged  everything" in converted(estate, out)
    assert "unchanged  everything" not in converted(estate, out, "--exclude", "ONE/")


def test_what_somebody_touched_is_looked_at(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    converted(estate, out)
    module = next(out.rglob("tide.py"))
    ours = module.read_text(encoding="utf-8")
    change(module, ours + "# mine\n")
    assert "A904" in converted(estate, out)
    assert "A904" in converted(estate, out)
    change(estate / "dags" / "a.sub", SUBMIT.format(text="two"))
    converted(estate, out)
    # Taking the edit back must not pass for the new text.
    change(module, ours)
    converted(estate, out, "--prune")
    assert "two" in module.read_text(encoding="utf-8")
    module.unlink()
    converted(estate, out)
    assert "two" in module.read_text(encoding="utf-8")


def test_another_program_makes_all_again(
    estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    converted(estate, out)
    monkeypatch.setattr("transpile.cli.convert.tool_digest", lambda: "another")
    assert "unchanged  everything" not in converted(estate, out)


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    write_estate(tmp_path / "estate", 600)
    results = []
    for count in (1, 2, 3):
        out = tmp_path / str(count) / "out"
        converted(tmp_path / "estate", out, "--jobs", count)
        results.append(contents(out))
    assert results[0] == results[1] == results[2]


def double(number: int) -> int:
    return 2 * number


def dying(number: int) -> int:
    if os.getpid() != int(os.environ["TESTED"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESTED", str(os.getpid()))
    expected = [2 * number for number in range(50)]
    with Workers(2) as workers:
        assert list(workers.map(double, range(50))) == expected
        workers.start(os.getpid)
        assert list(workers.map(double, range(50))) == expected
        assert list(workers.map(dying, range(50))) == expected


def start(estate: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "transpile", "convert", str(estate), "-o", str(out), "-j", "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_cut_short_at_any_moment(tmp_path: Path, sent: signal.Signals) -> None:
    """Each file is the old or the new one, and the next run makes what a clean run makes."""
    out, fresh = tmp_path / "out", tmp_path / "fresh" / "out"
    write_estate(tmp_path / "estate", 200)
    converted(tmp_path / "estate", out)
    old = contents(out)
    for path in (tmp_path / "estate").rglob("*.jil"):
        change(path, path.read_text(encoding="utf-8").replace("command: ", "command: exec "))
    began = time.monotonic()
    converted(tmp_path / "estate", fresh)
    took = time.monotonic() - began + 0.7
    new = contents(fresh)
    chance = random.Random(0)
    for _ in range(6):
        process = start(tmp_path / "estate", out)
        time.sleep(chance.uniform(0.2, took))
        process.send_signal(sent)
        output, _ = process.communicate(timeout=60)
        # Before the command begins, Python itself says that it was interrupted.
        assert "Traceback" not in output or "cli/convert.py" not in output, output
        for name, data in contents(out).items():
            if name.endswith(".py") and not name.startswith(".transpile-"):
                assert data in (old.get(name), new.get(name)), name
    converted(tmp_path / "estate", out)
    assert contents(out) == new


def test_a_log_gets_no_bar(estate: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "transpile", "convert", str(estate), "-o", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == f"next: transpile dry-run {tmp_path / 'out'}\n"
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["jobs"]
