"""The words of calendar rules: each chooses days, or is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transpile.dialects.autosys.readings import COUNTED, FIRST_WEEK, WEEK_1, WORKDAYS_OF_MONTH
from transpile.model import WEEK, Calendar
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
    Stretch,
    Term,
    Within,
)

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MON_TO_FRI = (1, 2, 3, 4, 5)
_WEEKS = 53


class WrongWord(ValueError):
    """The word chooses no days, for this reason."""


class Refused(WrongWord):
    """AutoSys has the word, but its documents do not settle what it means."""


@dataclass(frozen=True, slots=True)
class Context:
    """What words refer to: workdays, the dates of holcal, the periods of cyccal, and readings."""

    week: tuple[int, ...]
    holidays: Calendar | None
    cycle: Cycle | None
    answers: Mapping[str, str]

    @property
    def period(self) -> Cycle:
        """The cycle. Raises WrongWord without one."""
        if self.cycle is None:
            raise WrongWord("it needs a cycle: the calendar has no cyccal that can be used")
        return self.cycle

    def workdays(self, numbers: tuple[int, ...], within: Stretch) -> Nth:
        """Workdays of a stretch by their numbers."""
        counted = self.answers[WORKDAYS_OF_MONTH.name] == COUNTED
        return Nth(numbers, self.week, within, None if counted else self.holidays)

    def apart_from_holidays(self, week: tuple[int, ...]) -> Term:
        """Days of the week without the dates of holcal."""
        if self.holidays is None:
            return OfWeek(week)
        return Joined("and", (OfWeek(week), Negated(Listed(self.holidays))))


_Numbers = tuple[int, ...]
_Build = Callable[[Context, _Numbers], Term]


@dataclass(frozen=True, slots=True)
class _Family:
    """Words that begin alike: what may follow, and the days that they choose.

    `marks` may stand in front of a number up to `most`, with `alone` the word needs none. An X in
    front excludes if `may_exclude`. `letters` may stand for numbers.
    """

    build: _Build
    most: int = 0
    marks: str = ""
    alone: bool = False
    may_exclude: bool = False
    letters: str = ""


def _fixed(build: _Build, *, may_exclude: bool = False) -> _Family:
    return _Family(build, alone=True, may_exclude=may_exclude)


def _week_from(begins: int) -> _Build:
    def build(context: Context, numbers: _Numbers) -> Term:
        counts_first = context.answers[FIRST_WEEK.name] == WEEK_1
        return NthWeek(numbers, Within.YEAR, begins, counts_first)

    return build


def _day_of_week(day: int) -> _Build:
    return lambda _, numbers: Nth(numbers, (day,)) if numbers else OfWeek((day,))


def _month(month: int) -> _Build:
    def build(_: Context, numbers: _Numbers) -> Term:
        whole = OfMonths((month,))
        return Joined("and", (whole, Nth(numbers))) if numbers else whole

    return build


def _day_of_period(day: int) -> _Build:
    return lambda context, numbers: Nth(numbers, (day,), context.period)


WORDS: dict[str, _Family] = {
    "daily": _fixed(lambda *_: OfWeek()),
    "workdays": _fixed(lambda context, _: context.apart_from_holidays(context.week)),
    "weekdays": _fixed(lambda context, _: context.apart_from_holidays(_MON_TO_FRI)),
    "workd": _Family(lambda c, n: c.workdays(n, Within.MONTH), 31, "#M", letters="L"),
    "fomwork": _fixed(lambda c, _: c.workdays((1,), Within.MONTH), may_exclude=True),
    "eomwork": _fixed(lambda c, _: c.workdays((-1,), Within.MONTH), may_exclude=True),
    "mnthd": _Family(lambda _, n: Nth(n), 31, "#MX", letters="L"),
    "fom": _fixed(lambda *_: Nth((1,)), may_exclude=True),
    "eom": _fixed(lambda *_: Nth((-1,)), may_exclude=True),
    "weekd": _Family(lambda _, n: Nth(n, within=Within.WEEK), 7, "#MX", letters="L"),
    "fomweek": _fixed(lambda *_: Nth((1,), _MON_TO_FRI), may_exclude=True),
    "eomweek": _fixed(lambda *_: Nth((-1,), _MON_TO_FRI), may_exclude=True),
    "week": _Family(lambda _, n: NthWeek(n), _WEEKS, "#MX", letters="LEO"),
    "cycle": _fixed(lambda context, _: InPeriods(context.period)),
    "cycp": _Family(lambda context, n: InPeriods(context.period, n), 30, "#"),
    "cycl": _Family(lambda c, n: Nth(n, WEEK, c.period), 365, "#MX", letters="L"),
    "cweek": _Family(lambda c, n: NthWeek(n, c.period), _WEEKS, "#MX", letters="LEO"),
    "cwrk": _Family(lambda c, n: c.workdays(n, c.period), 365, "#MX", letters="L"),
}
"""The words of rules, in lower case, without their numbers."""

for _number, _name in enumerate(DAYS):
    WORDS[_name] = _Family(
        _day_of_week(_number), 5, "#M", alone=True, may_exclude=True, letters="L"
    )
    WORDS[f"c{_name}"] = _Family(
        _day_of_period(_number), _WEEKS, "#M", may_exclude=True, letters="L"
    )
    WORDS[f"wekr{_name}"] = _Family(_week_from(_number), _WEEKS, "#MX")
    WORDS[f"wekr{_number or len(DAYS)}"] = WORDS[f"wekr{_name}"]
for _number, _name in enumerate(MONTHS, 1):
    WORDS[_name] = _Family(_month(_number), 31, "#M", alone=True, may_exclude=True, letters="L")

_FAMILIES = "|".join(sorted(WORDS, key=len, reverse=True))
_WORD = re.compile(rf"(x?)({_FAMILIES})(?:([#mx])(\d+|[leo]))?", re.I | re.A)
_NOT_SETTLED = (
    (re.compile(r"workdx\d+", re.I | re.A), "the documents name WORKDX and do not define it"),
    (re.compile(r"cwek[#mx]\w+", re.I), "the documents describe CWEK in two ways"),
    (re.compile(r"(?:day|month|year)#\w+", re.I), "the documents name it and do not define it"),
    (
        re.compile(rf"weekd(?:{'|'.join(DAYS)}|[1-7])x\d+", re.I | re.A),
        "the documents name it and do not define it",
    ),
    (re.compile(r"[*/\d]+", re.A), "masks of dates are not documented"),
)
_NOT_THIS_SIGN = "that is no word of calendar rules"


def read_word(text: str, context: Context) -> tuple[Term, bool]:
    """The days of a word, and whether it excludes days: all others, then. Raises WrongWord."""
    for pattern, reason in _NOT_SETTLED:
        if pattern.fullmatch(text):
            raise Refused(reason)
    match = _WORD.fullmatch(text)
    if match is None:
        raise WrongWord(_NOT_THIS_SIGN)
    sign, mark, number = match[1], (match[3] or "").upper(), (match[4] or "").upper()
    family = WORDS[match[2].lower()]
    if (sign and not family.may_exclude) or (mark and mark not in family.marks):
        raise WrongWord(_NOT_THIS_SIGN)
    if not mark and not family.alone:
        raise WrongWord(f"a number is missing, such as {text}#1")
    numbers = _numbers(mark, number, family, context) if mark else ()
    term = family.build(context, numbers)
    excludes = bool(sign) or mark == "X"
    return (Negated(term), True) if excludes else (term, False)


def _numbers(mark: str, number: str, family: _Family, context: Context) -> _Numbers:
    if number.isdigit():
        found = int(number) if len(number) < 6 else 0
        if not 1 <= found <= family.most:
            raise WrongWord(f"its number must be from 1 to {family.most}")
        return (-found,) if mark == "M" else (found,)
    if number not in family.letters or mark == "M" or (number != "L" and mark == "X"):
        raise WrongWord(_NOT_THIS_SIGN)
    if number == "L":
        return (-1,)
    most = _WEEKS
    for first, last in context.cycle.periods if context.cycle else ():
        most = max(most, (last - first).days // len(DAYS) + 1)
    return tuple(range(2 if number == "E" else 1, most + 1, 2))
