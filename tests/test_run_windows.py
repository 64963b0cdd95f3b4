"""Run windows: starts outside of them, and excluded days."""

from datetime import date

import pytest

from tests.support import read
from tests.test_starts import crons, found, job
from transpile.model.ticks import starts


@pytest.mark.parametrize(
    ("at", "days", "window", "expected"),
    [
        ("8:00", "mo", "07:00-09:00", ["0 8 * * 1"]),
        ("9:00", "mo", "07:00-09:00", ["0 9 * * 1"]),
        ("9:01", "mo", "07:00-09:00", []),
        ("6:59", "mo", "07:00-09:00", ["0 7 * * 1"]),
        ("6:59, 7:00", "mo", "07:00-09:00", ["0 7 * * 1"]),
        ("23:00", "mo", "22:00-02:00", ["0 23 * * 1"]),
        ("1:00", "mo", "22:00-02:00", ["0 1 * * 1"]),
        ("13:00", "mo", "22:00-02:00", ["0 22 * * 1"]),
        ("11:00", "mo", "22:00-02:00", []),
        ("23:50", "mo", "00:10-05:00", ["10 0 * * 2"]),
        ("23:50", "sa", "00:10-05:00", ["10 0 * * 0"]),
        ("0, 30", "all", "22:00-23:00", ["0,30 22,23 * * *"]),
        ("15", "fr", "22:00-23:30", ["0,15 22,23 * * 5"]),
    ],
)
def test_a_start_outside_of_the_run_window(
    at: str, days: str, window: str, expected: list[str]
) -> None:
    """It is put off to the opening, or lost where the last close is nearer; both sides agree."""
    text = job("A", f'run_window: "{window}"', at=at, days=days)
    assert sorted(cron for cron, _ in crons(text)) == sorted(expected)
    assert ("A526" in found(text)) is (not expected)
    schedule = read(text)[0].jobs["A"].schedule
    if schedule is not None:
        moments = starts(schedule, date(2026, 11, 2), 14)
        assert {f"{moment:%H:%M}" for moment in moments} == {
            f"{hour:02}:{minute:02}" for each in schedule.opened() for hour, minute in each.times
        }


@pytest.mark.parametrize(
    "texts",
    [
        (job("A"), job("B", "condition: s(A)", "date_conditions: 1", "run_window: 1:00-2:00")),
        (
            job("A", "job_type: box", at="1:00"),
            job("B", "box_name: A", "run_window: 1:00-2:00", at="1:30"),
        ),
        (job("A", "run_window: 8:00-8:00", at="9:00"),),
        (job("A", "run_window: 8:00-10:00", at="21:00"),),
        (job("A", "run_window: 0:10-5:00", at="23:50"), "calendar: H\n12/25/2026\n"),
    ],
)
def test_a_run_window_that_cannot_be_kept_is_an_error(texts: tuple[str, ...]) -> None:
    """A condition starts the job, or it is not settled what happens."""
    if len(texts) > 1 and texts[1].startswith("calendar"):
        texts = (texts[0].replace("date_", "exclude_calendar: H\ndate_"), texts[1])
    assert "A878" in found(*texts)


@pytest.mark.parametrize("attribute", ["condition: s(A)", "box_name: BOX"])
def test_excluded_days_of_a_job_without_times_are_an_error(attribute: str) -> None:
    more = ("date_conditions: 1", "exclude_calendar: H")
    texts = (
        job("A", at="8:00"),
        job("BOX", "job_type: box", at="8:00"),
        job("B", attribute, *more),
    )
    (message,) = found(*texts, "calendar: H\n12/25/2026\n")["A877"]
    assert message.startswith("B also runs on the days of exclude_calendar H: a condition or a box")
