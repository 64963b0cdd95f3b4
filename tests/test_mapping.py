"""[[map]] and [[workflow]]: tasks that exist, and settings, in the place of what jobs say."""

import json
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, cli, python

SAMPLE = ROOT / "samples" / "mapping"

TASKS = """\
from typing import Dict, List, NamedTuple

from flytekit import Workflow, task, workflow

Pair = NamedTuple("Pair", left=int, right=str)


@task
def number() -> int:
    return 3


@task
def words() -> List[str]:
    return ["a", "b"]


@task
def both() -> tuple[int, str]:
    return 1, "x"


@task
def named() -> Pair:
    return Pair(1, "x")


@task
def use(count: int, names: List[str], table: Dict[str, float], factor: float = 2.0) -> float:
    return count * factor + len(names) + sum(table.values())


@task
def nothing() -> None:
    return None


@workflow
def whole(count: int) -> int:
    return number()


def plain():
    return 1


imperative = Workflow(name="acme.imperative")
imperative.add_workflow_output("o0", imperative.add_entity(number).outputs["o0"])
"""

JIL = """\
insert_job: A
command: true
n_retrys: 2

insert_job: B
command: true
condition: s(A)

insert_job: C
command: true
condition: s(A) & s(B)
term_run_time: 5
"""


def estate(tmp_path: Path, settings: str, jil: str = JIL) -> Path:
    folder = tmp_path / "estate"
    (folder / "acme").mkdir(parents=True)
    (folder / "acme" / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (folder / "acme" / "tasks.py").write_text(TASKS, encoding="utf-8")
    (folder / "a.jil").write_text(jil, encoding="utf-8")
    (folder / "transpile.toml").write_text(settings, encoding="utf-8")
    return folder


SHARED = ("__init__.py", "job_runtime.py")
"""What every package has."""


def converted(folder: Path, out: Path, status: int = 0) -> str:
    result = cli("convert", folder, "-o", out)
    assert result.exit_code == status, result.output
    (module,) = (path for path in out.glob("*.py") if path.name not in SHARED)
    return module.read_text(encoding="utf-8")


def run(folder: Path, out: Path) -> str:
    (folder / "acme" / "__init__.py").write_text("", encoding="utf-8")
    (module,) = (path for path in out.glob("*.py") if path.name not in SHARED)
    done = python(module, env={"PYTHONPATH": f"{ROOT}:{folder}"})
    assert done.returncode == 0, done.stderr
    return done.stdout


def found(folder: Path) -> list[tuple[str, int, str]]:
    rows = json.loads(cli("check", folder, "--format", "json").output)["diagnostics"]
    return [
        (row["code"], row["line"], row["message"]) for row in rows if row["code"].startswith("A95")
    ]


def test_the_example_of_flytes_documentation(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cli("convert", SAMPLE, "-o", out, "--strict").exit_code == 0
    text = (out / "imperative_wf.py").read_text(encoding="utf-8")
    assert 'imperative_wf.add_workflow_input("x", (list[int], [-3, 0, 3]))' in text
    assert "x=x, y=y, slope=slope_node.o0" in text
    assert ">>" not in text
    done = python(out / "imperative_wf.py", env={"PYTHONPATH": str(SAMPLE)})
    assert done.stdout == "Running imperative_wf() 3.0\n", done.stderr


def test_the_example_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another test may have imported them.
    for module in ("acme", "acme.tasks"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    result = cli("verify", SAMPLE)
    assert result.exit_code == 1
    assert "PYTHONPATH" in result.output
    monkeypatch.syspath_prepend(str(SAMPLE))
    result = cli("verify", SAMPLE)
    assert result.exit_code == 0
    assert "9 of 9 scenarios" in result.output


VALUES = """\
[[map]]
job = "A"
entity = "acme.tasks:number"

[[map]]
job = "B"
entity = "acme.tasks:words"
retries = 4
image = "acme:2"
resources = { cpu = "2", mem = "1Gi" }

[[map]]
job = "C"
entity = "acme.tasks:use"
inputs = { count = "A.o0", names = "B.o0", table = { one = 1.5, two = "workflow.two" } }

[[workflow]]
job = "B"
name = "all values"
inputs = { two = 0.5 }
outputs = { result = "C.o0", list = ["C.o0", "C.o0"], dict = { n = "A.o0" } }
"""


def test_values_of_every_kind(tmp_path: Path) -> None:
    folder = estate(tmp_path, VALUES)
    text = converted(folder, tmp_path / "out", status=1)
    assert "from acme.tasks import number, use, words" in text
    assert 'retries=4, requests=Resources(cpu="2", mem="1Gi"), container_image="acme:2"' in (
        " ".join(text.split()).replace("( ", "(").replace(" )", ")").replace(",)", ")")
    )
    assert 'name="A", retries=2' in text
    assert "python_type=list[float]" in text
    assert "python_type=dict[str, int]" in text
    assert "timeout" not in text
    assert "A640" in text
    output = run(folder, tmp_path / "out")
    assert "10.0" in output
    assert "[10.0, 10.0]" in output
    assert "{'n': 3}" in output


def test_types_that_are_not_seen_are_those_of_the_entity(tmp_path: Path) -> None:
    settings = """\
[[map]]
job = "A"
entity = "acme.tasks:imperative"

[[map]]
job = "B"
entity = "acme.tasks:named"

[[map]]
job = "C"
entity = "acme.tasks:whole"
inputs = { count = "B.left" }

[[workflow]]
job = "A"
outputs = { one = "A.o0", all = ["B.left", "B.left"] }
"""
    folder = estate(tmp_path, settings)
    text = converted(folder, tmp_path / "out", status=1)
    assert 'list[named.python_interface.outputs["left"]]' in text
    assert "3" in run(folder, tmp_path / "out")


def test_settings_of_plain_jobs(tmp_path: Path) -> None:
    settings = """\
[[map]]
machine = "big*"
image = "acme:1"
retries = 3
resources = { mem = "8Gi" }
environment = { ZONE = "eu" }
secrets = [{ group = "db", key = "password" }]
cache = "1.0"

[[map]]
job = "*"
environment = { ZONE = "us" }
"""
    jil = "insert_job: A\ncommand: echo zone $ZONE\nmachine: big7\n\n" * 1 + (
        "insert_job: B\ncommand: true\nmachine: small\ncondition: s(A)\n"
    )
    folder = estate(tmp_path, settings, jil)
    text = converted(folder, tmp_path / "out")
    assert "from flytekit import Cache, Resources, Secret, Workflow" in text
    assert 'secret_requests=[Secret(group="db", key="password")]' in text
    assert 'cache=Cache(version="1.0")' in text
    assert '@task(environment={"ZONE": "us"})' in text
    done = python(next((tmp_path / "out").glob("a*.py")), env={"ZONE": "eu"})
    assert done.returncode == 0, done.stderr


MAP = '[[map]]\njob = "A"\nentity = "acme.tasks:'
CALL = '[[map]]\njob = "C"\nentity = "acme.tasks:use"\ninputs = '


@pytest.mark.parametrize(
    ("settings", "code", "says"),
    [
        ('[[map]]\njob = "A"\nentity = "acme"\n', "A951", "module:name"),
        ('[[map]]\njob = "A"\nentity = "none.tasks:x"\n', "A951", "none.tasks does not exist"),
        (MAP + 'none"\n', "A951", "has no none"),
        (MAP + 'plain"\n', "A951", "no decorator"),
        (MAP + 'use"\n', "A952", "needs a value for count, names, table"),
        (MAP + 'number"\ninputs = { x = 1 }\n', "A952", "no input x"),
        (MAP + 'number"\ncache = "1"\n', "A952", "its own cache"),
        ('[[map]]\njob = "A"\n', "A952", "sets nothing"),
        ('[[map]]\nimage = "x"\n', "A952", "one of job"),
        ('[[map]]\njob = "A"\nimagee = "x"\n', "A952", "unknown key imagee"),
        ('[[map]]\njob = "A"\nretries = true\n', "A952", "a number from 0 to 100"),
        ('[[map]]\njob = "A"\nresources = { ram = "1" }\n', "A952", "resources must be"),
        ('[[map]]\njob = "A"\nimage = "x"\ninputs = { a = 1 }\n', "A952", "need an entity"),
        ('[[map]]\njob = "Z*"\nimage = "x"\n', "A953", "job = Z*"),
        ('[[workflow]]\njob = "Z*"\nname = "x"\n', "A953", "job = Z*"),
        ('[[workflow]]\nname = "x"\n', "A952", "needs job"),
        (CALL + '{ count = "no", names = [], table = {} }\n', "A952", "must be workflow.NAME"),
        (CALL + '{ count = "A.o0", names = [], table = {} }\n', "A955", "not mapped"),
        (CALL + '{ count = "X.o0", names = [], table = {} }\n', "A955", "may still run when"),
        (MAP + 'whole"\ninputs = { count = "A.o0" }\n', "A955", "may still run when"),
        (CALL + "{ count = 1.5, names = [], table = {} }\n", "A955", "of type float"),
        (CALL + "{ count = 1, names = [1], table = {} }\n", "A955", "of type list[int]"),
        (CALL + '{ count = 1, names = "workflow.self", table = {} }\n', "A955", "cannot have"),
        (
            CALL + '{ count = "workflow.v", names = "workflow.v", table = {} }\n',
            "A955",
            "of type int instead of list[str]",
        ),
        (
            MAP + 'number"\n[[workflow]]\njob = "A"\noutputs = { x = "A.o7" }\n',
            "A955",
            "no such output",
        ),
        (
            MAP + 'number"\n[[workflow]]\njob = "A"\noutputs = { x = "B.o0" }\n',
            "A955",
            "not mapped",
        ),
        (
            MAP + 'number"\n[[workflow]]\njob = "A"\ninputs = { x = 1 }\n',
            "A955",
            "no entity uses this input",
        ),
        (
            MAP + 'both"\n[[workflow]]\njob = "A"\noutputs = { x = ["A.o0", "A.o1"] }\n',
            "A955",
            "its parts have different types",
        ),
    ],
)
def test_wrong_rules_are_findings(tmp_path: Path, settings: str, code: str, says: str) -> None:
    folder = estate(tmp_path, settings)
    rows = found(folder)
    assert code in {row[0] for row in rows}
    assert any(says in message for _, _, message in rows), rows
    assert all(line >= 1 for _, line, _ in rows)
    out = tmp_path / "out"
    assert cli("convert", folder, "-o", out).exit_code == int(code != "A953")
    for path in out.glob("*.py"):
        compile(path.read_text(encoding="utf-8"), path.name, "exec")


@pytest.mark.parametrize("condition", ["f(A)", "d(A)", "s(A) | s(X)"])
def test_a_job_that_is_looked_at_cannot_be_an_entity(tmp_path: Path, condition: str) -> None:
    jil = JIL + f"\ninsert_job: D\ncommand: true\ncondition: {condition}\n"
    jil += "\ninsert_job: X\ncommand: true\n"
    settings = MAP + 'number"\n\n[[map]]\njob = "D"\nentity = "acme.tasks:nothing"\n'
    folder = estate(tmp_path, settings, jil)
    rows = found(folder)
    assert {row[0] for row in rows} == {"A954"}
    assert any("A is not mapped" in message for _, _, message in rows)
    assert cli("verify", folder).exit_code == 0 or "not proven" in cli("verify", folder).output


def test_what_cannot_be_takes_along_what_uses_it(tmp_path: Path) -> None:
    jil = JIL + "\ninsert_job: D\ncommand: true\ncondition: f(A)\n"
    folder = estate(tmp_path, VALUES, jil)
    assert {row[0] for row in found(folder)} == {"A954", "A955"}


def test_a_mapped_job_of_a_type_without_translation(tmp_path: Path) -> None:
    jil = "insert_job: S\njob_type: sql\nsql_command: select 1\n"
    folder = estate(tmp_path, MAP.replace('"A"', '"S"') + 'number"\n', jil)
    assert cli("check", tmp_path / "estate" / "a.jil", "--strict").exit_code == 0
    assert ".add_entity(number)" in converted(folder, tmp_path / "out")


def test_boxes_hand_inputs_down(tmp_path: Path) -> None:
    jil = """\
insert_job: OUTER
job_type: b

insert_job: INNER
job_type: b
box_name: OUTER

insert_job: A
box_name: INNER
command: true

insert_job: LAST
box_name: OUTER
command: true
condition: s(INNER)
"""
    settings = MAP + 'whole"\ninputs = { count = "workflow.count" }\n'
    settings += '[[workflow]]\njob = "LAST"\ninputs = { count = 4 }\n'
    folder = estate(tmp_path, settings, jil)
    text = converted(folder, tmp_path / "out")
    assert text.count('add_workflow_input("count", (int, 4))') == 2
    run(folder, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("count", "count"),
        ("a", "a"),
        ("night", "night_input"),
        ("Path", "path_input"),
    ],
)
def test_the_variable_of_an_input_hides_nothing(name: str, variable: str, tmp_path: Path) -> None:
    settings = MAP + f'whole"\ninputs = {{ count = "workflow.{name}" }}\n'
    settings += f'[[workflow]]\njob = "A"\nname = "night"\ninputs = {{ {name} = 4 }}\n'
    folder = estate(tmp_path, settings, "insert_job: A\njob_type: c\ncommand: true\n")
    text = converted(folder, tmp_path / "out")
    assert f'\n{variable} = night.add_workflow_input("{name}", (int, 4))\n' in text
    assert f"count={variable})" in text
    run(folder, tmp_path / "out")


def test_explain_map(tmp_path: Path) -> None:
    folder = estate(tmp_path, VALUES)
    result = cli("explain-map", "B", folder)
    assert result.exit_code == 0
    assert "job is 'B'" in result.output
    assert "transpile.toml:5: matches: job = B; sets entity acme.tasks:words" in result.output
    assert cli("explain-map", "NONE", folder).exit_code == 1


def test_reading_settings_imports_nothing(tmp_path: Path) -> None:
    folder = estate(tmp_path, VALUES)
    (folder / "acme" / "tasks.py").write_text("import os\nos._exit(7)\n" + TASKS, encoding="utf-8")
    assert python("-m", "transpile", "check", folder).returncode == 1
