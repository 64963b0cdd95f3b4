"""Extended calendars of AutoSys: pairs of records and days, and a second interpretation."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.slow_calendars import MONTHS, NAMES, Record, Slow
from tests.support import ROOT, codes, estate_of, read
from transpile.dialects.autosys.rule_words import WORDS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import DayRule, Days
from transpile.model.plain_days import rules_of
from transpile.model.rule_calendars import RuleCalendar
from transpile.proof.day_constants import constants_of, holds
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.names import Scope

HOLIDAYS = [date(2026, 7, 3), date(2026, 11, 26), date(2026, 12, 25)]
PERIODS = [
    (date(2026, 3, 28), date(2026, 4, 2)),
    (date(2026, 6, 27), date(2026, 7, 12)),
]
OTHERS = (
    "calendar: H\n"
    + "".join(f"{day:%m/%d/%Y} 00:00:00\n" for day in HOLIDAYS)
    + "cycle: P\n"
    + "".join(f"start_date: {a:%m/%d/%Y}\nend_date: {b:%m/%d/%Y}\n" for a, b in PERIODS)
)
JOB = (
    "insert_job: J\ncommand: x\ndate_conditions: 1\nrun_calendar: X\n"
    'start_times: "08:00"\ntimezone: UTC\n'
)
YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
CASES = (ROOT / "tests" / "calendars" / "rules.txt").read_text(encoding="utf-8")


class Case(NamedTuple):
    """The lines of a record, and its days in some months of 2026."""

    lines: str
    months: tuple[int, ...]
    days: tuple[str, ...]


def cases() -> Iterator[object]:
    for part in re.split(r"^=== ", CASES, flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        lines, _, expected = rest.partition("--->")
        months, _, days = expected.partition("\n")
        case = Case(lines, tuple(map(int, months.split())), tuple(days.split()))
        yield pytest.param(case, id=title)


def calendar(lines: str, more: str = "") -> tuple[RuleCalendar | None, Diagnostics]:
    """The calendar X with these lines, as the job J has it, and all findings."""
    facts, diagnostics = read(f"extended_calendar: X\n{lines}\n{OTHERS}{JOB}{more}")
    schedule = facts.jobs["J"].schedule
    found = schedule.days.rules[0].run_rules if schedule else None
    return found, diagnostics


def record(lines: str) -> Record:
    found: Record = {}
    for line in lines.splitlines():
        key, _, value = line.partition(":")
        if value.strip():
            found.setdefault(key.strip(), []).append(value.strip())
    marks = found.get("workday", [""])[0].lower()
    if marks and not re.fullmatch(r"[x.]{7}", marks):
        named = NAMES if marks == "all" else marks.split(",")
        found["workday"] = ["".join("x" if n in named or n[:2] in named else "." for n in NAMES)]
    return found


def emitted(days: Days) -> set[date]:
    """The days of 2026 for which the emitted test holds."""
    tests = DayTests(Scope())
    test = tests.of(days)
    constants = constants_of(tests.dates.values())
    return {day for day in YEAR if holds(test, constants, day)}


def agrees(found: RuleCalendar, lines: str) -> set[date]:
    """The days of 2026, which are the same however they are computed."""
    days = set(found.dates(2026))
    assert days == Slow(record(lines), HOLIDAYS, PERIODS).days(2026)
    assert emitted(Days((DayRule(run_rules=found),))) == days
    if (rules := rules_of(found)) is not None:
        assert {day for day in YEAR if any(day in rule for rule in rules)} == days
        assert emitted(Days(rules)) == days
    return days


@pytest.mark.parametrize("case", cases())
def test_the_days_of_a_record(case: Case) -> None:
    found, diagnostics = calendar(case.lines)
    assert codes(diagnostics) <= {"A125", "A524", "A885", "A528"}
    assert found is not None
    shown = tuple(f"{day:%m/%d}" for day in YEAR if day in found and day.month in case.months)
    assert shown == case.days
    agrees(found, case.lines)


def test_every_word_is_in_a_case() -> None:
    rules = " ".join(re.findall(r"^condition:(.*)", CASES, re.M)).lower()
    used = set(re.findall(r"(?<![a-z])x?([a-z]+(?:[1-7](?=[#mx]))?)", rules))
    split = used | {re.sub(r"[mx]$", "", word) for word in used}
    assert set(WORDS) - split == set()


# -------------------------------------------------------------------- any records

PLAIN = st.sampled_from(
    ["DAILY", "WORKDAYS", "WEEKDAYS", "FOMWORK", "EOMWORK", "XFOMWORK", "XEOMWORK", "FOM", "EOM"]
    + ["XFOM", "XEOM", "FOMWEEK", "EOMWEEK", "XFOMWEEK", "XEOMWEEK", "CYCLE"]
    + [f"{x}{name}" for x in ("", "X") for name in (*NAMES, *MONTHS)]
)


def numbered(bases: list[str], most: int, marks: str = "#M", x: tuple[str, ...] = ("",)) -> object:
    number = st.integers(1, most).map(str)
    parts = st.tuples(st.sampled_from(x), st.sampled_from(bases), st.sampled_from(marks), number)
    return parts.map("".join)


WORD = st.one_of(
    PLAIN,
    numbered(["WORKD", "MNTHD", "CYCL", "CWRK"], 31),
    numbered(["MNTHD", "CYCL", "CWRK"], 9, "X"),
    numbered(["WEEKD"], 7, "#MX"),
    numbered(["WEEK", "CWEEK", "WEKR1", "WEKR7", "WEKRwed"], 53, "#MX"),
    numbered(["CYCP"], 3, "#"),
    numbered([*NAMES, *(f"C{name}" for name in NAMES)], 5, "#M", ("", "X")),
    numbered(list(MONTHS), 31, "#M", ("", "X")),
    st.sampled_from(["WORKD#L", "fri#L", "WEEK#E", "WEEK#O", "CWEEK#E", "CWEEK#O", "CWEEK#L"]),
)
OPERATOR = st.sampled_from([" & ", "|", " AND ", " or "])


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    three = st.tuples(parts, OPERATOR, parts, OPERATOR, parts).map("".join)
    groups = st.tuples(parts, OPERATOR, three).map(lambda p: f"{p[0]}{p[1]}({p[2]})")
    negated = st.tuples(parts, OPERATOR, parts).map(lambda p: f"{p[0]}{p[1]}NOT {p[2]}")
    return st.one_of(parts, three, groups, negated, three.map("{{{}}}".format))


LINE = joined(WORD)  # type: ignore[arg-type]
CODE = st.sampled_from(["", "O", "S", "N", "W", "P"])


@st.composite
def records(draw: st.DrawFn) -> str:
    marks = draw(st.lists(st.sampled_from("X."), min_size=7, max_size=7).filter(lambda m: "X" in m))
    lines = draw(st.lists(LINE, max_size=3))
    return "".join(
        (
            f"workday: {draw(st.sampled_from(['', ''.join(marks)]))}\n",
            f"non_workday: {draw(CODE)}\nholiday: {draw(CODE)}\nholcal: H\ncyccal: P\n",
            f"adjust: {draw(st.integers(-9, 9))}\n",
            *(f"condition: {line}\n" for line in lines),
        )
    )


@given(records())
@settings(max_examples=share_of(60), deadline=None)
@example("holcal: H\nholiday: O\nnon_workday: W\nadjust: 3\ncondition: xfri\n")
@example("workday: X......\nnon_workday: P\nholcal: H\nadjust: -9\ncondition: WEEKD#7 | MNTHD#1\n")
@example("non_workday: S\ncondition: mon#1 | jul & MNTHDX3\ncondition: xtueM1\n")
def test_any_record_has_the_same_days_on_all_sides(lines: str) -> None:
    found, diagnostics = calendar(lines)
    assert not codes(diagnostics) & {"A115", "A880", "A883", "A884"}
    if found is None:
        assert not Slow(record(lines), HOLIDAYS, PERIODS).days(2026)
    else:
        agrees(found, lines)


# -------------------------------------------------------------------- plain rules


@pytest.mark.parametrize(
    ("lines", "cron", "days"),
    [
        ("condition: fri", "0 8 * * 5", "fr"),
        ("condition: mon|wed", "0 8 * * 1,3", "mo,we"),
        ("condition: WORKDAYS", "0 8 * * 1-5", "mo,tu,we,th,fr"),
        ("non_workday: S\ncondition: MNTHD#1, MNTHD#15", "0 8 1,15 * *", "day 1,15"),
        ("non_workday: S\ncondition: MNTHD#15 & (jul|aug)", "0 8 15 7,8 *", ""),
        ("condition: fri\nnon_workday: W\nadjust: 1", "0 8 * * 6", "sa"),
        ("holcal: H\ncondition: fri", "0 8 * * 5", "fr"),
        ("condition: mon&(MNTHD#3|xMNTHD#4)".replace("xMNTHD#4", "NOT MNTHD#4"), None, None),
    ],
)
def test_cron_says_plain_rules(lines: str, cron: str | None, days: str | None) -> None:
    facts, diagnostics = read(f"extended_calendar: X\n{lines}\n{OTHERS}{JOB}")
    estate = estate_of([facts], diagnostics)
    (module,) = estate.modules
    assert bool(module.run_days) is (cron is None)
    assert cron is None or [plan.cron for plan in module.launch_plans] == [cron]
    schedule = facts.jobs["J"].schedule
    assert schedule
    assert str(schedule) == "08:00 on days of X UTC"
    if days:
        assert str(schedule.opened()[0].days) == days


def test_excluded_rules_that_are_plain() -> None:
    text = (
        "extended_calendar: X\ncondition: WORKDAYS\n\next_calendar: Y\ncondition: fri\n"
        "extended_calendar: Z\nnon_workday: W\ncondition: EOM\n"
    )
    facts, _ = read(f"{text}{JOB}exclude_calendar: Y, Z\n")
    schedule = facts.jobs["J"].schedule
    assert schedule
    assert str(schedule.days) == "on days of X except Y, Z"
    assert str(schedule.opened()[0].days) == "mo,tu,we,th except Z"


# -------------------------------------------------------------------- over time


def test_what_ends_is_said() -> None:
    _, diagnostics = calendar("holcal: H\ncyccal: P\ncondition: WORKDAYS & CYCLE")
    told = [found.message for found in diagnostics if found.code == "A524"]
    assert told == [
        "calendar H ends on 2026-12-25; after that X has no holidays any more",
        "calendar P ends on 2026-07-12; after that X has no periods any more",
    ]


def test_a_calendar_without_a_day_starts_nothing() -> None:
    found, diagnostics = calendar("cyccal: P\ncondition: CYCP#3")
    assert found is None
    assert "A526" in codes(diagnostics)


def test_the_29th_of_february_on_a_monday_is_found() -> None:
    found, _ = calendar("condition: feb#29 & mon")
    assert found
    assert found.preview(date(2026, 1, 1), 1) == (date(2044, 2, 29),)


def test_days_at_both_ends_of_time() -> None:
    found, _ = calendar("holcal: H\nnon_workday: P\nadjust: -9\ncondition: DAILY")
    assert found
    assert date(1, 1, 1) in found
    assert date.max not in found
    found, _ = calendar("holcal: H\nnon_workday: W\nadjust: 9\ncondition: WEEKD#7, EOM")
    assert found
    assert found.dates(1)
    assert found.dates(9999)
