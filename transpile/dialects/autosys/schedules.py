"""Time attributes to a schedule."""

import functools
from importlib.resources import files

from transpile.dialects.autosys import values
from transpile.dialects.autosys.catalogue import SCHEDULE_KEYS
from transpile.dialects.autosys.definition import Definition
from transpile.ir import Schedule
from transpile.source import Span

Notes = tuple[tuple[str, str], ...]

_TIMES = {"days_of_week", "start_times", "start_mins"}
_EVERY_DAY = tuple(range(7))


def build_schedule(definition: Definition) -> tuple[Schedule | None, Notes]:
    """When the job starts by the clock, and the time attributes that mean nothing.

    AutoSys: without date_conditions every time attribute is ignored.
    """
    if not SCHEDULE_KEYS & definition.attributes.keys():
        return None, ()
    said = "date_conditions" in definition.attributes
    counts = definition.take_as("date_conditions", values.boolean, "1 or 0")
    if not counts:
        return None, _ignored(definition, said)
    first = _first_span(definition)
    zone, zone_known = _timezone(definition)
    calendar = definition.attributes.get("run_calendar")
    definition.drop(
        "run_calendar", "A502", calendar=calendar and calendar.value, name=definition.name
    )
    excluded = definition.attributes.get("exclude_calendar")
    definition.drop("exclude_calendar", "A503", calendar=excluded and excluded.value)
    window = definition.attributes.get("run_window")
    definition.drop("run_window", "A504", window=window and window.value)
    if calendar is not None or not zone_known:
        return None, _ignored(definition, said=True)
    schedule = _times(
        definition,
        first,
        zone,
        excluded.value if excluded else None,
        window.value if window else None,
    )
    if schedule is None:
        return None, ()
    if zone is None:
        definition.report("A507", first)
    return schedule, ()


def _ignored(definition: Definition, said: bool) -> Notes:
    keys = [key for key in definition.attributes if key in SCHEDULE_KEYS]
    notes = []
    if not said and keys not in ([], ["timezone"]):
        span = definition.attributes[keys[0]].span
        definition.report("A501", span, text=", ".join(keys), keys=", ".join(keys))
    for key in keys:
        notes.append((key, definition.attributes.pop(key).value))
        definition.tally.noted += 1
    return tuple(notes)


def _first_span(definition: Definition) -> Span:
    spans = [a.span for key, a in definition.attributes.items() if key in SCHEDULE_KEYS]
    return spans[0] if spans else definition.span


def _times(
    definition: Definition,
    span: Span,
    zone: str | None,
    excluded: str | None,
    window: str | None,
) -> Schedule | None:
    given = _TIMES & definition.attributes.keys()
    if given >= {"start_times", "start_mins"}:
        definition.drop("start_mins", "A115", expected="no start_times beside it")
    days = definition.take_as("days_of_week", values.days, "days such as mo,tu or all")
    times = definition.take_as("start_times", values.clock_times, 'times such as "08:00, 20:30"')
    minutes = definition.take_as("start_mins", values.minutes, "minutes such as 0, 15, 30")
    read = {"days_of_week": days, "start_times": times, "start_mins": minutes}
    if not given:
        fields = {"given": "date_conditions", "missing": "start_times", "reading": "no schedule"}
        definition.report("A509", span, **fields)
    if not given or any(read[key] is None for key in given):
        # Half a schedule would run at the wrong times.
        return None
    if times is None and minutes is None:
        times = ((0, 0),)
        fields = {"given": "days_of_week", "missing": "start_times", "reading": "midnight"}
        definition.report("A509", span, **fields)
    if days is None:
        days = _EVERY_DAY
        fields = {"given": "times", "missing": "days_of_week", "reading": "every day"}
        definition.report("A509", span, **fields)
    return Schedule(span, days, times or (), minutes or (), zone, excluded, window)


def _timezone(definition: Definition) -> tuple[str | None, bool]:
    """The zone, and whether it is known or none was given."""
    attribute = definition.take("timezone")
    if attribute is None:
        return None, True
    word = values.unquoted(attribute.value)
    zone = _zones().get(word.lower())
    if zone is None:
        definition.report("A506", attribute.span, text=word, timezone=word)
    return zone, zone is not None


@functools.cache
def _zones() -> dict[str, str]:
    """IANA names by their lower-case spelling, and by city alone where that is unique.

    AutoSys: the time zone table holds city names beside the system's zones.
    """
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    cities: dict[str, list[str]] = {}
    for name in names:
        area, _, city = name.rpartition("/")
        if area and "/" not in area and not area.startswith(("Etc", "US", "Canada")):
            cities.setdefault(city.lower(), []).append(name)
    unique = {city: found[0] for city, found in cities.items() if len(found) == 1}
    return {**unique, **{name.lower(): name for name in names}}
