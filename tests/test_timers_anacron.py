"""Anacrontabs: when anacron starts jobs, and how it reads lines."""

from datetime import date
from typing import Any

import pytest

from tests.crontabs import BERLIN, command, network, text
from transpile.dialects.timers.settings import CRONIE

# -------------------------------------------------------------------- anacron


def anacron(body: str, **said: Any) -> list[str]:
    """The start times of the jobs of an anacrontab."""
    found, _ = network(body, "anacrontab", as_anacron=True, **said)
    schedules = [job.schedule for job in found.jobs.values()] if found else []
    return [str(schedule.when()) if schedule else "" for schedule in schedules]


def anacron_codes(body: str, **said: Any) -> list[str]:
    """The codes that an anacrontab gives, less the note that each one with a job gives."""
    found = network(body, "anacrontab", as_anacron=True, **said)[1]
    return [d.code for d in found if "the periods of anacron" not in d.message]


@pytest.mark.parametrize(
    ("line", "said", "starts"),
    [
        ("1 5 x a", {}, "07:35 daily"),
        ("1 5 x a", {"anacron": (3, 0)}, "03:05 daily"),
        ("1 60 x a", {"anacron": (23, 30)}, "00:30 daily"),
        ("7 10 x a", {"since": {"x": date(2026, 1, 5)}}, "07:40 mo"),
        (
            "7 60 x a",
            {"since": {"x": date(2026, 1, 5)}, "anacron": (23, 30)},
            "00:30 tu",
        ),
        ("10 10 x a", {"since": {"x": date(2026, 1, 5)}}, "07:40 every 10 days from 2026-01-05"),
        ("7 10 x a", {}, ""),
        ("0 10 x a", {}, ""),
        ("@monthly 15 x a", {}, "07:45 day 1"),
        ("@monthly 15 x a", {"since": {"x": date(2026, 1, 12)}}, "07:45 day 12"),
        ("@yearly 15 x a", {}, "07:45 day 1 of month 1"),
        # main.c of anacron: a wait of more than a day is taken for a clock that was set.
        ("1 2000 x a", {}, "07:30 daily"),
    ],
)
def test_when_anacron_starts_a_job(line: str, said: dict[str, Any], starts: str) -> None:
    (found,) = anacron(f"{line}\n", **said)
    assert found.removesuffix(f" {BERLIN}") == starts
    doubtful = not starts or line.startswith("@")
    assert anacron_codes(f"{line}\n", **said) == (["A087"] if doubtful else [])


def test_the_periods_of_cronies_anacron() -> None:
    said = {"engine": CRONIE, "since": {"x": date(2026, 1, 5)}}
    assert anacron("@daily 5 x a\n@weekly 5 x a\n", **said) == [
        f"07:35 daily {BERLIN}",
        f"07:35 mo {BERLIN}",
    ]
    assert anacron_codes("@daily 5 x a\n1 5 y b\n") == ["A080"]


def test_hours_in_which_cronies_anacron_starts_jobs() -> None:
    body = "START_HOURS_RANGE=3-22\n1 5 x a\n"
    assert anacron(body, engine=CRONIE) == [f"07:35 daily {BERLIN}"]
    assert anacron("START_HOURS_RANGE=3-7\n1 5 x a\n", engine=CRONIE) == [""]
    assert anacron_codes("START_HOURS_RANGE=3-7\n1 5 x a\n", engine=CRONIE) == ["A087"]
    assert anacron("START_HOURS_RANGE=3-7\n1 5 x a\n") == [f"07:35 daily {BERLIN}"]
    assert anacron_codes("RANDOM_DELAY=45\n1 5 x a\n1 5 y a\n", engine=CRONIE) == ["A087"]


def test_lines_of_an_anacrontab() -> None:
    found, diagnostics = network(
        "A = b \n# c\n1 5 cron.daily run-parts \\\n  /etc/cron.daily\nbad line\n1 5 a/b c\n",
        "anacrontab",
        as_anacron=True,
    )
    assert found is not None
    assert [d.code for d in diagnostics] == ["A083", "A085", "A080", "A080"]
    job = found.jobs["cron.daily"]
    assert text(job) == "run-parts    /etc/cron.daily"
    assert command(job).environment == (("A", (" b ",)),)
    assert job.notes == (("period", "1"), ("delay", "5"))
    assert job.schedule is not None
    assert job.schedule.skips


def test_debians_anacron_drops_backslashes() -> None:
    assert anacron_codes("1 5 x echo a\\ b\n") == ["A083"]
    assert anacron_codes("1 5 x echo a\\ b\n", engine=CRONIE) == []
