"""RUNBOOK.md of OUT: needs, settings, groups, and the words of operators."""

import re
from pathlib import Path

import pytest

from tests.support import cli
from tests.test_reports import LINKED
from transpile.dialects import DIALECTS
from transpile.model.operations import Act
from transpile.targets.flyte import operations
from transpile.targets.flyte2 import operations as operations_of_programs

NEEDS = """
insert_job: FETCH
command: /opt/shop/fetch --into /data/shop > /var/log/shop/fetch.log
machine: shop1
owner: clerk@shop1

insert_job: SEND
command: send $$ADDRESS
condition: s(FETCH)
"""


def runbook(folder: Path, text: str, *options: str, settings: str = "") -> str:
    (folder / "estate").mkdir()
    (folder / "estate" / "a.jil").write_text(text, encoding="utf-8")
    (folder / "estate" / "transpile.toml").write_text(settings, encoding="utf-8")
    cli("convert", folder / "estate", "-o", folder / "flows", "--quiet", *options)
    return (folder / "flows" / "RUNBOOK.md").read_text(encoding="utf-8")


def rows(text: str, heading: str) -> list[str]:
    """The rows of the tables below a heading, without their head."""
    part = re.split(r"\n##+ ", text.split(f" {heading}\n", 1)[1])[0]
    return [line for line in part.splitlines() if line.startswith("| ") and "---" not in line]


def test_it_lists_what_jobs_need(tmp_path: Path) -> None:
    found = rows(runbook(tmp_path, NEEDS), "Before the first registration")
    assert "| folder | /data, /opt/shop, /var/log/shop |" in found
    assert "| program | fetch, send |" in found
    assert "| host | shop1 |" in found
    assert r"| user | clerk\@shop1 |" in found
    assert "| variable without a value | ADDRESS |" in found


def test_it_lists_the_settings_of_the_platform(tmp_path: Path) -> None:
    settings = '[platform]\nendpoint = "admin:81"\npod_template = "shared"\nsystem_retries = 2\n'
    text = runbook(tmp_path, LINKED, "--max-nodes", "40", settings=settings)
    found = rows(text, "Before the first registration")
    assert "| registration.maxWorkflowNodes of flyteadmin | 40 | nodes of one workflow |" in found
    assert any("system-failures of flytepropeller | 2 |" in row for row in found)
    assert any(row.startswith("| PodTemplate shared | present |") for row in found)
    assert any("Flyte Admin as tasks reach it | admin:81 | waits and" in row for row in found)


def test_groups_move_together_and_upstream_workflows_first(tmp_path: Path) -> None:
    text = runbook(tmp_path, f"{LINKED}\ninsert_job: BY_ITSELF\ncommand: x\n")
    first = rows(text, "Group 1")
    assert len(first) == 4
    titles = [row.split(" | ")[0].strip("| ") for row in first]
    assert titles.index("CLOSE") < titles.index("NIGHT") < titles.index("SUMMARY")
    plans = {row.split(" | ")[0].strip("| "): row.split(" | ")[2].strip("| ") for row in first}
    assert plans["NIGHT"] == "NIGHT.schedule"
    assert plans["SUMMARY"] == ""
    assert "### Group 2" in text


def test_workflows_that_wait_for_one_another_are_listed_too(tmp_path: Path) -> None:
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "0{}:00"\n'
    boxes = "".join(
        f"insert_job: {own}   job_type: b\n{clock.format(hour)}"
        f"insert_job: {own}1\ncommand: x\nbox_name: {own}\n"
        f"insert_job: {own}2\ncommand: x\nbox_name: {own}\ncondition: s({other}1, 12.00)\n"
        for own, other, hour in (("A", "B", 1), ("B", "A", 2))
    )
    found = rows(runbook(tmp_path, boxes), "Group 1")
    assert [row.split(" | ")[0] for row in found[1:]] == ["| A", "| B"]


def test_waits_of_the_first_nights_are_named_if_there_are_any(tmp_path: Path) -> None:
    words = "Look at the waits of the first nights"
    for name, text, waits in (
        ("some", LINKED, True),
        ("none", "insert_job: A\ncommand: x\n", False),
    ):
        folder = tmp_path / name
        folder.mkdir()
        assert (words in runbook(folder, text)) is waits


def test_operators_find_their_words(tmp_path: Path) -> None:
    found = rows(runbook(tmp_path, NEEDS), "What operators do")
    assert found[0] == "| AutoSys JIL | here |"
    done = operations.DONE_BY[Act.SUCCEED_JOB]
    assert f"| `CHANGE_STATUS -s SUCCESS` | {done} |" in found


def test_programs_have_commands_of_their_own(tmp_path: Path) -> None:
    text = runbook(tmp_path, NEEDS, "--target", "flyte2")
    assert "flyte deploy --version VERSION" in text
    assert "pyflyte" not in text
    assert "RESUME" not in text


def test_names_stay_text(tmp_path: Path) -> None:
    text = runbook(tmp_path, NEEDS.replace("shop1", "<i>`{{x}}|y"))
    assert r"| host | \<i>\`{{x}}\|y |" in text
    assert all(row.count(" | ") == 1 for row in rows(text, "What operators do"))


@pytest.mark.parametrize("target", [operations, operations_of_programs])
def test_each_act_is_answered(target: object) -> None:
    assert set(vars(target)["DONE_BY"]) == set(Act)


@pytest.mark.parametrize("name", DIALECTS)
def test_each_format_has_the_words_of_its_operators(name: str) -> None:
    found = DIALECTS[name].operations
    assert {Act.START, Act.CHANGE} <= {each.act for each in found}
    words = [each.words for each in found]
    assert len(set(words)) == len(words)
    assert all(text.count("`") % 2 == 0 for text in words)
