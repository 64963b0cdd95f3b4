"""[[external]] with an approval: somebody's answer stands for a job that is nowhere."""

import json
from pathlib import Path

import pytest

from tests import flyte_model
from tests.admin import open_door
from tests.support import cli, installed, python

JIL = """\
insert_job: NIGHT
job_type: b

insert_job: LOAD
box_name: NIGHT
command: echo load
condition: s(LEDGER)

insert_job: RECOVER
box_name: NIGHT
command: echo recover
condition: f(LEDGER) | s(LOAD)
"""

RULE = """\
[[external]]
job = "LEDGER"
approval = "Is the ledger \\"closed\\"?"
within = 12
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "estate"
    folder.mkdir()
    (folder / "a.jil").write_text(JIL, encoding="utf-8")
    (folder / "transpile.toml").write_text(RULE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("style", ["imperative", "declarative"])
def test_somebody_is_asked(estate: Path, tmp_path: Path, style: str) -> None:
    out = tmp_path / "out"
    result = cli("convert", estate, "-o", out, "--strict", "--style", style)
    assert result.exit_code == 0, result.output
    spec = flyte_model.serialise(flyte_model.load(out, "night"), "night")
    (asks,) = (sub for sub in spec.sub_workflows if sub.id.name.endswith("ledger_approval"))
    gate, task = (node for node in asks.nodes if node.id != "start-node")
    assert gate.gate_node.signal.signal_id == "LEDGER"
    assert gate.metadata.timeout.total_seconds() == 12 * 3600
    assert task.upstream_node_ids == [gate.id]


def test_a_local_run_takes_it_to_be_approved(estate: Path, tmp_path: Path) -> None:
    cli("convert", estate, "-o", tmp_path / "out")
    done = python(tmp_path / "out" / "night.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("LEDGER: taken to be approved\nload\nrecover\nRunning night()")


def test_the_answer_decides(estate: Path, tmp_path: Path) -> None:
    cli("convert", estate, "-o", tmp_path / "out")
    module = flyte_model.load(tmp_path / "out", "night")
    assert module.ledger(answer=True) == "SUCCESS 0"
    assert module.ledger(answer=False) == "FAILURE 1"


def test_no_is_a_failure(estate: Path) -> None:
    assert cli("verify", estate).exit_code == 0
    result = cli("dry-run", estate, "--fail", "LEDGER", "--format", "json")
    states = {name: job["state"] for name, job in json.loads(result.stdout)["jobs"].items()}
    jobs = ("LEDGER", "LOAD", "RECOVER")
    assert [states[job] for job in jobs] == ["failed", "not_run", "succeeded"]


def test_where_nobody_looks_at_the_answer_the_task_raises(tmp_path: Path, estate: Path) -> None:
    (estate / "a.jil").write_text(JIL.partition("insert_job: RECOVER")[0], encoding="utf-8")
    cli("convert", estate, "-o", tmp_path / "out")
    module = flyte_model.load(tmp_path / "out", "night")
    assert module.ledger(answer=True) == 0
    with pytest.raises(Exception, match='not approved: Is the ledger "closed"\\?'):
        module.ledger(answer=False)


def test_it_registers(estate: Path, tmp_path: Path) -> None:
    cli("convert", estate, "-o", tmp_path / "out")
    with open_door(tmp_path) as door:
        env = {"FLYTECTL_CONFIG": str(door.config)}
        place = ("-p", "flytesnacks", "-d", "development")
        module = tmp_path / "out" / "night.py"
        done = installed("pyflyte", "register", *place, module, cwd=tmp_path, env=env)
    assert not door.refused, done.stderr
    assert "out.night.ledger_approval" in {name for name, _ in door.workflows}, done.stderr


@pytest.mark.parametrize("more", ['project = "x"', "within = -1", 'file = "y"'])
def test_wrong_rules(estate: Path, more: str) -> None:
    rule = RULE.replace("within = 12", more)
    (estate / "transpile.toml").write_text(rule, encoding="utf-8")
    assert "A952" in cli("check", estate).output


@pytest.mark.parametrize("branch", ["task", "native"])
def test_in_a_box_that_need_not_start(branch: str, tmp_path: Path) -> None:
    """The box is flattened: its jobs look at its start, and the approval does, too."""
    jil = """\
insert_job: A
command: true

insert_job: BOX
job_type: b
condition: f(A)

insert_job: IN
box_name: BOX
command: true
condition: s(LEDGER) | s(A)
"""
    (tmp_path / "a.jil").write_text(jil, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(RULE, encoding="utf-8")
    result = cli("verify", tmp_path, "--branch", branch)
    assert "1 of 1 workflow agree" in result.output
    assert "A962" in result.output
    cli("convert", tmp_path, "-o", tmp_path / "out", "--branch", branch)
    (module,) = (
        p for p in (tmp_path / "out").glob("*.py") if p.stem not in ("__init__", "job_runtime")
    )
    assert "answer: bool" in module.read_text(encoding="utf-8")
    done = python(module)
    assert done.returncode == 0, done.stderr
    assert "NameError" not in done.stderr
