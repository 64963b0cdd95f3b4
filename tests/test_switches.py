"""The switches of [platform] in transpile.toml: waits, starts, endpoint."""

from pathlib import Path

import pytest

from tests.support import cli
from transpile.pipeline import build_estate, load_sources
from transpile.team import read_settings

CLOCK = 'date_conditions: 1  days_of_week: all  start_times: "08:00"'
NINE = CLOCK.replace("08", "09")
TWO = f"insert_job: A  {CLOCK}  command: x\ninsert_job: B  {NINE}  condition: s(A)  command: x\n"


def checked(folder: Path, text: str, platform: str) -> str:
    (folder / "a.jil").write_text(text, encoding="utf-8")
    (folder / "transpile.toml").write_text(f"[platform]\n{platform}", encoding="utf-8")
    return cli("check", str(folder)).output


def test_the_address_is_missing_once_for_the_estate(tmp_path: Path) -> None:
    more = f"insert_job: C  {CLOCK.replace('08', '10')}  condition: s(B)  command: x\n"
    assert checked(tmp_path, TWO + more, "").count("A546") == 1


@pytest.mark.parametrize("platform", ['endpoint = "flyteadmin:81"', "waits = false"])
def test_no_address_is_missed(tmp_path: Path, platform: str) -> None:
    assert "A546" not in checked(tmp_path, TWO, platform)


def test_nothing_waits_inside_one_workflow(tmp_path: Path) -> None:
    assert "A546" not in checked(tmp_path, TWO.replace("condition: s(A)", ""), "")


def test_a_unit_that_nothing_starts_is_reported_once(tmp_path: Path) -> None:
    output = checked(tmp_path, TWO + "insert_job: C  condition: s(A) & s(B)\n", "starts = false")
    assert "error[A545]: nothing starts the workflow of C: A, B would" in output
    assert "A544" not in output


@pytest.mark.parametrize(("platform", "groups"), [("starts = false", 1), ("", 2)])
def test_a_full_workflow_takes_a_unit_that_could_not_be_started(
    tmp_path: Path, platform: str, groups: int
) -> None:
    members = "".join(f"insert_job: M{n}  box_name: X  command: x\n" for n in range(500))
    box = f"insert_job: X  job_type: b  {CLOCK}\n{members}"
    checked(tmp_path, box + "insert_job: Y  condition: s(X)  command: x\n", platform)
    settings = read_settings(tmp_path / "transpile.toml")
    estate = build_estate(load_sources([str(tmp_path)], settings=settings))
    assert len(estate.networks[0].groups) == groups
