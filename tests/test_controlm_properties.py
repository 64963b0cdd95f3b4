"""Properties of conversions of Control-M, over generated estates."""

import json
import random
import re
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import sample, share_of
from tests.controlm_estates import ControlMGenerator, controlm_estates
from tests.jil_networks import Dice
from tests.support import cli, emit, plan, plan_modules, python, read
from transpile.cli.subjects import verify_module, write_modules
from transpile.dialects.controlm.codes import examples
from transpile.model import Command, Form
from transpile.model.rules import TARGETS

some = settings(
    deadline=None,
    max_examples=share_of(25),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

anything = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029\x85"
    ),
    max_size=60,
)


def generated(seed: int, count: int = 7, *, smart: bool = False) -> str:
    """The estate of a seed."""
    return ControlMGenerator(Dice(random.Random(seed)), count, smart).text()


def names_in(text: str) -> set[str]:
    """The names of the jobs in an export."""
    return set(re.findall(r'<JOB JOBNAME="(\w+)"', text))


@pytest.mark.parametrize("target", TARGETS)
@some
@given(text=controlm_estates(15))
def test_no_job_is_lost(target: str, text: str) -> None:
    network, diagnostics = read(text)
    named = {name.rpartition(".")[2] for name in network.said.jobs}
    assert names_in(text) <= named
    modules, _ = plan(text, form=Form(target=target))
    placed = [name for module in modules for name in module.node_of]
    assert len(placed) == len(set(placed))
    left_out = set(network.said.jobs) - set(placed)
    told = {found.job for found in diagnostics if found.code in ("A402", "A407")}
    boxes = {name for name in left_out if not network.members.get(name)}
    assert left_out <= told | set(network.flattened) | boxes


@some
@given(text=controlm_estates(15))
def test_order_is_dependency_order(text: str) -> None:
    for module in plan(text)[0]:
        for workflow in module.workflows:
            place = {node.variable: number for number, node in enumerate(workflow.nodes)}
            assert all(place[first] < place[second] for first, second in workflow.edges)


@some
@given(command=anything)
def test_commands_survive_to_the_byte(command: str) -> None:
    command = command.replace("%%", "").strip()
    text = examples.folder(examples.job()).replace(
        'CMDLINE="true"', f"CMDLINE={quoteattr(command)}"
    )
    action = read(text)[0].said.jobs["F.A"].action
    if command:
        assert isinstance(action, Command)
        assert "".join(map(str, action.text)) == command


@pytest.mark.parametrize("target", TARGETS)
@some
@given(names=st.lists(anything.filter(str.strip), min_size=1, max_size=6))
def test_any_name_is_safe(target: str, names: list[str]) -> None:
    parts = [examples.job(name="@").replace('"@"', quoteattr(name)) for name in names]
    for name, module in emit(examples.folder(*parts), form=Form(target=target)).items():
        assert name.isidentifier()
        assert name.isascii()
        compile(module, f"{name}.py", "exec")


@pytest.mark.parametrize("target", TARGETS)
def test_output_does_not_depend_on_the_hash_seed(target: str, tmp_path: Path) -> None:
    source = tmp_path / "a.xml"
    source.write_text(generated(47, 15), encoding="utf-8")
    arguments = ("convert", source, "--target", target, "-o")
    here = cli(*arguments, tmp_path / "here" / "out")
    there = {"PYTHONHASHSEED": "4711"}
    done = python(
        "-m", "transpile", *arguments, tmp_path / "there" / "out", env=there, cwd=tmp_path
    )
    assert done.returncode == here.exit_code, done.stderr
    both = [
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "here", tmp_path / "there")
    ]
    assert both[0] == both[1]


# -------------------------------------------------------------------- behaviour


@pytest.mark.parametrize("target", TARGETS)
@settings(some, max_examples=10)
@given(text=controlm_estates(12) | controlm_estates(12, smart=True))
def test_a_run_of_a_workflow_is_that_of_the_engine(target: str, text: str) -> None:
    network, diagnostics = read(text)
    with tempfile.TemporaryDirectory() as folder:
        planned = plan_modules([network], diagnostics, Form(target=target))
        for written in write_modules(planned, Path(folder)):
            verdict = verify_module(written, 30, 0)
            assert verdict.problems == []
            assert verdict.disagreements == []


def nights(folder: Path, text: str, *options: object) -> dict[str, Any]:
    """What both sides do over days."""
    folder.mkdir()
    settings_file = '[platform]\nendpoint = "flyteadmin:81"\n'
    (folder / "transpile.toml").write_text(settings_file, encoding="utf-8")
    (folder / "a.xml").write_text(text, encoding="utf-8")
    given_days = ("--days", 10, "--from", "2026-05-11T07:00Z", "--scenarios", 5, "--jobs", 1)
    result = cli("verify", folder, *given_days, "--format", "json", *options)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(("target", "estates"), [("flyte", 12), ("flyte2", 4)])
def test_days_are_those_of_the_engine(target: str, estates: int, tmp_path: Path) -> None:
    """Most runs are reproduced, and what differs is explained."""
    agree = unexplained = 0
    seeds = sample(range(1000, 1000 + estates), 3)
    for seed in seeds:
        text = generated(seed, smart=seed % 4 == 3)
        found = nights(tmp_path / str(seed), text, "--target", target)
        for row in found["workflows"]:
            agree += row["agreeing_runs"]
            unexplained += row["differences"].get("unexplained", 0)
    assert agree > 25 * len(seeds)
    assert unexplained == 0


def test_a_lost_wait_is_seen(tmp_path: Path) -> None:
    """The comparison above can fail: the engine reads other conditions than the workflow."""
    feed = examples.job('<OUTCOND NAME="X" ODATE="ODAT" SIGN="+"/>', more='TIMEFROM="0900"')
    wait = '<INCOND NAME="X" ODATE="ODAT" AND_OR="A"/>'
    good = examples.folder(feed, examples.job(wait, name="B", more='TIMEFROM="0800"'))
    out = tmp_path / "out"
    found = nights(tmp_path / "good", good)
    assert all(not row["differences"] for row in found["workflows"])
    (tmp_path / "bad.xml").write_text(good.replace(wait, ""), encoding="utf-8")
    cli("convert", tmp_path / "bad.xml", "-o", out)
    found = nights(tmp_path / "again", good, "--against", out)
    (row,) = (row for row in found["workflows"] if "B" in row["name"])
    assert row["differences"]["unexplained"] > 0
