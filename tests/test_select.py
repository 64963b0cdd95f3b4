"""--select: a part of an estate, as it is in the whole."""

import json
import re
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


DAY = ("--from", "2026-12-30T00:00+00:00", "--format", "json")


def test_inventory_counts_what_is_selected(estate: Path) -> None:
    whole = json.loads(cli("inventory", estate, "--format", "json").stdout)
    part = json.loads(cli("inventory", estate, "--select", "FIN.*", "--format", "json").stdout)
    assert part["workflows"] == [r for r in whole["workflows"] if r["workflow"] == "FIN"]
    assert (whole["jobs"], part["jobs"]) == ({"command": 5, "box": 1}, {"command": 2, "box": 1})
    assert (whole["schedules"], part["schedules"]) == (3, 1)
    assert "A853" in {row["code"] for row in whole["findings"]}
    assert "A853" not in {row["code"] for row in part["findings"]}


def test_schedule_shows_the_times_that_the_whole_gives(estate: Path) -> None:
    arguments = ("schedule", estate, "--from", "2026-12-30", "--format", "json")
    whole = json.loads(cli(*arguments).stdout)
    part = json.loads(cli(*arguments, "--select", "workflow:FIN", "--select", "ALONE").stdout)
    chosen = {"FIN", "ALONE"}
    assert part["schedules"] == [s for s in whole["schedules"] if s["workflow"] in chosen]
    assert [s["job"] for s in part["schedules"]] == ["FIN"]
    assert part["by_hand"] == ["ALONE"]
    one = json.loads(cli(*arguments, "--select", "F*", "--workflow", "FIN").stdout)
    assert one["schedules"] == part["schedules"]
    other = cli(*arguments, "--select", "FIN.*", "--workflow", "ALONE")
    assert other.exit_code == 2
    assert "known: FIN" in other.output


def test_started_workflows_keep_their_times(tmp_path: Path) -> None:
    text = ESTATE + "insert_job: LAST\ncommand: x\ncondition: s(FIN.POST) & s(RPT.SUMMARY)\n"
    (tmp_path / "a.jil").write_text(text, encoding="utf-8")
    arguments = ("schedule", tmp_path / "a.jil", "--from", "2026-12-30", "--format", "json")
    part = json.loads(cli(*arguments, "--select", "LAST").stdout)
    (shown,) = part["schedules"]
    assert shown["workflow"] == "LAST"
    assert shown["starts"]
    whole = json.loads(cli(*arguments).stdout)
    assert shown in whole["schedules"]


def test_a_dry_run_plays_all_and_shows_what_is_selected(estate: Path, tmp_path: Path) -> None:
    cli("convert", estate, "-o", tmp_path / "flows")
    for target in (estate, tmp_path / "flows"):
        whole = json.loads(cli("dry-run", target, *DAY).stdout)["executions"]
        part = cli("dry-run", target, *DAY, "--select", "FIN.*", "--select", "TRD.*")
        assert part.exit_code == 0
        shown = json.loads(part.stdout)["executions"]
        assert shown == [play for play in whole if play["workflow"] in {"FIN", "TRD.CLOSE"}]
        assert len(shown) == 2
        # FIN.LOAD waits for a job that is not selected.
        late = json.loads(
            cli("dry-run", target, *DAY, "--select", "FIN", "--seconds", "TRD.CLOSE=7200").stdout
        )
        assert late["executions"][0]["end"] == "2026-12-30T03:00:02+00:00"


def test_a_failure_beside_the_selection_is_not_its_own(estate: Path) -> None:
    failing = ("dry-run", estate, *DAY, "--fail", "RPT.SUMMARY", "--select")
    assert cli(*failing, "TRD.*").exit_code == 0
    assert cli(*failing, "RPT.*").exit_code == 1


def test_one_selected_workflow_runs_once(estate: Path) -> None:
    alone = cli("dry-run", estate, "--select", "TRD.*", "--format", "json")
    assert json.loads(alone.stdout) == json.loads(
        cli("dry-run", estate, "--workflow", "TRD.CLOSE", "--format", "json").stdout
    )
    refused = cli("dry-run", estate, "--select", "TRD.*", "--workflow", "FIN")
    assert refused.exit_code == 2
    assert "known: TRD.CLOSE" in refused.output


@pytest.mark.parametrize("by", ["source", "platform"])
def test_run_logs_of_what_is_selected(estate: Path, by: str) -> None:
    arguments = ("dry-run", estate, *DAY, "--by", by)
    whole = json.loads(cli(*arguments).stdout)["runs"]
    part = json.loads(cli(*arguments, "--select", "FIN.*").stdout)["runs"]
    assert part == [run for run in whole if run["job"] in {"FIN", "FIN.LOAD", "FIN.POST"}]
    assert len(part) < len(whole)


def test_nights_of_what_is_selected(estate: Path) -> None:
    arguments = ("verify", estate, "--days", "1", "--scenarios", "2", "--format", "json")
    whole = json.loads(cli(*arguments).stdout)["workflows"]
    part = json.loads(cli(*arguments, "--select", "FIN.*").stdout)
    assert part["workflows"] == [row for row in whole if row["name"] == "FIN"]
    assert part["not_converted"] == []


def test_records_of_what_is_selected(estate: Path, tmp_path: Path) -> None:
    rows = [
        ("TRD.CLOSE", "01:00:00", "01:00:05"),
        ("FIN", "02:00:00", "02:00:07"),
        ("FIN.LOAD", "02:00:00", "02:00:03"),
        ("FIN.POST", "02:00:03", "02:00:07"),
        ("RPT.SUMMARY", "04:30:00", "04:30:01"),
    ]
    days = [f"{job},2026-12-30 {begin},2026-12-30 {end},SUCCESS" for job, begin, end in rows]
    records = tmp_path / "runs.csv"
    records.write_text("\n".join(("job,start,end,status", *days, "")), encoding="utf-8")
    arguments = ("verify", estate, "--observed", records, "--format", "json", "--select")
    late = json.loads(cli(*arguments, "RPT.*").stdout)["networks"][0]
    assert late["runs"] == 1
    assert {d["job"] for d in late["rules"]["differences"]} == {"RPT.SUMMARY"}
    good = cli(*arguments, "FIN.*")
    assert good.exit_code == 0, good.stdout
    (network,) = json.loads(good.stdout)["networks"]
    assert (network["runs"], network["rules"]["agreeing"]) == (3, 3)
    nothing = cli(*arguments, "ALONE")
    assert nothing.exit_code == 1
    assert json.loads(nothing.stdout)["networks"] == []


def test_package_of_what_is_selected(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "flows"
    cli("convert", estate, "-o", out)
    package = ("package", out, "--image", "x/y:1", "-o", tmp_path / "p.tgz", "--force", "--select")
    assert "1 workflow, " in cli(*package, "TRD.*").output
    assert cli(*package, "NO.*").exit_code == 2
    noted = cli(*package, "application:finance")
    assert noted.exit_code == 2
    assert "report.json does not list it" in noted.output
    (out / "report.json").unlink()
    unlisted = cli(*package, "TRD.*")
    assert unlisted.exit_code == 2
    assert "--select needs the report.json that convert writes" in unlisted.output


@pytest.mark.parametrize(
    ("pattern", "close"),
    [
        ("FIN.LOAT", "FIN.LOAD"),
        ("fin.post", "FIN.POST"),
        ("FINN*", "FIN"),
        ("workflow:RPT.SUMARY", "workflow:RPT.SUMMARY"),
        ("application:finanse", "application:finance"),
    ],
)
@pytest.mark.parametrize("command", ["inventory", "schedule", "dry-run", "verify", "graph"])
def test_names_that_are_close(estate: Path, command: str, pattern: str, close: str) -> None:
    result = cli(command, estate, "--select", pattern)
    assert result.exit_code == 2
    assert re.search(rf"no workflow matches \(did you mean {re.escape(close)}[,?]", result.output)
