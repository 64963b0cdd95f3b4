"""Engines over days: the timeline of each case, and the same ends as in one run."""

import pickle
import random
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.azkaban.generated import FlowGenerator
from tests.dagman.case import SUBMITS
from tests.dagman.case import Case as DagCase
from tests.dagman.generated import Generator
from tests.day_cases import Case, Ends, cases, facts_of, log_of, period_of, timeline
from tests.support import ROOT
from tests.test_dagman import (
    DIFFER,
    DONE,
    ERROR,
    NOT_RUN,
    RANDOM,
    RECORDED_CASES,
    RECORDS,
    RUNS,
    estate_of,
    expected,
    outcomes,
)
from tests.tws_estates import Estate
from transpile.dialects.azkaban.quartz import Quartz
from transpile.dialects.azkaban.schedules import CronError
from transpile.dialects.tws.codes.dependencies import UntranslatedCondition
from transpile.model import Facts, OutputValue, Steps, atoms
from transpile.model.outcome import ENDED, KILLED, SCRIPTS, Outcome, Run, State
from transpile.model.run_log import Period, RunEnd, RunLog
from transpile.pipeline import read_estate

FOLDER = ROOT / "tests" / "days"
MONDAY = datetime(2026, 11, 2, tzinfo=timezone.utc)
LONG = 1_000_000.0
CHECKED = settings(
    max_examples=share_of(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def every_case() -> list[object]:
    return [
        pytest.param(case, id=f"{path.stem}: {title}")
        for path in sorted(FOLDER.glob("*.txt"))
        for title, case in cases(path)
    ]


@pytest.mark.parametrize("case", every_case())
def test_timeline(case: Case) -> None:
    found = timeline(log_of(case), period_of(case))
    assert found == case.expected, "\n".join(found)


# ---------------------------------------------------------------- the same ends as in one run


class Drawn:
    """Ends by outcomes; durations are drawn, those of jobs in `late` are very long."""

    def __init__(
        self,
        rnd: random.Random,
        outcomes: Mapping[str, Outcome],
        values: Mapping[str, str],
        late: frozenset[str] = frozenset(),
    ) -> None:
        self._random = rnd
        self._outcomes = outcomes
        self._values = values
        self._late = late

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        assert start.tzinfo is timezone.utc
        seconds = (
            LONG
            if job.split(maxsplit=1)[0] in self._late
            else self._random.choice((0.0, 1.0, 5.0, 60.0, 61.5))
        )
        named = (key.rpartition(":") for key in self._values)
        outputs = [(key, self._values[f"{job}:{key}"]) for owner, _, key in named if owner == job]
        code = self._outcomes.get(job, Outcome()).of(number - 1)
        return RunEnd(seconds, code, tuple(outputs))


def drawn_outcomes(facts: Facts, rnd: random.Random) -> dict[str, Outcome]:
    """Outcomes for some jobs and scripts."""
    names = list(facts.jobs)
    names += [
        f"{name} {word}"
        for name, job in facts.jobs.items()
        if isinstance(job.action, Steps)
        for word in SCRIPTS
    ]
    codes = (0, 1, 1, 2, 3, 4, KILLED)
    return {
        name: Outcome(tuple(rnd.choice(codes) for _ in range(rnd.choice((1, 1, 2, 3)))))
        for name in names
        if rnd.random() < 0.4
    }


def differences(run: Run, log: RunLog, facts: Facts) -> list[str]:
    """Jobs and boxes that end otherwise in one run than over days."""
    found = []
    last = {one.job: one for one in log.runs}
    count: dict[str, int] = {}
    for one in log.runs:
        count[one.job] = count.get(one.job, 0) + 1
    for name, ending in run.jobs.items():
        one = last.get(name)
        state = State.NOT_RUN if one is None else one.state or State.UNFINISHED
        if ending.state.shown != state.shown:
            found.append(f"{name}: {ending.state.value} in one run, {state.value} over days")
        elif one is None or name in facts.members or ending.state not in ENDED:
            continue
        elif (ending.exit_code, max(ending.attempts, 1)) != (one.code, count[name]):
            found.append(f"{name}: {ending} in one run, {one} after {count[name]} over days")
    return found


def over_days(facts: Facts, drawn: Drawn, **chosen: str) -> RunLog:
    period = Period("UTC", MONDAY, MONDAY + timedelta(days=10_000))
    return facts.said.engine.over_days(facts, period, chosen).play(drawn)


def one_day(facts: Facts, drawn: Drawn) -> RunLog:
    """What happens until the plan of the next day."""
    period = Period("UTC", MONDAY, MONDAY + timedelta(days=1))
    return facts.said.engine.over_days(facts, period, {}).play(drawn)


def aborting(facts: Facts, run: Run) -> list[str]:
    """The nodes that aborted their DAG."""
    found = []
    for name, job in facts.jobs.items():
        abort = job.action.abort if isinstance(job.action, Steps) else None
        ending = run.jobs[name]
        code = -9 if ending.exit_code is KILLED else ending.exit_code
        if abort and ending.attempts and ending.state is not State.SUCCEEDED:
            found += [name] if code == abort.code else []
    return found


@CHECKED
@given(st.integers(0, 2**32))
def test_a_dag_ends_as_in_one_run(tmp_path: Path, seed: int) -> None:
    rnd = random.Random(seed)
    case = Generator(rnd, newer=rnd.random() < 0.5).case()
    for name, text in {**SUBMITS, **case.files}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for facts in read_estate([str(tmp_path / "main.dag")], None).networks:
        for _ in range(5):
            outcomes = drawn_outcomes(facts, rnd)
            run = facts.said.engine(facts).run(outcomes, {})
            aborts = aborting(facts, run)
            if facts.stuck or facts.said.refused or len(aborts) > 1:
                continue
            # Whatever does not wait for the aborting node has ended before.
            log = over_days(facts, Drawn(rnd, outcomes, {}, frozenset(aborts)))
            assert differences(run, log, facts) == []


@CHECKED
@given(st.integers(0, 2**32))
def test_a_flow_ends_as_in_one_run(seed: int) -> None:
    rnd = random.Random(seed)
    text = FlowGenerator(rnd, odd=False).flow()
    text += "trigger:\n  schedule: {type: cron, value: 0 0 6 2 11 ? 2026}\n"
    for facts in facts_of("azkaban", text):
        # The one-run engine does not know how a job without a translation ends.
        assume(not facts.said.refused and not any(job.held_up for job in facts.jobs.values()))
        tested = [a for j in facts.jobs.values() for a in atoms(j.condition)]
        keys = sorted({f"{a.job}:{a.name}" for a in tested if isinstance(a, OutputValue)})
        for _ in range(5):
            outcomes = drawn_outcomes(facts, rnd)
            values = {key: rnd.choice(("1", "3", "x", "")) for key in keys if rnd.random() < 0.7}
            run = facts.said.engine(facts).run(outcomes, values)
            log = over_days(facts, Drawn(rnd, outcomes, values), azkaban_failures="downstream")
            assert differences(run, log, facts) == []


@CHECKED
@given(st.integers(0, 2**32))
def test_streams_end_as_in_one_run(seed: int) -> None:
    rnd = random.Random(seed)
    for facts in facts_of("tws", Estate(rnd).text()):
        parts = list(facts.parts())
        for _ in range(5):
            outcomes = drawn_outcomes(facts, rnd)
            log = one_day(facts, Drawn(rnd, outcomes, {}))
            for part in parts:
                why = [job.never_ends for job in part.jobs.values() if job.never_ends]
                if any(each.cause is UntranslatedCondition for each in why):
                    # The one-run engine does not know when such a job is suppressed.
                    continue
                run = part.said.engine(part).run(outcomes, {})
                assert differences(run, log, part) == []


# ---------------------------------------------------------------- what real engines did


def quartz() -> list[tuple[str, ...]]:
    lines = (ROOT / "tests" / "azkaban" / "quartz.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in x.split(" | ")) for x in lines if x[0] != "#"]


@pytest.mark.parametrize("block", range(5))
def test_quartz_fires_when_the_real_one_does(block: int) -> None:
    rows = quartz()[block::5]
    assert len(rows) > 50
    for zone, begin, end, expression, fires in rows:
        first, last = (datetime.fromtimestamp(int(s), timezone.utc) for s in (begin, end))
        found = [str(int(m.timestamp())) for m in Quartz.read(expression).fires(zone, first, last)]
        assert found == fires.split(), expression


@pytest.mark.parametrize(
    "expression",
    [
        "0 0 6 * *",
        "0 0 6 * * *",
        "0 0 6 ? * ?",
        "0 0 25 * * ?",
        "0 0 6 0W * ?",
        "0 0 6 40W * ?",
        "0 0 6 ? * XYZL",
        "0 0 6 ? * 2#6",
        "0 0 6 * * ? 1900",
    ],
)
def test_quartz_refuses(expression: str) -> None:
    with pytest.raises(CronError):
        Quartz.read(expression)


def test_dags_end_as_recorded(tmp_path: Path) -> None:
    """DAGMan itself ran these DAGs; its nodes took no time."""
    rnd = random.Random(0)
    checked = 0
    for name, number in RUNS:
        case, record = RECORDED_CASES[name], RECORDS[name][number]
        folder = tmp_path / f"{name} {number}"
        folder.mkdir()
        estate = estate_of(case, folder)
        if name in RANDOM and DIFFER & {found.code for found in estate.diagnostics}:
            continue
        (facts,) = estate.networks
        table = outcomes(case.tables[number])
        late = frozenset(aborting(facts, facts.said.engine(facts).run(table, {})))
        last = {one.job: one for one in over_days(facts, Drawn(rnd, table, {}, late)).runs}
        for node, state in expected(record).items():
            one = last.get(node)
            found = NOT_RUN if one is None else DONE if one.state is State.SUCCEEDED else ERROR
            assert found == state, (name, node)
        checked += 1
    assert checked > 150


SPLICED = {
    "main.dag": "SPLICE X inner.dag\nSPLICE Y inner.dag\nMAXJOBS +all 3\n",
    "inner.dag": "".join(
        f"JOB {name} job.sub\nCATEGORY {name} {category}\n"
        for name, category in (("A", "own"), ("B", "own"), ("C", "+all"), ("D", "+all"))
    )
    + "MAXJOBS own 1\n",
}


def test_a_category_counts_in_its_splice_unless_it_begins_with_a_plus(tmp_path: Path) -> None:
    (facts,) = estate_of(DagCase(SPLICED, ()), tmp_path).networks
    log = over_days(facts, Ends({}))
    minutes = {run.job: (run.start - MONDAY) / timedelta(minutes=1) for run in log.runs}
    assert minutes["X+A"] == minutes["Y+A"] == 0
    assert minutes["X+B"] == minutes["Y+B"] == 1
    assert sorted(minutes[f"{s}+{n}"] for s in "XY" for n in "CD") == [0, 0, 0, 1]


# ---------------------------------------------------------------- plans


@pytest.mark.parametrize("dialect", ["azkaban", "dagman", "tws"])
def test_a_network_with_its_plan_can_be_sent_to_workers(dialect: str) -> None:
    case = next(case for _, case in cases(FOLDER / f"{dialect}.txt"))
    (facts,) = facts_of(case.dialect, case.text)
    again = pickle.loads(pickle.dumps(facts))
    period = period_of(case)
    logs = [f.said.engine.over_days(f, period, {}).play(Ends({})) for f in (facts, again)]
    assert logs[0] == logs[1]
    assert logs[0].runs
    assert all(part.said.plan is None for part in facts.parts())


def test_a_long_chain_of_jobs_that_take_no_time() -> None:
    jobs = [f"J{n}\nNOP\n" + (f"FOLLOWS J{n - 1}\n" if n else "") for n in range(3000)]
    definitions = [f'W#J{n} DOCOMMAND "x"\n' for n in range(3000)]
    text = 'SCHEDULE W#S ON RUNCYCLE R "FREQ=DAILY"\n:\n' + "".join(jobs) + "END\n$JOBS\n"
    (facts,) = facts_of("tws", text + "".join(definitions))
    log = one_day(facts, Drawn(random.Random(0), {}, {}))
    assert len(log.runs) == 3001
    assert {run.state for run in log.runs} == {State.SUCCEEDED}


def test_a_long_chain_of_nodes_that_do_not_run() -> None:
    lines = ["nodes:"]
    for number in range(3000):
        above = f", dependsOn: [n{number - 1}]" if number else ""
        lines.append(f"- {{name: n{number}, type: command, config: {{command: x}}{above}}}")
    lines.append("trigger: {schedule: {type: cron, value: 0 0 6 * * ?}}")
    (facts,) = facts_of("azkaban", "\n".join(lines))
    log = one_day(facts, Drawn(random.Random(0), {"n0": Outcome((1,))}, {}))
    assert [(run.job, run.state) for run in log.runs] == [("n0", State.FAILED)]
