"""Calendars of Control-M, rule-based calendars, and operations on days."""

import random
from datetime import date

import pytest

from tests.controlm_criteria import (
    WORK,
    calendar,
    codes,
    criteria,
    days_in,
    job,
    made,
    reader,
    shown,
)
from transpile.dialects.controlm.calendars import Defined, read_calendars, report_unused
from transpile.dialects.controlm.day_sets import (
    EVERY_DAY,
    NEVER,
    by_term,
    covers,
    intersection,
    moved,
    union,
    without,
)
from transpile.dialects.controlm.days import Ordered
from transpile.dialects.controlm.elements import Element
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar, DayRule, Days, Every
from transpile.model.rule_terms import Nth, NthWeek, Within
from transpile.sources.text import Span

HERE = Span("f.xml", 1)


def year(letters: str, name: str = "2026") -> Element:
    return made("YEAR", NAME=name, DAYS=letters)


def one(*years: Element, kind: str = "Regular") -> tuple[Defined, Diagnostics]:
    diagnostics = Diagnostics()
    (found,) = read_calendars([made("CALENDAR", *years, NAME="C", TYPE=kind)], diagnostics)
    return found, diagnostics


def dates(*years: Element) -> list[str]:
    found, diagnostics = one(*years)
    assert codes(diagnostics) == []
    assert found.work is not None
    return [day.isoformat() for day in found.work.calendar.dates]


# -------------------------------------------------------------------- DEFCAL


def test_a_letter_for_each_day_of_the_year() -> None:
    assert dates(year("Y" + "N" * 363 + "Y")) == ["2026-01-01", "2026-12-31"]
    assert dates(year("N" * 59 + "YY" + "N" * 305, "2028")) == ["2028-02-29", "2028-03-01"]
    assert dates(year("N" * 58 + "yy" + "n" * 305)) == ["2026-02-28", "2026-03-01"]


def test_31_letters_for_each_month() -> None:
    marks = ["N"] * 372
    for position in (0, 31 + 27, 31 + 28, 31 + 30, 62, 371):
        marks[position] = "Y"
    expected = ["2026-01-01", "2026-02-28", "2026-03-01", "2026-12-31"]
    assert dates(year("".join(marks))) == expected


def test_blanks_are_line_breaks_or_days() -> None:
    wrapped = " ".join(["N" * 40] * 9) + "\n" + "N" * 4 + "Y"
    assert dates(year(wrapped)) == ["2026-12-31"]
    assert dates(year(" " * 364 + "Y")) == ["2026-12-31"]


def test_an_attribute_for_each_month() -> None:
    months = {"JAN": "1, 10-12", "FEB": "N" * 27 + "Y", "MAR": "Y" + "N" * 30, "APR": "30-31"}
    found = ["2026-01-01", "2026-01-10", "2026-01-11", "2026-01-12", "2026-02-28", "2026-03-01"]
    assert dates(made("YEAR", NAME="2026", **months)) == [*found, "2026-04-30"]
    assert dates(made("YEAR", NAME="2026", JAN="")) == []


def test_366_letters_of_a_common_year_count_if_both_readings_agree() -> None:
    assert dates(year("Y" + "N" * 365)) == ["2026-01-01"]
    assert codes(one(year("N" * 100 + "Y" + "N" * 265))[1]) == ["A011"]


@pytest.mark.parametrize(
    "years",
    [
        [year("NYY")],
        [year("N" * 366, "2028"), year("N" * 365, "2028"), year("N" * 365, "2028")],
        [year("X" * 365)],
        [year("N" * 365, "26")],
        [year("N" * 365, "")],
        [year("N" * 365), year("Y" * 365)],
        [made("YEAR", NAME="2026", JAN="32")],
        [made("YEAR", NAME="2026", JAN="5-2")],
        [made("YEAR", NAME="2026", FEB="Y" * 30)],
    ],
    ids=lambda years: years[-1].get("NAME") or "none",
)
def test_a_wrong_year_spoils_the_calendar(years: list[Element]) -> None:
    found, diagnostics = one(*years)
    assert set(codes(diagnostics)) == {"A011"}
    assert found.work is None
    assert {diagnostic.text.partition("=")[0] for diagnostic in diagnostics} <= {
        *("NAME", "DAYS", "JAN", "FEB")
    }


def test_a_broken_calendar_is_no_missing_one() -> None:
    days, diagnostics = reader(made("CALENDAR", year("NYY"), NAME="C"))
    assert days.own_days(job("DAYSCAL=C"), "J") is None
    assert [str(found).rpartition(": ")[2] for found in diagnostics if found.code == "A010"] == [
        "its definition cannot be used"
    ]


def test_periods_are_reported_and_then_not_known() -> None:
    found, diagnostics = one(year("AAB"), kind="Periodic")
    assert (found.work, codes(diagnostics)) == (None, ["A012"])


def test_a_calendar_that_is_there_twice() -> None:
    diagnostics = Diagnostics()
    other = calendar("WORK", [date(2026, 1, 1)], 2026)
    (found,) = read_calendars([WORK, WORK, other], diagnostics)
    assert codes(diagnostics) == ["A013"]
    assert found.work is not None
    assert len(found.work.calendar.dates) == 1


def test_unused_calendars() -> None:
    diagnostics = Diagnostics()
    found = read_calendars([WORK, calendar("B", [], 2026)], diagnostics)
    found.find("WORK")
    report_unused(found, diagnostics)
    assert [(d.code, d.text) for d in diagnostics] == [("A125", "B")]


# -------------------------------------------------------------------- rule-based calendars


def rule(name: str, text: str = "") -> Element:
    return made("RULE_BASED_CALENDAR", NAME=name, **criteria(text))


def names(*titles: str) -> list[Element]:
    return [made("RULE_BASED_CALENDARS", NAME=title) for title in titles]


FOLDER = made("SMART_FOLDER", rule("FIRST", "DAYS=1"), rule("MONDAY", "WEEKDAYS=1; MONTHS=2"))
FOLDER_DAYS = "01-01 02-01 02-02 02-09 02-16 02-23 03-01 04-01 05-01"


def member(element: Element, folder: Element = FOLDER) -> tuple[Ordered, list[str]]:
    server = made("CALENDAR", rule("", "DAYS=2"), NAME="SERVER")
    others = rule("PLAIN", "DAYS=9"), made("CALENDAR", NAME="EMPTY", TYPE="Rule_Based")
    days, diagnostics = reader(WORK, server, *others)
    parent = days.ordered(folder, None, "F")
    return days.ordered(element, parent, "J"), codes(diagnostics)


def test_a_folder_is_ordered_on_the_days_of_all_its_calendars() -> None:
    days, _ = reader()
    assert shown(days.ordered(FOLDER, None, "F").days) == FOLDER_DAYS
    one_of_them = made("SMART_FOLDER", *FOLDER.children, *names("FIRST"))
    assert shown(days.ordered(one_of_them, None, "F").days) == "01-01 02-01 03-01 04-01 05-01"
    excluded = made("SMART_FOLDER", rule("ALL", "DAYS=ALL; MONTHS=1"), rule("!NOT", "DAYS=-1"))
    assert shown(days.ordered(excluded, None, "F").days) == "01-01"


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (job(""), "*"),
        (job("", *names("*")), "*"),
        (job("DAYS=7", *names("USE PARENT")), "*"),
        (job("DAYS=ALL"), "*"),
        (job("", *names("MONDAY", "FIRST")), "*"),
        (job("", *names("MONDAY")), "02-02 02-09 02-16 02-23"),
        (job("DAYS=1,2"), "01-01 02-01 02-02 03-01 04-01 05-01"),
        (job("DAYS=9", *names("FIRST")), "01-01 02-01 02-09 03-01 04-01 05-01"),
        (job("DAYS=9; TAG_RELATIONSHIP=A", *names("MONDAY")), "02-09"),
        (job("DAYS=9; RULE_BASED_CALENDAR_RELATIONSHIP=AND", *names("*")), "02-09"),
        (job("", *names("*", "!FIRST")), "02-02 02-09 02-16 02-23"),
        (job("", *names("!FIRST")), "02-02 02-09 02-16 02-23"),
        (job("", made("EXCLUDE_RULE_BASED_CALENDARS", NAME="FIRST")), "02-02 02-09 02-16 02-23"),
        (job("", *names("SERVER")), "02-02"),
        (job("", *names("PLAIN")), "02-09"),
        (job("", *names("WORK")), "02-02 02-09 02-16 02-23 04-01"),
        (job("DAYS=NONE; WEEKDAYS=NONE"), ""),
    ],
)
def test_members_of_a_folder(element: Element, expected: str) -> None:
    found, reported = member(element)
    assert reported == []
    assert found.with_folder is (expected == "*")
    assert shown(found.days) == (FOLDER_DAYS if expected == "*" else expected)


def test_what_is_unknown_stays_unknown() -> None:
    for titles in (["NOWHERE"], ["EMPTY"], ["FIRST", "NOWHERE"], ["FIRST", "!NOWHERE"]):
        found, reported = member(job("", *names(*titles)))
        assert (found.days, found.is_unknown, reported) == (None, True, ["A010"])
    broken = made("SMART_FOLDER", rule("FIRST", "DAYS=SA"), rule("NONE"))
    found, reported = member(job("DAYS=1"), broken)
    assert (found.days, found.with_folder, reported) == (None, False, ["A010", "A014"])
    found, _ = member(job(""), broken)
    assert (found.days, found.with_folder) == (None, True)
    _, reported = member(job("", *names("FIRST")), broken)
    assert reported == ["A010", "A010", "A014"]


def test_a_sub_folder_knows_the_calendars_of_the_outermost_one() -> None:
    days, diagnostics = reader()
    outer = days.ordered(FOLDER, None, "F")
    inner = days.ordered(made("SUB_FOLDER", *names("FIRST")), outer, "S")
    found = days.ordered(job("", *names("MONDAY", "FIRST")), inner, "J")
    assert found.with_folder
    assert shown(found.days) == "01-01 02-01 03-01 04-01 05-01"
    assert shown(days.ordered(job("", *names("MONDAY")), inner, "K").days) == ""
    assert codes(diagnostics) == []


def test_what_names_no_days() -> None:
    days, diagnostics = reader()
    assert days.ordered(job("MONTHS=1,2", *names("*")), None, "J").is_never
    assert codes(diagnostics) == ["A016"]
    days, diagnostics = reader(no_criteria="every day")
    assert days.ordered(job(), None, "J").days == EVERY_DAY
    found = days.ordered(job("DAYS=; MONTHS=2,3"), None, "K").days
    assert found == Days((DayRule(months=(2, 3)),))
    assert days.ordered(job("DAYS=NONE"), None, "L").is_never
    assert codes(diagnostics) == []


# -------------------------------------------------------------------- operations

EVERY = days_in(2026, 2028)


def some_rule(chance: random.Random) -> DayRule:
    fields: dict[str, object] = {}

    def some(numbers: range, most: int) -> tuple[int, ...]:
        return tuple(sorted(chance.sample(numbers, chance.randint(1, most))))

    def calendar_() -> Calendar:
        listed = tuple(sorted(chance.sample(EVERY, chance.randint(0, 60))))
        return Calendar(f"C{chance.random()}", HERE, listed)

    fields |= {"week": some(range(7), 5)} if chance.random() < 0.4 else {}
    fields |= {"months": some(range(1, 13), 8)} if chance.random() < 0.4 else {}
    numbers = range(1, 32) if chance.random() < 0.6 else range(-31, 0)
    fields |= {"month_days": some(numbers, 4)} if chance.random() < 0.5 else {}
    fields |= {"run_calendar": calendar_()} if chance.random() < 0.2 else {}
    fields |= {"exclude_calendars": (calendar_(),)} if chance.random() < 0.15 else {}
    fields |= {"since": chance.choice(EVERY)} if chance.random() < 0.2 else {}
    fields |= {"until": chance.choice(EVERY)} if chance.random() < 0.2 else {}
    week = NthWeek((chance.randint(1, 5),), Within.MONTH, 1, counts_first=True)
    fields |= {"run_rules": by_term(week, "week")} if chance.random() < 0.15 else {}
    day = Nth((chance.randint(1, 5),))
    fields |= {"exclude_rules": (by_term(day, "day"),)} if chance.random() < 0.1 else {}
    return DayRule(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(10))
def test_operations_on_any_days(seed: int) -> None:
    for number in range(40):
        chance = random.Random(seed * 1000 + number)
        first, second = (
            Days(tuple(some_rule(chance) for _ in range(chance.choice([0, 1, 1, 2, 3]))))
            for _ in range(2)
        )
        a, b = ({day for day in EVERY if day in days} for days in (first, second))
        both, left = intersection(first, second), without(first, second)
        assert both is not None
        assert left is not None
        for days, expected in ((union(first, second), a | b), (both, a & b), (left, a - b)):
            assert {day for day in EVERY if day in days} == expected, (first, second)
        assert b <= a or not covers(first, second)
        count = chance.choice([-1, 1, 2])
        later = moved(first, count, HERE)
        assert later is not None
        inner = range(3, len(EVERY) - 3)
        assert {EVERY[n] for n in inner if EVERY[n] in later} == {
            EVERY[n] for n in inner if EVERY[n - count] in a
        }


def test_covers() -> None:
    weekdays, monday = Days((DayRule((1, 2, 3, 4, 5)),)), Days((DayRule((1,), months=(2,)),))
    assert covers(EVERY_DAY, weekdays)
    assert covers(weekdays, monday)
    assert not covers(monday, weekdays)
    assert covers(weekdays, NEVER)
    days, _ = reader()
    work, first = (
        days.own_days(job(text), "J") for text in ("DAYSCAL=WORK", "DAYSCAL=WORK; DAYS=D1")
    )
    assert work is not None
    assert first is not None
    assert covers(weekdays, work)
    assert covers(work, first)
    assert not covers(work, weekdays)
    # Days of the month and of the week together, seen only day by day.
    halves = Days(
        (DayRule(month_days=tuple(range(1, 16))), DayRule(month_days=tuple(range(16, 32))))
    )
    assert covers(halves, weekdays)


def test_days_that_repeat_stay_apart() -> None:
    every = Days((DayRule(every=Every(14, (date(2026, 1, 5),))),))
    assert intersection(every, EVERY_DAY) == every
    assert intersection(every, Days((DayRule((1,)),))) is None
    assert without(EVERY_DAY, every) is None
    assert moved(Days((DayRule(months=(1,), every=every.rules[0].every),)), 1, HERE) is None
