"""Waves in RUNBOOK.md and in the inventory."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.support import cli
from tests.test_runbook import rows
from tests.waves import BRIDGE, ESTATE, TWO_WAVES, files_of, write


def runbook(folder: Path, *options: str, toml: str = TWO_WAVES + BRIDGE, text: str = ESTATE) -> str:
    cli("convert", write(folder, toml, text), "-o", folder / "out", "--quiet", *options)
    return (folder / "out" / "RUNBOOK.md").read_text(encoding="utf-8")


def test_the_day_of_a_wave(tmp_path: Path) -> None:
    text = runbook(tmp_path, "--wave", "finance")
    found = rows(text, "The day of the wave")
    assert "| legacy/finance.jil | jil \\< FILE |" in found
    assert "| legacy/finance_back.jil | jil \\< FILE |" in found
    assert not any("orders" in row for row in found)
    assert "Wave finance moves; orders moved before." in text
    order = [text.index(f"## {each}") for each in ("The day", "Cut over", "Go back")]
    assert order == sorted(order)
    steps = [text.index(each) for each in ("1. Wait until no job", "1. Activate the launch plans")]
    assert steps == sorted(steps)
    assert "(#the-day-of-the-wave)" in text


def test_launch_plans_of_joined_workflows_are_deactivated(tmp_path: Path) -> None:
    first, second = (runbook(tmp_path, "--wave", name) for name in ("orders", "finance"))
    assert "Deactivate launch plans of earlier waves" not in first
    order = [second.index(f"1. {word} ") for word in ("Deactivate", "Activate")]
    assert order == sorted(order)


def test_the_legacy_side_needs_the_program_that_starts_workflows(tmp_path: Path) -> None:
    start = 'start = "FLYTE=1 /opt/bin/launch {launch_plan}"\n'
    unit = "\ninsert_job: ORD.AFTER\ncondition: s(FIN.RATES)\ncommand: true\n"
    texts = [
        runbook(tmp_path, "--wave", "orders", toml=TWO_WAVES + BRIDGE + start, text=text)
        for text in (ESTATE, ESTATE + unit)
    ]
    row = "| the machine from which the legacy side starts workflows has | launch |"
    assert [row in rows(text, "The day of the wave") for text in texts] == [False, True]


def test_what_each_side_waits_for(tmp_path: Path) -> None:
    found = rows(runbook(tmp_path, "--wave", "orders"), "The day of the wave")
    assert "| ORD.SUM | FIN.RATES | wave finance |" in found
    assert "| HR.PAY | ORD.LOAD | no wave moves HR.PAY |" in found


def test_the_check_of_the_bridge(tmp_path: Path) -> None:
    found = rows(runbook(tmp_path, "--wave", "orders"), "The day of the wave")
    assert "| the image of the tasks holds | ssh |" in found
    command = "`ssh batch autostatus -J FIN.RATES`"
    assert f"| this command, run by hand in the image | {command} |" in found


def test_the_day_of_a_wave_on_flyte_2(tmp_path: Path) -> None:
    text = runbook(tmp_path, "--wave", "finance", "--target", "flyte2")
    chapter = text.partition("## The day of the wave")[2].partition("## Cut over")[0]
    assert "Activate the triggers of the [wave]" in chapter
    assert "| the image of the drivers holds | ssh |" in chapter
    assert "launch plan" not in chapter


@pytest.mark.parametrize(
    ("status", "program"),
    [
        ("A=b C=d /opt/bin/ask {job}", "ask"),
        ("'/opt/my tools/ask it' {job}", "ask it"),
        ('ask "{job}', "ask"),
        ("{job}", "{job}"),
    ],
)
def test_the_program_of_the_bridge(status: str, program: str, tmp_path: Path) -> None:
    toml = f"{TWO_WAVES}[bridge]\nstatus = {json.dumps(status)}\n"
    found = rows(runbook(tmp_path, "--wave", "orders", toml=toml), "The day of the wave")
    assert f"| the image of the tasks holds | {program} |" in found


def test_commands_and_names_stay_text(tmp_path: Path) -> None:
    toml = f"{TWO_WAVES}[bridge]\nstatus = 'a`|<b>` {{job}}'\n"
    names = ESTATE.replace("FIN.RATES", "FIN.<i>")
    text = runbook(tmp_path, "--wave", "orders", toml=toml, text=names)
    assert "run by hand" not in text
    assert r"a\`\|\<b>\`" in text
    assert r"| ORD.SUM | FIN.\<i> | wave finance |" in text


def test_a_wave_without_conditions_across_has_no_bridge(tmp_path: Path) -> None:
    text = runbook(tmp_path, "--wave", "orders", text=ESTATE.partition("insert_job: FIN")[0])
    assert "bridge" not in text.lower().split("## restart")[0].replace("[bridge]", "")


def test_without_a_wave_workflows_stand_in_the_order_of_waves(tmp_path: Path) -> None:
    text = runbook(tmp_path)
    assert "## The day of the wave" not in text
    titles = ("Wave orders", "Wave finance", "In no wave")
    assert [rows(text, title)[1].split(" | ")[0] for title in titles] == [
        "| ORD.NIGHT",
        "| FIN.RATES",
        "| HR.PAY",
    ]
    assert "#cut-over-wave-by-wave" in text
    assert "Group 1" not in text


def test_a_workflow_runs_as_a_whole_with_its_last_wave(tmp_path: Path) -> None:
    after = "insert_job: FIN.AFTER\ncondition: s(ORD.NIGHT)\ncommand: true\n"
    text = runbook(tmp_path, text=f"{ESTATE}\n{after}")
    assert any(row.startswith("| ORD.NIGHT") for row in rows(text, "Wave finance"))
    assert "### Wave orders" not in text
    staying = runbook(tmp_path, text=f"{ESTATE}\n{after.replace('FIN', 'X')}")
    assert any(row.startswith("| ORD.NIGHT") for row in rows(staying, "In no wave"))


def test_without_waves_groups_stand_as_before(tmp_path: Path) -> None:
    text = runbook(tmp_path, toml='[timezones]\ndefault = "UTC"\n')
    assert "## Cut over, group by group" in text
    assert "wave" not in text.lower()


def assessed(folder: Path, form: str, *options: str, toml: str = TWO_WAVES) -> str:
    return cli("inventory", write(folder, toml), "--format", form, *options).output


def test_the_inventory_has_the_waves_of_workflows(tmp_path: Path) -> None:
    data = json.loads(assessed(tmp_path, "json"))
    waves = {row["workflow"]: row["waves"] for row in data["workflows"]}
    assert waves == {"ORD.NIGHT": ["orders"], "FIN.RATES": ["finance"], "HR.PAY": []}
    table = csv.DictReader(io.StringIO(assessed(tmp_path, "csv")))
    assert {row["workflow"]: row["waves"] for row in table}["ORD.NIGHT"] == "orders"
    lines = assessed(tmp_path, "text").splitlines()
    assert [line.split()[-1] for line in lines if line.startswith("FIN.RATES")] == ["finance"]
    assert "<th>wave</th>" in assessed(tmp_path, "html")


def test_without_waves_the_inventory_names_none(tmp_path: Path) -> None:
    for form in ("text", "html"):
        output = assessed(tmp_path, form, toml="")
        assert "ORD.NIGHT" in output
        assert not re.search(r"\bwave\b", output)


def test_modules_of_workflows_that_have_joined_others_are_counted(tmp_path: Path) -> None:
    after = "insert_job: FIN.AFTER\ncondition: s(ORD.NIGHT)\ncommand: true\n"
    source, out = write(tmp_path, text=f"{ESTATE}\n{after}"), tmp_path / "out"
    assert "stale" not in cli("convert", source, "-o", out, "--wave", "orders").output
    joined = cli("convert", source, "-o", out, "--wave", "finance").output
    cli("convert", source, "-o", tmp_path / "clean" / "out", "--wave", "finance")
    left = files_of(out).keys() - files_of(tmp_path / "clean" / "out").keys()
    assert left
    assert f"stale      {len(left)} files of earlier runs; see --prune" in joined
    assert "stale" not in cli("convert", source, "-o", out, "--wave", "finance", "--prune").output


def test_reports_name_the_wave(tmp_path: Path) -> None:
    text = runbook(tmp_path, "--wave", "orders")
    assert "`transpile schedule SOURCE --wave orders --from DATE`" in text
    reports = [(tmp_path / "out" / f"report.{form}").read_text() for form in ("md", "html")]
    assert all(" for wave orders" in report for report in (text, *reports))
    assert "`transpile verify --wave orders`" in reports[0]
    assert "for wave" not in runbook(tmp_path, "--force")


def test_dry_run_names_the_check_of_the_wave(tmp_path: Path) -> None:
    toml = TWO_WAVES.replace('"flyteadmin:81"', '""') + BRIDGE
    source = write(tmp_path, toml)
    output = cli("dry-run", source, "--wave", "orders", "--from", "2026-12-01").output
    assert f"`transpile check {source} --wave orders` shows them" in output
