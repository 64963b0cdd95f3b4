"""What programs of Flyte 2 cannot keep is reported, and what only looks so is kept."""

import json
from pathlib import Path

import pytest

from tests.support import cli

TASKS = """\
import flyte

env = flyte.TaskEnvironment(name="ledger")


@env.task
async def number() -> int:
    return 3


@env.task
async def use(count: int) -> int:
    return count
"""


def estate(folder: Path, jil: str, settings: str) -> Path:
    (folder / "ledger").mkdir()
    (folder / "ledger" / "tasks.py").write_text(TASKS, encoding="utf-8")
    (folder / "a.jil").write_text(jil, encoding="utf-8")
    (folder / "transpile.toml").write_text(settings, encoding="utf-8")
    return folder


def found(folder: Path) -> dict[str, str]:
    rows = json.loads(cli("check", folder, "--target", "flyte2", "--format", "json").output)[
        "diagnostics"
    ]
    return {row["code"]: row["message"] for row in rows}


def jobs(**conditions: str) -> str:
    lines = []
    for name, condition in conditions.items():
        given = f"\ncondition: {condition}" if condition else ""
        lines.append(f"insert_job: {name}\ncommand: true{given}\n")
    return "\n".join(lines)


def mapped(job: str, entity: str, inputs: str = "") -> str:
    given = f"inputs = {{ {inputs} }}\n" if inputs else ""
    return f'[[map]]\njob = "{job}"\nentity = "ledger.tasks:{entity}"\n{given}\n'


HANDED = mapped("A", "number") + mapped("B", "use", 'count = "A.o0"')


@pytest.mark.parametrize(
    ("condition", "refused"),
    [("s(A)", False), ("s(C) & s(D)", False), ("s(C)", False), ("s(A) | s(D)", True)],
)
def test_a_value_is_handed_over_only_after_a_success(
    condition: str, refused: bool, tmp_path: Path
) -> None:
    text = jobs(A="", C="s(A)", D="", B=condition)
    codes = found(estate(tmp_path, text, HANDED))
    assert codes.get("A955") == ("A.o0: B may start without a success of A" if refused else None)


@pytest.mark.parametrize("clock", [True, False])
def test_an_input_that_nobody_gives_is_reported(clock: bool, tmp_path: Path) -> None:
    timed = 'date_conditions: 1\ndays_of_week: all\nstart_times: "02:00"\n' if clock else ""
    text = f"insert_job: B\ncommand: true\n{timed}"
    codes = found(estate(tmp_path, text, mapped("B", "use", 'count = "workflow.count"')))
    assert ("A666" in codes) is clock


def test_an_input_with_a_default_is_given(tmp_path: Path) -> None:
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "02:00"\n'
    text = f"insert_job: B\ncommand: true\n{clock}"
    default = '[[workflow]]\njob = "B"\ninputs = { count = 4 }\n'
    settings = mapped("B", "use", 'count = "workflow.count"') + default
    assert "A666" not in found(estate(tmp_path, text, settings))


@pytest.mark.parametrize("twice", [True, False])
def test_two_jobs_of_one_task_are_the_same_to_others(twice: bool, tmp_path: Path) -> None:
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'
    text = (
        f"insert_job: N\njob_type: box\n{clock.format('02:00')}\n"
        "insert_job: A\nbox_name: N\ncommand: true\n\n"
        "insert_job: C\nbox_name: N\ncommand: true\n\n"
        f"insert_job: M\njob_type: box\n{clock.format('04:00')}condition: s(A)\n\n"
        "insert_job: D\nbox_name: M\ncommand: true\n"
    )
    settings = mapped("A", "number") + (mapped("C", "number") if twice else "")
    codes = found(estate(tmp_path, text, settings))
    assert ("A667" in codes) is twice, codes


def test_settings_are_those_of_an_environment(tmp_path: Path) -> None:
    settings = """\
[[map]]
job = "A"
resources = { cpu = "2", mem = "1Gi", gpu = "1" }
secrets = [{ group = "db.prod", key = "pass" }, { group = "mail", key = "user-name" }]
labels = { team = "pay" }
"""
    folder = estate(tmp_path, jobs(A=""), settings)
    out = tmp_path / "out"
    cli("convert", folder, "-o", out, "--target", "flyte2")
    text = (out / "a.py").read_text(encoding="utf-8")
    assert 'flyte.Resources(cpu="2", memory="1Gi", gpu=1)' in text
    assert 'flyte.Secret(group="db.prod", key="pass", as_env_var="DB_PROD_PASS")' in text
    assert 'flyte.Secret(group="mail", key="user-name")' in text
    assert "A661" in found(folder)


def test_jobs_of_one_task_and_jobs_without_a_command_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = jobs(A="", B="s(A)", C="s(B)", E="s(C)") + "status: on_noexec\n"
    monkeypatch.syspath_prepend(tmp_path)
    settings = HANDED + mapped("C", "number")
    folder = estate(tmp_path, text, settings)
    result = cli("verify", folder, "--target", "flyte2")
    assert result.exit_code == 0, result.output


def test_other_workflows_find_a_box_whose_name_has_a_slash(tmp_path: Path) -> None:
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'
    text = (
        f"insert_job: N/X\njob_type: box\n{clock.format('02:00')}\n"
        "insert_job: A\nbox_name: N/X\ncommand: true\n\n"
        f"insert_job: M\njob_type: box\n{clock.format('04:00')}condition: s(N/X)\n\n"
        "insert_job: D\nbox_name: M\ncommand: true\n"
    )
    settings = '[timezones]\ndefault = "UTC"\n'
    folder = estate(tmp_path, text, settings)
    result = cli("verify", folder, "--target", "flyte2", "--days", "5", "--scenarios", "4")
    assert result.exit_code == 0, result.output
    assert "2 of 2 workflows equal on all days" in result.output
