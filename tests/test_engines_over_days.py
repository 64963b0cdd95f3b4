"""Engines over days: the timeline of each case, and the same ends as in one run."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.azkaban.generated import FlowGenerator
from tests.dagman.case import SUBMITS
from tests.dagman.generated import Generator
from tests.day_cases import Case, cases, facts_of, log_of, period_of, timeline
from tests.support import ROOT
from tests.tws_estates import Estate
from transpile.model import Facts, OutputValue, Steps, atoms
from transpile.model.outcome import ENDED, KILLED, SCRIPTS, Outcome, Run, State
from transpile.model.run_log import Period, RunEnd, RunLog
from transpile.pipeline import read_estate

FOLDER = ROOT / "tests" / "days"
MONDAY = datetime(2026, 11, 2, tzinfo=timezone.utc)
LONG = 1_000_000.0
CHECKED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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


def drawn_outcomes(facts: Facts, rnd: random.Random, share: float = 0.4) -> dict[str, Outcome]:
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
        if rnd.random() < share
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
                run = part.said.engine(part).run(outcomes, {})
                assert differences(run, log, part) == []
