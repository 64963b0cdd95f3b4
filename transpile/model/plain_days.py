"""Rules of calendars as plain days of the week, month and year, where they say no more."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from transpile.model.days import WEEK, DayRule, Days, shifted
from transpile.model.rule_calendars import RuleCalendar, Treatment
from transpile.model.rule_terms import Joined, Listed, Negated, Nth, OfMonths, OfWeek, Term, Within

_YEAR = tuple(range(1, 13))
_MONTH = tuple(range(1, 32))
_MOST = 12
"""More rules than this are harder to read than the calendar."""

_Rules = list[DayRule]


def plain(days: Days) -> Days:
    """The same days without the rule calendars that plain rules can replace."""
    return Days(tuple(one for rule in days.rules for one in _plain_rule(rule)))


def _plain_rule(rule: DayRule) -> _Rules:
    found = [replace(rule, run_rules=None, exclude_rules=())]
    if rule.run_rules is not None:
        plain_run = _every_pair(found, rules_of(rule.run_rules))
        found = plain_run or [replace(one, run_rules=rule.run_rules) for one in found]
    for calendar in rule.exclude_rules:
        excluded = rules_of(calendar)
        others = None if excluded is None else _complement(excluded)
        left = _every_pair(found, others) if others and len(others) == 1 else None
        kept = [replace(one, exclude_rules=(*one.exclude_rules, calendar)) for one in found]
        found = left or kept
    return found


@lru_cache(maxsize=1024)
def rules_of(calendar: RuleCalendar) -> tuple[DayRule, ...] | None:
    """The days of a calendar as plain rules; None where it takes more, or there is no day."""
    if calendar.first_shift:
        return None
    rules = _rules(calendar.chosen)
    if rules is None:
        return None
    if calendar.on_holiday is Treatment.ONLY and calendar.holidays is not None:
        rules = _every_pair(rules, [DayRule(run_calendar=calendar.holidays)])
    elif not _is_untouched(calendar, rules):
        return None
    parts = [shifted(rule, calendar.shift) for rule in rules or ()]
    found = [one for part in parts if part is not None for one in part]
    return tuple(_merged(found)) if found and None not in parts else None


def _is_untouched(calendar: RuleCalendar, rules: Iterable[DayRule]) -> bool:
    """True if all chosen days are kept as they are."""
    if calendar.on_free_day is Treatment.KEEP:
        return calendar.holidays is None or calendar.on_holiday in (None, Treatment.KEEP)
    is_only = calendar.on_free_day is Treatment.ONLY
    works = all(set(rule.week) <= set(calendar.week) for rule in rules)
    return calendar.holidays is None and works and not is_only


def _rules(term: Term) -> _Rules | None:
    """The days of a term as a union of plain rules."""
    match term:
        case OfWeek(week):
            return [DayRule(week)]
        case OfMonths(months):
            return [DayRule(months=months)]
        case Listed(calendar):
            return [DayRule(run_calendar=calendar)]
        case Nth():
            return _nth(term)
        case Negated(Listed(calendar)):
            return [DayRule(exclude_calendars=(calendar,))]
        case Negated(inner):
            rules = _rules(inner)
            return None if rules is None else _complement(rules)
        case Joined("or", terms):
            parts = [_rules(one) for one in terms]
            found = [rule for part in parts if part is not None for rule in part]
            return None if None in parts or len(found) > _MOST else found
        case Joined(_, terms):
            every: _Rules | None = [DayRule()]
            for one in terms:
                every = _every_pair(every, _rules(one))
            return every
    return None


def _nth(term: Nth) -> _Rules | None:
    """Days of the month; the n-th Monday is a Monday among seven days of the month."""
    if term.within is not Within.MONTH or term.but_not is not None:
        return None
    if len(term.week) == len(WEEK):
        return [DayRule(month_days=(number,)) for number in term.numbers]
    if len(term.week) > 1:
        return None
    found = []
    for number in term.numbers:
        sign, last = (1 if number > 0 else -1), abs(number) * len(WEEK)
        days = (sign * day for day in range(last - 6, min(last, max(_MONTH)) + 1))
        found.append(DayRule(term.week, tuple(sorted(days))))
    return found


def _every_pair(left: _Rules | None, right: Iterable[DayRule] | None) -> _Rules | None:
    """The days that both allow."""
    if left is None or right is None:
        return None
    pairs = [both(one, other) for one in left for other in right]
    if None in pairs or len(pairs) > _MOST:
        return None
    return [rule for rule in pairs if rule is not None and rule.week]


def both(one: DayRule, other: DayRule) -> DayRule | None:
    """The days that both rules allow, no day of the week if there are none; None if unknown.

    Not known are days of the month from both of its ends, and those of two run calendars.
    """
    week = tuple(day for day in one.week if day in other.week)
    months = tuple(m for m in one.months or _YEAR if m in (other.months or _YEAR))
    month_days = one.month_days or other.month_days
    if one.month_days and other.month_days:
        if (one.month_days[0] > 0) is not (other.month_days[0] > 0):
            return None
        month_days = tuple(day for day in one.month_days if day in other.month_days)
    run = one.run_calendar or other.run_calendar
    if one.run_calendar and other.run_calendar not in (None, run):
        return None
    if one.every and other.every not in (None, one.every):
        return None
    is_empty = not months or (bool(one.month_days and other.month_days) and not month_days)
    return replace(
        one,
        week=() if is_empty else week,
        months=() if len(months) == len(_YEAR) else months,
        month_days=month_days,
        every=one.every or other.every,
        since=max((d for d in (one.since, other.since) if d), default=None),
        until=min((d for d in (one.until, other.until) if d), default=None),
        run_calendar=run,
        exclude_calendars=tuple(dict.fromkeys((*one.exclude_calendars, *other.exclude_calendars))),
    )


def _merged(rules: Iterable[DayRule]) -> _Rules:
    """The rules, those that differ in one field merged."""
    found: _Rules = []
    for rule in rules:
        for number, other in enumerate(found):
            if one := _one(other, rule):
                found[number] = one
                break
        else:
            found.append(rule)
    return found


def _one(rule: DayRule, other: DayRule) -> DayRule | None:
    """One rule for the days of both; None if they differ in more than one field."""
    if replace(other, week=rule.week) == rule:
        return replace(rule, week=tuple(sorted({*rule.week, *other.week})))
    if rule.months and other.months and replace(other, months=rule.months) == rule:
        return replace(rule, months=tuple(sorted({*rule.months, *other.months})))
    days = (*rule.month_days, *other.month_days)
    same_sign = rule.month_days and other.month_days and min(days) * max(days) > 0
    if same_sign and replace(other, month_days=rule.month_days) == rule:
        return replace(rule, month_days=tuple(sorted(set(days))))
    return None


def _complement(rules: Iterable[DayRule]) -> _Rules | None:
    """All days that none of the rules allows."""
    found: _Rules | None = [DayRule()]
    for rule in rules:
        found = _every_pair(found, _not(rule))
    return found


def _not(rule: DayRule) -> _Rules | None:
    """All days that the rule does not allow."""
    if rule.run_calendar or rule.exclude_calendars or rule.every or rule.since or rule.until:
        is_list = rule == DayRule(run_calendar=rule.run_calendar)
        calendar = rule.run_calendar
        return [DayRule(exclude_calendars=(calendar,))] if is_list and calendar else None
    found = [DayRule(tuple(day for day in WEEK if day not in rule.week))]
    if rule.month_days:
        sign = 1 if rule.month_days[0] > 0 else -1
        others = sorted(sign * day for day in _MONTH if sign * day not in rule.month_days)
        found.append(DayRule(month_days=tuple(others)) if others else DayRule(()))
    if rule.months:
        months = tuple(month for month in _YEAR if month not in rule.months)
        found.append(DayRule(months=months) if months else DayRule(()))
    return [one for one in found if one.week]
