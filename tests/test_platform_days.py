"""The emitted workflows over days, as run logs; `platform_days/` has what happens."""

import gc
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.clocked_estates import FIRST, Estate, clocked
from tests.platform_days import CASES, Case, ToldEnds, rewritten
from tests.rehearsed import MODULE
from transpile.cli.options import request_of
from transpile.cli.progress import Meter
from transpile.cli.subjects import Target, from_estate
from transpile.cli.timelines import Shown
from transpile.model.outcome import State
from transpile.model.run_log import Cause, JobRun, Period, RunEnd, RunEnds
from transpile.proof.clocks import SimulatedClock
from transpile.proof.delays import ASKING, NONE, SEEN, Delays
from transpile.proof.platform_days import PlatformDays
from transpile.proof.rehearse import Around, Plan, Rehearsal
from transpile.proof.timeline import Outage
from transpile.targets.printing import render_runtime

FOLDER = CASES[0].parent


def case(name: str) -> Case:
    return Case((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_happens(path: Path) -> None:
    assert "".join(rewritten(path)).rstrip() == path.read_text(encoding="utf-8").rstrip()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_play_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    """The second play is like the first one, and reference counts alone free each."""
    told = Case(path.read_text(encoding="utf-8"))
    platform = PlatformDays(told.parts(tmp_path), told.period)
    first = platform.play(told.ends, told.outages)
    gc.collect()
    gc.disable()
    try:
        again = platform.play(told.ends, told.outages)
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert again == first


def test_the_end_is_asked_when_a_run_starts(tmp_path: Path) -> None:
    asked: list[tuple[str, int, datetime]] = []

    class Asking(ToldEnds):
        def of(self, job: str, number: int, start: datetime) -> RunEnd:
            asked.append((job, number, start))
            return super().of(job, number, start)

    told = case("two_nights")
    log = PlatformDays(told.parts(tmp_path), told.period).play(Asking(told.ends.told))
    runs = [(run.job, run.number, run.start) for run in log.runs if run.job != "NIGHT"]
    assert [each for each in asked if each in runs] == runs
    tries = [each for each in asked if each not in runs]
    assert {job for job, _, _ in tries} == {"LOAD"}
    assert all(start.utcoffset() == timedelta() for _, _, start in asked)


def starts(log_of: Case, job: str, **options: object) -> list[str]:
    log = log_of.play(**options)  # type: ignore[arg-type]
    return [
        f"{run.start.astimezone(log_of.zone):%a %H:%M:%S}" for run in log.runs if run.job == job
    ]


def test_delays_of_the_platform_can_be_added() -> None:
    told = case("gate_over_midnight")
    assert starts(told, "FIN.LOAD") == ["Mon 23:01:00", "Wed 04:00:00"]
    assert starts(told, "FIN.LOAD", delays=ASKING) == ["Mon 23:01:01", "Wed 04:00:01"]
    # The schedule fires a second late, the task that tells opens the gate five seconds later.
    assert starts(told, "FIN.LOAD", delays=SEEN) == ["Mon 23:01:06", "Wed 04:00:06"]


def test_an_outage_until_the_end_starts_nothing(tmp_path: Path) -> None:
    told = case("skip")
    begin, end = told.period.begin, told.period.end
    platform = PlatformDays(told.parts(tmp_path), told.period)
    log = platform.play(told.ends, [Outage(begin, end)])
    assert log.runs == ()
    assert [one.at - begin for one in log.remarks if one.cause is Cause.OUTAGE] == [
        timedelta(hours=10, minutes=minutes) for minutes in (0, 20, 40, 60)
    ]


def test_a_scheduler_that_is_slow_is_not_down() -> None:
    assert case("overlap").play(SEEN).remarks[0].cause is Cause.OVERLAP
    assert {remark.cause for remark in case("skip").play(SEEN).remarks} == {Cause.LOST_TICK}


def test_overlapping_outages_end_with_the_last_one(tmp_path: Path) -> None:
    told = case("skip")
    ten = told.period.begin + timedelta(hours=10)
    hours = [ten + timedelta(hours=number) for number in range(4)]
    outages = [Outage(ten, hours[2]), Outage(hours[1], hours[3])]
    log = PlatformDays(told.parts(tmp_path), told.period).play(told.ends, outages)
    assert {run.start for run in log.runs} == {hours[2], hours[3]}


def test_nothing_happens_at_or_after_the_end() -> None:
    told = case("goes_on")
    for shorter in (timedelta(minutes=59), timedelta(minutes=60), timedelta(minutes=61)):
        end = told.period.begin + timedelta(hours=23) + shorter
        told.period = Period(told.period.zone, told.period.begin, end)
        log = told.play()
        assert all(run.start < end for run in log.runs)
        assert all(run.end is None or run.end < end for run in log.runs)


# ------------------------------------------------------------------------- generated estates


BEGIN = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=timezone.utc)


def loaded(estate: Estate, folder: Path) -> list[Target]:
    source = folder / "a.jil"
    source.write_text(estate.text)
    planned = request_of((str(source),), None).read(Meter(quiet=True)).planned
    return list(from_estate(planned, folder / "flows", execute=False))


def days_of(targets: list[Target], ends: RunEnds, days: int, delays: Delays) -> list[JobRun]:
    period = Period("UTC", BEGIN, BEGIN + timedelta(days=days))
    platform = PlatformDays([target.part() for target in targets], period, delays)
    return list(platform.play(ends).runs)


def dry_run_of(targets: list[Target]) -> dict[str, list[str]]:
    """Start, end and state of each run of a job, as dry-run shows them."""
    plans = [(each, Plan(parallel=each.workflow.places)) for each in targets]
    rows: dict[str, list[str]] = {}
    for execution in Shown(plans, BEGIN).data()["executions"]:
        # Only dry-run starts workflows by hand.
        assume(execution["started"] != "by hand")
        for name, job in execution["jobs"].items():
            if job["start"]:
                text = f"{job['start']} {job['end']} {job['state']}"
                rows.setdefault(name, []).append(text)
    return rows


class OneSecond:
    """All runs take a second, as those of a dry run do."""

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        return RunEnd(1.0, 0)


class SomeEnds:
    """Runs of minutes or hours, of which every fourth fails or is killed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        seconds = self._random.choice((60, 300, 7200, 90_000))
        return RunEnd(seconds, self._random.choice((0, 0, 0, 0, 0, 0, 3, None)))


@settings(max_examples=share_of(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(estate=clocked())
def test_a_day_is_that_of_dry_run(estate: Estate, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each run of the log is one of dry-run's, which goes on after the end of the day."""
    targets = loaded(estate, tmp_path_factory.mktemp("estate"))
    runs, rows = days_of(targets, OneSecond(), 1, ASKING), dry_run_of(targets)
    boxes = {job.name for job in estate.jobs if job.is_box}
    midnight = f"{FIRST + timedelta(days=1)}T00:00:00+00:00"
    for name in {job.name for job in estate.jobs} - boxes:
        found = [
            f"{run.start.isoformat()} {run.end.isoformat()} {run.state.value}"
            for run in runs
            if run.job == name and run.end and run.state
        ]
        assert found == sorted(text for text in rows.get(name, ()) if text.split()[1] < midnight)


@settings(max_examples=share_of(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(estate=clocked(), seed=st.integers(0, 99))
def test_boxes_hold_their_members(
    estate: Estate, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each run of a member lies in a run of its box; numbers count the runs of each job."""
    targets = loaded(estate, tmp_path_factory.mktemp("estate"))
    runs = days_of(targets, SomeEnds(seed), 4, NONE)
    by_job: dict[str, list[JobRun]] = {}
    for run in runs:
        by_job.setdefault(run.job, []).append(run)
    assert runs == sorted(runs, key=lambda run: run.start)
    for name, found in by_job.items():
        assert [run.number for run in found] == list(range(1, len(found) + 1)), name
    for job in estate.jobs:
        around = by_job.get(job.box or "", ())
        for run in by_job.get(job.name, ()) if job.box else ():
            assert any(
                box.start <= run.start and (box.end is None or (run.end and run.end <= box.end))
                for box in around
            ), job.name


def test_remarks_name_their_causes() -> None:
    causes = {remark.cause for path in CASES for remark in case(path.stem).play().remarks}
    assert causes == {Cause.LOST_TICK, Cause.OVERLAP, Cause.OPEN_WAIT, Cause.OUTAGE}


def test_a_run_that_goes_on_has_neither_end_nor_state() -> None:
    log = case("goes_on").play()
    assert {(run.end, run.state) for run in log.runs if run.job in ("B", "B.LONG")} == {
        (None, None)
    }
    done = {run.job: run.state for run in log.runs if run.end}
    assert done == dict.fromkeys(("B.ONE", "B.IN", "B.IN.X"), State.SUCCEEDED)


# ------------------------------------------------------------------------- launch-plan nodes


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    path = tmp_path_factory.mktemp("rehearsed") / "module.py"
    path.write_text(MODULE)
    return Rehearsal(path, render_runtime(), {})


@pytest.mark.parametrize(("delays", "end"), [(NONE, 2.0), (Delays(part=33.0), 35.0)])
def test_the_end_of_a_launched_workflow_is_seen_later(
    delays: Delays, end: float, rehearsed: Rehearsal
) -> None:
    """PARENT runs CHILD by a launch-plan node, then y."""
    clock = SimulatedClock()
    around = Around(zero=BEGIN, admin=lambda record: None, delays=delays)
    workflow = rehearsed.workflows["parent"]
    simulator = rehearsed.simulator(workflow, Plan(), clock, None, around)
    assert simulator.run(workflow, {})
    assert simulator.records["child"].end == end
    assert simulator.records["y"].start == end
