"""Time fields of crontabs: their numbers, and the days that two of them mean.

Expectations come from crontab(5), and where it is silent from the sources of Debian's cron 3.0pl1
and of cronie 1.7.
"""

import pytest

from tests.crontabs import HERE, codes
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_fields import (
    HOUR,
    MINUTE,
    MONTH,
    MONTH_DAY,
    NICKNAMES,
    WEEK_DAY,
    Unit,
    read_field,
)
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE
from transpile.model.days import Days

# -------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("written_field", "unit", "numbers"),
    [
        ("*", HOUR, range(24)),
        ("*", WEEK_DAY, range(8)),
        ("5", MINUTE, [5]),
        ("05", MINUTE, [5]),
        ("8-11", HOUR, [8, 9, 10, 11]),
        ("1,2,5,9", HOUR, [1, 2, 5, 9]),
        ("0-4,8-12", HOUR, [0, 1, 2, 3, 4, 8, 9, 10, 11, 12]),
        ("0-23/2", HOUR, range(0, 24, 2)),
        ("*/2", MONTH_DAY, range(1, 32, 2)),
        ("*/40", MINUTE, [0, 40]),
        ("*/99", MINUTE, [0]),
        ("7", WEEK_DAY, [7]),
        ("5-7", WEEK_DAY, [5, 6, 7]),
        ("jan", MONTH, [1]),
        ("DEC", MONTH, [12]),
        ("Sun", WEEK_DAY, [0]),
        # The manual allows single names only; both parsers take them in place of any number.
        ("mon-fri", WEEK_DAY, [1, 2, 3, 4, 5]),
        ("jan,jul", MONTH, [1, 7]),
        ("mon-fri/2", WEEK_DAY, [1, 3, 5]),
        ("5-1", HOUR, []),
        ("fri-sun", WEEK_DAY, []),
        ("22-4,12", HOUR, [12]),
    ],
)
@pytest.mark.parametrize("engine", [VIXIE, CRONIE])
def test_a_field_has_these_numbers(
    written_field: str, unit: Unit, numbers: list[int], engine: str
) -> None:
    assert read_field(written_field, unit, engine).numbers == set(numbers)


@pytest.mark.parametrize(
    ("written_field", "unit"),
    [
        *(("60", MINUTE), ("24", HOUR), ("0", MONTH_DAY), ("32", MONTH_DAY), ("13", MONTH)),
        *(("8", WEEK_DAY), ("mon", HOUR), ("monday", WEEK_DAY), ("january", MONTH)),
        *(("", HOUR), (",", HOUR), ("1,", HOUR), (",1", HOUR), ("1,,2", HOUR), ("-1", HOUR)),
        # Debian's patch "crontab entry parsing fixes": a step needs a range.
        *(("5/15", MINUTE), ("1,5/2", MINUTE), ("*/0", MINUTE), ("*/", MINUTE), ("*/x", MINUTE)),
        *(("1-", HOUR), ("a", HOUR), ("1-x", HOUR), ("99999999999999999999", MINUTE), ("é", HOUR)),
        *(("70-80", MINUTE), ("0" * 5000 + "1" * 5000, MINUTE), ("*\0", MINUTE)),
    ],
)
@pytest.mark.parametrize("engine", [CRONIE, SYSTEMD])
def test_a_field_that_every_cron_refuses(written_field: str, unit: Unit, engine: str) -> None:
    for each in (VIXIE, engine) if "\0" not in written_field else (engine,):
        with pytest.raises(ValueError, match=r"cannot be|goes back"):
            read_field(written_field, unit, each)


@pytest.mark.parametrize(
    ("written_field", "numbers"),
    [
        ("*x", range(24)),
        ("5;3", [5]),
        ("1-5-7", [1, 2, 3, 4, 5]),
        ("*/5/3", range(0, 24, 5)),
        ("0~12", [0]),
        ("1,*x,5", range(24)),
        ("3.5", [3]),
        ("1\x0b*", [1]),
    ],
)
def test_debians_cron_ignores_the_rest_of_a_field_that_cannot_go_on(
    written_field: str, numbers: list[int]
) -> None:
    found = read_field(written_field, HOUR, VIXIE)
    assert found.numbers == set(numbers)
    assert [part for part, _ in found.readings] == [written_field]


@pytest.mark.parametrize("written_field", ["*x", "5;3", "1-5-7", "*/5/3", "3.5", "1~5/2", "9~5"])
def test_cronie_refuses_such_a_field(written_field: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be|goes back"):
        read_field(written_field, HOUR, CRONIE)


@pytest.mark.parametrize(("part", "low"), [("3~12", 3), ("~12", 0), ("7~", 7), ("~", 0)])
def test_cronie_takes_a_number_around_a_tilde_at_random(part: str, low: int) -> None:
    found = read_field(part, HOUR, CRONIE)
    assert (set(found.numbers), found.random) == ({low}, (part,))


def test_both_keep_32_bits_of_a_number() -> None:
    for engine in (VIXIE, CRONIE):
        assert read_field("4294967297", MINUTE, engine).numbers == {1}
        assert read_field("*/4294967298", HOUR, engine).numbers == set(range(0, 24, 2))


def test_reboot_is_no_time() -> None:
    assert CronClock.read("@reboot").days() is None


def test_a_range_of_cronie_may_end_too_high_if_no_number_does() -> None:
    # entry.c of cronie checks the numbers that it sets; Debian's cron checks both ends.
    assert read_field("5-64/30", MINUTE, CRONIE).numbers == {5, 35}
    with pytest.raises(ValueError, match="64"):
        read_field("5-64/30", MINUTE, VIXIE)


def test_a_range_that_goes_backwards_is_empty_for_cron_and_an_error_for_systemd() -> None:
    assert read_field("22-4", HOUR, VIXIE).readings == (
        ("22-4", "no hour: the range goes backwards"),
    )
    with pytest.raises(ValueError, match="backwards"):
        read_field("22-4", HOUR, SYSTEMD)


@pytest.mark.parametrize("nickname", NICKNAMES)
def test_a_nickname_stands_for_its_fields(nickname: str) -> None:
    found, meant = (CronClock.read(each) for each in (nickname, NICKNAMES[nickname]))
    assert found.days() == meant.days()
    assert found.schedule(HERE, None, Days()) == meant.schedule(HERE, None, Days())


@pytest.mark.parametrize("line", ["@Daily", "@weekdays", "@", "* * * *", "* * * * * *", ""])
def test_what_is_no_time(line: str) -> None:
    with pytest.raises(ValueError, match=r"nickname|five"):
        CronClock.read(line)


# -------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ("0 0 * * *", "daily"),
        ("0 0 * * 1-5", "mo,tu,we,th,fr"),
        ("0 0 * * 0", "su"),
        ("0 0 * * 7", "su"),
        ("0 0 * * 5-7", "su,fr,sa"),
        ("0 0 * * 0-6", "daily"),
        ("0 0 1 * *", "day 1"),
        ("0 0 1-31 * *", "daily"),
        ("0 0 1 1-12 *", "day 1"),
        ("0 0 1 1,7 *", "day 1 of month 1,7"),
        # crontab(5): if both fields are restricted, either is enough.
        ("30 4 1,15 * 5", "fr or day 1,15"),
        ("0 0 13 1 5", "fr of month 1 or day 13 of month 1"),
        ("0 0 1-31 * 1", "daily"),
        ("0 0 1 * 0-6", "daily"),
        # A field that begins with a star is none of them, whatever follows.
        ("0 0 */2 * 1", "mo day 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31"),
        ("0 0 */1 * 1", "mo"),
        ("0 0 *,5 * 1", "mo"),
        ("0 0 1 * */2", "su,tu,th,sa day 1"),
        ("0 0 1 * */1", "day 1"),
        ("0 0 1-31/2 * 1", "mo or day 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31"),
        ("0 0 5,* * 1", "daily"),
        # A day of the month that no month has leaves those of the week.
        ("0 0 30 2 1", "mo of month 2"),
        ("0 0 29 2 *", "day 29 of month 2"),
        ("0 0 31 4,5 *", "day 31 of month 4,5"),
        ("0 0 9-5 * 1", "mo"),
    ],
)
def test_days_of_two_fields(fields: str, days: str) -> None:
    assert str(CronClock.read(fields).days()) == days


@pytest.mark.parametrize(
    "fields", ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 * * 5-1", "0 9-5 * * *", "9-5 0 * * *"]
)
def test_fields_that_never_meet(fields: str) -> None:
    assert CronClock.read(fields).days() is None
    assert codes(f"{fields} true\n")[-1:] in (["A526"], ["A083"])
    assert "A526" in codes(f"{fields} true\n")


def test_systemd_starts_on_days_of_both_fields() -> None:
    assert str(CronClock.read("0 0 13 * 5", SYSTEMD).days()) == "fr day 13"
