"""What the tests of days in emitted modules say about a day."""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from transpile.model import Every
from transpile.model.days import DAYS, in_month, week_day
from transpile.proof.scheduler import UTC
from transpile.runtime.calendars import RuleCalendar, is_in_period, is_nth, is_nth_week
from transpile.targets.flyte.model import DatesPlan
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

Constants: TypeAlias = Mapping[str, Any]
"""The days and periods of a module's calendars, by their constants."""

_BY_RULES: dict[str, Callable[..., bool]] = {
    "is_nth": is_nth,
    "is_nth_week": is_nth_week,
    "is_in_period": is_in_period,
}


def constants_of(plans: Iterable[DatesPlan]) -> Constants:
    """The constants of a module; rules stand behind the constants that they name."""
    found: dict[str, Any] = {}
    for plan in plans:
        found[plan.constant] = plan.dates if plan.value is None else _value(plan.value, found)
    return found


def _value(value: Value, constants: Constants) -> Any:
    """The value of a constant, or of an argument of a helper."""
    if isinstance(value, Call):
        (chosen,) = value.arguments
        assert isinstance(chosen, Lambda)
        keywords = {name: _value(given, constants) for name, given in value.keywords}

        def choose(day: str) -> bool:
            return holds(chosen.body, constants, date.fromisoformat(day))

        return RuleCalendar(choose, **keywords)
    if isinstance(value, Name):
        return constants[value.id]
    if isinstance(value, Fixed):
        return value.items
    return tuple(_value(part, constants) for part in value) if isinstance(value, tuple) else value


def holds(value: Value, constants: Constants, day: date, moment: datetime | None = None) -> bool:
    """The value of a test of a day, or of a moment on it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Negation):
        return not holds(value.term, constants, day, moment)
    if isinstance(value, Logic):
        found = (holds(term, constants, day, moment) for term in value.terms)
        return any(found) if value.word == "or" else all(found)
    if isinstance(value, Call):
        if value.function == "is_start_time":
            assert moment is not None
            zone = ZoneInfo(str(dict(value.keywords).get("zone", UTC)))
            return f"{moment.astimezone(zone):%H:%M}" in value.arguments[1:]
        if helper := _BY_RULES.get(value.function):
            arguments = (_value(argument, constants) for argument in value.arguments[1:])
            keywords = {name: _value(given, constants) for name, given in value.keywords}
            return helper(day.isoformat(), *arguments, **keywords)
        return _allows(value.function, value.arguments[1:], day)
    assert isinstance(value, Comparison)
    if isinstance(value.right, str):
        at_least = day.isoformat() >= value.right
        return at_least is (value.operator == ">=")
    assert isinstance(value.right, Name)
    days: Container[str] = constants[value.right.id]
    return (day.isoformat() in days) is (value.operator == "in")


def _allows(function: str, arguments: tuple[Value, ...], day: date) -> bool:
    """The answer of the run-time helper of that name."""
    if function == "is_every":
        count, first = arguments
        assert isinstance(count, int)
        assert isinstance(first, tuple)
        return day in Every(count, tuple(date.fromisoformat(str(text)) for text in first))
    (allowed,) = arguments
    if isinstance(allowed, Codes):
        allowed = tuple(n for first, last in allowed.ranges for n in range(first, last + 1))
    assert isinstance(allowed, tuple)
    if function == "is_day_of_week":
        return DAYS[week_day(day)] in allowed
    if function == "is_day_of_month":
        return not in_month(day).isdisjoint(allowed)
    assert function == "is_in_month"
    return day.month in allowed
