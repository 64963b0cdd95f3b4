"""What tests of Control-M's days share: elements, calendars, and criteria as short texts."""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.slow_controlm_days import MONTHS
from transpile.dialects.controlm.calendars import read_calendars
from transpile.dialects.controlm.days import DayReader
from transpile.dialects.controlm.elements import Element, Origin
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Days
from transpile.sources.text import Source

ONE = timedelta(days=1)
ORIGIN = Origin(Source("f.xml", ""))
HOLIDAYS = {(1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (12, 25)}


def days_in(first: int, last: int) -> list[date]:
    """All days of these years."""
    days = (date(first, 1, 1) + n * ONE for n in range((last - first + 1) * 366))
    return [day for day in days if day.year <= last]


def made(tag: str, *children: Element, **attributes: str) -> Element:
    """An element without a text."""
    return Element(tag, ORIGIN, 1, 1, dict(attributes), list(children))


def criteria(text: str) -> dict[str, str]:
    """The attributes of `DAYS=1; MONTHS=1,2`."""
    found = dict(part.strip().split("=", 1) for part in text.split(";") if part.strip())
    if "MONTHS" in found:
        months = set(map(int, filter(None, found.pop("MONTHS").split(","))))
        found |= {month: str(int(n in months)) for n, month in enumerate(MONTHS, 1)}
    return found


def job(text: str = "", *children: Element) -> Element:
    """A job with these criteria."""
    return made("JOB", *children, **criteria(text))


def calendar(name: str, dates: Iterable[date], *years: int) -> Element:
    """A calendar that knows these years."""
    chosen = set(dates)
    letters = {y: "".join("NY"[day in chosen] for day in days_in(y, y)) for y in years}
    found = [made("YEAR", NAME=str(year), DAYS=text) for year, text in letters.items()]
    return made("CALENDAR", *found, NAME=name, TYPE="Regular")


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


WORK = calendar("WORK", filter(_is_working, days_in(2026, 2026)), 2026)
"""Monday to Friday of 2026 without HOLIDAYS."""

OLD = calendar("OLD", (d for d in days_in(2001, 2002) if d.weekday() < 5), 2001, 2002)
"""Monday to Friday of 2001, the year of the manual's examples, and of 2002."""


def reader(*calendars: Element, **chosen: str) -> tuple[DayReader, Diagnostics]:
    """A reader with these calendars, or else WORK and OLD, and answers to open questions."""
    diagnostics = Diagnostics()
    found = read_calendars(calendars or (WORK, OLD), diagnostics)
    chosen = {"first_weekday": "Monday", **chosen}
    answers = {f"controlm_{name}": answer for name, answer in chosen.items()}
    return DayReader(found, answers, diagnostics), diagnostics


def own(text: str, **chosen: str) -> Days | None:
    """The days of these criteria."""
    return reader(**chosen)[0].own_days(job(text), "J")


def codes(diagnostics: Diagnostics) -> list[str]:
    """The codes of all findings."""
    return [found.code for found in diagnostics]


def shown(days: Days | None, first: date = date(2026, 1, 1), last: date = date(2026, 5, 31)) -> str:
    """The days of a period, by default until the end of May 2026, as `01-31 02-28`."""
    assert days is not None
    every = (first + n * ONE for n in range((last - first).days + 1))
    return " ".join(f"{day:%m-%d}" for day in every if day in days)
