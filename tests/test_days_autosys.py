"""The engine of AutoSys over days says of one run of one box what the engine of one run says."""

import random
from datetime import datetime

import pytest

from tests.jil_networks import Dice, Generator
from tests.support import read
from transpile.model import Facts, Kind
from transpile.model.outcome import KILLED, Outcome, State
from transpile.model.run_log import RunEnd
from transpile.proof.run_ends import GivenEnds
from transpile.proof.source_days import SourceDays, period_of

PERIOD = period_of(datetime(2026, 5, 13), 1, "UTC")
ESTATES = 400
READINGS = {"retry_wait": "none"}


def outcomes(facts: Facts, rnd: random.Random) -> dict[str, int | None]:
    codes = (0, 0, 0, 1, 3, KILLED)
    return {name: rnd.choice(codes) for name in facts.jobs}


def is_emitted(facts: Facts) -> bool:
    """False where the engine of one run knows of jobs that cannot be emitted, or of empty boxes."""
    jobs = facts.jobs.values()
    empty = any(job.kind is Kind.BOX and not facts.members.get(job.name) for job in jobs)
    return not empty and not any(job.held_up or job.never_ends for job in jobs)


def one_run(facts: Facts, codes: dict[str, int | None]) -> dict[str, State]:
    values = {name: variable.value for name, variable in facts.said.variables.items()}
    told = {name: Outcome((code,)) for name, code in codes.items()}
    run = facts.said.engine(facts).run(told, values, dict.fromkeys(codes, 60.0))
    return {name: ending.state for name, ending in run.jobs.items()}


def one_day(facts: Facts, codes: dict[str, int | None]) -> dict[str, State]:
    ends = GivenEnds(runs={name: RunEnd(60, code) for name, code in codes.items()})
    log = SourceDays([facts], PERIOD, READINGS).play(ends)
    found = dict.fromkeys(facts.jobs, State.NOT_RUN)
    for run in log.runs:
        assert run.number == 1
        found[run.job] = run.state or State.UNFINISHED
    return found


@pytest.mark.parametrize("chunk", range(4))
def test_one_run(chunk: int) -> None:
    compared = 0
    for seed in range(chunk, ESTATES, 4):
        rnd = random.Random(seed)
        text = Generator(Dice(rnd), rnd.randrange(3, 12), around="ALL").text()
        clock = "date_conditions: 1\ndays_of_week: all\nstart_times: 00:10\n"
        text = text.replace("job_type: b\n", f"job_type: b\n{clock}", 1)
        facts, _ = read(text)
        (whole,) = facts.parts() if len(facts.groups) == 1 else [None]
        if whole is None or facts.left_out or not is_emitted(whole):
            continue
        codes = outcomes(facts, rnd)
        compared += 1
        assert one_day(whole, codes) == one_run(whole, codes), f"{seed}\n{text}\n{codes}"
    assert compared > ESTATES // 16
