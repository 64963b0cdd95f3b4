"""Days that criteria of Control-M choose, with dates worked out by hand, and a slow reading."""

import random
from datetime import date

import pytest

from tests.controlm_criteria import calendar, codes, days_in, job, made, own, reader, shown
from tests.slow_controlm_days import MONTHS, NAMES, Slow, Unsettled
from transpile.dialects.controlm.criteria import CRITERIA_ATTRIBUTES
from transpile.dialects.controlm.elements import Element, Origin
from transpile.model import DayRule, Days
from transpile.sources.text import Source, Span

UNTIL_MAY = {
    "DAYS=1,31": "01-01 01-31 02-01 03-01 03-31 04-01 05-01 05-31",
    "DAYS=L1": "01-31 02-28 03-31 04-30 05-31",
    "DAYS=01, L31": "01-01 02-01 03-01 04-01 05-01",
    # The third day from the end, unless it is the 29th.
    "DAYS=L3,-29": "02-26 04-28",
    "DAYS=-L1,-1; MONTHS=2; WEEKDAYS=1; DAYS_AND_OR=A": "02-02 02-09 02-16 02-23",
    "DAYS=1; WEEKDAYS=1; MONTHS=1,2": "01-01 01-05 01-12 01-19 01-26 02-01 02-02 02-09 02-16 02-23",
    "DAYS=1,2,3,4,5,6,7; WEEKDAYS=1; DAYS_AND_OR=A": "01-05 02-02 03-02 04-06 05-04",
    "DAYS=13; DAYS_AND_OR=AND": "01-13 02-13 03-13 04-13 05-13",
    "WEEKDAYS=0; MONTHS=2": "02-01 02-08 02-15 02-22",
    "WEEKDAYS=7; MONTHS=2": "02-01 02-08 02-15 02-22",
    "WEEKDAYS=SUN; DAYS=NONE; MONTHS=2": "02-01 02-08 02-15 02-22",
    "WEEKDAYS=L7; DAYS=1,6; DAYS_AND_OR=A": "04-06",
    # A day that WEEKDAYS takes away does not count in DAYS either.
    "DAYS=1,2; WEEKDAYS=2,-0; MONTHS=2": "02-02 02-03 02-10 02-17 02-24",
    "DAYSCAL=WORK; DAYS=1,2": "01-02 02-02 03-02 04-01 04-02",
    "DAYSCAL=WORK; DAYS=D1,L1": "01-02 01-30 02-02 02-27 03-02 03-31 04-01 04-30 05-04 05-29",
    "DAYSCAL=WORK; DAYS=>1": "01-02 02-02 03-02 04-01 05-04",
    "DAYSCAL=WORK; DAYS=<15": "01-15 02-13 03-13 04-15 05-15",
    "DAYSCAL=WORK; DAYS=>31": "02-02 03-31",
    "DAYSCAL=WORK; DAYS=>1,-2": "01-05 02-03 03-03 04-01 05-04",
    "WEEKSCAL=WORK; WEEKDAYS=L1; MONTHS=4": "04-10 04-17 04-24 04-30",
    # The week that begins on 30 March belongs to March, that of 27 April to April.
    "WEEKSCAL=WORK; WEEKDAYS=D3; MONTHS=3": "03-04 03-11 03-18 03-25 04-01",
    "DAYSCAL=*; DAYS=D2; CONFCAL=WORK": "01-05 02-03 03-03 04-02 05-05",
    "DAYS=L1; CONFCAL=WORK; SHIFT=Next Day; SHIFTNUM=+00": "02-02 03-02 03-31 04-30",
    "DAYS=L1; CONFCAL=WORK; SHIFT=NEXTDAY; SHIFTNUM=1": "02-03 03-03 04-01 05-04",
    "DAYS=L1; CONFCAL=WORK; SHIFT=<": "01-30 02-27 03-31 04-30 05-29",
    "DAYS=1; CONFCAL=WORK; SHIFT=PREVDAY; SHIFTNUM=-1": "01-29 02-26 03-31 04-29 05-29",
    "DAYS=1; CONFCAL=WORK; SHIFT=>+01": "01-05 02-03 03-03 04-02 05-05",
    "DAYS=L1; CONFCAL=WORK; SHIFT=Ignore Job": "03-31 04-30",
    "DAYS=L1; CONFCAL=WORK; SHIFT=@": "01-31 02-28 03-31 04-30 05-31",
    "DAYS=1; ACTIVE_FROM=20260201; ACTIVE_TILL=20260401": "02-01 03-01 04-01",
    "DAYS=1; ACTIVE_FROM=20260401; ACTIVE_TILL=20260201": "01-01 02-01 04-01 05-01",
    # The gap between them has no day.
    "DAYS=1; ACTIVE_FROM=20260401; ACTIVE_TILL=20260331": "01-01 02-01 03-01 04-01 05-01",
    "DAYS=1; ACTIVE_FROM=20260401; ACTIVE_TILL=99991231": "04-01 05-01",
    "DATE=0102,1231 0229; MONTHS=": "01-02",
    "DATE=01/02,03/04": "01-02 03-04",
    "DATE=0131; CONFCAL=WORK; SHIFT=>": "02-02",
    "DAYS=ALL; MONTHS=": "",
    "DAYS=NONE; WEEKDAYS=NONE": "",
}  # fmt: skip


@pytest.mark.parametrize("text", UNTIL_MAY)
def test_days_until_the_end_of_may_2026(text: str) -> None:
    assert shown(own(text)) == UNTIL_MAY[text]


OF_THE_MANUAL = {
    "DAYS=17,L1": "17 31",
    "DAYSCAL=OLD; DAYS=+1,-6": "1 3 4 5 7 10 11 12 13 14 17 18 19 20 21 24 25 26 27 28 31",
    "DAYSCAL=OLD; DAYS=-D1,-17,-L1": "4 5 6 7 10 11 12 13 14 18 19 20 21 24 25 26 27 28",
    "DAYSCAL=OLD; DAYS=<8": "7",
    "WEEKDAYS=0,1": "2 3 9 10 16 17 23 24 30 31",
    "WEEKSCAL=OLD; WEEKDAYS=+6; ACTIVE_FROM=20011210": (
        "10 11 12 13 14 15 17 18 19 20 21 22 24 25 26 27 28 29 31"
    ),
    "WEEKSCAL=OLD; WEEKDAYS=-5,<0": "6 13 20 27",
    "WEEKDAYS=D1W1": "3",
    "WEEKSCAL=OLD; WEEKDAYS=-D1,-L1": "4 5 6 11 12 13 18 19 20 25 26 27",
    "DAYS=1; DAYS_AND_OR=O; WEEKDAYS=1": "1 3 10 17 24 31",
}  # fmt: skip
"""INC 71323 and 71691: days of December 2001."""


@pytest.mark.parametrize("text", OF_THE_MANUAL)
def test_the_examples_of_the_manual(text: str) -> None:
    expected = " ".join(f"12-{int(day):02}" for day in OF_THE_MANUAL[text].split())
    assert shown(own(text), date(2001, 12, 1), date(2001, 12, 31)) == expected


def test_the_last_day_follows_the_length_of_the_month() -> None:
    days = own("DAYS=L1; MONTHS=2")
    assert shown(days, date(2027, 1, 1), date(2029, 12, 31)) == "02-28 02-29 02-28"
    assert shown(own("DATE=0229"), date(2027, 1, 1), date(2029, 12, 31)) == "02-29"


def test_a_week_beyond_the_calendar_counts_only_from_its_known_end() -> None:
    last = date(2026, 12, 21), date(2026, 12, 31)
    assert shown(own("WEEKSCAL=WORK; WEEKDAYS=D4"), *last) == "12-24 12-31"
    assert shown(own("WEEKSCAL=WORK; WEEKDAYS=L1"), *last) == "12-24"


def test_a_day_is_taken_away_also_where_the_calendar_has_ended() -> None:
    days = own("DAYSCAL=WORK; DAYS=-2; WEEKDAYS=5,6")
    assert shown(days, date(2027, 1, 1), date(2027, 1, 10)) == "01-01 01-08 01-09"


@pytest.mark.parametrize(
    ("text", "name", "answer", "expected"),
    [
        ("DAYS=L1", "end_of_month", "day before", "01-30 02-27 03-30 04-29 05-30"),
        ("DAYS=L31", "end_of_month", "day before", ""),
        ("WEEKDAYS=1; MONTHS=2", "first_weekday", "Sunday", "02-01 02-08 02-15 02-22"),
        ("WEEKDAYS=0; MONTHS=2", "first_weekday", "Sunday", "02-07 02-14 02-21 02-28"),
        ("WEEKDAYS=L1; DAYS=7; DAYS_AND_OR=A", "first_weekday", "Sunday", "02-07 03-07"),
        ("WEEKDAYS=D1W2", "week_of_month", "occurrence", "01-12 02-09 03-09 04-13 05-11"),
        ("WEEKDAYS=D1W2", "week_of_month", "row", "01-05 02-02 03-02 04-06 05-04"),
        ("WEEKDAYS=D5W1", "week_of_month", "row", "01-02 04-03 05-01"),
        ("WEEKDAYS=D1W6", "week_of_month", "occurrence", ""),
        ("WEEKSCAL=WORK; WEEKDAYS=D5W1", "week_of_month", "row", "01-02"),
        ("DATE=0103", "date_order", "ddmm", "03-01"),
        ("DATE=3101", "no_criteria", "no day", "01-31"),
    ],
)  # fmt: skip
def test_answers_decide(text: str, name: str, answer: str, expected: str) -> None:
    assert shown(own(text, **{name: answer})) == expected


UNSETTLED = """
DAYS=SA|DAYS=0|DAYS=32|DAYS=MON|DAYS=D1|DAYS=>1|DAYS=+1|DAYS=D1W1|DAYS=1 2|DAYS=+D1|DAYS=D1PA
WEEKDAYS=8|WEEKDAYS=D1|WEEKDAYS=L8|WEEKDAYS=-D1W2|WEEKDAYS=L1W2|WEEKDAYS=1-5|WEEKDAYS=D1W7
WEEKDAYS=L1; MONTHS=1|DAYSCAL=WORK; DAYS=>31; MONTHS=1|DAYSCAL=WORK; DAYS=>31; MONTHS=2
DAYS=1; JAN=2|DAYS=1; JAN=0|DAYS=1; WEEKDAYS=1; DAYS_AND_OR=X|DATE=1313|DATE=0101; DAYS=1|DATE=x
DAYS=1; ACTIVE_FROM=20260230|DAYS=1; ACTIVE_TILL=311226|DAYS=1; ACTIVE_FROM=99991231
DAYS=1; CONFCAL=WORK; SHIFT=?
DAYS=1; CONFCAL=WORK; SHIFTNUM=63|DAYS=1; CONFCAL=WORK; SHIFTNUM=x
DAYS=ALL; CONFCAL=WORK; SHIFT=@; SHIFTNUM=1
""".strip().replace("\n", "|").split("|")  # fmt: skip

FINDINGS = {
    **{text: ["A014"] for text in UNSETTLED},
    "DAYSCAL=OTHER": ["A010"],
    "DAYS=1; CONFCAL=OTHER": ["A010"],
    "DAYS=L1": ["A015"],
    "DAYS=L1; DAYSCAL=WORK": [],
    "WEEKDAYS=D1W1": ["A015"],
    "DATE=0102": ["A015"],
    "DATE=0101,1231": [],
    "DATE=1301": [],
    "DAYS=ALL; WEEKDAYS=L1,-L2; SHIFT=Ignore Job; SHIFTNUM=+00": [],
    "DAYS=1; ACTIVE_FROM=00000000": [],
}


@pytest.mark.parametrize("text", FINDINGS)
def test_findings(text: str) -> None:
    days, diagnostics = reader()
    found = days.own_days(job(text), "J")
    assert codes(diagnostics) == FINDINGS[text]
    assert (found is None) is (FINDINGS[text] in (["A010"], ["A014"]))
    assert all(diagnostic.job == "J" for diagnostic in diagnostics)
    assert all(d.text.partition("=")[0] in CRITERIA_ATTRIBUTES for d in diagnostics)
    days.own_days(job(text), "K")
    assert codes(diagnostics) == FINDINGS[text] * 2


def test_an_answer_that_was_given_is_not_reported() -> None:
    days, diagnostics = reader(end_of_month="last day")
    assert days.own_days(job("DAYS=L1"), "J") is not None
    assert codes(diagnostics) == []


def test_a_finding_stands_at_its_attribute() -> None:
    text = '<JOB JOBNAME="J"\n     DAYS="SA"/>'
    element = Element("JOB", Origin(Source("f.xml", text)), 1, 1, {"JOBNAME": "J", "DAYS": "SA"})
    days, diagnostics = reader()
    assert days.own_days(element, "J") is None
    (found,) = diagnostics
    assert (found.span, found.text) == (Span("f.xml", 2, 6), 'DAYS="SA"')


def test_days_stay_rules_where_rules_can_say_them() -> None:
    assert own("DAYS=ALL") == Days()
    assert own("WEEKDAYS=1,2,3,4,5") == Days((DayRule((1, 2, 3, 4, 5)),))
    assert own("DAYS=-L1") == Days((DayRule(month_days=tuple(range(-31, -1))),))
    days = own("DAYS=15; DAYSCAL=WORK; MAR=1")
    assert days is not None
    (rule,) = days.rules
    assert (rule.month_days, rule.months) == ((15,), (3,))
    assert [found.name for found in days.calendars] == ["WORK"]


def test_lists_are_named_after_their_calendar_and_their_days() -> None:
    for text, name in {
        "DAYS=D1; DAYSCAL=WORK": "WORK D1",
        "DAYS=1; CONFCAL=WORK; SHIFT=>": "WORK > OF DAYS 1",
        "DAYS=1; CONFCAL=WORK; SHIFTNUM=-2": "WORK -2 OF DAYS 1",
    }.items():
        days = own(text)
        assert days is not None
        assert [found.name for found in days.calendars] == [name]


# -------------------------------------------------------------------- any criteria

YEARS = range(2027, 2030)
EVERY = days_in(YEARS[0], YEARS[-1])


def some_days(chance: random.Random, *, in_month: bool, has_calendar: bool) -> str:
    kinds = ["{}"] * 4 + ["-{}"] * 2 + ["L{}"] * 2 + ["-L{}"]
    kinds += ["+{}", ">{}", "<{}", "D{}", "-D{}"] * 2 if has_calendar else []
    found = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        kind = chance.choice(kinds)
        is_plain = not {"D", "L"} & set(kind)
        number = chance.choice([1, 2, 15, 28, 29, 30, 31, chance.randint(1, 31)])
        if not in_month:
            number = chance.randint(0 if is_plain else 1, 7)
        named = chance.choice(NAMES) if not in_month and is_plain and chance.random() < 0.2 else ""
        in_week = f"D{chance.randint(0, 6)}W{chance.randint(1, 6)}"
        is_in_week = not in_month and chance.random() < 0.1
        found.append(in_week if is_in_week else kind.format(named or number))
    return "ALL" if chance.random() < 0.08 else ",".join(found)


def some_criteria(chance: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, other in (("DAYS", "DAYSCAL"), ("WEEKDAYS", "WEEKSCAL")):
        if chance.random() < 0.35:
            continue
        if chance.random() < 0.45:
            found[other] = chance.choice("AB")
        if other not in found or chance.random() < 0.8:
            in_month = key == "DAYS"
            found[key] = some_days(chance, in_month=in_month, has_calendar=other in found)
    found |= {"DAYS_AND_OR": chance.choice("AO")} if chance.random() < 0.4 else {}
    if chance.random() < 0.35:
        found |= {month: chance.choice("0111") for month in MONTHS}
    if chance.random() < 0.35:
        shift = chance.choice(["", "<", ">", "@"])
        found |= {"CONFCAL": chance.choice("AB"), "SHIFT": shift}
        found |= {"SHIFTNUM": f"{chance.randint(-4, 4):+03}"} if chance.random() < 0.5 else {}
    for key in ("ACTIVE_FROM", "ACTIVE_TILL"):
        found |= {key: f"{chance.choice(EVERY):%Y%m%d}"} if chance.random() < 0.2 else {}
    return found


@pytest.mark.parametrize("seed", range(20))
def test_any_criteria_have_the_days_of_the_slow_reading(seed: int) -> None:
    for number in range(25):
        chance = random.Random(seed * 1000 + number)
        a = {day for day in EVERY if day.weekday() < 5 and chance.random() > 0.04}
        b = {day for day in EVERY if chance.random() < 0.3}
        given = some_criteria(chance)
        days, _ = reader(*(calendar(name, dates, *YEARS) for name, dates in (("A", a), ("B", b))))
        found = days.own_days(made("JOB", **given), "J")
        try:
            expected = Slow(given, {"A": a, "B": b}, YEARS).days()
        except Unsettled:
            assert found is None, given
            continue
        assert found is not None, given
        assert {day for day in EVERY if day in found} == expected, given
