"""Tests whether a day is a run day, as expressions of emitted modules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from transpile.model import WEEK, Calendar, DayRule, Days
from transpile.model.days import DAYS, CronDays
from transpile.model.rule_calendars import RuleCalendar, Treatment
from transpile.model.rule_terms import (
    Cycle,
    InPeriods,
    Joined,
    Listed,
    Negated,
    Nth,
    NthWeek,
    OfMonths,
    OfWeek,
    Term,
    Within,
)
from transpile.targets.flyte.model import DatesPlan
from transpile.targets.flyte.names import CONSTANTS, Scope, identifier
from transpile.targets.flyte.values import (
    Call,
    Codes,
    Comparison,
    Fixed,
    Lambda,
    Logic,
    Name,
    Negation,
    Value,
)

DAY = Name("day")
"""The variable of the day in the tests."""

_EVERY_DAY = CronDays(WEEK, (), ())
_Named: TypeAlias = Calendar | Cycle | RuleCalendar
_Keywords = list[tuple[str, Value]]


@dataclass(slots=True)
class DayTests:
    """The tests of one module, with the calendars that they look days up in, as constants."""

    scope: Scope
    dates: dict[_Named, DatesPlan] = field(default_factory=dict)

    def of(self, days: Days, known: CronDays = _EVERY_DAY) -> Value:
        """The test for one of these days; `known` is true of the day already."""
        return _joined("or", (_joined("and", self._terms(rule, known)) for rule in days.rules))

    def _terms(self, rule: DayRule, known: CronDays) -> list[Value]:
        rule, terms = rule.asked, list[Value]()
        if known.month_days or not set(known.week) <= set(rule.week):
            terms += [Call("is_day_of_week", (DAY, _names(rule.week)))] if rule.week != WEEK else []
        by_month_day = known.month_days and known.week == WEEK
        if not (by_month_day and set(known.month_days) <= set(rule.month_days)):
            terms += (
                [Call("is_day_of_month", (DAY, _days(rule.month_days)))] if rule.month_days else []
            )
        if rule.months != known.months:
            terms += [Call("is_in_month", (DAY, rule.months))] if rule.months else []
        if rule.every:
            first = tuple(map(str, rule.every.first))
            terms.append(Call("is_every", (DAY, rule.every.count, first)))
        terms += [Comparison(DAY, "in", self._constant(c)) for c in _run(rule)]
        terms += [Comparison(DAY, "not in", self._constant(c)) for c in _excluded(rule)]
        if rule.since:
            terms.append(Comparison(DAY, ">=", rule.since.isoformat()))
        if rule.until:
            terms.append(Comparison(DAY, "<", rule.until.isoformat()))
        return terms

    def _constant(self, calendar: _Named) -> Name:
        if calendar not in self.dates:
            value = None if isinstance(calendar, Calendar) else self._value(calendar)
            dates = calendar.dates if isinstance(calendar, Calendar) else ()
            base = identifier(calendar.name, "calendar", CONSTANTS)
            self.dates[calendar] = DatesPlan(
                constant=self.scope.claim(base.upper()),
                comment=f"{calendar.name} · {calendar.span.file}:{calendar.span.line}",
                dates=tuple(day.isoformat() for day in dates),
                value=value,
            )
        return Name(self.dates[calendar].constant)

    # ---------------------------------------------------------------- calendars of rules

    def _value(self, calendar: Cycle | RuleCalendar) -> Value:
        if isinstance(calendar, Cycle):
            return tuple(Fixed((str(first), str(last))) for first, last in calendar.periods)
        keywords: _Keywords = []
        codes: _Keywords = []
        if calendar.on_holiday is not None:
            codes.append(("on_holiday", calendar.on_holiday.value))
        if calendar.on_free_day is not Treatment.KEEP:
            codes.append(("on_free_day", calendar.on_free_day.value))
        if codes:
            keywords.append(("workdays", _names(calendar.week)))
        if codes and calendar.holidays is not None:
            keywords.append(("holidays", self._constant(calendar.holidays)))
        keywords += codes
        keywords += [("first_shift", calendar.first_shift)] if calendar.first_shift else []
        keywords += [("shift", calendar.shift)] if calendar.shift else []
        chosen = Lambda(DAY.id, self._term(calendar.chosen))
        return Call("RuleCalendar", (chosen,), tuple(keywords))

    def _term(self, term: Term) -> Value:
        match term:
            case OfWeek(week):
                return True if week == WEEK else Call("is_day_of_week", (DAY, _names(week)))
            case OfMonths(months):
                return Call("is_in_month", (DAY, months))
            case Listed(calendar):
                return Comparison(DAY, "in", self._constant(calendar))
            case Negated(Listed(calendar)):
                return Comparison(DAY, "not in", self._constant(calendar))
            case Negated(inner):
                return Negation(self._term(inner))
            case Joined(word, terms):
                return Logic(word, tuple(map(self._term, terms)))
            case InPeriods(cycle, numbers):
                more = (numbers,) if numbers else ()
                return Call("is_in_period", (DAY, self._constant(cycle), *more))
            case Nth(numbers, week, Within.MONTH, None) if week == WEEK:
                return Call("is_day_of_month", (DAY, numbers))
            case Nth():
                return self._nth(term)
        return self._nth_week(term)

    def _nth(self, term: Nth) -> Call:
        keywords: _Keywords = []
        if isinstance(term.within, Cycle):
            keywords.append(("within", self._constant(term.within)))
        elif term.within is not Within.MONTH:
            keywords.append(("within", term.within.value))
        if term.but_not is not None:
            keywords.append(("but_not", self._constant(term.but_not)))
        return Call("is_nth", (DAY, term.numbers, _names(term.week)), tuple(keywords))

    def _nth_week(self, term: NthWeek) -> Call:
        keywords: _Keywords = []
        if isinstance(term.within, Cycle):
            keywords.append(("within", self._constant(term.within)))
        if term.begins is not None:
            keywords.append(("begins", DAYS[term.begins]))
        if term.counts_first:
            keywords.append(("counts_first", True))
        return Call("is_nth_week", (DAY, term.numbers), tuple(keywords))


def _run(rule: DayRule) -> list[Calendar | RuleCalendar]:
    return [c for c in (rule.run_calendar, rule.run_rules) if c is not None]


def _excluded(rule: DayRule) -> list[Calendar | RuleCalendar]:
    return [*rule.exclude_calendars, *rule.exclude_rules]


def _names(week: Iterable[int]) -> tuple[Value, ...]:
    return tuple(DAYS[number] for number in week)


def _days(numbers: tuple[int, ...]) -> Value:
    """Days of the month; many in a row as a range."""
    first, last = numbers[0], numbers[-1]
    is_range = len(numbers) > len(WEEK) and last - first + 1 == len(numbers)
    return Codes(((first, last),)) if is_range else numbers


def _joined(word: str, terms: Iterable[Value]) -> Value:
    found = tuple(terms)
    if not found:
        return True
    return Logic(word, found) if len(found) > 1 else found[0]
