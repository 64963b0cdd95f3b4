"""Operations on days: union, intersection, difference, and days later. All of them are exact."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, reduce

from transpile.model import WEEK, Calendar, DayRule, Days
from transpile.model.days import shifted
from transpile.model.plain_days import both
from transpile.model.rule_calendars import RuleCalendar, Treatment
from transpile.model.rule_terms import Joined, Listed, Negated, Nth, OfMonths, OfWeek, Term
from transpile.sources.text import Span

FIRST, LAST = date(2026, 1, 1), date(2037, 12, 31)
"""The days for which rules are compared."""

EVERY_DAY, NEVER = Days(), Days(())

NOWHERE = Span("", 0)
"""The place of calendars of rules that come from no place in particular."""

_DAY = timedelta(days=1)
_YEAR = tuple(range(1, 13))
_MONTH = tuple(range(1, 32))

_Rules = list[DayRule]


def listed(name: str, span: Span, dates: Iterable[date]) -> DayRule:
    """These dates, as a calendar."""
    return DayRule(run_calendar=Calendar(name, span, tuple(sorted(set(dates)))))


def by_term(term: Term, name: str) -> RuleCalendar:
    """The days that a term chooses, as a calendar of rules."""
    return RuleCalendar(name, NOWHERE, term, WEEK)


def union(*parts: Days) -> Days:
    """The days of one of the parts."""
    return Days(tuple(_merged(rule for days in parts for rule in days.rules)))


def intersection(one: Days, other: Days) -> Days | None:
    """The days of both; None if one of them repeats every so many days, or moves days."""
    found = [_both(rule, second) for rule in one.rules for second in other.rules]
    return None if None in found else Days(tuple(_merged(filter(None, found))))


def without(days: Days, taken: Days) -> Days | None:
    """The days that are not among those taken away; None as for `intersection`."""
    if not taken.rules:
        return days
    found = list(days.rules)
    for rule in taken.rules:
        parts = [_except(one, rule) for one in found]
        if None in parts:
            return None
        found = [one for part in parts for one in part or ()]
    return Days(tuple(_merged(found)))


@lru_cache(maxsize=4096)
def covers(days: Days, others: Days) -> bool:
    """True if all `others` are among the days.

    Rules that are not alike are compared day by day from 2026 to 2037, lists from 2026 on.
    """
    left = [r for r in others.rules if not any(_implies(r, rule) for rule in days.rules)]
    if not left:
        return True
    lists = {day for rule in left for day in _dates(rule) if day >= FIRST}
    if not all(day in days for day in lists):
        return False
    rules = Days(tuple(rule for rule in left if rule.run_calendar is None))
    every = (FIRST + number * _DAY for number in range((LAST - FIRST).days + 1))
    return not rules.rules or all(day in days for day in every if day in rules)


def moved(days: Days, count: int, span: Span) -> Days | None:
    """The days so many days later; None if they repeat every so many days of some months."""
    found = _later(days, count) if count else days
    return found and placed(found, span)


def _later(days: Days, count: int) -> Days | None:
    found: _Rules = []
    for rule in days.rules:
        parts = _moved(rule, count)
        if parts is None:
            return None
        found += parts
    return Days(tuple(_merged(found)))


def placed(days: Days, span: Span) -> Days:
    """The same days; calendars of rules that come from no place in particular get this one."""
    return Days(tuple(_placed(rule, span) for rule in days.rules))


def _placed(rule: DayRule, span: Span) -> DayRule:
    run, excluded = rule.run_rules, rule.exclude_rules
    if run is not None and not run.span.file:
        run = replace(run, span=span)
    excluded = tuple(c if c.span.file else replace(c, span=span) for c in excluded)
    return replace(rule, run_rules=run, exclude_rules=excluded)


# -------------------------------------------------------------------- rules


def _is_never(rule: DayRule) -> bool:
    """True if it is plain that the rule allows no day."""
    ends = rule.since is not None and rule.until is not None and rule.since >= rule.until
    return not rule.week or ends or (rule.run_calendar is not None and not _dates(rule))


def _is_list(rule: DayRule) -> bool:
    """True if the rule allows all dates of its run calendar."""
    return rule.run_calendar is not None and replace(rule, run_calendar=None) == DayRule()


def _dates(rule: DayRule) -> list[date]:
    """The dates of a rule with a run calendar."""
    if rule.run_calendar is None:
        return []
    dates = rule.run_calendar.dates
    return list(dates) if _is_list(rule) else [day for day in dates if day in rule]


def _list_of(rule: DayRule, dates: list[date], word: str, other: DayRule) -> DayRule:
    """The rule with only these of its dates."""
    calendar = rule.run_calendar
    assert calendar is not None
    if dates == _dates(rule):
        return rule
    return listed(f"{calendar.name} {word} {other}", calendar.span, dates)


def _both(one: DayRule, other: DayRule) -> DayRule | None:
    """The days of both rules, no day of the week if there are none; None if unknown."""
    if one.run_calendar is None and other.run_calendar is not None:
        one, other = other, one
    if _implies(one, other):
        return one
    if _implies(other, one):
        return other
    if one.every or other.every:
        return None
    plain = both(_plain(one), _plain(other))
    extra = [] if plain is not None else [_days_of_month(other)]
    if one.run_calendar and (plain is None or _has_rules(one) or _has_rules(other)):
        return _list_of(one, [day for day in _dates(one) if day in other], "AND", other)
    plain = plain or both(_plain(one), replace(_plain(other), month_days=()))
    assert plain is not None
    runs = [*filter(None, (one.run_rules, other.run_rules)), *extra]
    joined = _joined(runs) if runs else None
    if runs and joined is None:
        return None
    excluded = dict.fromkeys((*one.exclude_rules, *other.exclude_rules))
    return replace(plain, run_rules=joined, exclude_rules=tuple(excluded))


def _plain(rule: DayRule) -> DayRule:
    """The rule without calendars of rules."""
    return replace(rule, run_rules=None, exclude_rules=())


def _has_rules(rule: DayRule) -> bool:
    return rule.run_rules is not None or bool(rule.exclude_rules)


def _days_of_month(rule: DayRule) -> RuleCalendar:
    """The days of the month of a rule, as a calendar of rules."""
    return by_term(Nth(rule.month_days), str(DayRule(month_days=rule.month_days)))


def _joined(calendars: list[RuleCalendar]) -> RuleCalendar | None:
    """The days that all of the calendars have; None if one of them moves days."""
    if len(calendars) == 1:
        return calendars[0]
    if not all(map(_only_chooses, calendars)):
        return None
    name = " AND ".join(calendar.name for calendar in calendars)
    span = next((c.span for c in calendars if c.span.file), calendars[0].span)
    return RuleCalendar(name, span, Joined("and", tuple(c.chosen for c in calendars)), WEEK)


def _only_chooses(calendar: RuleCalendar) -> bool:
    """True if the calendar keeps all days that its rules choose, and moves none."""
    keeps = calendar.on_free_day is Treatment.KEEP and calendar.on_holiday is None
    return keeps and not calendar.shift and not calendar.first_shift


def _except(rule: DayRule, taken: DayRule) -> _Rules | None:
    """The days of a rule without those of another one; None if unknown."""
    if _implies(rule, taken):
        return []
    if rule.run_calendar is not None:
        left = [day for day in _dates(rule) if day not in taken]
        return [_list_of(rule, left, "WITHOUT", taken)] if left else []
    others = _others(taken)
    found = [_both(rule, other) for other in others] if others is not None else [None]
    return None if None in found else [one for one in found if one and not _is_never(one)]


def _others(rule: DayRule) -> _Rules | None:
    """All days that the rule does not allow, as rules that may overlap; None if unknown."""
    if rule.every is not None:
        return None
    if rule.run_calendar is not None:
        calendar = rule.run_calendar
        if not _is_list(rule):
            calendar = Calendar(f"{calendar.name} OF {rule}", calendar.span, tuple(_dates(rule)))
        return [DayRule(exclude_calendars=(calendar,))]
    found = [DayRule(tuple(day for day in WEEK if day not in rule.week))]
    if rule.months:
        months = tuple(month for month in _YEAR if month not in rule.months)
        found.append(DayRule(months=months))
    if rule.month_days and rule.month_days[0] < 0 < rule.month_days[-1]:
        found.append(DayRule(exclude_rules=(_days_of_month(rule),)))
    elif rule.month_days:
        sign = 1 if rule.month_days[0] > 0 else -1
        days = sorted(sign * day for day in _MONTH if sign * day not in rule.month_days)
        found.append(DayRule(month_days=tuple(days)) if days else DayRule(()))
    found += [DayRule(run_calendar=calendar) for calendar in rule.exclude_calendars]
    found += [DayRule(exclude_rules=(rule.run_rules,))] if rule.run_rules else []
    found += [DayRule(run_rules=calendar) for calendar in rule.exclude_rules]
    found += [DayRule(until=rule.since)] if rule.since else []
    found += [DayRule(since=rule.until)] if rule.until else []
    return [one for one in found if one.week]


def _implies(rule: DayRule, other: DayRule) -> bool:
    """True if it is plain that the other rule allows each day of the rule."""
    if other == DayRule() or rule == other:
        return True
    if rule.run_calendar is not None:
        return all(day in other for day in _dates(rule))
    return (
        other.run_calendar is None
        and set(rule.week) <= set(other.week)
        and (not other.months or (bool(rule.months) and set(rule.months) <= set(other.months)))
        and _has_days(rule.month_days, other.month_days)
        and other.every in (None, rule.every)
        and set(other.exclude_calendars) <= set(rule.exclude_calendars)
        and other.run_rules in (None, rule.run_rules)
        and set(other.exclude_rules) <= set(rule.exclude_rules)
        and (other.since is None or (rule.since is not None and rule.since >= other.since))
        and (other.until is None or (rule.until is not None and rule.until <= other.until))
    )


def _has_days(days: tuple[int, ...], others: tuple[int, ...]) -> bool:
    return not others or (bool(days) and set(days) <= set(others))


# -------------------------------------------------------------------- union


def _merged(rules: Iterable[DayRule]) -> _Rules:
    """The rules: those that others allow left out, those that differ in one field merged."""
    return reduce(_added, (rule for rule in rules if not _is_never(rule)), [])


def _added(rules: _Rules, rule: DayRule) -> _Rules:
    if any(_implies(rule, other) for other in rules):
        return rules
    left = [other for other in rules if not _implies(other, rule)]
    for number, other in enumerate(left):
        if one := _one(other, rule):
            return _added([*left[:number], *left[number + 1 :]], one)
    return [*left, rule]


def _one(rule: DayRule, other: DayRule) -> DayRule | None:
    """One rule for the days of both; None if they differ in more than one field."""
    if replace(other, week=rule.week) == rule:
        return replace(rule, week=tuple(sorted({*rule.week, *other.week})))
    if rule.months and other.months and replace(other, months=rule.months) == rule:
        months = tuple(sorted({*rule.months, *other.months}))
        return replace(rule, months=() if months == _YEAR else months)
    days = (*rule.month_days, *other.month_days)
    same_sign = rule.month_days and other.month_days and min(days) * max(days) > 0
    if not same_sign or replace(other, month_days=rule.month_days) != rule:
        return None
    found = tuple(sorted(set(days)))
    return replace(rule, month_days=() if len(found) == len(_MONTH) else found)


# -------------------------------------------------------------------- days later


def _moved(rule: DayRule, count: int) -> _Rules | None:
    """The days of a rule so many days later; None if unknown."""
    calendar = rule.run_calendar
    if calendar is not None and not _is_list(rule):
        rule = listed(f"{calendar.name} OF {rule}", calendar.span, _dates(rule))
    found = shifted(rule, count)
    if found is not None:
        return found
    term = None if rule.every else _term(rule)
    if term is None:
        return None
    name = f"{replace(rule, since=None, until=None)} {count:+} DAYS"
    run = RuleCalendar(name, NOWHERE, term, WEEK, shift=count)
    later = count * _DAY
    since, until = rule.since and rule.since + later, rule.until and rule.until + later
    return [DayRule(run_rules=run, since=since, until=until)]


def _term(rule: DayRule) -> Term | None:
    """The days of a rule without its limits, as a term; None if one of its calendars moves days."""
    rules = (*((rule.run_rules,) if rule.run_rules else ()), *rule.exclude_rules)
    if not all(map(_only_chooses, rules)):
        return None
    terms: list[Term] = [OfWeek(rule.week)] if rule.week != WEEK else []
    terms += [OfMonths(rule.months)] if rule.months else []
    terms += [Nth(rule.month_days)] if rule.month_days else []
    terms += [Negated(Listed(calendar)) for calendar in rule.exclude_calendars]
    terms += [rule.run_rules.chosen] if rule.run_rules else []
    terms += [Negated(calendar.chosen) for calendar in rule.exclude_rules]
    if len(terms) == 1:
        return terms[0]
    return Joined("and", tuple(terms)) if terms else OfWeek()
