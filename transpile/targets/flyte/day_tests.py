"""Tests whether a day is a run day, as expressions of emitted modules."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from transpile.model import WEEK, Calendar, DayRule, Days
from transpile.model.days import DAYS, CronDays
from transpile.targets.flyte.model import DatesPlan
from transpile.targets.flyte.names import CONSTANTS, Scope, identifier
from transpile.targets.flyte.values import Call, Comparison, Logic, Name, Value

DAY = Name("day")
"""The variable of the day in the tests."""

_EVERY_DAY = CronDays(WEEK, (), ())


@dataclass(slots=True)
class DayTests:
    """The tests of one module, with the calendars that they look days up in, as constants."""

    scope: Scope
    dates: dict[Calendar, DatesPlan] = field(default_factory=dict)

    def of(self, days: Days, known: CronDays = _EVERY_DAY) -> Value:
        """The test for one of these days; `known` is true of the day already."""
        return _joined("or", (_joined("and", self._terms(rule, known)) for rule in days.rules))

    def _terms(self, rule: DayRule, known: CronDays) -> list[Value]:
        rule, terms = rule.asked, list[Value]()
        if known.month_days or not set(known.week) <= set(rule.week):
            names = tuple(DAYS[number] for number in rule.week)
            terms += [Call("is_day_of_week", (DAY, names))] if rule.week != WEEK else []
        by_month_day = known.month_days and known.week == WEEK
        if not (by_month_day and set(known.month_days) <= set(rule.month_days)):
            terms += [Call("is_day_of_month", (DAY, rule.month_days))] if rule.month_days else []
        if rule.months != known.months:
            terms += [Call("is_in_month", (DAY, rule.months))] if rule.months else []
        if rule.every:
            first = tuple(map(str, rule.every.first))
            terms.append(Call("is_every", (DAY, rule.every.count, first)))
        if rule.run_calendar:
            terms.append(Comparison(DAY, "in", self._constant(rule.run_calendar)))
        for calendar in rule.exclude_calendars:
            terms.append(Comparison(DAY, "not in", self._constant(calendar)))
        if rule.since:
            terms.append(Comparison(DAY, ">=", rule.since.isoformat()))
        if rule.until:
            terms.append(Comparison(DAY, "<", rule.until.isoformat()))
        return terms

    def _constant(self, calendar: Calendar) -> Name:
        if calendar not in self.dates:
            base = identifier(calendar.name, "calendar", CONSTANTS)
            self.dates[calendar] = DatesPlan(
                constant=self.scope.claim(base.upper()),
                comment=f"{calendar.name} · {calendar.span.file}:{calendar.span.line}",
                dates=tuple(day.isoformat() for day in calendar.dates),
            )
        return Name(self.dates[calendar].constant)


def _joined(word: str, terms: Iterable[Value]) -> Value:
    found = tuple(terms)
    if not found:
        return True
    return Logic(word, found) if len(found) > 1 else found[0]
