"""Dates: the day of a run, its parts, and rules about days."""

from collections.abc import Collection, Container, Iterable
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


def local_date(moment: datetime, zone: str = "UTC") -> str:
    """The date of a moment in a time zone, as YYYY-MM-DD."""
    return _local(moment, zone).date().isoformat()


def is_start_time(moment: datetime, *times: str, zone: str = "UTC") -> bool:
    """True if a moment is at one of these times of day, HH:MM, in a time zone."""
    return f"{_local(moment, zone):%H:%M}" in times


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(ZoneInfo(zone))


def start_time(moment: datetime, part: str, zone: str = "UTC") -> str:
    """A part of the time at which a run starts, in a time zone.

    The parts are timestamp, year, month, day, hour, minute, second, milliseconds and timezone, in
    Joda's format. Others are formats of `date`, with a number of days if it is another date:
    "%Y%m%d -1".
    """
    # flytekit's "now" on the command line is local time without a zone, as astimezone takes it.
    moment = moment.astimezone(ZoneInfo(zone))
    if "%" in part:
        form, _, days = part.partition(" ")
        day = moment.date() + timedelta(days=int(days or 0))
        return day.strftime(form)
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


def moments_of(
    day: date, zone: ZoneInfo, times: Collection[str], minutes: Collection[int]
) -> list[datetime]:
    """The moments (UTC) of the times of one day.

    Of a time that the clock repeats the second one counts, and a skipped time is the end of the
    skip. `minutes` count in both of two repeated hours, and not in a skipped one.
    """
    walls = (datetime.fromisoformat(f"{day}T{text}") for text in times)
    found = {(_moments(wall, zone) or [_after(wall, zone)])[-1] for wall in walls}
    for text in (f"{h:02}:{m:02}" for h in range(24) for m in minutes):
        found.update(_moments(datetime.fromisoformat(f"{day}T{text}"), zone))
    return sorted(found)


def _moments(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments (UTC) of a local time: two if the clock repeats it, none if it skips it."""
    both = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    found = sorted({moment.astimezone(timezone.utc) for moment in both})
    return [m for m in found if m.astimezone(zone).replace(tzinfo=None) == wall]


def _after(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the clock skips a local time."""
    moment = wall.replace(tzinfo=zone, fold=1).astimezone(timezone.utc)
    offset = moment.astimezone(zone).utcoffset()
    while moment.astimezone(zone).utcoffset() == offset:
        moment += timedelta(minutes=1)
    return moment
