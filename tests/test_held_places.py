"""Limits of Flyte: waits hold places of an execution for tasks."""

import json
from pathlib import Path

import pytest

from tests.admin import open_door
from tests.support import cli, plan
from tests.test_registration import register
from transpile.targets.flyte.waits import MANY, PLACES, places_wanted


def watchers(count: int, *others: str, condition: str = "") -> str:
    """File watchers in a box, and other jobs in it."""
    waits = (
        f"insert_job: W{n}\nbox_name: NIGHT\njob_type: FW\nwatch_file: $$IN/f{n}\n{condition}"
        for n in range(count)
    )
    box = "insert_job: NIGHT\njob_type: BOX\n"
    return "\n".join(("insert_global: IN\nvalue: /d\n", box, *waits, *others))


def maker(command: str) -> str:
    return f"insert_job: MAKE\nbox_name: NIGHT\ncommand: {command}\n"


TOUCH = maker("touch " + " ".join(f"$$IN/f{n}" for n in range(30)))
SCHEDULE = 'date_conditions: 1\ndays_of_week: all\nstart_times: "22:00"\n'


def test_many_waits_get_places_on_every_launch_plan() -> None:
    text = watchers(30, TOUCH).replace("job_type: BOX\n", f"job_type: BOX\n{SCHEDULE}")
    (module,), _ = plan(text)
    plans = {each.name: each.max_parallelism for each in module.launch_plans}
    assert plans == {"NIGHT": 30 + PLACES, "NIGHT.schedule": 30 + PLACES}


@pytest.mark.parametrize(("count", "wanted"), [(MANY - 1, 0), (MANY, MANY + PLACES)])
def test_few_waits_need_no_launch_plan(count: int, wanted: int) -> None:
    (module,), _ = plan(watchers(count))
    assert places_wanted(module.workflows) == wanted
    assert bool(module.launch_plans) is bool(wanted)


def test_waits_in_parts_get_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(watchers(150, maker("touch " + " ".join(f"$$IN/f{n}" for n in range(150)))))
    (module,), _ = plan(path.read_text())
    assert len(module.workflows) > 1
    assert places_wanted(module.workflows) == 150 + PLACES
    assert states(path)[0] == "succeeded"
    assert states(path, "--parallel", PLACES)[0] == "failed"


def test_waits_behind_one_another_share_a_place() -> None:
    text = watchers(40)
    for n in range(1, 40):
        text = text.replace(f"$$IN/f{n}\n", f"$$IN/f{n}\ncondition: s(W{n - 1})\n")
    (module,), _ = plan(text)
    assert places_wanted(module.workflows) == 0


def test_waits_in_boxes_behind_one_another_share_places() -> None:
    first = watchers(15)
    second = first.replace("NIGHT", "DAY").replace(": W", ": V").partition("\n\n")[2]
    beside = f"{first}\n{second}"
    behind_it = beside.replace("insert_job: DAY\n", "insert_job: DAY\ncondition: s(NIGHT)\n")
    joined = f"{beside}\ninsert_job: END\ncommand: true\ncondition: s(NIGHT) & s(DAY)\n"
    assert places_wanted(plan(joined)[0][0].workflows) == 30 + PLACES
    assert places_wanted(plan(behind_it)[0][0].workflows) == 0


def test_the_launch_plan_of_the_platform_has_the_places(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(watchers(30, TOUCH))
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    with open_door(tmp_path) as door:
        register(door, tmp_path / "out" / "night.py", cwd=tmp_path)
        plans = {name: spec.max_parallelism for (name, _), spec in door.launch_plans.items()}
    assert not door.refused
    assert plans == {"NIGHT": 30 + PLACES}


def states(*arguments: object) -> tuple[str, dict[str, str], dict[str, str]]:
    data = json.loads(cli("dry-run", *arguments, "--format", "json").stdout)
    jobs = data["jobs"]
    whys = {name: job["why"] or "" for name, job in jobs.items()}
    return data["state"], {name: job["state"] for name, job in jobs.items()}, whys


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jil"
    path.write_text(watchers(30, TOUCH))
    return path


def test_dry_run_has_the_places_of_the_launch_plan(source: Path, tmp_path: Path) -> None:
    assert states(source)[0] == "succeeded"
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    assert states(out)[0] == "succeeded"
    module = out / "night.py"
    module.write_text(module.read_text().replace("max_parallelism=55", "max_parallelism=25"))
    assert states(out)[0] == "failed"


def test_dry_run_shows_waits_that_keep_out_what_they_wait_for(source: Path) -> None:
    state, jobs, whys = states(source, "--parallel", PLACES)
    assert (state, jobs["W0"], jobs["MAKE"]) == ("failed", "terminated", "succeeded")
    assert whys["W0"] == (
        "it never ends: MAKE makes its file, but waits hold all 25 places for tasks "
        "(max_parallelism)"
    )
    assert states(source, "--parallel", 31)[0] == "succeeded"


def test_files_that_a_loop_makes_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(watchers(30, maker("for n in 0 1 2; do touch $$IN/f$n; done")))
    assert states(path, "--parallel", PLACES)[0] == "failed"


def test_a_wait_that_is_told_when_it_ends_ends_then(source: Path) -> None:
    # Five other waits are queued before the job that makes the files.
    told = [word for n in range(6) for word in ("--seconds", f"W{n}=5")]
    assert states(source, "--parallel", PLACES, *told)[0] == "succeeded"
    assert states(source, "--parallel", PLACES, *told[2:])[0] == "failed"


def test_a_wait_ends_behind_what_makes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(watchers(1, TOUCH))
    data = json.loads(cli("dry-run", path, "--seconds", "MAKE=60", "--format", "json").stdout)
    assert data["jobs"]["W0"]["end"] == 60


def test_a_file_that_is_rewritten_behind_the_wait_is_no_deadlock(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(watchers(1, TOUCH.replace("command", "condition: s(W0)\ncommand")))
    assert states(path, "--parallel", 1)[0] == "succeeded"


def test_waits_of_unknown_makers_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(watchers(30, maker("./make_all.sh")))
    state, _, whys = states(path, "--parallel", PLACES)
    assert state == "succeeded"
    assert whys["MAKE"].startswith("waits hold all 25 places for tasks (max_parallelism) before it")


def test_approvals_hold_no_place(tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text(
        '[[external]]\njob = "R*"\napproval = "Is it released?"\nwithin = 1\n'
    )
    path = tmp_path / "a.jil"
    released = " & ".join(f"s(R{n})" for n in range(3))
    path.write_text(f"insert_job: A\ncommand: true\ncondition: {released}\n")
    assert states(path, "--parallel", 1)[0] == "succeeded"
