"""A gate that opens by what the legacy side answers; a shell script stands in for that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import Run
from tests.runtime.estates import A
from transpile.runtime.admin import flyte_admin
from transpile.runtime.errors import Killed
from transpile.runtime.estate import Estate, Last
from transpile.runtime.gates import Wait
from transpile.runtime.legacy import BothSides, LegacyJob, NoAnswer, ask, look_at_legacy
from transpile.runtime.statuses import exit_code, not_running, succeeded

SCRIPT = """#!/bin/sh
# Prints one line of the answers after another; the last one stays. "fails" is an exit code.
read line < "$0.answers"
[ $(wc -l < "$0.answers") -gt 1 ] && sed -i 1d "$0.answers"
[ "$line" = fails ] && { echo "host is down" >&2; exit 1; }
echo "$line"
"""


@pytest.fixture
def side(tmp_path: Path) -> Callable[..., LegacyJob]:
    """A job on a legacy side that gives these answers."""

    def answering(*answers: str) -> LegacyJob:
        script = tmp_path / "status.sh"
        script.write_text(SCRIPT)
        (tmp_path / "status.sh.answers").write_text("".join(f"{each}\n" for each in answers))
        return LegacyJob("OLD", f"sh {script} OLD")

    return answering


def waits(holds: Callable[[Last], bool]) -> Wait:
    return Wait("MINE", "the gate", "wait", holds)


def polled(here: Run, wait: Wait) -> str:
    with pod(here):
        return look_at_legacy(wait, interval=1)


def test_a_poll_opens_the_gate_when_the_job_has_succeeded(
    door: Door, side: Callable[..., LegacyJob], capsys: pytest.CaptureFixture[str]
) -> None:
    job, here = side("RUNNING", "FA 3", "SU 0"), door.run("MINE")
    polled(here, waits(lambda last: succeeded(last(job))))
    assert door.opened(here) == {"the gate"}
    assert capsys.readouterr().out.count("not yet") == 2


def test_a_loss_of_the_legacy_side_does_no_harm(
    door: Door, side: Callable[..., LegacyJob], capsys: pytest.CaptureFixture[str]
) -> None:
    job = side("FAILURE", *["fails"] * 5, "", "what?", "SUCCESS")
    here = door.run("MINE")
    polled(here, waits(lambda last: succeeded(last(job))))
    printed = capsys.readouterr().out
    assert printed.count("OLD: no answer: exit code 1: host is down; asking again") == 5
    assert "OLD: not an answer: nothing" in printed
    assert "OLD: not an answer: what?" in printed
    assert door.opened(here) == {"the gate"}


def test_a_poll_looks_at_both_sides(door: Door, side: Callable[..., LegacyJob]) -> None:
    job, here = side("SUCCESS"), door.run("MINE")
    both = waits(lambda last: succeeded(last(job)) and succeeded(last(A)))
    with pytest.raises(Killed):
        polled(here, replace(both, limit=timedelta(microseconds=1)))
    assert not door.opened(here)
    door.run("FEED").node("a")
    polled(here, both)
    assert door.opened(here)


def test_a_poll_ends_when_a_person_answers(door: Door, side: Callable[..., LegacyJob]) -> None:
    job, here = side("FAILURE"), door.run("MINE")
    with pod(here):
        flyte_admin().open(here.name, "the gate")
    assert "open" in polled(here, waits(lambda last: succeeded(last(job))))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("SUCCESS", "SUCCESS"),
        ("su 0 2026-01-01T00:00:00Z", "SUCCESS 0"),
        ("FA 12", "FAILURE 12"),
        ("TE", "TERMINATED"),
        ("RU 0", "RUNNING"),
        ("RE", "RUNNING"),
        ("IN", ""),
        ("QU", ""),
        ("OI", "SUCCESS"),
    ],
)
def test_the_words_of_an_answer(answer: str, status: str, side: Callable[..., LegacyJob]) -> None:
    assert ask(side(answer)).status == status


@pytest.mark.parametrize("answer", ["SUCCESS yesterday", "SUCCEEDED", ""])
def test_other_answers_are_none(answer: str, side: Callable[..., LegacyJob]) -> None:
    with pytest.raises(NoAnswer):
        ask(side(answer))


def test_a_window_counts_from_the_time_of_the_end(
    door: Door, side: Callable[..., LegacyJob]
) -> None:
    ended = datetime.now(timezone.utc) - timedelta(hours=2)
    job, here = side(f"SUCCESS 0 {ended.isoformat()}"), door.run("MINE")
    with pod(here):
        both = BothSides(Estate(flyte_admin(), here.name))
    assert both.last(job, within=timedelta(hours=1)) == ""
    assert both.last(job, within=timedelta(hours=3)) == "SUCCESS 0"


def test_a_job_without_an_exit_code_meets_no_comparison(side: Callable[..., LegacyJob]) -> None:
    code = exit_code(ask(side("SUCCESS")).status)
    assert [code == 0, code != 0] == [False, False]
    assert not_running(ask(side("INACTIVE")).status)


def test_the_legacy_side_knows_what_was_before(
    door: Door, side: Callable[..., LegacyJob], capsys: pytest.CaptureFixture[str]
) -> None:
    moved = replace(A, before=side("fails", "FAILURE 3", "SUCCESS"))
    here = door.run("MINE")

    def last_status() -> str:
        with pod(here):
            return Estate(flyte_admin(), here.name).last(moved)

    assert last_status() == "FAILURE 3"
    assert "OLD: no answer: exit code 1: host is down; asking again" in capsys.readouterr().out
    assert last_status() == "SUCCESS"
    # Once it has run here, nobody asks there.
    door.run("FEED").node("a", "RUNNING")
    assert last_status() == "RUNNING"


def test_an_end_at_an_unknown_time_is_in_no_window(
    door: Door, side: Callable[..., LegacyJob]
) -> None:
    moved, here = replace(A, before=side("SUCCESS")), door.run("MINE")
    with pod(here):
        estate = Estate(flyte_admin(), here.name)
    assert estate.last(moved) == "SUCCESS"
    assert estate.last(moved, within=timedelta(days=9)) == ""
    start = (-timedelta(days=9), timedelta(days=9))
    assert estate.last(moved, begun=start) == ""
