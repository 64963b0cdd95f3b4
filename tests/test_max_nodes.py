"""Large workflows in parts: the source's behaviour, within the limits of Flyte."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.strategies import booleans

from tests.admin import open_door
from tests.amounts import share_of
from tests.jil_networks import networks
from tests.support import ROOT, cli, codes, is_known_to_differ, plan, python
from tests.test_limits import NAMES, SOURCES, boxed
from tests.test_registration import register
from tests.test_split import SMALL
from tests.test_verify import SCENARIOS, verdicts
from transpile.model import Form
from transpile.targets.flyte.module_names import ModuleNames


def jil(below: dict[str, list[str]]) -> str:
    """Jobs and what they wait for."""
    conditions = {job: " & ".join(f"s({name})" for name in names) for job, names in below.items()}
    return "\n".join(
        f"insert_job: {job}\ncommand: true\n" + (f"condition: {text}\n" if text else "")
        for job, text in conditions.items()
    )


CHAIN = {f"J{n}": [f"J{n - 1}"] if n else [] for n in range(1000)}
WIDE = {
    "START": [],
    **{f"S{s}_{n}": [f"S{s}_{n - 1}" if n else "START"] for s in range(40) for n in range(30)},
    "END": [f"S{s}_29" for s in range(40)],
}
LADDER = {"L0": [], "R0": []} | {
    job: above
    for n in range(1, 60)
    for job, above in ((f"L{n}", [f"L{n - 1}"]), (f"R{n}", [f"R{n - 1}", f"L{n - 1}"]))
}


@pytest.mark.parametrize("jobs", [CHAIN, WIDE], ids=["chain", "wide"])
def test_a_large_workflow_becomes_several_of_at_most_100_nodes(jobs: dict[str, list[str]]) -> None:
    (module,), diagnostics = plan(boxed(jil(jobs)))
    counts = [len(workflow.nodes) for workflow in module.workflows]
    assert max(counts) <= 100
    assert len(counts) <= 16
    assert sum(counts) == len(jobs) + len(counts) - 1
    assert not codes(diagnostics) & {"A601", "A620", "A621", "A622"}
    assert sorted(module.node_of) == sorted([*jobs, "NIGHT"])


def test_the_limit_of_nodes_can_be_raised() -> None:
    (module,), diagnostics = plan(jil(LADDER), form=Form(max_nodes=120))
    assert len(module.workflows) == 1
    assert "A601" not in codes(diagnostics)


def test_what_cannot_be_split_is_reported() -> None:
    (module,), diagnostics = plan(jil(LADDER))
    (found,) = (d for d in diagnostics if d.code == "A601")
    assert found.message == (
        "workflow L0_network keeps 120 nodes, more than 100: "
        "L0, R0, L1 and 117 others have no common upstream and downstream nodes"
    )
    assert len(module.workflows) == 1


def test_what_judges_the_whole_keeps_nothing_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its node waits for watched jobs, not for Z: it may as well wait for all."""
    text = (
        jil({"START": []})
        + "\n"
        + "\n".join(
            f"insert_job: {job}{n}\ncommand: true\ncondition: {condition.format(n)}\n"
            for n in range(8)
            for job, condition in (
                ("X", "s(START)"),
                ("Z", "s(X{0})"),
                ("W", "s(X{0})"),
                ("P", "d(W{0})"),
            )
        )
    )
    (verdict,) = verdicts(text, form=Form(max_nodes=10))
    assert verdict.good
    assert "A601" not in codes(plan(text, form=Form(max_nodes=10))[1])
    monkeypatch.setattr(ModuleNames, "judging", frozenset())
    assert "A601" in codes(plan(text, form=Form(max_nodes=10))[1])


def test_parts_that_would_be_nested_too_deep_are_reported() -> None:
    """A row of jobs, each with one beside what follows it: a part is all from some job on."""
    row = {f"J{n}": [f"J{n - 1}"] if n else [] for n in range(300)}
    beside = {f"K{n}": [f"J{n}"] for n in range(300)}
    _, diagnostics = plan(boxed(jil(row | beside)), form=Form(max_nodes=5))
    assert "A601" in codes(diagnostics)
    (module,), diagnostics = plan(boxed(jil(row | beside)), form=Form(max_nodes=50))
    assert "A601" not in codes(diagnostics)
    assert max(len(workflow.nodes) for workflow in module.workflows) <= 50


@settings(
    deadline=None,
    max_examples=share_of(30),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(networks(40, "NIGHT"), booleans())
def test_the_behaviour_is_the_sources(text: str, launches: bool) -> None:
    assume(not is_known_to_differ(text))
    with pytest.MonkeyPatch.context() as patch:
        if launches:
            patch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
        found = verdicts(text, most=25, form=Form(max_nodes=5), end=share_of(SCENARIOS))
    for verdict in found:
        assert verdict.problems == []
        assert verdict.disagreements == []


@pytest.mark.usefixtures("few_combinations")
@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_samples_and_goldens_behave_the_same_in_parts(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handlers, inputs, alarms, run days, approvals and waits included."""
    whole = cli("verify", source, "--scenarios", "40")
    monkeypatch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
    parts = cli("verify", source, "--scenarios", "40", "--max-nodes", "4")
    assert parts.exit_code == whole.exit_code


def test_a_wait_in_a_part_is_defined_before_it() -> None:
    """Its gate is in the part, and its look is not."""
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}:00"\n'
    text = (
        f"insert_job: FAR\ncommand: true\n{clock.format('02')}\n"
        f"insert_job: NIGHT\njob_type: BOX\ncondition: s(FAR)\n{clock.format('03')}\n"
        + "\n".join(
            f"insert_job: J{n}\nbox_name: NIGHT\ncommand: true\n"
            + (f"condition: s(J{n - 1})\n" if n else "")
            for n in range(12)
        )
    )
    found = verdicts(text, form=Form(max_nodes=5))
    assert [verdict.good for verdict in found] == [True, True]


def test_a_lost_value_is_seen() -> None:
    """What crosses the wall of a part counts: with another status bound D would run."""
    text = (
        "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: d(A)\n\n"
        "insert_job: C\ncommand: c\ncondition: f(B)\n\n"
        "insert_job: D\ncommand: d\ncondition: f(A) & d(C)\n"
    )

    def mutate(emitted: str) -> str:
        assert 'add_workflow_output("a", a_node.o0)' in emitted
        return emitted.replace('_output("a", a_node.o0', '_output("a", b_node.o0')

    (good,) = verdicts(text, form=Form(max_nodes=2))
    assert good.good
    (bad,) = verdicts(text, mutate, form=Form(max_nodes=2))
    assert bad.disagreements


@pytest.mark.parametrize(
    "failing", [[], ["ORD.ENRICH"], ["FIN.PRICE_ORDERS"], ["ORD.DEDUPE", "INV.RECONCILE"]]
)
def test_a_dry_run_is_the_same_to_the_second(failing: list[str]) -> None:
    """States, times and reasons; what came last may be another one of several."""
    options = [word for job in failing for word in ("--fail", job)]
    command = ("dry-run", ROOT / "samples" / "autosys", "--workflow", "NIGHT", "--format", "json")
    whole, parts = (
        json.loads(cli(*command, *options, *more).stdout) for more in ((), ("--max-nodes", "6"))
    )
    assert [len(found.pop("critical_path")) for found in (whole, parts)]
    assert parts == whole


@pytest.fixture(scope="module", params=["sub-workflows", "executions"])
def night(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A sample estate whose settings split it, converted; in parts, or in executions too."""
    folder = tmp_path_factory.mktemp("night")
    shutil.copytree(ROOT / "samples" / "autosys", folder / "samples" / "autosys")
    settings_file = folder / "samples" / "autosys" / "transpile.toml"
    with settings_file.open("a", encoding="utf-8") as file:
        file.write("\n[options]\nmax-nodes = 10\n")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "executions":
            patch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
        result = cli("convert", folder / "samples" / "autosys", "-o", folder / "out")
    assert result.exit_code == 0, result.output
    text = (folder / "out" / "nightly" / "night.py").read_text(encoding="utf-8")
    assert "NIGHT (from " in text
    assert ("add_launch_plan(" in text) is (request.param == "executions")
    return folder


def test_a_sample_runs_in_parts(night: Path) -> None:
    done = python(night / "out" / "nightly" / "night.py", cwd=night)
    assert done.returncode == 0, done.stderr
    assert (night / ".sample-work" / "out" / "summary.txt").is_file()


def test_the_report_names_the_node_of_each_job(night: Path) -> None:
    cli("convert", ROOT / "samples" / "autosys", "-o", night / "whole")
    reports = [json.loads((night / n / "report.json").read_text()) for n in ("out", "whole")]
    nodes = [{(row["name"], row["node"]) for row in report["jobs"]} for report in reports]
    assert nodes[0] == nodes[1]


def test_parts_are_no_workflows_to_be_run_by_themselves(night: Path, tmp_path: Path) -> None:
    """A module without its report is refused: nothing says which jobs its nodes are about."""
    module = night / "out" / "nightly" / "night.py"
    found = json.loads(cli("dry-run", module, "--format", "json").stdout)
    assert found["workflow"] == "NIGHT"
    assert not [job for job in found["jobs"] if "part" in str(job)]
    shutil.copy(module, tmp_path)
    refused = cli("dry-run", tmp_path / "night.py", "--format", "json")
    assert refused.exit_code == 2
    assert "no report.json" in refused.stderr


def test_parts_are_packed_and_registered(night: Path) -> None:
    packed = cli("package", night / "out", "--image", "image:1", "-o", night / "a.tgz")
    assert packed.exit_code == 0, packed.output
    (night / "door").mkdir()
    with open_door(night / "door") as door:
        said = register(door, night / "out", cwd=night)
        assert "Successfully registered" in said, said
        assert not door.refused
        assert any(name.startswith("NIGHT.from_") for name, _ in door.workflows)


def test_a_sub_dag_that_is_large_has_an_execution_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
    rows = [f"JOB J{n} job.sub" for n in range(6)]
    rows += [f"PARENT J{n} CHILD J{n + 1}" for n in range(5)]
    (tmp_path / "inner.dag").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "small.dag").write_text("JOB ONE job.sub\n", encoding="utf-8")
    (tmp_path / "job.sub").write_text("executable = /bin/true\nqueue\n", encoding="utf-8")
    (tmp_path / "outer.dag").write_text(
        "JOB A job.sub\nSUBDAG EXTERNAL INNER inner.dag\nSUBDAG EXTERNAL SMALL small.dag\n"
        "JOB B job.sub\nPARENT A CHILD INNER\nPARENT INNER CHILD SMALL\nPARENT SMALL CHILD B\n"
        "RETRY A 1\n",
        encoding="utf-8",
    )
    source, out = tmp_path / "outer.dag", tmp_path / "out"
    assert cli("convert", source, "-o", out).exit_code == 0
    text = (out / "outer.py").read_text(encoding="utf-8")
    assert "outer.add_launch_plan(LaunchPlan.get_or_create(inner))" in text
    assert "outer.add_subwf(small)" in text
    result = cli("verify", source, "--scenarios", "200")
    assert result.exit_code == 0, result.output


def test_an_input_that_flytekit_has_a_parameter_for() -> None:
    text = "insert_job: A\ncommand: echo $$LAUNCH_PLAN\n\n" + jil({"B": ["A"], "C": ["B"]})
    (module,), _ = plan(text, form=Form(max_nodes=2))
    assert [given.name for given in module.main.inputs] == ["launch_plan_value"]


@pytest.mark.parametrize("value", ["1", "0", '"many"', "true", "2.5"])
def test_a_number_of_nodes_that_makes_no_sense(value: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(jil({"A": []}), encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(f"[options]\nmax-nodes = {value}\n")
    result = cli("check", tmp_path / "a.jil")
    assert "A912" in result.output
    assert "it must be a number of at least 2" in result.output


def test_the_option_wants_two_at_least(tmp_path: Path) -> None:
    result = cli("verify", ROOT / "samples" / "autosys", "--max-nodes", "1")
    assert result.exit_code == 2
