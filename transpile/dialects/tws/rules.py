"""The days of a run cycle: what cron can say of them."""

import re
from dataclasses import dataclass
from typing import cast

from lark import Token, Tree

from transpile.dialects.tws.values import Clause, unquoted

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_EVERY_DAY = frozenset(range(7))
_NAMED = {
    **{name: frozenset((number,)) for number, name in enumerate(_DAYS)},
    "EVERYDAY": _EVERY_DAY,
    "WEEKDAYS": _EVERY_DAY - {0, 6},
}
REQUEST = "REQUEST"


@dataclass(frozen=True, slots=True)
class Days:
    """Days that cron can say: of the week from Sunday = 0, or of the month."""

    week: frozenset[int] = _EVERY_DAY
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    @property
    def is_weekly(self) -> bool:
        """True where only the day of the week counts."""
        return not self.month_days and not self.months


def days_of(clause: Clause) -> Days | None:
    """The days of one item of ON or EXCEPT; None where cron cannot say them."""
    word = cast(Token, clause.children[0])
    if len(clause.children) > 1 and clause.children[1] is not None:
        return None
    if word.type == "STRING":
        return _rule(unquoted(word))
    week = _NAMED.get(word.upper())
    return Days(week) if week is not None else None


def key_of_day(clause: Clause) -> str:
    """The item in a form that is equal for equal days."""
    parts = [t for t in clause.children if isinstance(t, Token)]
    word = unquoted(parts[0]).upper()
    if parts[0].type == "STRING":
        word = ";".join(sorted(f"{k}={v}" for k, v in _pairs(word).items() if (k, v) != _ONCE))
    return " ".join((word, *(re.sub(r"\s", "", t).upper() for t in parts[1:])))


_ONCE = ("INTERVAL", "1")


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for part in text.upper().split(";"):
        key, _, value = part.partition("=")
        if key.strip():
            found[key.strip()] = re.sub(r"\s", "", value)
    return found


def _rule(text: str) -> Days | None:
    """An iCalendar rule: FREQ, INTERVAL=1, BYDAY without a number, BYMONTHDAY, BYMONTH."""
    pairs = _pairs(text)
    frequency = pairs.pop("FREQ", "")
    if pairs.pop("INTERVAL", "1") != "1":
        return None
    week = _week(pairs.pop("BYDAY")) if "BYDAY" in pairs else _EVERY_DAY
    month_days = _numbers(pairs.pop("BYMONTHDAY"), 31) if "BYMONTHDAY" in pairs else ()
    months = _numbers(pairs.pop("BYMONTH"), 12) if "BYMONTH" in pairs else ()
    if pairs or week is None or month_days is None or months is None:
        return None
    if month_days and week != _EVERY_DAY:
        # Cron takes either, the rule both.
        return None
    complete = {
        "DAILY": True,
        "WEEKLY": week != _EVERY_DAY,
        "MONTHLY": bool(month_days) or week != _EVERY_DAY,
        "YEARLY": bool(months) and bool(month_days),
    }
    return Days(week, month_days, months) if complete.get(frequency) else None


def _week(text: str) -> frozenset[int] | None:
    names = text.split(",")
    if any(name not in _DAYS for name in names):
        return None
    return frozenset(_DAYS.index(name) for name in names)


def _numbers(text: str, most: int) -> tuple[int, ...] | None:
    found = [int(part) if part.isdigit() and len(part) < 3 else 0 for part in text.split(",")]
    return tuple(sorted(set(found))) if all(1 <= n <= most for n in found) else None


def items(clause: Clause) -> list[Clause]:
    """The days of an ON or EXCEPT clause."""
    return [c for c in clause.children if isinstance(c, Tree) and c.data == "day"]
