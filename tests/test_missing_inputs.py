"""dry-run names the option that sets an input without a value."""

import re
from pathlib import Path

import pytest

from tests.support import cli

NIGHT = """insert_job: NIGHT
job_type: b
date_conditions: 1
days_of_week: all
start_times: "02:00"
timezone: UTC
insert_job: LOAD
box_name: NIGHT
command: load --date $$ODATE $$WORK
"""
LATE = NIGHT.replace("NIGHT", "LATE").replace("LOAD", "MORE").replace("02:00", "03:00")
HINTS = [
    "no value for $$ODATE in NIGHT: add --input odate=20261231",
    "no value for $$WORK in NIGHT: add --input work=VALUE",
]


def hints(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if "add --input" in line]


def options(stderr: str) -> list[str]:
    """The proposed options, as a user types them."""
    return [word for found in re.findall(r"--input \S+", stderr) for word in found.split()]


@pytest.mark.parametrize("target", ["flyte", "flyte2"])
@pytest.mark.parametrize("when", [(), ("--from", "2026-12-30", "--days", "2")])
def test_the_option_that_is_named_helps(tmp_path: Path, target: str, when: tuple[str, ...]) -> None:
    source = tmp_path / "a.jil"
    source.write_text(NIGHT, encoding="utf-8")
    cli("convert", source, "-o", tmp_path / "flows", "--target", target)
    for subject in ((source, "--target", target), (tmp_path / "flows",)):
        result = cli("dry-run", *subject, *when)
        assert result.exit_code == 1
        assert hints(result.stderr) == HINTS
        again = cli("dry-run", *subject, *when, *options(result.stderr))
        assert again.exit_code == 0, again.output
        assert hints(again.stderr) == []


def test_one_option_serves_several_workflows(tmp_path: Path) -> None:
    source = tmp_path / "a.jil"
    source.write_text(NIGHT + LATE, encoding="utf-8")
    result = cli("dry-run", source, "--input", "work=/tmp")
    assert hints(result.stderr) == [
        "no value for $$ODATE in NIGHT, LATE: add --input odate=20261231"
    ]
    one = cli("dry-run", source, "--input", "work=/tmp", "--workflow", "LATE")
    assert hints(one.stderr) == ["no value for $$ODATE in LATE: add --input odate=20261231"]
    many = [NIGHT.replace("NIGHT", f"N{n}").replace("LOAD", f"L{n}") for n in range(9)]
    source.write_text("".join(many), encoding="utf-8")
    assert "in N0, N1, N2 and 6 more: add" in cli("dry-run", source).stderr


def test_a_run_that_needs_no_value_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "a.jil"
    source.write_text("insert_job: A\ncommand: x\ncondition: v(GO) != 1\n", encoding="utf-8")
    result = cli("dry-run", source)
    assert (result.exit_code, hints(result.stderr)) == (0, [])


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("str", "odate=20261231"),
        ("int", "odate=1"),
        ("float", "odate=1.5"),
        ("bool", "odate=true"),
    ],
)
def test_an_example_is_of_the_right_type(tmp_path: Path, kind: str, example: str) -> None:
    source, module = tmp_path / "a.jil", tmp_path / "flows" / "night.py"
    source.write_text(NIGHT.replace(" $$WORK", ""), encoding="utf-8")
    cli("convert", source, "-o", tmp_path / "flows")
    text = module.read_text(encoding="utf-8")
    edited = text.replace('("odate", (str, "$$ODATE"))', f'("odate", {kind})')
    edited = edited.replace("odate: str", f"odate: {kind}").replace(
        'ODATE": odate', 'ODATE": str(odate)'
    )
    assert edited != text
    module.write_text(edited, encoding="utf-8")
    result = cli("dry-run", module)
    assert result.exit_code == 2
    assert f"NIGHT needs --input {example}" in result.stderr
    again = cli("dry-run", module, *options(result.stderr))
    assert again.exit_code == 0, again.output
