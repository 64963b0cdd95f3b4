"""Dates: the day of a run, its parts, and rules about days."""

from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def local_date(moment: datetime, zone: str = "UTC") -> str:
    """The date of a moment in a time zone, as YYYY-MM-DD."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def start_time(moment: datetime, part: str, zone: str = "UTC") -> str:
    """A part of the time at which a run starts, in a time zone, in Joda's format.

    The parts are timestamp, year, month, day, hour, minute, second, milliseconds and timezone.
    """
    # flytekit's "now" on the command line is local time without a zone, as astimezone takes it.
    moment = moment.astimezone(ZoneInfo(zone))
    if part == "timestamp":
        text = moment.isoformat(timespec="milliseconds")
        return f"{text[:-6]}Z" if not moment.utcoffset() else text
    if part == "milliseconds":
        return f"{moment.microsecond // 1000:03}"
    return zone if part == "timezone" else f"{getattr(moment, part):02}"


def is_day_of_week(day: str, names: Container[str]) -> bool:
    """True on these days of the week: "mo", "tu" ..."""
    names_of_week = ("mo", "tu", "we", "th", "fr", "sa", "su")
    return names_of_week[date.fromisoformat(day).weekday()] in names


def is_day_of_month(day: str, numbers: Container[int]) -> bool:
    """True on these days of the month; -1 is its last day, -2 the day before."""
    number = int(day[-2:])
    next_month = date.fromisoformat(f"{day[:-2]}28") + timedelta(days=4)
    last = (next_month - timedelta(days=next_month.day)).day
    return number in numbers or number - last - 1 in numbers


def is_in_month(day: str, numbers: Container[int]) -> bool:
    """True in these months."""
    return date.fromisoformat(day).month in numbers


def is_every(day: str, count: int, first: Iterable[str]) -> bool:
    """True on each of the first days, and every `count` days after it."""
    since = [(date.fromisoformat(day) - date.fromisoformat(one)).days for one in first]
    return any(days >= 0 and days % count == 0 for days in since)
