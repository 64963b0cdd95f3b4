"""Clocks and launch plans against what real engines did: see timers/README.md."""

from datetime import datetime, timezone
from typing import Any

import pytest

from tests.timers import systemd_oddities
from tests.timers.compare import COMPARED, differences
from tests.timers.record_cron import LINES
from tests.timers.record_systemd import TEXTS
from tests.timers.recordings import CRON, FILES, PLANS, SYSTEMD, Starts, read, sample
from tests.timers.systemd_oddities import elapses
from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_fields import CronFields
from transpile.model.days import Days
from transpile.proof.scheduler import Fields

SAMPLE = 300


@pytest.mark.parametrize("name", COMPARED)
def test_nothing_differs_from_the_recording(name: str) -> None:
    compared, found = differences(name, SAMPLE)
    assert (compared, found) == (SAMPLE, [])


def test_enough_is_recorded() -> None:
    lines, texts, plans = (read(path) for path in (CRON, SYSTEMD, PLANS))
    assert (len(lines), len(texts)) == (LINES, TEXTS) == (5_000, 5_000)
    assert len({expression for expression, _ in plans}) > 2_000
    accepted = [row for row in lines if row[-1] is not None]
    assert 500 < LINES - len(accepted) < 1_000
    zones = {starts[0] for row in accepted for starts in row[-1]}
    assert {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"} <= zones
    assert sum(starts[3] for row in accepted for starts in row[-1]) > 1_000_000
    assert sum(row[2] is not None for row in texts) > 3_500
    ignored = [row for row in read(FILES) if row[2] is None]
    assert len(ignored) > 500


@pytest.mark.parametrize("path", [CRON, SYSTEMD], ids=lambda path: path.stem)
def test_the_sample_holds_all_kinds(path: Any) -> None:
    rows = read(path)
    chosen = sample(rows, SAMPLE)
    assert {row[0] for row in chosen} == {row[0] for row in rows}
    assert {bool(row[-1]) for row in chosen} == {True, False}


# -------------------------------------------------------------------- each comparison can fail


def _altered(row: list[Any]) -> list[list[Any]]:
    """The row, accepted instead of refused or the other way round, and with another result."""
    *head, recorded = row
    if not recorded:
        return [[*head, []]]
    return [[*head, None], [*head, [[*recorded[0][:-1], "0"], *recorded[1:]]]]


@pytest.mark.parametrize("name", ["cron", "cronie"])
def test_other_starts_of_cron_are_seen(name: str) -> None:
    path, compare = COMPARED[name]
    for row in sample(read(path), 100):
        assert not list(compare(row))
        assert all(list(compare(altered)) for altered in _altered(row))


def test_other_files_are_seen() -> None:
    path, compare = COMPARED["files"]
    for row in sample(read(path), 100):
        *head, vixie, cronie = row
        assert not list(compare(row))
        assert list(compare([*head, 0 if vixie is None else None, cronie]))
        assert list(compare([*head, vixie, cronie + 1]))


def test_other_moments_of_systemd_are_seen() -> None:
    path, compare = COMPARED["systemd"]
    for kind, text, normal, recorded in sample(read(path), 100):
        refused = None if normal is not None else "*-*-* 00:00:00"
        assert list(compare([kind, text, refused, recorded]))
        for place, (zone, base, seconds, is_stuck) in enumerate(recorded):
            for other in ([n + 1 for n in seconds], seconds[1:]):
                rest = [*recorded[:place], [zone, base, other, is_stuck], *recorded[place + 1 :]]
                assert not seconds or list(compare([kind, text, normal, rest]))


@pytest.mark.parametrize("name", ["plans", "robfig"])
def test_other_launches_are_seen(name: str) -> None:
    path, compare = COMPARED[name]
    seen = 0
    for row in sample(read(path), 50):
        *head, recorded = row
        if name == "robfig":
            assert list(compare([*head, [*recorded[:-1], "0"]]))
        for starts in map(Starts._make, recorded or ()) if name == "plans" else ():
            other = starts._replace(count=starts.count + 1)
            seen += starts.zone == "UTC"
            assert len(list(compare([*head, [other]]))) == (starts.zone == "UTC")
    assert seen > 30 or name == "robfig"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"both": False}, id="either day field counts"),
        pytest.param({"both": True}, id="both day fields count"),
        pytest.param({"wild": True}, id="all lines follow the clock"),
        pytest.param({"wild": False}, id="no line follows the clock"),
        pytest.param({"week": frozenset(range(7))}, id="every day of the week"),
    ],
)
def test_a_rule_of_cron_that_is_broken_is_seen(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    init = CronClock.__init__

    def broken(clock: CronClock, fields: CronFields, *rest: Any) -> None:
        values = {name: getattr(fields, name) for name in fields.__slots__}
        init(clock, CronFields(**{**values, **change}), *rest)

    monkeypatch.setattr(CronClock, "__init__", broken)
    path, compare = COMPARED["cron"]
    assert any(list(compare(row)) for row in sample(read(path), SAMPLE))


@pytest.mark.parametrize(
    ("name", "owner", "attribute", "broken"),
    [
        pytest.param("systemd", CalendarEvent, "meets_week", lambda *_: True, id="weekdays"),
        pytest.param("systemd", CalendarEvent, "days_of", lambda *_: [*range(1, 29)], id="days"),
        pytest.param("systemd", systemd_oddities, "_LOSES", (), id="what systemd loses"),
        pytest.param("plans", Days, "__contains__", lambda *_: True, id="look-up of days"),
        pytest.param("robfig", Fields, "on", lambda *_: True, id="days of an expression"),
    ],
)
def test_a_rule_that_is_broken_is_seen(
    name: str, owner: object, attribute: str, broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, attribute, broken)
    path, compare = COMPARED[name]
    assert any(list(compare(row)) for row in sample(read(path), SAMPLE))


# -------------------------------------------------------------------- what systemd 252 does


ODD = [
    pytest.param("*:0/7", "2026-06-01T23:55", ["23:56", "00:07"], id="minutes at the end of a day"),
    pytest.param("*:0/7", "2026-06-01T22:55", ["22:56", "23:00"], id="minutes within a day"),
    pytest.param("*:0/15", "2026-06-01T23:40", ["23:45", "00:00"], id="minutes that go in"),
    pytest.param("*:0..59/7", "2026-06-01T23:55", ["23:56", "00:00"], id="minutes with an end"),
    pytest.param("0/5:0", "2026-06-30T19:00", ["20:00", "05:00"], id="hours at the end of a month"),
    pytest.param("0/5:0", "2026-06-29T19:00", ["20:00", "00:00"], id="hours within a month"),
    pytest.param("1/20:0", "2026-06-30T02:00", ["21:00", "21:00"], id="an hour of its own"),
]


@pytest.mark.parametrize(("text", "base", "expected"), ODD)
def test_systemd_252_loses_starts_behind_an_open_repetition(
    text: str, base: str, expected: list[str]
) -> None:
    begin = datetime.fromisoformat(base).replace(tzinfo=timezone.utc)
    end = begin.replace(year=begin.year + 1)
    event = CalendarEvent.read(text)
    found = elapses(event, event.fires("UTC", begin, end), begin)
    assert [f"{next(found):%H:%M}" for _ in expected] == expected
