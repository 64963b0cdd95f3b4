"""Classes of differences over days: each has words, and a difference gets the right one."""

from datetime import datetime, timedelta, timezone

import pytest

from transpile.model.outcome import State
from transpile.model.run_log import Cause, JobRun, Remark, RunLog
from transpile.proof.day_classes import BY_SOURCE, REMEDIES, Classes, Explained
from transpile.proof.day_links import Links
from transpile.proof.run_logs import Kind, LogDifference

NOON = datetime(2026, 5, 11, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def run(job: str, hours: float) -> JobRun:
    start = NOON + hours * HOUR
    return JobRun(job, 1, start, start + HOUR, State.SUCCEEDED, 0)


def extra(job: str, hours: float) -> LogDifference:
    return LogDifference(Kind.EXTRA, None, run(job, hours))


def explained(
    *differences: LogDifference, remarks: tuple[Remark, ...] = (), **links: object
) -> list[Explained]:
    classes = Classes(Links(**links), [(RunLog((), remarks), BY_SOURCE)])  # type: ignore[arg-type]
    return classes.explain(differences)


@pytest.mark.parametrize("cause", Cause)
def test_each_class_has_words(cause: Cause) -> None:
    what, remedy = REMEDIES[cause]
    assert what
    assert remedy
    assert not what.endswith(".")
    assert not remedy.endswith(".")


def test_a_remark_about_the_job_or_its_box_gives_the_class() -> None:
    near = Remark("BOX", NOON + timedelta(minutes=2), Cause.STUCK_BOX, "hangs")
    (found,) = explained(extra("A", 0), remarks=(near,), around={"A": ("BOX",)})
    assert (found.cause, found.root) == (Cause.STUCK_BOX, "")


def test_a_lost_start_of_the_source_explains_no_start_that_the_platform_lacks() -> None:
    lost = Remark("A", NOON, Cause.LOST_TICK, "lost")
    missing = LogDifference(Kind.MISSING, run("A", 0), None)
    assert explained(missing, remarks=(lost,))[0].cause is None


def test_an_alarm_explains_nothing() -> None:
    alarm = Remark("A", NOON, Cause.ALARM, "late")
    assert explained(extra("A", 0), remarks=(alarm,))[0].cause is None


def test_a_remark_at_another_time_or_about_another_job_does_not() -> None:
    late = Remark("A", NOON + timedelta(minutes=6), Cause.STUCK_BOX, "hangs")
    other = Remark("B", NOON, Cause.STUCK_BOX, "hangs")
    (found,) = explained(extra("A", 0), remarks=(late, other))
    assert found.cause is None


def test_a_difference_follows_from_an_earlier_one_of_a_job_above() -> None:
    remark = Remark("A", NOON, Cause.LOST_TICK, "lost")
    found = explained(
        extra("A", 0),
        extra("B", 1),
        extra("C", 2),
        remarks=(remark,),
        above={"B": ("A",), "C": "B"},
    )
    assert [(each.job, each.cause, each.root) for each in found] == [
        ("A", Cause.LOST_TICK, ""),
        ("B", Cause.LOST_TICK, "A"),
        ("C", Cause.LOST_TICK, "A"),
    ]


def test_a_difference_does_not_follow_from_a_later_one() -> None:
    remark = Remark("A", NOON + 2 * HOUR, Cause.LOST_TICK, "lost")
    found = explained(extra("B", 0), extra("A", 2), remarks=(remark,), above={"B": ("A",)})
    assert [each.cause for each in found] == [None, Cause.LOST_TICK]


def test_what_follows_from_an_unexplained_difference_is_unexplained() -> None:
    found = explained(extra("A", 0), extra("B", 1), above={"B": ("A",)})
    assert [(each.cause, each.root) for each in found] == [(None, ""), (None, "A")]


def test_an_outcome_is_judged_at_its_end() -> None:
    differs = LogDifference(Kind.OTHER_OUTCOME, run("BOX", 0), run("BOX", 0))
    member = extra("A", 0.5)
    remark = Remark("A", NOON + HOUR / 2, Cause.LATE_ARM, "late")
    found = explained(differs, member, remarks=(remark,), above={"BOX": ("A",)})
    assert [each.cause for each in found] == [Cause.LATE_ARM, Cause.LATE_ARM]


def test_an_alternative_explains_a_later_start_only() -> None:
    late = LogDifference(Kind.OTHER_TIME, run("A", 0), run("A", 1))
    early = LogDifference(Kind.OTHER_TIME, run("A", 1), run("A", 0))
    assert explained(late, choices=frozenset("A"))[0].cause is Cause.ALTERNATIVE
    assert explained(early, choices=frozenset("A"))[0].cause is None


def test_an_error_of_the_conversion_explains() -> None:
    (found,) = explained(extra("A", 0), known={"A": "A410: not kept"})
    assert found.cause is Cause.KNOWN
    assert found.remark is not None
    assert found.remark.text == "A410: not kept"
