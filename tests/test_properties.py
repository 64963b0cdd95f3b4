"""Properties of conversions, over generated estates."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import flyte_model
from tests.amounts import share_of
from tests.jil_estates import Estate, estates
from tests.support import cli, emit, plan, python, read
from transpile.model import Form
from transpile.model.rules import TARGETS
from transpile.targets.flyte.values import Call
from transpile.targets.printing import render_module, render_runtime

slow = settings(
    deadline=None, max_examples=share_of(60), suppress_health_check=[HealthCheck.too_slow]
)


def serialised(text: str) -> list[list[flyte_model.Node]]:
    """The nodes of each emitted workflow, as flytekit serialises them."""
    modules, _ = plan(text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "flows"
        folder.mkdir()
        (folder / "job_runtime.py").write_text(render_runtime(), encoding="utf-8")
        found = []
        for module in modules:
            (folder / f"{module.name}.py").write_text(render_module(module), encoding="utf-8")
            loaded = flyte_model.load(folder, module.name)
            found.append(flyte_model.tree(flyte_model.serialise(loaded, module.name)))
        return found


@slow
@given(estates(), st.data())
def test_the_behaviour_is_the_sources(estate: Estate, data: st.DataObject) -> None:
    """Whatever fails, the same jobs run, and the whole ends the same way."""
    workflows = serialised(estate.text)
    for nodes in workflows:
        flyte_model.check_ids(nodes)
    commands = estate.commands()
    for _ in range(4):
        failing = set(data.draw(st.lists(st.sampled_from(commands or [""]), max_size=4)))
        ran: set[str] = set()
        succeeded = True
        for nodes in workflows:
            inner, good = flyte_model.simulate(nodes, failing)
            ran |= inner
            succeeded = succeeded and good
        assert (ran & set(commands), succeeded) == estate.run(failing)


def test_a_lost_edge_is_seen() -> None:
    """The comparison above can fail: without an edge, the job runs although the other failed."""
    text = "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\ncondition: s(A)\n"
    (nodes,) = serialised(text)
    assert flyte_model.simulate(nodes, {"A"}) == ({"A"}, False)
    nodes[1].upstream = ()
    assert flyte_model.simulate(nodes, {"A"}) == ({"A", "B"}, False)


@pytest.mark.parametrize("target", TARGETS)
@given(estate=estates(25))
def test_no_job_is_lost(target: str, estate: Estate) -> None:
    network, _ = read(estate.text)
    modules, _ = plan(estate.text, form=Form(target=target))
    assert set(network.jobs) == {job.name for job in estate.jobs}
    placed = [name for module in modules for name in module.node_of]
    assert sorted(placed) == sorted(network.jobs)


@given(estates(25))
def test_order_is_dependency_order(estate: Estate) -> None:
    for module in plan(estate.text)[0]:
        for workflow in module.workflows:
            place = {node.variable: number for number, node in enumerate(workflow.nodes)}
            assert all(place[first] < place[second] for first, second in workflow.edges)


anything = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n\0"), max_size=80
)


@pytest.mark.parametrize("target", TARGETS)
@given(command=anything)
def test_commands_survive_to_the_byte(target: str, command: str) -> None:
    command = (
        command.strip().replace("$$", "").replace("\\:", "").replace("/*", "").strip("\ufeff \t")
    )
    if not command or "\r" in command:
        return
    text = f'insert_job: A\njob_type: c\ncommand: {command.replace(":", chr(92) + ":")}\n'
    (module,) = plan(text, form=Form(target=target))[0]
    task = module.workflows[0].tasks[0]
    assert isinstance(task.result, Call)
    assert task.result.arguments == (command,) or task.result.function == "blocked"


@pytest.mark.parametrize("target", TARGETS)
@given(names=st.lists(anything.filter(lambda name: name.strip(' \t"')), min_size=1, max_size=6))
def test_any_name_is_safe(target: str, names: list[str]) -> None:
    text = "\n".join(
        f'insert_job: "{name.replace(chr(34), "").replace(":", chr(92) + ":")}"\ncommand: true\n'
        for name in names
    )
    for name, module in emit(text, form=Form(target=target)).items():
        assert name.isidentifier()
        assert name.isascii()
        compile(module, f"{name}.py", "exec")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", [0, 1, 4711])
def test_output_does_not_depend_on_the_hash_seed(seed: int, target: str, tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "samples" / "autosys"
    cli("convert", sample, "-o", tmp_path / "here" / "out", "--target", target)
    out = tmp_path / "there" / "out"
    done = python(
        "-m",
        "transpile",
        "convert",
        sample,
        "-o",
        out,
        "--target",
        target,
        env={"PYTHONHASHSEED": str(seed)},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "here" / "out") == contents(out)
