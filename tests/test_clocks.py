"""Start times of generated estates, job by job: the source, the emitted modules, and an oracle."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.amounts import share_of
from tests.clocked_estates import DAYS, FIRST, clocked
from tests.clocked_estates import Estate as Written
from tests.support import estate_of, read
from transpile.analysis.grouping import _Grouper
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Level
from transpile.model import Facts
from transpile.proof.emitted_starts import EmittedStarts, emitted_workflow
from transpile.proof.source_starts import starts_of_jobs
from transpile.targets.flyte.model import ModulePlan, TaskPlan
from transpile.targets.flyte.values import Call

Starts = dict[str, list[datetime]]
_WIDE = 20
"""A start may follow from one some days before."""


def planned(text: str) -> tuple[Facts, list[ModulePlan], Diagnostics]:
    facts, diagnostics = read(text)
    estate = estate_of([facts], diagnostics)
    return facts, [module for module, _ in estate.planned], diagnostics


def source(facts: Facts) -> Starts:
    first = FIRST - timedelta(days=_WIDE)
    return seen(starts_of_jobs(facts, first, DAYS + 2 * _WIDE, timedelta()))


def emitted(facts: Facts, modules: Sequence[ModulePlan]) -> Starts:
    first = FIRST - timedelta(days=_WIDE)
    found = [emitted_workflow(m, first, DAYS + 2 * _WIDE, timedelta()) for m in modules]
    whole = EmittedStarts(found)
    starts: Starts = {name: [] for name in facts.jobs}
    for workflow in found:
        for name in workflow.jobs:
            around = [name, *facts.graph.ancestors(name)]
            starts[name] = workflow.starts_of(around, whole.of(workflow))
    return seen(starts)


def seen(starts: Starts) -> Starts:
    """The starts on the days that are compared."""
    first = datetime.fromisoformat(f"{FIRST}T00:00+00:00")
    last = first + timedelta(days=DAYS)
    return {name: [m for m in moments if first <= m < last] for name, moments in starts.items()}


def excused(written: Written, diagnostics: Diagnostics) -> set[str]:
    """The jobs that an error names, and those that start because one of them does."""
    found: set[str] = set()
    for job in written.jobs:
        above = {name for name, _ in job.terms} if job.clock is None else set()
        own = any(each.level is Level.ERROR for each in diagnostics.about(job.name))
        if own or job.box in found or not found.isdisjoint(above):
            found.add(job.name)
    return found


def wrong(written: Written) -> set[str]:
    """The jobs that start at other times, on either side, although no error says so."""
    facts, modules, diagnostics = planned(written.text)
    sides = source(facts), emitted(facts, modules)
    expected = seen(written.starts())
    differ = {n for n, moments in expected.items() if any(s[n] != moments for s in sides)}
    return differ - excused(written, diagnostics)


slow = settings(
    deadline=None,
    max_examples=share_of(120),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slow
@given(clocked())
def test_every_job_starts_at_the_times_of_the_source(written: Written) -> None:
    assert wrong(written) == set()


ESTATE = """\
insert_job: A
command: true
date_conditions: 1
days_of_week: all
start_times: "08:00"
timezone: UTC

insert_job: BOX
job_type: BOX
date_conditions: 1
run_calendar: DAYS
start_times: "18:00"
timezone: UTC

insert_job: LATE
box_name: BOX
command: true
date_conditions: 1
run_calendar: DAYS
start_times: "20:00"
timezone: UTC

insert_job: BOTH
command: true
condition: s(A) & s(LATE)

calendar: DAYS
11/30/2026
12/15/2026
"""


def differing(*changed: ModulePlan) -> set[str]:
    """The jobs that start at other times if these modules replace those of their names."""
    facts, modules, _ = planned(ESTATE)
    names = {module.name: module for module in changed}
    expected = source(facts)
    found = emitted(facts, [names.get(module.name, module) for module in modules])
    return {name for name in expected if expected[name] != found[name]}


def module_of(job: str) -> ModulePlan:
    (found,) = (module for module in planned(ESTATE)[1] if job in module.node_of)
    return found


def test_the_estate_starts_as_in_the_source() -> None:
    facts, modules, diagnostics = planned(ESTATE)
    assert differing() == set()
    assert not [found for found in diagnostics if found.level is not Level.NOTE]
    assert [len(module.launch_plans) for module in modules] == [1, 1, 1]
    assert {name: len(moments) for name, moments in source(facts).items()} == {
        "A": 60,
        "BOX": 2,
        "LATE": 2,
        "BOTH": 62,
    }


@pytest.mark.parametrize(
    ("job", "differ"),
    [("A", {"A", "BOTH"}), ("BOX", {"BOX", "LATE", "BOTH"}), ("BOTH", {"BOTH"})],
)
def test_a_dropped_launch_plan_is_seen(job: str, differ: set[str]) -> None:
    assert differing(replace(module_of(job), launch_plans=())) == differ


def test_other_run_days_are_seen() -> None:
    module = module_of("BOX")
    (dates,) = module.dates
    less = replace(module, dates=(replace(dates, dates=dates.dates[1:]),))
    assert differing(less) == {"BOX", "LATE", "BOTH"}


def changed_tasks(job: str, change: Callable[[TaskPlan], TaskPlan]) -> ModulePlan:
    """The module of a job with other tasks in its outermost workflow."""
    module = module_of(job)
    *inner, main = module.workflows
    tasks = tuple(map(change, main.tasks))
    return replace(module, workflows=(*inner, replace(main, tasks=tasks)))


@pytest.mark.parametrize("times", [("20:01",), ("17:00",), ("19:00", "20:00")])
def test_another_time_in_a_box_is_seen(times: tuple[str, ...]) -> None:
    def later(task: TaskPlan) -> TaskPlan:
        if isinstance(task.result, Call) and task.result.function == "not_before":
            arguments = (task.result.arguments[0], times)
            return replace(task, result=replace(task.result, arguments=arguments))
        return task

    assert differing(changed_tasks("LATE", later)) == {"LATE"}


def test_a_time_that_nothing_waits_for_is_seen() -> None:
    module = module_of("LATE")
    (main,) = module.workflows
    assert differing(replace(module, workflows=(replace(main, edges=()),))) == {"LATE"}


def test_a_job_that_tells_nobody_is_seen() -> None:
    def silent(task: TaskPlan) -> TaskPlan:
        is_tell = isinstance(task.result, Call) and task.result.function == "tell"
        return replace(task, result=0) if is_tell else task

    assert differing(changed_tasks("A", silent)) == {"BOTH"}


def test_a_unit_in_the_wrong_workflow_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of different clocks in one workflow start by one of them."""
    text = ESTATE + job_at("A2", "09:00", "condition: s(A)")
    facts, modules, _ = planned(text)
    assert emitted(facts, modules) == source(facts)
    monkeypatch.setattr(_Grouper, "_start_alike", lambda *_: True)
    facts, modules, _ = planned(text)
    expected, found = source(facts), emitted(facts, modules)
    assert "A2" in {name for name in expected if expected[name] != found[name]}


def job_at(name: str, time: str, *more: str) -> str:
    lines = ["", f"insert_job: {name}", "command: true", "date_conditions: 1", *more]
    return "\n".join([*lines, "days_of_week: all", f'start_times: "{time}"', "timezone: UTC", ""])
