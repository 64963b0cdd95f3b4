"""Comparing run logs: a log equals itself, and each planted difference is found and named."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpile.model.listings import log_of
from transpile.model.outcome import State
from transpile.model.run_log import JobRun, Period, RunEnd, RunLog
from transpile.proof.histories import RecordedEnds, histories_of
from transpile.proof.run_logs import Kind, LogComparison, compared

BEGIN = datetime(2026, 3, 23, tzinfo=timezone.utc)
WEEK = Period("Europe/London", BEGIN, BEGIN + timedelta(days=14))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def run(job: str, start: datetime, seconds: float = 60, code: int = 0) -> JobRun:
    state = State.FAILED if code else State.SUCCEEDED
    return JobRun(job, 1, start, start + timedelta(seconds=seconds), state, code)


def log(*runs: JobRun) -> RunLog:
    return log_of(runs)


NIGHTLY = log(*(run("A", BEGIN + n * DAY + 22 * HOUR) for n in range(1, 12)))


def found(first: RunLog, second: RunLog, tolerance: timedelta = 5 * MINUTE) -> dict[Kind, int]:
    return compared(first, second, WEEK, tolerance).counts


starts = st.lists(st.integers(0, 14 * 24 * 60 - 1), max_size=60).map(
    lambda minutes: [BEGIN + minute * MINUTE for minute in minutes]
)
logs = st.dictionaries(st.sampled_from("ABC"), starts).map(
    lambda jobs: log(*(run(job, start) for job, found in jobs.items() for start in found))
)


@given(logs)
def test_a_log_equals_itself(every: RunLog) -> None:
    result = compared(every, every, WEEK)
    assert (result.agreeing, result.differences) == (len(every.runs), ())


@given(logs, st.integers(-5, 5))
def test_a_shift_within_the_tolerance_is_no_difference(every: RunLog, minutes: int) -> None:
    moved = [replace(each, start=each.start + minutes * MINUTE) for each in every.runs]
    assert found(every, log(*moved)) == {}


@given(logs, logs)
def test_each_run_is_accounted_for_once(first: RunLog, second: RunLog) -> None:
    result = compared(first, second, WEEK)
    kinds = result.counts
    pairs = result.agreeing + kinds.get(Kind.OTHER_TIME, 0) + kinds.get(Kind.OTHER_DAY, 0)
    assert pairs + kinds.get(Kind.MISSING, 0) == len(first.runs)
    assert pairs + kinds.get(Kind.EXTRA, 0) == len(second.runs)


@given(logs, logs)
def test_swapped_sides_swap_missing_and_extra(first: RunLog, second: RunLog) -> None:
    there, back = found(first, second), found(second, first)
    swapped = {Kind.MISSING: Kind.EXTRA, Kind.EXTRA: Kind.MISSING}
    assert {swapped.get(kind, kind): number for kind, number in back.items()} == there


@given(logs, logs)
def test_counterparts_never_cross(first: RunLog, second: RunLog) -> None:
    pairs: dict[str, list[tuple[datetime, datetime]]] = {}
    for each in compared(first, second, WEEK).differences:
        if each.first and each.second and each.kind is not Kind.OTHER_OUTCOME:
            pairs.setdefault(each.job, []).append((each.first.start, each.second.start))
    for of_job in pairs.values():
        rights = [right for _, right in sorted(of_job)]
        assert rights == sorted(rights)


@pytest.mark.parametrize("place", range(len(NIGHTLY.runs)))
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (None, Kind.MISSING),
        ({"shift": -5 * MINUTE}, None),
        ({"shift": -2 * HOUR}, Kind.OTHER_TIME),
        ({"shift": 6 * MINUTE}, Kind.OTHER_TIME),
        ({"shift": 5 * HOUR}, Kind.OTHER_DAY),
        ({"code": 3}, Kind.OTHER_OUTCOME),
    ],
)
def test_a_planted_difference_is_named(
    place: int, change: dict[str, object] | None, kind: Kind | None
) -> None:
    runs = [*NIGHTLY.runs]
    planted = runs.pop(place)
    if change is not None:
        shift = change.get("shift", timedelta())
        assert isinstance(shift, timedelta)
        code = change.get("code", 0)
        assert isinstance(code, int)
        runs.append(run("A", planted.start + shift, code=code))
    result = compared(NIGHTLY, log(*runs), WEEK)
    assert [each.kind for each in result.differences] == ([kind] if kind else [])
    assert [each.run for each in result.differences] == ([planted] if kind else [])
    assert result.agreeing == len(NIGHTLY.runs) - bool(kind)


def test_an_added_run_is_extra() -> None:
    added = run("A", BEGIN + 8 * DAY + 3 * HOUR)
    (extra,) = compared(NIGHTLY, log(*NIGHTLY.runs, added), WEEK).differences
    assert (extra.kind, extra.first) == (Kind.EXTRA, None)
    assert extra.run.start == added.start


def test_days_are_those_of_the_zone() -> None:
    """In British summer time 23:30 UTC is on the next day."""
    summer = BEGIN + 8 * DAY
    for hours, kind in ((1, Kind.OTHER_DAY), (-3, Kind.OTHER_TIME)):
        first = log(run("A", summer + 22.5 * HOUR))
        second = log(run("A", summer + (22.5 + hours) * HOUR))
        assert found(first, second) == {kind: 1}


def test_runs_outside_of_the_period_do_not_count_but_serve_as_counterparts() -> None:
    before, at = run("A", BEGIN - 2 * MINUTE), run("A", BEGIN)
    assert compared(log(before), log(at), WEEK) == LogComparison({"A": 1}, ())
    assert compared(log(before), log(), WEEK) == LogComparison({"A": 0}, ())


def test_a_run_outside_of_the_period_is_no_run_on_another_day() -> None:
    last, after = run("A", WEEK.end - 3 * HOUR), run("A", WEEK.end + 20 * HOUR)
    assert found(log(last), log(after)) == {Kind.MISSING: 1}
    assert found(log(after), log(last)) == {Kind.EXTRA: 1}


def test_an_unknown_outcome_is_no_difference() -> None:
    going_on = JobRun("A", 1, BEGIN)
    assert found(log(going_on), log(run("A", BEGIN, code=1))) == {}
    one, other = run("A", BEGIN, code=1), run("A", BEGIN, code=2)
    assert found(log(one), log(other)) == {Kind.OTHER_OUTCOME: 1}
    assert found(log(one), log(replace(other, code=None))) == {}


def test_many_runs_are_compared_fast() -> None:
    """Each of 40,000 runs is looked at a few times, not each with each."""
    every = [run("A", BEGIN - 10 * DAY + n * MINUTE) for n in range(40_000)]
    moved = [run("A", each.start + 20 * timedelta(seconds=1)) for each in every]
    assert found(log(*every), log(*moved), timedelta(seconds=5)) == {Kind.OTHER_TIME: 14 * 24 * 60}


# ------------------------------------------------------------------------- histories


def test_history_has_median_percentile_and_outcomes() -> None:
    runs = [run("A", BEGIN + n * DAY, seconds=60 * n, code=int(n == 3)) for n in range(1, 22)]
    history = histories_of(log(*runs, JobRun("B", 1, BEGIN)))
    assert history.keys() == {"A"}
    assert (history["A"].runs, history["A"].median) == (21, 660)
    assert history["A"].late == pytest.approx(1200)
    assert history["A"].outcomes == {State.SUCCEEDED: 20, State.FAILED: 1}


def test_recorded_ends_replay_the_nearest_run_else_the_median() -> None:
    runs = [run("A", BEGIN + n * DAY, 100 * (n + 1), 7 * (n == 1)) for n in range(5)]
    ends = RecordedEnds(log(*runs), {"B": 30.0})
    assert ends.of("A", 1, BEGIN + DAY + HOUR) == RunEnd(200, 7)
    assert ends.of("A", 1, BEGIN + DAY - HOUR) == RunEnd(200, 7)
    assert ends.of("A", 1, BEGIN - 20 * DAY) == RunEnd(300, 0)
    assert ends.of("B", 1, BEGIN) == RunEnd(30, 0)
    assert ends.of("C", 1, BEGIN) == RunEnd()


@pytest.mark.parametrize(
    ("state", "code", "expected"),
    [
        (State.SUCCEEDED, None, 0),
        (State.SUCCEEDED, 4, 4),
        (State.FAILED, None, 1),
        (State.FAILED, 0, 1),
        (State.TERMINATED, 0, None),
        (None, None, 0),
    ],
)
def test_recorded_ends_lead_to_the_recorded_state(
    state: State | None, code: int | None, expected: int | None
) -> None:
    ended = JobRun("A", 1, BEGIN, BEGIN + HOUR, state, code)
    assert RecordedEnds(log(ended)).of("A", 1, BEGIN) == RunEnd(3600, expected)


def test_a_failed_run_has_taken_all_its_attempts() -> None:
    failed, good = run("A", BEGIN, 300, code=2), run("A", BEGIN + DAY, 300)
    ends = RecordedEnds(log(failed, good), retries={"A": 2})
    assert (ends.of("A", 1, BEGIN), ends.of("A", 2, BEGIN + DAY)) == (RunEnd(100, 2), RunEnd(300))
