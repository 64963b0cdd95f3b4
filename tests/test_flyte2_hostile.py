"""Programs for Flyte 2 of estates that mean harm, or are larger than anybody would make them."""

import ast
import json
from pathlib import Path

import pytest

from tests.azkaban.support import SETTINGS, write
from tests.support import cli, plan, python
from tests.test_helpers import complaints
from tests.test_verify import verdicts
from transpile.model import Form
from transpile.targets.printing import render_module, render_runtime

FLYTE2 = Form(target="flyte2")
HOME = {"DO_NOT_TRACK": "1", "LOG_LEVEL": "50"}

# ---------------------------------------------------------------- texts that could become code

HOSTILE = [
    "a'b",
    'a"b',
    "a\\",
    "a\\nb",
    "a\nb",
    "a\tb\x0bc\x7f",
    '"""',
    "'''",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{evil}",
    "a/b/../c",
    "a #b",
    "x" * 300,
    "\u202eabc",
    "\N{FULLWIDTH LATIN SMALL LETTER A}",
    '"); import os; os.system("touch HARM") #',
    '\n"""\nimport os; os.system("touch HARM")\n"""',
    "__import__('os').system('touch HARM')",
]
"""Names of jobs, and parts of their commands and values."""


def flow_of(names: list[str]) -> str:
    """A flow whose jobs wait one for another."""
    nodes = [
        {
            "name": name,
            "type": "command",
            "dependsOn": names[:number][-1:],
            "config": {"command": f"echo {name}", "env.X": name},
        }
        for number, name in enumerate(names)
    ]
    return "nodes:\n" + "".join(f"- {json.dumps(node)}\n" for node in nodes)


def imports(folder: Path, cwd: Path) -> None:
    """Import all modules of a package in a process of its own."""
    names = [
        ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        for path in sorted(folder.rglob("[!_]*.py"))
    ]
    lines = f"import {', '.join(names)}"
    env = {**HOME, "HOME": str(cwd), "PYTHONPATH": str(folder.parent)}
    done = python("-c", lines, cwd=cwd, env=env)
    assert done.returncode == 0, done.stderr


def calls_in(text: str) -> set[str]:
    """The functions that a module calls."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return {ast.unparse(call.func).rpartition(".")[2] for call in calls}


def test_no_text_of_a_flow_becomes_code(tmp_path: Path) -> None:
    source = write(tmp_path, {**SETTINGS, "f.flow": flow_of(HOSTILE)})
    result = cli("convert", source, "-o", tmp_path / "out", "--target", "flyte2")
    assert result.exit_code < 2, result.output
    (path,) = (tmp_path / "out").glob("**/f*.py")
    text = path.read_text(encoding="utf-8")
    assert calls_in(text) <= {
        *("TaskEnvironment", "task", "Flow", "start", "finish", "run", "aio", "print", "outputs"),
        *("append", "str", "Path", "resolve", "blocked", "run_node", "command"),
    }
    tree = ast.parse(text)
    assert [
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    ] == [
        "sys",
        "flyte",
    ]
    imports(tmp_path / "out", tmp_path)
    assert not list(tmp_path.rglob("HARM"))
    verified = cli("verify", source, "--target", "flyte2", "--scenarios", "30")
    assert "1 of 1 workflow agree" in verified.output, verified.output


def test_names_come_back_as_they_are(tmp_path: Path) -> None:
    source = write(tmp_path, {**SETTINGS, "f.flow": flow_of(HOSTILE)})
    cli("convert", source, "-o", tmp_path / "out", "--target", "flyte2")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    jobs = {job["name"] for job in report["jobs"]}
    (path,) = (tmp_path / "out").glob("**/f*.py")
    constants = {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert jobs <= constants


# ---------------------------------------------------------------- names that stand for something

RESERVED = """
    flow flyte env env_2 run box Flow start trigger kickoff self class elsewhere rests any_of all_of
    member condition print sys notify timezone datetime approval finish tell blocked box_job node
    job_runtime runs_already BY_HAND Path asyncio task job None True await async_ match type
    """.split()


def in_one_box(names: list[str]) -> str:
    """A box with a calendar, whose members have the names, and use globals of these names."""
    jobs = "".join(
        f"insert_job: {name}\nbox_name: NIGHT\ncommand: echo $${name}\n"
        + (f"condition: s({names[n - 1]})\n" if n else "")
        for n, name in enumerate(names)
    )
    return (
        "calendar: WORKDAYS\n01/04/2027\n01/05/2027\n\n"
        "insert_job: NIGHT   job_type: b\ndate_conditions: 1\nrun_calendar: WORKDAYS\n"
        f'start_times: "06:00"\ntimezone: Europe/London\n{jobs}'
    )


def in_workflows(names: list[str]) -> str:
    """A workflow for each name, with a calendar; each waits for the one before it."""
    return "calendar: WORKDAYS\n01/04/2027\n01/05/2027\n\n" + "".join(
        f"insert_job: {name}\ncommand: echo $$trigger $$kickoff\ndate_conditions: 1\n"
        f'run_calendar: WORKDAYS\nstart_times: "06:{n:02}"\ntimezone: Europe/London\n'
        + (f"condition: s({names[n - 1]})\n" if n else "")
        for n, name in enumerate(names)
    )


def in_boxes(names: list[str]) -> str:
    """Boxes of the names, one inside the other, and a job in the innermost."""
    around = dict(zip(names[1:], names, strict=False))
    boxes = "".join(
        f"insert_job: {name}   job_type: b\n"
        + (f"box_name: {around[name]}\n" if name in around else "")
        for name in names
    )
    return f"{boxes}insert_job: LAST\nbox_name: {names[-1]}\ncommand: true\n"


SHAPES = {"members": in_one_box, "workflows": in_workflows, "boxes": in_boxes}


@pytest.mark.parametrize("shape", SHAPES)
def test_names_of_ours_are_left_to_us(shape: str, tmp_path: Path) -> None:
    source = tmp_path / "estate.jil"
    source.write_text(SHAPES[shape](RESERVED), encoding="utf-8")
    out = tmp_path / shape
    result = cli("convert", source, "-o", out, "--target", "flyte2")
    assert result.exit_code == 0, result.output
    imports(out, tmp_path)
    assert complaints("mypy", "--strict", "--config-file=", out) == ""
    assert complaints("ruff", "check", "--isolated", "--select=E,F", "--ignore=E501", out) == ""
    verified = cli("verify", source, "--target", "flyte2", "--scenarios", "20")
    assert verified.exit_code == 0, verified.output
    assert "disagree" not in verified.output.lower()


STARTED = """
import datetime, sys, flyte
from out.night import night
moment, told, check, day = sys.argv[1:]
when = datetime.datetime.fromisoformat(f"{day}T06:00:00+00:00")
given = {name: "x" for name in night.native_interface.inputs}
found = flyte.run(night, **{**given, moment: when, told: check})
print(len(found.outputs()[0]))
"""


def test_a_start_is_checked_whatever_jobs_are_called(tmp_path: Path) -> None:
    """They have the names of the parameters of the check, and of its functions."""
    text = in_one_box(["trigger", "kickoff", "night_runs", "rests"])
    (tmp_path / "a.jil").write_text(text, encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out", "--target", "flyte2")
    tree = ast.parse((tmp_path / "out" / "night.py").read_text(encoding="utf-8"))
    (driver,) = (node for node in tree.body if isinstance(node, ast.AsyncFunctionDef))
    moment, told = (argument.arg for argument in driver.args.args[-2:])
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    (check,) = (f.name for f in functions if ast.unparse(f.returns or f) == "bool")
    env = {**HOME, "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    for day, jobs in (("2027-01-04", 4), ("2027-01-06", 0)):
        done = python("-c", STARTED, moment, told, check, day, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == str(jobs)


ALIKE = """
insert_job: LOAD   job_type: b
insert_job: LOAD-1
box_name: LOAD
command: true
insert_job: load_1
box_name: LOAD
command: true
condition: s(LOAD-1)
insert_job: LOAD_1_JOB
box_name: LOAD
command: true
condition: f(load_1)
insert_job: load_job
box_name: LOAD
command: true
insert_job: load
box_name: LOAD
command: true
condition: s(load_job) & s(LOAD_1_JOB)
"""


def test_names_that_become_the_same(tmp_path: Path) -> None:
    (verdict,) = verdicts(ALIKE, most=200, form=FLYTE2)
    assert verdict.good
    (module,) = plan(ALIKE, form=FLYTE2)[0]
    driver = module.driver
    assert driver is not None
    tree = ast.parse(render_module(module))
    names = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    names += [s.variable for s in driver.statements if s.variable]
    assert len(names) == len(set(names))


# ---------------------------------------------------------------- estates without end

BOX = "insert_job: BOX   job_type: b\n"


def members(count: int, *, chained: bool = False) -> str:
    """A box of many jobs."""
    return BOX + "".join(
        f"insert_job: J{n}\nbox_name: BOX\ncommand: true\n"
        + (f"condition: s(J{n - 1})\n" if n and chained else "")
        for n in range(count)
    )


def asking(word: str, count: int) -> str:
    """A job whose condition has many terms, about 60 others."""
    terms = f" {word} ".join(f"s(J{n % 60})" for n in range(count))
    return f"{members(60)}insert_job: C\nbox_name: BOX\ncommand: true\ncondition: {terms}\n"


BIG = {
    "wide": members(2_000),
    "deep": members(3_000, chained=True),
    "and": asking("&", 3_000),
    "or": asking("|", 3_000),
    "all": f"{members(500)}insert_job: C\nbox_name: BOX\ncommand: true\ncondition: "
    + " & ".join(f"s(J{n})" for n in range(500))
    + "\n",
    "boxes": in_boxes([f"B{n}" for n in range(200)]),
}


@pytest.mark.parametrize("name", BIG)
def test_a_large_estate_agrees(name: str) -> None:
    for verdict in verdicts(BIG[name], most=3, form=FLYTE2):
        assert verdict.good, verdict.problems


def test_operators_that_alternate_without_end_are_refused(tmp_path: Path) -> None:
    terms = "".join(f"s(A) {'|' if n % 2 else '&'} " for n in range(3_000))
    text = f"insert_job: A\ncommand: true\ninsert_job: B\ncommand: true\ncondition: {terms}s(A)\n"
    (tmp_path / "a.jil").write_text(text, encoding="utf-8")
    result = cli("check", tmp_path / "a.jil")
    assert "A302" in result.output
    assert "nest deeper than 200" in result.output


CHAIN = """
import asyncio
from job_runtime import Flow

async def job() -> int:
    return 0

async def main() -> None:
    flow = Flow("CHAIN")
    last = flow.start("J0", job())
    for number in range(1, 3_000):
        last = flow.start(f"J{number}", job(), last.succeeded)
    found = await flow.finish()
    assert len(found) == 3_000 and found[-1] == "J2999 SUCCESS 0", found[-1]

asyncio.run(main())
"""


def test_the_driver_follows_a_chain_of_any_length(tmp_path: Path) -> None:
    (tmp_path / "job_runtime.py").write_text(render_runtime(FLYTE2), encoding="utf-8")
    env = {**HOME, "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    done = python("-c", CHAIN, cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
