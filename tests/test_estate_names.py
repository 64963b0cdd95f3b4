"""Names of workflows and launch plans, which all estates of a project and domain share."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, cli

NIGHT = """
insert_job: NIGHT
job_type: b
date_conditions: 1
days_of_week: all
start_times: "02:00"
insert_job: BOX
job_type: b
box_name: NIGHT
insert_job: LOAD
box_name: BOX
command: true
"""


def report(folder: Path, out: Path, *options: str) -> dict[str, Any]:
    assert cli("convert", folder, "-o", out, *options).exit_code == 0
    found: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("options", [(), ("--max-nodes", "2")])
def test_the_prefix_begins_every_name(tmp_path: Path, options: tuple[str, ...]) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.jil").write_text(NIGHT, encoding="utf-8")
    (source / "transpile.toml").write_text('[platform]\nprefix = "fin."\n', encoding="utf-8")
    (row,) = report(source, tmp_path / "flows", *options)["workflows"]
    assert (row["name"], row["module"]) == ("fin.NIGHT", "night")
    assert row["launch_plans"] == ["fin.NIGHT.schedule"]
    text = (tmp_path / "flows" / "night.py").read_text(encoding="utf-8")
    names = re.findall(r'Workflow\(\s*name="([^"]*)"', text)
    assert names
    assert all(name.startswith("fin.") for name in names)
    assert cli("verify", source).exit_code == 0


@pytest.mark.parametrize(
    ("name", "prefix", "said"),
    [
        ("NIGHT", "", 1),
        ("DAILY_BATCH", "", 1),
        ("NIGHT", "fin.", 0),
        ("FIN_NIGHT", "", 0),
        ("SETTLEMENT", "", 0),
    ],
)
def test_names_that_other_estates_may_have(
    tmp_path: Path, name: str, prefix: str, said: int
) -> None:
    """Once for the estate, and only a note."""
    jobs = [f"insert_job: {each}\ncommand: true\n" for each in (name, "MAIN", "EOD")]
    (tmp_path / "a.jil").write_text("".join(jobs if said else jobs[:1]), encoding="utf-8")
    settings = f'[platform]\nprefix = "{prefix}"\n'
    (tmp_path / "transpile.toml").write_text(settings, encoding="utf-8")
    rows = json.loads(cli("check", tmp_path, "--format", "json").stdout)["diagnostics"]
    found = [row for row in rows if row["code"] == "A606"]
    assert [row["level"] for row in found] == ["note"] * said
    assert all(f"{name}, MAIN, EOD" in row["message"] for row in found)


def test_a_prefix_that_no_name_can_begin_with(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(NIGHT, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text('[platform]\nprefix = "a b/"\n', encoding="utf-8")
    assert "error[A912]" in cli("check", tmp_path).output


def test_samples_have_one_note_at_most() -> None:
    rows = json.loads(cli("check", ROOT / "samples" / "autosys", "--format", "json").stdout)[
        "diagnostics"
    ]
    assert [row["level"] for row in rows if row["code"] == "A606"] in ([], ["note"])


def test_an_outermost_workflow_takes_its_name_before_inner_ones(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(
        "insert_job: A\njob_type: b\ninsert_job: B#1\njob_type: b\nbox_name: A\n"
        "insert_job: LOAD\nbox_name: B#1\ncommand: true\n"
        "insert_job: B_1\njob_type: b\ninsert_job: SEND\nbox_name: B_1\ncommand: true\n",
        encoding="utf-8",
    )
    rows = report(tmp_path, tmp_path / "flows")["workflows"]
    assert [row["name"] for row in rows] == ["A", "B_1"]
    text = (tmp_path / "flows" / "a.py").read_text(encoding="utf-8")
    assert re.findall(r'Workflow\(\s*name="([^"]*)"', text) == ["B_1_2", "A"]


def test_a_gate_in_front_of_a_box_leaves_it_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(
        "insert_global: G\nvalue: 1\n"
        "insert_job: NIGHT\njob_type: b\ncondition: v(G) = 1\n"
        "insert_job: LOAD\nbox_name: NIGHT\ncommand: true\n"
        "insert_job: OTHER\ncommand: true\n",
        encoding="utf-8",
    )
    rows = report(tmp_path, tmp_path / "flows")["workflows"]
    assert [row["name"] for row in rows] == ["NIGHT", "OTHER"]
    text = (tmp_path / "flows" / "night.py").read_text(encoding="utf-8")
    assert re.findall(r'Workflow\(\s*name="([^"]*)"', text) == ["NIGHT.box", "NIGHT"]


def test_no_launch_plan_has_the_name_of_a_workflow(tmp_path: Path) -> None:
    text = NIGHT + "insert_job: NIGHT.schedule\ncommand: true\n"
    (tmp_path / "a.jil").write_text(text, encoding="utf-8")
    rows = report(tmp_path, tmp_path / "flows")["workflows"]
    assert [(row["name"], row["launch_plans"]) for row in rows] == [
        ("NIGHT", ["NIGHT.schedule_2"]),
        ("NIGHT.schedule", []),
    ]
