"""Run cycles of composer text against its rules, day by day, over two years."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.schedule_texts import DAYS, FIRST
from tests.support import cli, codes, emit, plan_modules, python, read
from tests.tws_run_cycles import Estate as Written
from tests.tws_run_cycles import run_cycles
from transpile.model import DayRule, Days, Every
from transpile.model.days import DAYS as NAMES
from transpile.report.timetable import Span, Timetable, compare
from transpile.runtime.dates import is_day_of_month, is_day_of_week, is_every, is_in_month

CALENDARS = """\
$CALENDAR
HOLIDAYS "days off"
 01/01/2027, 04/02/2027 12/27/27
Pay 01/29/2027 02/27/2027
$SCHEDULES
"""


def stream(clauses: str) -> str:
    return f'{CALENDARS}SCHEDULE W#S TIMEZONE UTC\n{clauses}\n:\nJ DOCOMMAND "true"\nEND\n'


def compared(text: str, first: date = FIRST, days: int = DAYS) -> tuple[list[Timetable], set[str]]:
    network, diagnostics = read(text)
    planned = plan_modules([network], diagnostics)
    found = compare([network], planned, diagnostics, Span(first, days))
    return list(found.timetables), codes(diagnostics)


@settings(
    deadline=None,
    max_examples=share_of(150),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(run_cycles())
def test_launch_plans_start_on_the_days_of_the_rules(written: Written) -> None:
    """Where all days are known, which has to be most of the time."""
    found, reported = compared(written.text)
    assume(not reported & {"A770", "A771", "A773"})
    zone = ZoneInfo(written.zone)
    emitted = set()
    for timetable in found:
        assert timetable.differences == 0
        local = [start.moment.astimezone(zone) for start in timetable.starts]
        emitted |= {(moment.date(), f"{moment:%H%M}") for moment in local}
    assert emitted == written.starts()
    assert found or reported & {"A526"}


def started(clauses: str, days: int = 62, first: date = date(2027, 1, 1)) -> list[str]:
    found, reported = compared(stream(f"{clauses} AT 0600"), first, days)
    assert not reported & {"A770", "A771"}
    assert sum(timetable.differences for timetable in found) == 0
    return [f"{start.moment:%m-%d}" for timetable in found for start in timetable.starts]


@pytest.mark.parametrize(
    ("clauses", "days"),
    [
        ("ON pay", ["01-29", "02-27"]),
        ("ON PAY -2 WORKDAYS", ["01-27", "02-25"]),
        ("ON PAY +1 WEEKDAYS", ["02-01", "03-01"]),
        ("ON PAY +1 DAYS", ["01-30", "02-28"]),
        ("ON PAY FDPREV", ["01-29", "02-26"]),
        ("FREEDAYS PAY -SA -SU ON PAY FDNEXT", ["01-30", "02-28"]),
        ("ON PAY EXCEPT 01/29/2027", ["02-27"]),
        ("ON 01/05/2027, 20270106, PAY EXCEPT PAY +0 DAYS", ["01-05", "01-06"]),
        ("ON RUNCYCLE R VALIDFROM 01/30/2027 VALIDTO 02/28/2027 PAY", ["02-27"]),
        ("ON RUNCYCLE R VALIDFROM 01/29/2027 VALIDTO 02/27/2027 PAY", ["01-29"]),
        ('ON "FREQ=MONTHLY;BYMONTHDAY=1" FDNEXT', ["01-04", "02-01", "03-01"]),
        ('ON "FREQ=MONTHLY;BYDAY=2TH,-1SU"', ["01-14", "01-31", "02-11", "02-28"]),
        (
            'ON RUNCYCLE R VALIDFROM 01/04/2027 "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"',
            ["01-04", "01-25", "02-15"],
        ),
        ('ON RUNCYCLE R VALIDFROM 01/31/2027 "FREQ=DAILY;INTERVAL=20"', ["01-31", "02-20"]),
        ('ON MO SUBSET S AND ON "FREQ=MONTHLY;BYMONTHDAY=1" SUBSET S AND', ["02-01", "03-01"]),
        ("ON PAY SUBSET S AND ON SA,SU SUBSET S AND", ["02-27"]),
        ("ON SA,SU SUBSET S AND ON PAY SUBSET s AND ON 01/07/2027 SUBSET S OR", ["01-07", "02-27"]),
        ("ON PAY SUBSET S AND ON PAY +0 DAYS SUBSET T ON FR SUBSET S AND", ["01-29", "02-27"]),
        (
            'ON MO SUBSET A AND ON RUNCYCLE R VALIDFROM 02/02/2027 VALIDTO 02/28/2027 "FREQ=DAILY"'
            " SUBSET A AND",
            ["02-08", "02-15", "02-22"],
        ),
        ("ON PAY SUBSET A ON PAY SUBSET B EXCEPT 01/29/2027 SUBSET A", ["01-29", "02-27"]),
        ("ON PAY SUBSET A ON 01/05/2027 SUBSET B EXCEPT PAY, 01/05/2027 SUBSET A", ["01-05"]),
        ("ON PAY SUBSET A EXCEPT FR SUBSET A AND EXCEPT PAY SUBSET A AND", ["02-27"]),
        ("ON PAY SUBSET A EXCEPT PAY SUBSET A AND EXCEPT WE SUBSET A AND", ["01-29", "02-27"]),
    ],
)
def test_days(clauses: str, days: list[str]) -> None:
    assert started(clauses) == days


@pytest.mark.parametrize(
    ("begin", "week", "is_known"),
    [
        ("01/04/2027", "MO", True),
        ("01/04/2027", "MO,FR", True),
        ("01/06/2027", "MO,FR", False),
        ("01/06/2027", "WE,FR", True),
        ("01/06/2027", "WE,SU", False),
        ("01/06/2027", "MO", False),
        ("01/03/2027", "SU", True),
        ("01/03/2027", "SU,MO", False),
    ],
)
def test_weeks_are_counted_where_all_readings_agree(begin: str, week: str, is_known: bool) -> None:
    """A week may begin with Sunday or Monday, and be counted from the first run."""
    rule = f'"FREQ=WEEKLY;INTERVAL=2;BYDAY={week}"'
    found, reported = compared(stream(f"ON RUNCYCLE R VALIDFROM {begin} {rule} AT 0600"))
    assert ("A770" in reported) is not is_known
    assert bool(found) is is_known


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ("ON NOWHERE AT 0600", "A770"),
        ('ON "FREQ=MONTHLY;BYMONTHDAY=31" AT 0600 +1 DAYS', "A770"),
        ('ON "FREQ=MONTHLY;BYMONTHDAY=30" FDPREV AT 0600', "A771"),
        ("FREEDAYS NOWHERE ON MO FDNEXT AT 0600", "A771"),
        ("ON MO EXCEPT NOWHERE AT 0600", "A771"),
        ("ON MO SUBSET A ON TU EXCEPT MO SUBSET A AT 0600", "A771"),
        ("ON MO SUBSET A ON TU SUBSET A EXCEPT MO AT 0600", "A771"),
        ("ON MO SUBSET A AND ON NOWHERE SUBSET A AND AT 0600", "A770"),
        ("ON MO SUBSET A AND ON REQUEST SUBSET A AND AT 0600", "A770"),
        ("ON MO SUBSET A AND (AT 0700) ON MO SUBSET A AND (AT 0800)", "A770"),
        (
            'ON "FREQ=MONTHLY;BYMONTHDAY=1" SUBSET A AND '
            'ON "FREQ=MONTHLY;BYMONTHDAY=-31" SUBSET A AND AT 0600',
            "A770",
        ),
        ("ON MO SUBSET A AND ON TU SUBSET A AND AT 0600", "A526"),
        ("ON MO EXCEPT PAY FDNEXT AT 0600", "A771"),
        ('ON MO EXCEPT "FREQ=MONTHLY;BYMONTHDAY=1" AT 0600', "A771"),
        ("ON MO EXCEPT RUNCYCLE R VALIDTO 01/01/2028 MO AT 0600", "A771"),
        ("ON MO EXCEPT MO AT 0600", "A526"),
        ("ON 01/05/2027 EXCEPT 01/05/2027 AT 0600", "A526"),
        ("ON MO AT 0600 +2000 DAYS", "A770"),
        ("ON PAY +2000 DAYS AT 0600", "A770"),
        ("ON PAY +0 WORKDAYS AT 0600", "A770"),
    ],
)
def test_what_is_not_known_is_reported(clauses: str, code: str) -> None:
    assert code in compared(stream(clauses))[1]


@pytest.mark.parametrize(
    ("clauses", "days"),
    [
        ("VALIDFROM 01/30/2027 VALIDTO 02/08/2027 MO", ["02-01"]),
        ("VALIDFROM 02/01/2027 VALIDTO 02/09/2027 MO", ["02-01", "02-08"]),
        ("VALIDFROM 01/01/2010 VALIDTO 01/05/2027 MO FDIGNORE", ["01-04"]),
        ("VALIDFROM 02/22/2027 VALIDTO 12/31/2099 MO FDNEXT", None),
        ("VALIDFROM 01/01/2010 VALIDTO 12/31/2099 TH FDNEXT", [f"01-{d:02}" for d in (7, 14)]),
    ],
)
def test_the_validity_of_a_run_cycle(clauses: str, days: list[str] | None) -> None:
    """Where a free-day rule could move a day over its ends, that is an error."""
    reported = compared(stream(f"ON RUNCYCLE R {clauses} AT 0600"))[1]
    assert ("A773" in reported) is (days is None)
    if days is not None:
        assert started(f"ON RUNCYCLE R {clauses}")[: len(days)] == days


def test_calendars_with_a_bad_row_and_twice() -> None:
    bad = "$CALENDAR\nA 01/05/2027\n B-B 1/6/2027\n13/01/2027\nA 1/7/2027\nC 1/1/2027\n"
    network, diagnostics = read(f'{bad}$SCHEDULES\nSCHEDULE S ON A AT 0600 : J DOCOMMAND "x" END')
    found = {(d.code, d.span.line, d.span.column) for d in diagnostics}
    assert found >= {("A523", 4, 1), ("A752", 5, 1), ("A125", 6, 1)}
    schedule = network.jobs["S"].schedule
    assert schedule is not None
    assert date(2027, 1, 7) in schedule.days
    assert date(2027, 1, 5) not in schedule.days


_NUMBERS = st.sets(st.integers(-31, 31).filter(bool), max_size=3).map(lambda n: tuple(sorted(n)))
_DAY = st.integers(-800, 800).map(lambda n: FIRST + timedelta(days=n))
_RULE = st.builds(
    DayRule,
    week=st.sets(st.integers(0, 6), min_size=1).map(lambda n: tuple(sorted(n))),
    month_days=_NUMBERS,
    months=st.sets(st.integers(1, 12), max_size=3).map(lambda n: tuple(sorted(n))),
    every=st.none() | st.builds(Every, st.integers(2, 20), st.tuples(_DAY)),
)


@settings(max_examples=share_of(100), derandomize=True, suppress_health_check=[*HealthCheck])
@given(rule=_RULE, day=_DAY)
def test_helpers_of_the_output(rule: DayRule, day: date) -> None:
    text, every = day.isoformat(), rule.every
    week = [NAMES[number] for number in rule.week]
    holds = is_day_of_week(text, week)
    holds &= not rule.months or is_in_month(text, rule.months)
    holds &= not rule.month_days or is_day_of_month(text, rule.month_days)
    first = [str(one) for one in every.first] if every else []
    holds &= every is None or is_every(text, every.count, first)
    assert holds is (day in rule)


@settings(max_examples=share_of(200), derandomize=True, suppress_health_check=[*HealthCheck])
@given(rules=st.lists(_RULE, min_size=1, max_size=3), day=_DAY)
def test_cron_lets_all_days_through(rules: list[DayRule], day: date) -> None:
    days = Days(tuple(rules))
    assert day in days.cron or day not in days
    assert days.looks_up or (day in days.cron) is (day in days)


OVERLAP = "ON MO, PAY AT 0600 ONOVERLAP "


def test_overlapping_runs() -> None:
    text = emit(stream(f"{OVERLAP}DONOTSTART"))["s"]
    assert "concurrency=ONE_AT_A_TIME" in text
    for other in ("PARALLEL", "ENQUEUE"):
        assert "oncurrency" not in emit(stream(f"{OVERLAP}{other}"))["s"]
    assert compared(stream(f"{OVERLAP}DONOTSTART"))[1] >= {"A780"}
    assert compared(stream(f"{OVERLAP}ENQUEUE"))[1] >= {"A775"}
    assert not compared(stream(f"{OVERLAP}PARALLEL"))[1] & {"A775", "A780"}
    assert "A775" in compared(stream("ON REQUEST ONOVERLAP ENQUEUE"))[1]


@pytest.mark.parametrize("start", ["AT 0600", "SCHEDTIME 0700"])
def test_streams_that_skip_starts_share_no_workflow_with_others(start: str) -> None:
    job = ': J DOCOMMAND "true" END\n'
    text = f"SCHEDULE W#A ON MO AT 0600 TZ UTC {job}"
    text += f"SCHEDULE W#B ON MO {start} TZ UTC FOLLOWS A ONOVERLAP DONOTSTART {job}"
    found = emit(text)
    assert [name for name in found if "ONE_AT_A_TIME" in found[name]] == ["b"]
    assert sorted(found) == ["a", "b"]


def test_the_launch_plan_as_flyte_gets_it(tmp_path: Path) -> None:
    (tmp_path / "in.tws").write_text(stream(f"{OVERLAP}DONOTSTART"))
    cli("convert", tmp_path / "in.tws", "-o", tmp_path / "out")
    code = (
        "import s\nfrom collections import OrderedDict\n"
        "from flytekit.configuration import Image, ImageConfig, SerializationSettings\n"
        "from flytekit.tools.translator import get_serializable\n"
        "images = ImageConfig(Image('i', 'i', 't'))\n"
        "settings = SerializationSettings(images, 'p', 'd', 'v')\n"
        "spec = get_serializable(OrderedDict(), settings, s.s_schedule).to_flyte_idl().spec\n"
        "print(spec.concurrency_policy.max, spec.concurrency_policy.behavior)\n"
    )
    result = python("-c", code, cwd=tmp_path / "out", env={"PYTHONPATH": "."})
    assert result.stdout.split() == ["1", "1"], result.stderr
