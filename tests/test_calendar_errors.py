"""Extended calendars of AutoSys: errors with their places, readings, and previews."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.support import cli, codes, read
from tests.test_extended_calendars import JOB, OTHERS, YEAR, calendar
from transpile.dialects import DIALECTS, READINGS
from transpile.pipeline import read_estate
from transpile.team import Settings, read_settings

# -------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("line", "code", "column", "message"),
    [
        ("condition: mon & MNTHD#32", "A883", 18, "its number must be from 1 to 31"),
        ("condition: mon#6", "A883", 12, "from 1 to 5"),
        ("condition: WEEKD#0", "A883", 12, "from 1 to 7"),
        ("condition: WEEK#54", "A883", 12, "from 1 to 53"),
        ("condition: CYCP#31", "A883", 12, "from 1 to 30"),
        ("condition: CYCL#366", "A883", 12, "from 1 to 365"),
        ("condition: MNTHD#99999999", "A883", 12, "from 1 to 31"),
        ("condition: mon | blue", "A883", 18, "no word of calendar rules"),
        ("condition: XDAILY", "A883", 12, "no word"),
        ("condition: MNTHD#E", "A883", 12, "no word"),
        ("condition: MNTHDML", "A883", 12, "no word"),
        ("condition: WORKD", "A883", 12, "a number is missing, such as WORKD#1"),
        ("condition: CWRK#1", "A883", 12, "it needs a cycle"),
        ("condition: (mon", "A883", 16, "ends too early"),
        ("condition: mon)", "A883", 15, "nothing of the kind fits here"),
        ("condition: mon tue", "A883", 16, "nothing of the kind fits here"),
        ("condition: mon &", "A883", 17, "ends too early"),
        ("condition: NOT NOT mon", "A883", 20, "nothing of the kind"),
        (f"condition: {'(' * 60}mon{')' * 60}", "A883", 12, "nest deeper than 50"),
        ("condition: WORKDX1", "A884", 12, "WORKDX"),
        ("condition: mon|CWEK#1", "A884", 16, "two ways"),
        ("condition: DAY#4", "A884", 12, "do not define it"),
        ("condition: MONTH#4 | YEAR#1", "A884", 12, "do not define it"),
        ("condition: WEEKDmonX2", "A884", 12, "do not define it"),
        ("condition: **/04/**", "A884", 12, "masks"),
        ("workday: .......", "A115", 10, "workday cannot be ......."),
        ("workday: mo,xx", "A115", 10, "expected days such as mo,tu"),
        ("non_workday: Q", "A115", 14, "one of O, S, N, W, P"),
        ("adjust: 10", "A115", 9, "from -9 to +9"),
        ("holiday: W", "A880", 10, "holiday W needs a holcal"),
        ("holcal: NOWHERE", "A880", 9, "is no calendar of dates in the sources"),
        ("holcal: P", "A880", 9, "is no calendar of dates in the sources"),
        ("holcal: BAD", "A880", 9, "cannot be used"),
        ("cyccal: H", "A880", 9, "is no cycle in the sources"),
        ("conditon: mon", "A853", 1, "conditon"),
        ("mon", "A110", 1, "mon"),
        ("condition: " + ",".join(["mon"] * 301), "A880", 12, "too many"),
        ("condition: " + "mon & tue | " * 50 + "wed", "A880", 12, "nest too deep"),
    ],
)
def test_errors_have_their_place(line: str, code: str, column: int, message: str) -> None:
    found, diagnostics = calendar(line, "calendar: BAD\n99/99/2026\n")
    assert found is None
    placed = [(f.code, f.span.line, f.span.column) for f in diagnostics if message in f.message]
    assert (code, 2, column) in placed
    # What depends on the calendar is an error, too.
    assert "A876" in codes(diagnostics)


@pytest.mark.parametrize(
    ("rows", "code", "line", "message"),
    [
        ("start_date: 01/02/2026", "A880", 1, "its last start_date has no end_date"),
        ("end_date: 01/02/2026", "A880", 2, "stands where start_date is expected"),
        ("start_date: 01/02/2026\nstart_date: 01/03/2026", "A880", 3, "end_date is expected"),
        ("start_date: 01/02/2026\nend_date: 01/01/2026", "A880", 3, "is before its start_date"),
        ("start_date: 13/02/2026\nend_date: 01/01/2026", "A523", 2, "13/02/2026"),
        ("", "A880", 1, "it has no period"),
        (
            "start_date: 01/01/2026\nend_date: 01/09/2026\n"
            "start_date: 01/09/2026\nend_date: 01/10/2026",
            "A880",
            1,
            "two of its periods hold 01/09/2026",
        ),
        ("colour: blue", "A853", 2, "colour"),
    ],
)
def test_a_cycle_that_cannot_be_used(rows: str, code: str, line: int, message: str) -> None:
    text = f"cycle: C\n{rows}\nextended_calendar: X\ncyccal: C\ncondition: CYCLE\n{JOB}"
    facts, diagnostics = read(text)
    placed = [(f.code, f.span.line) for f in diagnostics if message in f.message]
    assert (code, line) in placed
    assert facts.jobs["J"].schedule is None


def test_both_ends_of_a_period_on_one_line() -> None:
    lines = "cycle: C\nstart_date: 01/05/2026  end_date: 01/06/2026\n"
    facts, _ = read(f"{lines}extended_calendar: X\ncyccal: C\ncondition: CYCLE\n{JOB}")
    schedule = facts.jobs["J"].schedule
    assert schedule
    assert [day for day in YEAR if day in schedule.days] == [date(2026, 1, 5), date(2026, 1, 6)]


def test_the_last_of_two_values_counts() -> None:
    found, diagnostics = calendar("adjust: 1\nadjust: 2\ncondition: FOM")
    assert found
    assert min(found.dates(2026)) == date(2026, 1, 3)
    assert "A854" in codes(diagnostics)


def test_a_cycle_is_no_run_calendar() -> None:
    _, diagnostics = read(f"{OTHERS}{JOB.replace('X', 'P')}")
    assert "A876" in codes(diagnostics)


def test_an_excluded_calendar_that_cannot_be_used_is_told() -> None:
    job = 'insert_job: J\ncommand: x\ndate_conditions: 1\ndays_of_week: all\nstart_times: "08:00"\n'
    _, diagnostics = read(f"{job}exclude_calendar: X\nextended_calendar: X\ncondition: MNTHD#40\n")
    (told,) = (found.message for found in diagnostics if found.code == "A877")
    assert told.endswith("its record cannot be used")


# -------------------------------------------------------------------- readings


@pytest.mark.parametrize(
    ("name", "lines", "by_default", "otherwise"),
    [
        ("operators", "condition: (mon | tue & MNTHD#4) & may", "", "05/11 05/18 05/25"),
        ("several_rules", "condition: mon & WEEK#2\ncondition: NOT sun", "", "01/01 01/02 01/03"),
        ("excluding_words", "condition: WEEK#2 & (xsat|xsun)", "01/10 01/11", ""),
        ("workdays_counted", "holcal: H\ncondition: WORKD#3", "07/03", "07/06"),
        ("workdays_counted", "holcal: H\ncyccal: P\ncondition: CWRK#5", "07/03", "07/06"),
        ("first_week", "condition: WEKR1#2 & sun", "01/18", "01/11"),
        ("no_non_workday", "condition: MNTHD#3", "01/03 05/03 10/03", ""),
        ("next_day", "non_workday: N\ncondition: MNTHD#3", "01/05 10/05", "01/04 10/04"),
        ("landing", "holcal: H\nnon_workday: P\ncondition: MNTHD#4", "07/03", "07/02"),
        ("holidays_in_a_row", "holcal: L\nholiday: N\ncondition: MNTHD#6", "05/07", "05/08"),
        ("adjust", "non_workday: W\nadjust: 1\ncondition: may#3", "05/05", "05/04"),
    ],
)
def test_what_the_documents_leave_open(
    name: str, lines: str, by_default: str, otherwise: str, tmp_path: Path
) -> None:
    reading = READINGS[f"calendar_{name}"]
    long = "calendar: L\n05/06/2026\n05/07/2026\n"
    text = f"extended_calendar: X\n{lines}\n{OTHERS}{long}{JOB}"
    (tmp_path / "in.jil").write_text(text, encoding="utf-8")
    found: list[set[date]] = []
    for answer in reading.answers:
        site = f'[readings]\n{reading.name} = "{answer}"\n'
        (tmp_path / "transpile.toml").write_text(site, encoding="utf-8")
        estate = read_estate([str(tmp_path / "in.jil")], settings=settings_in(tmp_path))
        schedule = estate.networks[0].jobs["J"].schedule
        assert schedule
        found.append({day for day in YEAR if day in schedule.days})
        told = [each.message for each in estate.diagnostics if each.code == "A885"]
        assert all(reading.name not in message for message in told)
    (tmp_path / "transpile.toml").write_text("", encoding="utf-8")
    estate = read_estate([str(tmp_path / "in.jil")], settings=settings_in(tmp_path))
    (told,) = (each.message for each in estate.diagnostics if each.code == "A885")
    assert reading.question in told
    assert f'{reading.name} = "{reading.default}"' in told
    one, other = found
    assert (first_of(one - other), first_of(other - one)) == (by_default, otherwise)


def settings_in(folder: Path) -> Settings:
    return read_settings(folder / "transpile.toml")


def first_of(days: set[date]) -> str:
    return " ".join(f"{day:%m/%d}" for day in sorted(days)[:3])


def test_a_question_that_makes_no_difference_is_not_asked() -> None:
    _, diagnostics = calendar("holcal: H\nnon_workday: N\nadjust: 1\ncondition: mon & MNTHD#1")
    assert "A885" not in codes(diagnostics)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('calendar_blue = "kept"', "calendar_blue"),
        ('calendar_adjust = "never"', "it must be one of after_replacing, before_replacing"),
        ("calendar_adjust = 1", "it must be the name of an answer"),
    ],
)
def test_wrong_readings_are_told(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "in.jil").write_text("insert_job: A\ncommand: x\n", encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(f"[readings]\n{line}\n", encoding="utf-8")
    estate = read_estate([str(tmp_path / "in.jil")], settings=settings_in(tmp_path))
    (told,) = (each for each in estate.diagnostics if each.code == "A912")
    assert message in told.message
    assert (told.span.file, told.span.line) == ("transpile.toml", 2)
    assert not estate.settings.rules.site.readings


def test_readings_have_names_of_their_own() -> None:
    names = [reading.name for dialect in DIALECTS.values() for reading in dialect.readings]
    assert sorted(names) == sorted(READINGS)
    assert all(len(reading.answers) > 1 for reading in READINGS.values())


# -------------------------------------------------------------------- preview


def test_schedule_shows_the_next_days(tmp_path: Path) -> None:
    text = f"{JOB}exclude_calendar: Y\nextended_calendar: X\nnon_workday: W\ncondition: MNTHD#15\n"
    (tmp_path / "in.jil").write_text(
        f"{text}extended_calendar: Y\ncyccal: P\ncondition: CYCLE\n{OTHERS}"
    )
    arguments = ("schedule", tmp_path / "in.jil", "--from", "2026-03-01", "--days", "30")
    shown = cli(*arguments)
    assert shown.exit_code == 0
    days = "Mon 2026-03-16, Wed 2026-04-15, Fri 2026-05-15, Mon 2026-06-15, Wed 2026-07-15"
    assert f"  calendar X: {days}" in shown.stdout
    data = json.loads(cli(*arguments, "--format", "json").stdout)
    previews = data["schedules"][0]["calendars_of_rules"]
    assert previews["X"][0] == "2026-03-16"
    assert len(previews["X"]) == 10
    assert previews["Y"][-1] == "2026-06-30"


def test_a_calendar_that_has_ended_has_no_next_days(tmp_path: Path) -> None:
    text = f"{JOB}extended_calendar: X\ncyccal: P\ncondition: CYCLE\n{OTHERS}"
    (tmp_path / "in.jil").write_text(text)
    shown = cli("schedule", tmp_path / "in.jil", "--from", "2026-08-01")
    assert "  calendar X: no day" in shown.stdout
    assert "  calendar P ends on 2026-07-12" in shown.stdout
