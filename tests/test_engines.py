"""Engines: the plain one on networks made by hand, and what formats say of their own."""

import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support import read
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.dialects.autosys.engine import AutoSys
from transpile.dialects.azkaban.engine import Azkaban
from transpile.dialects.dagman.engine import Dagman
from transpile.dialects.kit.engine import PlainEngine
from transpile.dialects.tws.engine import Tws
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    TRUE,
    All,
    AnyOf,
    Blocked,
    BoxRule,
    Command,
    Condition,
    ExitCode,
    Job,
    Kind,
    Network,
    Rules,
    SettledJob,
    Status,
    StatusTest,
)
from transpile.model.clock import clock_changes
from transpile.model.outcome import KILLED, Ending, Outcome, Run, State
from transpile.sources.text import Span

HERE = Span("a", 1)
S, F, NR, T, U = State.SUCCEEDED, State.FAILED, State.NOT_RUN, State.TERMINATED, State.UNFINISHED
NEVER = Blocked("A407", "it never ends")
FAILS, DIES = Outcome((1,)), Outcome((KILLED,))


def job(name: str, condition: Condition = TRUE, **fields: Any) -> Job:
    """A command job."""
    return Job(name, HERE, Kind.COMMAND, action=Command(("x",)), condition=condition, **fields)


def box(name: str, **fields: Any) -> Job:
    return Job(name, HERE, Kind.BOX, **fields)


def endless(job: Job) -> SettledJob:
    """The job, which never ends."""
    return SettledJob.of(job, None, NEVER, None)


def after(*names: str, test: StatusTest = StatusTest.SUCCESS) -> Condition:
    return All(tuple(Status(name, test) for name in names))


def engine(*jobs: Job) -> PlainEngine:
    network = Network({job.name: job for job in jobs}, {}, PlainEngine)
    facts = analyse(network, Rules(), SCHEDULERS, Diagnostics())
    endless = {job.name: job for job in jobs if isinstance(job, SettledJob)}
    return PlainEngine(replace(facts, jobs={**facts.jobs, **endless}))


def states(run: Run) -> str:
    """The states of all jobs in order, and that of the whole."""
    short = {S: "s", F: "f", NR: "-", T: "t", U: "u"}
    found = "".join(short[run.jobs[name].state] for name in sorted(run.jobs))
    return f"{found} {short[run.whole]}"


A, B = job("A"), job("B", after("A"))
EITHER = job("C", AnyOf((Status("A", StatusTest.SUCCESS), Status("B", StatusTest.SUCCESS))))
RULE = BoxRule(Status("A", StatusTest.SUCCESS), None, "s(A)", HERE)


@pytest.mark.parametrize(
    ("jobs", "outcomes", "expected"),
    [
        ((A, B), {}, "ss s"),
        ((A, B), {"A": FAILS}, "f- f"),
        ((A, B), {"A": DIES}, "t- f"),
        ((A, job("B", after("A", test=StatusTest.DONE))), {"A": DIES}, "ts f"),
        ((A, job("B", after("A", test=StatusTest.FAILURE))), {}, "s- s"),
        ((A, job("B", ExitCode("A", ">", 3))), {"A": Outcome((4,))}, "fs f"),
        ((A, job("B"), EITHER), {"A": FAILS}, "fss f"),
        ((A, job("B", after("NOWHERE"))), {}, "s- f"),
        ((A, job("B", AnyOf((*after("A").terms, *after("NOWHERE").terms)))), {}, "ss s"),
        ((A, job("B", after("A"), blocked=NEVER)), {}, "s- f"),
        ((A, endless(job("B", after("A")))), {}, "s- f"),
        ((job("A", retries=1),), {"A": Outcome((1, 0))}, "s s"),
        ((job("A", retries=1),), {"A": Outcome((KILLED, 0))}, "t f"),
        ((job("A", box="Z"), job("B", box="Z"), box("Z")), {}, "sss s"),
        ((job("A", box="Z"), job("B", box="Z"), box("Z")), {"A": FAILS}, "fsf f"),
        ((job("A", box="Z"), job("B", after("A"), box="Z"), box("Z")), {"A": FAILS}, "f-u f"),
        ((job("A", box="Z"), job("B", box="Z"), box("Z", box_rule=RULE)), {"B": FAILS}, "sfs s"),
        ((job("A", box="Z"), endless(box("Z"))), {}, "su f"),
        ((A, job("B", box="Z"), box("Z", condition=after("A"))), {"A": FAILS}, "f-- f"),
        (
            (
                *(job("A", box="Y"), box("Y", box_rule=RULE)),
                *(job("B", box="Z"), endless(box("Z", box="Y"))),
            ),
            {},
            "sssu f",
        ),
    ],
)
def test_a_run_of_the_plain_engine(
    jobs: tuple[Job, ...], outcomes: dict[str, Outcome], expected: str
) -> None:
    assert states(engine(*jobs).run(outcomes, {})) == expected


def test_order_names_only_what_a_start_needed() -> None:
    run = engine(A, job("B"), EITHER).run({"A": FAILS}, {})
    assert run.order == (("B", "C"),)
    assert engine(A, job("B"), EITHER).run({}, {}).order == ()
    assert engine(A, B).run({}, {}).order == (("A", "B"),)


def test_boxes_follow_from_the_endings_of_their_jobs() -> None:
    outer = (box("Y"), box("Z", box="Y"), job("A", box="Z"), job("B", box="Y"))
    ended = {"A": Ending(S, 0, 1), "B": Ending(F, 1, 1)}
    assert engine(*outer).boxes(ended, {}, {}) == {"Y": F, "Z": S}
    assert engine(*outer).boxes(ended, {"Z": T}, {}) == {"Y": F, "Z": T}
    idle = {"A": Ending(F, 1, 1), "B": Ending(NR)}
    waits = (box("Y", condition=after("A")), box("Z", box="Y"), A, job("B", box="Z"))
    assert engine(*waits).boxes(idle, {}, {}) == {"Y": NR, "Z": NR}
    held = (box("Z", blocked=NEVER), A, job("B", box="Z"))
    assert engine(*held).boxes(idle, {}, {}) == {"Z": NR}


def test_n_keeps_jobs_apart_without_an_order() -> None:
    # In one box: between workflows, n() is a condition that waits.
    jobs = "".join(f"insert_job: {name}\nbox_name: Z\ncommand: true\n\n" for name in "ABCD")
    jobs = f"insert_job: Z\njob_type: b\n\n{jobs}"
    updates = "update_job: C\ncondition: n(A)\n\nupdate_job: D\ncondition: s(B) & n(A)\n"
    run = AutoSys(read(jobs + updates)[0]).run({}, {})
    assert run.order == (("B", "D"),)
    assert run.apart == (("A", "C"), ("A", "D"))


TEXTS = {
    AutoSys: "insert_job: A\ncommand: true\n",
    Dagman: "JOB A {\n executable = /bin/true\n}\n",
    Tws: 'SCHEDULE W#S\nON REQUEST\n:\nA\n DOCOMMAND "true"\nEND\n',
    Azkaban: "type=command\ncommand=true\n",
}


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.name)
def test_a_network_carries_the_engine_of_its_format(kind: type) -> None:
    network, _ = read(TEXTS[kind])
    assert network.said.engine is kind
    assert network.said.engine.name in DIALECTS
    assert pickle.loads(pickle.dumps(network)).said.engine is kind


def test_what_engines_say_of_their_own() -> None:
    spring, autumn = clock_changes("America/New_York", date(2026, 1, 1), date(2026, 12, 31))
    assert AutoSys.settles(spring)
    assert AutoSys.settles(autumn)
    london, _ = clock_changes("Europe/London", date(2026, 1, 1), date(2026, 12, 31))
    assert not AutoSys.settles(london)
    assert not any(kind.settles(spring) for kind in (Tws, Dagman, Azkaban, PlainEngine))
    assert [kind.name for kind in TEXTS if kind.remembers] == ["autosys"]
    assert [kind.name for kind in TEXTS if kind.retries_killed] == ["dagman", "azkaban"]
    assert Tws.other_names("W#Job") == ("W#JOB", "@#JOB", "JOB")
    assert Tws.other_names("Job") == AutoSys.other_names("W#Job") == ()
    assert Dagman.words_about("sp+B", "JOB B b.sub") == {"B", "ALL_NODES"}
    assert Tws.words_about("W#S.B", "B") == frozenset()
