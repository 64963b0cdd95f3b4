"""--select: a part of an estate, as it is in the whole."""

import json
from pathlib import Path

import pytest

from tests.support import cli

ESTATE = """
insert_job: FIN
job_type: b
application: finance
date_conditions: 1
days_of_week: all
start_times: "02:00"
timezone: UTC
insert_job: FIN.LOAD
box_name: FIN
command: load
condition: s(TRD.CLOSE)
insert_job: FIN.POST
box_name: FIN
command: post
insert_job: TRD.CLOSE
application: trading
command: close
date_conditions: 1
days_of_week: all
start_times: "01:00"
timezone: UTC
insert_job: RPT.SUMMARY
command: report
date_conditions: 1
days_of_week: all
start_times: "04:00"
timezone: UTC
condition: s(FIN.POST) & s(TRD.CLOSE)
insert_job: ALONE
command: alone
odd_key: 1
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jil").write_text(ESTATE, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def titles(out: str) -> list[str]:
    return [row["name"] for row in json.loads(out)["workflows"]]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("FIN.*", ["FIN"]),
        ("*", ["FIN", "TRD.CLOSE", "RPT.SUMMARY", "ALONE"]),
        ("TRD.CLOSE", ["TRD.CLOSE"]),
        ("application:fin*", ["FIN"]),
        ("workflow:RPT*", ["RPT.SUMMARY"]),
        ("folder:", ["FIN", "TRD.CLOSE", "RPT.SUMMARY", "ALONE"]),
    ],
)
def test_what_patterns_select(
    estate: Path, tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    out = tmp_path / "flows"
    result = cli("convert", estate, "-o", out, "--select", pattern, "--format", "json")
    assert sorted(titles(result.stdout)) == sorted(expected)


def test_a_pattern_that_selects_nothing(estate: Path, tmp_path: Path) -> None:
    for command in (["convert", "-o", tmp_path / "flows"], ["check"], ["verify"], ["graph"]):
        result = cli(*command, estate, "--select", "FIN.*", "--select", "NO.*")
        assert result.exit_code == 2
        assert "--select NO.*: no workflow matches" in result.output


def test_modules_are_as_in_the_whole(estate: Path, tmp_path: Path) -> None:
    cli("convert", estate, "-o", tmp_path / "whole" / "flows")
    cli("convert", estate, "-o", tmp_path / "part" / "flows", "--select", "FIN.*")
    whole, part = contents(tmp_path / "whole" / "flows"), contents(tmp_path / "part" / "flows")
    modules = {name for name in part if name.endswith(".py") and name != "job_runtime.py"}
    assert {name: part[name] for name in modules} == {name: whole[name] for name in modules}
    # A module of cuts that it imports stands beside it.
    assert {"fin.py", "fin_cuts.py", "rpt_summary_cuts.py"} <= modules
    assert "trd_close.py" not in modules
    assert cli("dry-run", tmp_path / "part" / "flows" / "fin.py").exit_code == 0


def test_the_rest_of_the_folder_stays(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "flows"
    cli("convert", estate, "-o", out)
    before = contents(out)
    text = ESTATE.replace("command: post", "command: post2").replace(": alone", ": alone2")
    (estate / "a.jil").write_text(text, encoding="utf-8")
    result = cli("convert", estate, "-o", out, "--select", "FIN.*")
    assert "A903" not in result.output
    after = contents(out)
    reports = {"report.json", "report.md", "report.html", ".transpile.json"}
    assert {name for name in before if after[name] != before[name]} - reports == {"fin.py"}
    plans = [json.loads(each[".transpile.json"])["plans"].keys() for each in (before, after)]
    assert plans[0] == plans[1]
    assert sorted(titles(after["report.json"])) == sorted(titles(before["report.json"]))
    cli("convert", estate, "-o", out)
    fresh = tmp_path / "fresh" / "flows"
    cli("convert", estate, "-o", fresh)
    assert contents(out) == contents(fresh)


def test_prune_needs_all_workflows(estate: Path, tmp_path: Path) -> None:
    result = cli("convert", estate, "-o", tmp_path / "flows", "--prune", "--select", "FIN")
    assert result.exit_code == 2


def test_findings_about_other_workflows_are_left_out(estate: Path) -> None:
    assert "A853" in cli("check", estate).output
    assert "A853" not in cli("check", estate, "--select", "FIN").output
    assert "A853" in cli("check", estate, "--select", "ALONE").output


def test_verify_and_graph(estate: Path) -> None:
    whole = json.loads(cli("verify", estate, "--format", "json").stdout)["workflows"]
    found = cli("verify", estate, "--select", "FIN.*", "--format", "json")
    assert json.loads(found.stdout)["workflows"] == [r for r in whole if r["name"] == "FIN"]
    drawn = cli("graph", estate, "--select", "FIN.*").stdout
    assert "FIN.POST" in drawn
    assert "ALONE" not in drawn
