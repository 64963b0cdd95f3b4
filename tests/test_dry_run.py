"""`transpile dry-run`, on sources and on what was emitted for them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli

TEXT = (
    "insert_job: LOAD\ncommand: echo load >> ran.txt; exit 3\nn_retrys: 1\n\n"
    "insert_job: RECOVER\ncommand: echo recover >> ran.txt\ncondition: f(LOAD)\n\n"
    "insert_job: REPORT\ncommand: echo report >> ran.txt\ncondition: s(LOAD)\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jil"
    path.write_text(TEXT)
    return path


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    result = cli("dry-run", *arguments, "--format", "json")
    return result.exit_code, json.loads(result.stdout)


def states(data: dict[str, Any]) -> dict[str, str]:
    return {name: job["state"] for name, job in data["jobs"].items()}


def test_everything_succeeds_unless_told(source: Path) -> None:
    code, data = run(source)
    assert (code, data["state"]) == (0, "succeeded")
    expected = {"LOAD": "succeeded", "RECOVER": "not_run", "REPORT": "succeeded"}
    assert states(data) == expected
    assert "failed(load) is false" in data["jobs"]["RECOVER"]["why"]
    assert not (source.parent / "ran.txt").exists()


def test_a_failure_is_retried_and_recovered(source: Path) -> None:
    code, data = run(source, "--fail", "LOAD=7", "--seconds", "LOAD=5")
    assert (code, data["state"]) == (1, "failed")
    load = data["jobs"]["LOAD"]
    assert (load["state"], load["attempts"], load["exit_code"]) == ("failed", 2, 7)
    assert (load["start"], load["end"]) == (0.0, 10.0)
    assert states(data)["RECOVER"] == "succeeded"
    assert data["critical_path"] == ["LOAD", "RECOVER"]


def test_a_kill_is_neither_retried_nor_a_failure(source: Path) -> None:
    data = run(source, "--kill", "LOAD")[1]
    assert states(data) == {"LOAD": "terminated", "RECOVER": "not_run", "REPORT": "not_run"}
    assert data["jobs"]["LOAD"]["attempts"] == 1


def test_an_emitted_folder_does_the_same(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    assert run(out, "--fail", "LOAD")[1] == run(source, "--fail", "LOAD")[1]
    assert run(out / "load_network.py", "--fail", "LOAD") == run(source, "--fail", "LOAD")


def test_a_module_without_its_report_is_refused(source: Path, tmp_path: Path) -> None:
    """Labels of nodes are text: nothing but the report says which job each one is about."""
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    (out / "report.json").unlink()
    for target in (out, out / "load_network.py"):
        result = cli("dry-run", target)
        assert result.exit_code == 2
        assert "load_network.py: no report.json says which job each of its nodes" in result.stderr


def test_a_module_that_the_report_does_not_list_is_passed_over(
    source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    text = (out / "load_network.py").read_text(encoding="utf-8")
    (out / "mine.py").write_text(text, encoding="utf-8")
    result = cli("dry-run", out, "--format", "json")
    assert json.loads(result.stdout)["workflow"] == "LOAD_network"
    assert "mine.py skipped: report.json does not list it" in result.stderr
    assert cli("dry-run", out / "mine.py").exit_code == 2


NODE = '{"module": "load_network", "variable": %s, "node": %s, "role": %s, "job": %s}'
LISTED = NODE % ('"load_network"', '"load"', '"job"', '"LOAD"')
ROW = '{"name": "LOAD", "module": "load_network", "box": %s}'
SHAPES = (
    *("", "null", "3", "[]", "{}", "[" * 100_000, '{"a":' * 100_000, "\ud800"),
    *(
        f'{{"jobs": {jobs}}}'
        for jobs in ("null", "3", "{}", '"LOAD"', "[3]", "[[]]", "[{}]", "[null]")
    ),
    *(f'{{"jobs": [{ROW % box}]}}' for box in ("[]", "3", "{}", '"LOAD"', '"NOBODY"', "true")),
    '{"jobs": [{"name": [], "module": {}}]}',
    '{"jobs": [{"name": "LOAD", "module": "load_network", "kind": [], "on_ice": {}}]}',
    *(
        f'{{"jobs": [], "nodes": [{NODE % fields}]}}'
        for fields in (
            ("[]", '"load"', '"job"', '"LOAD"'),
            ('"load_network"', "{}", '"job"', '"LOAD"'),
            ('"load_network"', '"load"', '"jobs"', '"LOAD"'),
            ('"load_network"', '"load"', "[]", '"LOAD"'),
            ('"load_network"', '"load"', '"job"', "[]"),
        )
    ),
    *(
        f'{{"jobs": [{ROW % box}], "nodes": [{LISTED}]}}'
        for box in ("[]", "3", "{}", '"LOAD"', '"NOBODY"', "true")
    ),
)


@pytest.mark.parametrize("text", SHAPES)
def test_a_report_of_any_shape_is_no_crash(source: Path, tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    (out / "report.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    result = cli("dry-run", out)
    assert result.exit_code == 2
    assert "convert again" in result.stderr
    assert "A904" in cli("convert", source, "-o", out).stdout
    (out / ".transpile.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert "A901" in cli("convert", source, "-o", out).stdout


def test_commands_run_when_asked_to(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source.parent)
    code, data = run(source, "--execute")
    assert code == 1
    assert data["jobs"]["LOAD"]["exit_code"] == 3
    assert (source.parent / "ran.txt").read_text().split() == ["load", "load", "recover"]


@pytest.mark.parametrize(
    "arguments",
    [("--fail", "NOBODY"), ("--fail", "LOAD=x"), ("--workflow", "NO"), ("--input", "a=b")],
)
def test_wrong_usage(source: Path, arguments: tuple[str, str]) -> None:
    assert cli("dry-run", source, *arguments).exit_code == 2
