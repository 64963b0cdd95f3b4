"""The DAGMan engine and the emitted workflows, compared with recorded runs of the real engine."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.amounts import sample
from tests.dagman.case import SUBMITS, Case, Table
from tests.dagman.cases import CASES, NEWER
from tests.dagman.generated import RANDOM, Generator
from tests.dagman.record import RECORDED, prepare
from tests.support import CORPUS, aiming_at, cli
from transpile.cli.subjects import from_estate, verify_module, write_modules
from transpile.dialects.dagman.engine import Dagman
from transpile.model import Command, Facts, Steps, plain
from transpile.model.outcome import KILLED, Outcome, Run, State
from transpile.model.rules import TARGETS
from transpile.pipeline import Estate, read_estate
from transpile.proof.rehearse import Plan
from transpile.proof.result import Result

RECORDS: dict[str, list[dict[str, Any]]] = json.loads(RECORDED.read_text(encoding="utf-8"))
RECORDED_CASES = {**CASES, **RANDOM}
RUNS = [(name, n) for name, case in RECORDED_CASES.items() for n in range(len(case.tables))]
ERROR, DONE, NOT_RUN = "ERROR", "DONE", "NOT RUN"
_STATES = {
    State.SUCCEEDED: DONE,
    State.FAILED: ERROR,
    State.TERMINATED: ERROR,
    State.UNFINISHED: ERROR,
    State.NOT_RUN: NOT_RUN,
}


def estate_of(case: Case, folder: Path, target: str = "flyte") -> Estate:
    """The estate of a case."""
    for name, text in {**SUBMITS, **case.files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_estate([str(folder / "main.dag")], None, aiming_at(target))


DIFFER = {"A413", "A716", "A717", "A718"}
"""Codes of known differences from the real engine."""


def outcomes(table: Table) -> dict[str, Outcome]:
    """The outcomes in the table, by the names that the engine uses."""
    return {
        name: Outcome(tuple(KILLED if code == "killed" else int(code) for code in codes))
        for name, codes in table.items()
    }


def expected(record: dict[str, Any]) -> dict[str, str]:
    """The node states of the record, without join nodes; futile nodes count as not run.

    Nodes that are futile but ran are left out: the real engine calls nodes futile if they follow a
    DONE node whose parent failed.
    """
    futile = {n for n, state in record["nodes"].items() if state == "FUTILE"} & set(record["ran"])
    seen = {n: s for n, s in record["nodes"].items() if "_condor_" not in n and n not in futile}
    return {name: state if state in (DONE, ERROR) else NOT_RUN for name, state in seen.items()}


def ran(record: dict[str, Any]) -> dict[str, int]:
    """How often each job ran, by the last part of its name."""
    keys = [key for key in record["ran"] if not key.endswith((" PRE", " POST"))]
    return {key: keys.count(key) for key in keys}


def job_runs(network: Facts, run: Run, record: dict[str, Any]) -> None:
    """Assert that jobs ran as often as recorded, in an order that the engine allows."""
    names = {name.rpartition("/")[2]: name for name in network.jobs}
    first: dict[str, int] = {}
    for place, key in enumerate(record["ran"]):
        first.setdefault(names.get(key, key), place)
    for before, after in run.order:
        if before in first and after in first:
            assert first[before] < first[after], (before, after)
    for name, count in ran(record).items():
        ending = run.jobs[names[name]]
        assert ending.attempts >= count, name


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("name", "number"), RUNS)
def test_engine_and_workflow_agree_with_the_record(
    name: str, number: int, target: str, tmp_path: Path
) -> None:
    case, record = RECORDED_CASES[name], RECORDS[name][number]
    estate = estate_of(case, tmp_path, target)
    if name in RANDOM and DIFFER & {found.code for found in estate.diagnostics}:
        pytest.skip("the conversion reports a known difference")
    table = outcomes(case.tables[number])
    (network,) = (part for network in estate.networks for part in network.parts())
    run = Dagman(network).run(table, {})
    known = expected(record)
    assert {n: _STATES[run.jobs[n].state] for n in known} == known
    assert (run.whole is State.SUCCEEDED) == (record["exit"] == 0)
    job_runs(network, run, record)
    (tmp_path / "out").mkdir()
    (emitted,) = from_estate(estate.planned, tmp_path / "out", execute=False)
    result: Result = emitted.run(Plan(outcomes=table))
    assert {n: _STATES[result.jobs[n].ending.state] for n in known} == known
    assert result.succeeded == (record["exit"] == 0)


PRINTING = ("final", "killed", "vars", "words", "files", "post", "retry")
EXECUTED = [
    (name, number)
    for name, number in RUNS
    if name.startswith(PRINTING) or name in {f"random {seed}" for seed in range(40)}
]


def words(lines: list[str]) -> dict[str, list[str]]:
    """The words that the job and the scripts of each node got, in order."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.split(" ")[0], []).append(line.rstrip())
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("name", "number"), EXECUTED)
def test_commands_get_the_recorded_words(
    name: str, number: int, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The emitted commands run: macros, $RETURN, DAG_STATUS and signals agree with the record."""
    case, record = RECORDED_CASES[name], RECORDS[name][number]
    prepare(tmp_path / "run", case.files, case.tables[number])
    estate = read_estate([str(tmp_path / "run" / "main.dag")], None, aiming_at(target))
    if DIFFER & {found.code for found in estate.diagnostics}:
        pytest.skip("the conversion reports a known difference")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "run")
    (emitted,) = from_estate(estate.planned, tmp_path / "out", execute=True)
    result: Result = emitted.run(Plan())
    arguments = tmp_path / "run" / "arguments.txt"
    seen = arguments.read_text(encoding="utf-8").splitlines() if arguments.exists() else []
    assert words(seen) == words(record["arguments"])
    assert result.succeeded == (record["exit"] == 0)
    known = expected(record)
    assert {n: _STATES[result.jobs[n].ending.state] for n in known} == known


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [*CASES, *NEWER])
def test_verify_agrees(name: str, target: str, tmp_path: Path) -> None:
    estate = estate_of({**CASES, **NEWER}[name], tmp_path, target)
    (tmp_path / "out").mkdir()
    assert estate.modules
    for written in write_modules(estate.planned, tmp_path / "out"):
        verdict = verify_module(written, 150, 0)
        assert verdict.disagreements == []
        assert verdict.problems == []


def test_every_run_is_recorded() -> None:
    assert {name: len(rows) for name, rows in RECORDS.items()} == {
        name: len(case.tables) for name, case in RECORDED_CASES.items()
    }


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", sample(range(100), 4))
def test_verify_agrees_on_random_dags(seed: int, target: str, tmp_path: Path) -> None:
    estate = estate_of(Generator(random.Random(seed), newer=True).case(12), tmp_path, target)
    (tmp_path / "out").mkdir()
    for written in write_modules(estate.planned, tmp_path / "out"):
        verdict = verify_module(written, 60, seed)
        assert verdict.disagreements == []
        assert verdict.problems == []


FOREIGN = sorted((CORPUS / "dagman").rglob("*.dag"))
REFUSED = {
    "job_dagman_cycle-A.dag": "A401",
    "job_dagman_splice-N-splice.dag": "A704",
    "job_dagman_splice-R-upper.dag": "A702",
    "job_dagman_splice_connect-A-inc1.dag": "A702",
    "job_dagman_splice_connect-A-inc2.dag": "A702",
    "job_dagman_splice_connect-D.dag": "A703",
    "job_dagman_splice_connect-E.dag": "A703",
    "job_dagman_splice_connect-F.dag": "A703",
    "test_multi_log1.dag": "A701",
}
"""Codes of the corpus files that `condor_dagman -DryRun` refuses, without their SCRIPT lines."""


@pytest.mark.skipif(not FOREIGN, reason="the corpus is not beside the checkout")
@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: "-".join(path.parts[-2:]))
def test_accepts_and_refuses_what_the_engine_does(path: Path, tmp_path: Path) -> None:
    estate = read_estate([str(path)], None)
    found = {d.code for d in estate.diagnostics}
    outer = path.parent.name != "a"
    if "A711" in found:
        assert path.read_text(encoding="utf-8").lstrip("# \n").count("TASK")
    elif path.name in REFUSED and (outer or path.name != "job_dagman_splice-N-splice.dag"):
        assert REFUSED[path.name] in found
        assert not estate.modules
    elif "A105" not in found:
        assert estate.modules
    for written in write_modules(estate.planned, tmp_path):
        verdict = verify_module(written, 40, 0)
        assert verdict.disagreements == []
        assert [p for p in verdict.problems if "100 nodes" not in p] == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("JOB A a.sub\nJOBS B b.sub\n", "A701", 2, 1),
        ("JOB A a.sub\n  RETRY A many\n", "A701", 2, 11),
        ("JOB A a.sub\nPARENT A CHILD B\n", "A702", 2, 1),
        ("JOB A a.sub\nPARENT A CHILD A\n", "A703", 2, 1),
        ("JOB A a.sub\nJOB A a.sub\n", "A703", 2, 1),
        ("JOB A+B a.sub\n", "A703", 1, 1),
        ("FINAL F a.sub\nFINAL G a.sub\n", "A703", 2, 1),
        ("FINAL F a.sub\nRETRY F 1\n", "A703", 2, 1),
        ("JOB A a.sub\nFINAL F a.sub\nPARENT A CHILD F\n", "A703", 3, 1),
        ("JOB A {\nexecutable = x\n", "A701", 1, 1),
        ("JOB A a.sub\nABORT-DAG-ON A 1 RETURN 256\n", "A701", 2, 25),
        ("JOB A a.sub\nVARS A queue=1\n", "A701", 2, 8),
        ("JOB A a.sub\nREJECT\n", "A703", 2, 1),
        ("JOB A a.sub\nINCLUDE nowhere.inc\n", "A704", 2, 1),
        ("JOB A a.sub\nSPLICE S main.dag\n", "A703", 2, 1),
        ("JOB A a.sub\nINCLUDE main.dag\n", "A703", 2, 1),
        ("JOB A a.sub\nJOB B a.sub\nPARENT A CHILD B\nPARENT B CHILD A\n", "A401", 4, 1),
    ],
)
def test_refused(text: str, code: str, line: int, column: int, tmp_path: Path) -> None:
    path = tmp_path / "main.dag"
    path.write_text(text, encoding="utf-8")
    estate = read_estate([str(path)], None)
    places = {(d.code, d.span.line, d.span.column) for d in estate.diagnostics}
    assert (code, line, column) in places
    assert not estate.modules
    assert cli("convert", path, "-o", tmp_path / "out").exit_code == 1


ONE = "JOB A {\nexecutable = /bin/true\n%s}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{ONE % ''}SUBDAG EXTERNAL S inner.dag\nSCRIPT PRE S x.sh\n", "A716"),
        (f"{ONE % ''}SUBDAG EXTERNAL S inner.dag\nSCRIPT POST S x.sh\n", "A716"),
        (f"{ONE % ''}SUBDAG EXTERNAL S wrong.dag\n", "A716"),
        (f"{ONE % ''}SUBDAG EXTERNAL S chain.dag\nRETRY S 1\n", "A718"),
        (ONE % "transfer_input_files = a.csv\n", "A723"),
        (ONE % "transfer_output_files = a.csv\n", "A723"),
        (ONE % "should_transfer_files = YES\n", "A723"),
        (f"{ONE % ''}VARS A transfer_input_files=\"a.csv\"\n", "A723"),
        (ONE % "output = $(ClusterId).out\n", "A724"),
        (f"{ONE % ''}SCRIPT POST A x.sh $JOBID\n", "A724"),
        (ONE % "arguments = $(NODE)\n", "A721"),
        (f"{ONE % ''}VARS A max_retries=\"3\"\n", "A727"),
        (ONE % "hold = true\n", "A727"),
        (ONE % "success_exit_code = 3\n", "A727"),
        (ONE % "concurrency_limits = x\n", "A714"),
        (f"{ONE % ''}RETRY A 1 UNLESS-EXIT 2 3\n", "A722"),
        (f"{ONE % ''}env SET STAGE=test\n", "A725"),
        (f"{ONE % ''}CONFIG dagman.config\n", "A726"),
    ],
)
def test_reported(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "inner.dag").write_text(ONE % "", encoding="utf-8")
    chain = f"{ONE % ''}{(ONE % '').replace('JOB A', 'JOB B')}PARENT A CHILD B\n"
    (tmp_path / "wrong.dag").write_text("JOBS A a.sub\n", encoding="utf-8")
    (tmp_path / "chain.dag").write_text(chain, encoding="utf-8")
    (tmp_path / "main.dag").write_text(text, encoding="utf-8")
    estate = read_estate([str(tmp_path / "main.dag")], None)
    assert code in {found.code for found in estate.diagnostics}
    assert estate.modules


def test_defaults_are_kept(tmp_path: Path) -> None:
    text = "hold = False\non_exit_remove = true\nmax_retries = 0\nperiodic_remove = false\n"
    (tmp_path / "main.dag").write_text(ONE % text, encoding="utf-8")
    found = {found.code for found in read_estate([str(tmp_path / "main.dag")], None).diagnostics}
    assert not found & {"A714", "A727"}


def test_each_node_and_attempt_is_a_cluster_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.sub").write_text("executable = a\narguments = $(Cluster)\n", encoding="utf-8")
    text = "JOB A a.sub\nJOB B a.sub\nRETRY B 1\n"
    (tmp_path / "main.dag").write_text(text, encoding="utf-8")
    estate = read_estate([str(tmp_path / "main.dag")], None)
    assert [d.code for d in estate.diagnostics].count("A724") == 1
    (network,) = estate.networks
    actions = [job.action for job in network.jobs.values()]
    found = [text for a in actions if isinstance(a, Command | Steps) for text in a.texts if text]
    texts = [plain(text) for text in found]
    assert [text.rpartition(" ")[2] for text in texts] == [
        '"$FLYTE_INTERNAL_EXECUTION_ID-A"',
        '"$FLYTE_INTERNAL_EXECUTION_ID-B-$RETRY"',
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Abort-Dag-On\n", "the name of a node is missing"),
        ("JOBS A b\n", "unknown command JOBS"),
        ("JOB A\n", "a submit description is missing"),
        ("RETRY A x\n", "x is not a number"),
        ("SPLICE S s.dag NOOP\n", "unexpected word NOOP"),
        ("PARENT A B\n", "CHILD is missing"),
    ],
)
def test_reasons_for_refusing_a_command(text: str, reason: str) -> None:
    result = cli("check", "-", "--from", "dagman", stdin=text)
    assert f"the command cannot be read: {reason}" in result.output


def test_a_blank_of_unicode_is_a_word_of_a_script(tmp_path: Path) -> None:
    (tmp_path / "main.dag").write_text(f"{ONE % ''}SCRIPT PRE A \u00a0\n", encoding="utf-8")
    (network,) = read_estate([str(tmp_path / "main.dag")], None).networks
    action = network.jobs["A"].action
    assert isinstance(action, Steps)
    assert action.before is not None
    assert plain(action.before.text) == "exec './\u00a0'"


def test_files_of_standard_input() -> None:
    result = cli("check", "-", stdin="JOB A a.sub\n")
    assert "a.sub cannot be read: standard input has no folder" in result.output


def test_files_named_together_are_one_dag(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.dag").write_text(
            "JOB A {\nexecutable = /bin/true\n}\nJOB B {\nexecutable = run.sh\n}\n"
            "PARENT A CHILD B\n",
            encoding="utf-8",
        )
    estate = read_estate([str(tmp_path / "one" / "x.dag"), str(tmp_path / "two" / "x.dag")], None)
    (module,) = estate.modules
    assert list(module.node_of) == ["0.A", "0.B", "1.A", "1.B"]
    estate = read_estate([str(tmp_path)], None)
    assert [module.title for module in estate.modules] == ["one_x", "two_x"]
