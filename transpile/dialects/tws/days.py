"""Operations on days: free-day rules, EXCEPT, union."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from transpile.dialects.tws.calendars import Free, listed
from transpile.model import WEEK, Calendar, DayRule, Days
from transpile.model.days import shifted, week_day
from transpile.model.plain_days import both

FDIGNORE, FDNEXT, FDPREV = "FDIGNORE", "FDNEXT", "FDPREV"

_DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2037, 12, 31)
"""The days for which rules are compared."""


def is_weekly(days: DayRule) -> bool:
    """True if only days of the week and excluded calendars define them."""
    return replace(days, week=WEEK, exclude_calendars=()) == DayRule()


def is_never(days: DayRule) -> bool:
    """True if no day is left."""
    run = days.run_calendar
    return not days.week or (run is not None and all(day not in days for day in run.dates))


# -------------------------------------------------------------------- free days


def apply_rule(days: DayRule, rule: str, free: Free) -> list[DayRule] | None:
    """The days under a free-day rule: a free day is left out, or moved to the nearest workday.

    None if the result depends on the length of a month.
    """
    if days.run_calendar is not None:
        return [_moved(days.run_calendar, rule, free)]
    if not set(days.week) & set(free.week) and free.calendar in days.exclude_calendars:
        return [days]
    work = tuple(day for day in days.week if day in free.work_week)
    found = [_except(replace(days, week=work), free.calendar)]
    if rule == FDIGNORE:
        return found
    step = 1 if rule == FDNEXT else -1
    for day in free.work_week:
        count = step
        while (day - count) % 7 in free.week:
            if (day - count) % 7 in days.week:
                moved = shifted(replace(days, week=((day - count) % 7,)), count)
                if moved is None:
                    return None
                found += [_except(one, free.calendar) for one in moved]
            count += step
    return [*_merged(found), *_beyond_calendar(days, rule, free, found)]


def _beyond_calendar(days: DayRule, rule: str, free: Free, found: list[DayRule]) -> list[DayRule]:
    """Days that only days moved across dates of the calendar reach."""
    step = _DAY if rule == FDNEXT else -_DAY
    dates: set[date] = set()
    for date_ in free.calendar.dates:
        day = date_
        while day - step in free:
            day -= step
        hit = False
        while day in free:
            hit = hit or day in days
            day += step
        if hit and not any(day in one for one in found):
            dates.add(day)
    moved = listed(f"{free.calendar.name} {rule}", free.calendar.span, dates)
    # Days of the month keep the cron expression narrow.
    month_days = sorted({day.day for day in dates}) if days.month_days else []
    return [replace(moved, week=free.work_week, month_days=tuple(month_days))] if dates else []


def _moved(calendar: Calendar, rule: str, free: Free) -> DayRule:
    """The dates of a calendar under a free-day rule."""
    step = _DAY if rule == FDNEXT else -_DAY
    dates: set[date] = set()
    for date_ in calendar.dates:
        day = date_
        while day in free and rule != FDIGNORE:
            day += step
        if day not in free:
            dates.add(day)
    is_same = dates == set(calendar.dates)
    return listed(calendar.name if is_same else f"{calendar.name} {rule}", calendar.span, dates)


# -------------------------------------------------------------------- EXCEPT and union


def without(parts: Iterable[DayRule], excluded: DayRule) -> list[DayRule] | None:
    """The parts without the excluded days; None if no look-up of calendars can express that."""
    found: list[DayRule] = []
    for part in parts:
        if excluded.run_calendar is not None:
            found.append(_except(part, excluded.run_calendar))
        elif is_weekly(excluded):
            week = tuple(day for day in part.week if day not in excluded.week)
            found += [replace(part, week=week), *_kept(part, excluded)]
        else:
            return None
    return [part for part in found if not is_never(part)]


def common(left: Iterable[DayRule], right: Iterable[DayRule]) -> list[DayRule] | None:
    """The days of both; None if no look-up of calendars can express that."""
    others = list(right)
    found: list[DayRule] = []
    for one in left:
        for other in others:
            rule = _in_both(one, other)
            if rule is None:
                return None
            found += [] if is_never(rule) else [rule]
    return found


def _in_both(one: DayRule, other: DayRule) -> DayRule | None:
    if one.run_calendar is None and other.run_calendar is not None:
        one, other = other, one
    calendar = one.run_calendar
    if calendar is None or other == DayRule():
        return both(one, other)
    name = f"{calendar.name} AND {other.run_calendar.name if other.run_calendar else other}"
    return listed(
        name, calendar.span, (day for day in calendar.dates if day in one and day in other)
    )


def _except(part: DayRule, calendar: Calendar) -> DayRule:
    """The part without the dates of a calendar; calendars of one name are merged."""
    calendars = {other.name: other for other in part.exclude_calendars}
    calendars[calendar.name] = _union(calendar, calendars.get(calendar.name, calendar))
    return replace(part, exclude_calendars=tuple(calendars.values()))


def _union(one: Calendar, other: Calendar) -> Calendar:
    return replace(one, dates=tuple(sorted({*one.dates, *other.dates})))


def _kept(part: DayRule, excluded: DayRule) -> list[DayRule]:
    """The days of the part that the excluded calendars of `excluded` protect."""
    found = []
    for calendar in excluded.exclude_calendars:
        dates = (day for day in calendar.dates if day in part and week_day(day) in excluded.week)
        found.append(listed(f"{calendar.name} KEPT", calendar.span, dates))
    return found


def united(parts: Iterable[DayRule]) -> list[Days]:
    """The union of the parts; one item per part if cron can express all and none overlap."""
    rules = _merged(part for part in parts if not is_never(part))
    whole = Days(tuple(rules))
    if not whole.looks_up or not all(rule.is_cron for rule in rules):
        return [whole] if rules else []
    days = [FIRST + number * _DAY for number in range((LAST - FIRST).days + 1)]
    meet = any(sum(day in rule for rule in rules) > 1 for day in days)
    return [whole] if meet else [Days((rule,)) for rule in rules]


def _merged(parts: Iterable[DayRule]) -> list[DayRule]:
    """The parts, those that differ in one field merged."""
    found: list[DayRule] = []
    for part in parts:
        for number, other in enumerate(found):
            if one := _both(other, part):
                found[number] = one
                break
        else:
            found.append(part)
    return found


def _both(one: DayRule, other: DayRule) -> DayRule | None:
    """One rule for the days of both; None if they differ in more than one field."""
    if is_weekly(one) and replace(other, week=one.week) == one:
        return replace(one, week=tuple(sorted({*one.week, *other.week})))
    if one.month_days and other.month_days and replace(other, month_days=one.month_days) == one:
        return replace(one, month_days=tuple(sorted({*one.month_days, *other.month_days})))
    first, second = one.run_calendar, other.run_calendar
    if first and second and first.name == second.name and replace(other, run_calendar=first) == one:
        return replace(one, run_calendar=_union(first, second))
    return None
