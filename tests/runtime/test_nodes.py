"""Nodes of a DAG: scripts around jobs, retries, aborts and the status of the DAG."""

from pathlib import Path
from typing import Any

import pytest

from transpile.runtime.errors import Ended
from transpile.runtime.failures import Failure
from transpile.runtime.nodes import command, dag_result, dag_status, run_node, run_node_status


def sh(code: int) -> dict[str, Any]:
    return command(f"exit {code}")


KILLED = command("kill -15 $$")


@pytest.mark.parametrize(
    ("jobs", "options", "expected"),
    [
        ([sh(0)], {}, "SUCCESS 0"),
        ([sh(3)], {}, "FAILURE 3"),
        ([KILLED], {}, "TERMINATED"),
        ([sh(0)], {"pre": sh(2)}, "FAILURE 2"),
        ([sh(9)], {"pre": sh(2), "pre_skip": 2}, "SUCCESS 0"),
        ([sh(9)], {"pre": sh(0), "pre_skip": 0}, "FAILURE 9"),
        ([sh(3)], {"post": sh(0)}, "SUCCESS 0"),
        ([sh(0)], {"post": sh(5)}, "FAILURE 5"),
        ([sh(1), sh(2), sh(0)], {}, "FAILURE 1"),
        ([sh(1), sh(0)], {"tolerance": 1}, "SUCCESS 0"),
        ([sh(1), sh(2)], {"tolerance": 1}, "FAILURE 1"),
        ([sh(4)], {"abort_on": 4}, "ABORTED 4"),
        ([sh(4)], {"abort_on": 4, "abort_result": 0}, "ABORTED 0"),
        ([sh(4)], {"abort_on": 5}, "FAILURE 4"),
        ([command("true", stdin="/no/file")], {}, "FAILURE"),
    ],
)
def test_ends(jobs: list[dict[str, Any]], options: dict[str, Any], expected: str) -> None:
    assert run_node_status(*jobs, **options) == expected


def test_errors() -> None:
    with pytest.raises(Failure, match="exit code 3: exit 3") as failure:
        run_node(sh(3))
    assert failure.value.exit_code == 3
    with pytest.raises(Failure, match="exit code 5: exit 5"):
        run_node(sh(3), post=sh(5))
    with pytest.raises(Failure, match="exit code -15"):
        run_node(KILLED)
    with pytest.raises(Failure, match="exit code 2: exit 2"):
        run_node(sh(3), pre=sh(2))
    with pytest.raises(Ended, match="exit code 4 aborts the whole") as ended:
        run_node(sh(4), abort_on=4, abort_result=7)
    assert (ended.value.code, ended.value.result) == (4, 7)
    with pytest.raises(Ended, match="not tried again") as ended:
        run_node(sh(4), unless_exit=4)
    assert ended.value.result is None


def test_jobs_after_the_failure_that_counts_do_not_run(tmp_path: Path) -> None:
    def writes(name: str, code: int) -> dict[str, Any]:
        return command(f"touch {tmp_path}/{name}; exit {code}")

    jobs = [writes("a", 1), writes("b", 1), writes("c", 0)]
    assert run_node_status(*jobs, tolerance=1) == "FAILURE 1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize(
    ("options", "attempts"), [({}, 3), ({"unless_exit": 3}, 1), ({"abort_on": 3}, 1)]
)
def test_attempts(
    options: dict[str, Any], attempts: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    job = command(f"echo $RETRY >> {log}; exit 3")
    run_node_status(job, retries=2, **options)
    assert log.read_text().split() == [str(number) for number in range(attempts)]
    assert capsys.readouterr().out.count("exit code 3") == attempts


def test_the_platform_counts_attempts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    run_node(command(f"echo $RETRY >> {log}"))
    monkeypatch.setenv("FLYTE_ATTEMPT_NUMBER", "2")
    run_node(command(f"echo $RETRY >> {log}"))
    assert log.read_text().split() == ["0", "2"]


def test_scripts_see_how_it_stands(tmp_path: Path) -> None:
    log = tmp_path / "log"
    told = f"echo $RETURN $DAG_STATUS $FAILED_COUNT $OWN >> {log}"
    nodes = {"A": "FAILURE 1", "B": "SUCCESS 0"}
    run_node(command("kill -9 $$"), post=command(told, env={"OWN": "x"}), nodes=nodes)
    assert log.read_text() == "-9 2 1 x\n"


@pytest.mark.parametrize(
    ("statuses", "expected", "failed", "result"),
    [
        ([], "0", "0", "SUCCESS"),
        (["SUCCESS 0", "SKIPPED"], "0", "0", "SUCCESS"),
        (["FAILURE 1", "TERMINATED", "SUCCESS 0"], "2", "2", None),
        (["RUNNING"], "2", "1", None),
        (["ABORTED 3", "FAILURE 1"], "3", "2", None),
        (["ABORTED 0", "SUCCESS 0"], "0", "1", "SUCCESS"),
        (["FAILURE 1", "ABORTED 0"], "0", "2", "SUCCESS"),
    ],
)
def test_the_status_of_a_dag(
    statuses: list[str], expected: str, failed: str, result: str | None
) -> None:
    nodes = {str(number): status for number, status in enumerate(statuses)}
    assert dag_status(nodes) == {"DAG_STATUS": expected, "FAILED_COUNT": failed}
    if result is not None:
        assert dag_result(nodes) == result
    else:
        with pytest.raises(RuntimeError, match=r"aborted with 3|: (FAILURE|RUNNING)"):
            dag_result(nodes)
