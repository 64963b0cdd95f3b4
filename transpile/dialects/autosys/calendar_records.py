"""Reads the records of extended calendars and cycles, as autocal_asc exports them."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from transpile.dialects.autosys.codes.calendars import (
    RuleNotRead,
    UnsettledWord,
    UnusableCalendar,
)
from transpile.dialects.autosys.codes.text import RepeatedAttribute, UnknownAttribute
from transpile.dialects.autosys.day_rules import Rule, chosen_by, read_rules
from transpile.dialects.autosys.extended import Extended
from transpile.dialects.autosys.reader import Attribute, Statement
from transpile.dialects.autosys.rule_words import Context, Refused
from transpile.dialects.autosys.values import days, unquoted
from transpile.dialects.kit.values import time_of_day
from transpile.findings.codes.reading import StrayText, WrongValue
from transpile.findings.codes.schedules import InvalidDate
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Calendar, Tally
from transpile.model.rule_terms import Cycle, Term, depth_of, parts_of
from transpile.sources.text import Span

T = TypeVar("T")

EXTENDED_KEYS = (
    *("description", "workday", "non_workday", "holiday", "holcal", "cyccal", "adjust"),
    "condition",
)
CYCLE_KEYS = ("description", "start_date", "end_date")

DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ \t]+(\d{1,2}):(\d{2})(?::\d{2})?)?")

_MON_TO_FRI = (1, 2, 3, 4, 5)
_MARKS = re.compile(r"[X.]{7}", re.I)
_ADJUST = re.compile(r"[+-]?[0-9]")
_CODE = re.compile(r"[OSNWP]")
_SECOND = re.compile(r"\send_date\s*:\s*(?=\S)", re.I)
_MOST_TERMS, _DEEPEST = 300, 40


class Others(NamedTuple):
    """The calendars of dates and the cycles of the estate; None for one that cannot be used."""

    calendars: Mapping[str, Calendar | None]
    cycles: Mapping[str, Cycle | None]


def read_day(text: str) -> tuple[date, tuple[int, int]] | None:
    """The date and the time of day, by default midnight."""
    match = DATE.fullmatch(unquoted(text))
    if match is None:
        return None
    month, day, year, hour, minute = (int(part or 0) for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    time = time_of_day(hour, minute)
    return (found, time) if time else None


@dataclass(slots=True)
class RecordReader:
    """Reads one record; `good` is False once a part of it cannot be used, which is reported."""

    statement: Statement
    diagnostics: Diagnostics
    tally: Tally
    good: bool = True

    # ---------------------------------------------------------------- extended calendars

    def extended(self, others: Others, answers: Mapping[str, str]) -> Extended | None:
        """The extended calendar of the record."""
        given = self._given(EXTENDED_KEYS)
        single = self._single(given)
        week = self._value(single, "workday", _workdays, "days such as mo,tu, seven marks, or all")
        non_workday = self._code(single, "non_workday")
        holiday = self._code(single, "holiday")
        adjust = self._value(single, "adjust", _adjustment, "a number of days from -9 to +9")
        holidays = self._other(single, "holcal", others.calendars, "calendar of dates")
        cycle = self._other(single, "cyccal", others.cycles, "cycle")
        if holiday not in ("", "S") and "holcal" not in single:
            self._refuse(single["holiday"], "needs a holcal")
        context = Context(week or _MON_TO_FRI, holidays, cycle, answers)
        lines = [attribute for attribute in given if attribute.key == "condition"]
        rules = [rule for line in lines for rule in self._rules(line, context)]
        self._check_size(chosen_by(rules, context), lines)
        if not self.good:
            return None
        return Extended(
            self.statement.name,
            self.statement.span,
            context.week,
            non_workday,
            holiday,
            holidays,
            cycle,
            adjust or 0,
            tuple(unquoted(line.value) for line in lines),
        )

    def _rules(self, attribute: Attribute, context: Context) -> list[Rule]:
        """The rules in a line; reports words that cannot be used."""
        text = attribute.value
        lead = 1 if unquoted(text) != text and text.startswith('"') else 0
        rules, wrong = read_rules(unquoted(text), context)
        for part in wrong:
            place = attribute.span._replace(column=attribute.column_of(lead + part.offset))
            kind = UnsettledWord if isinstance(part.reason, Refused) else RuleNotRead
            name, reason = self.statement.name, str(part.reason)
            self._report(kind(text=part.text, calendar=name, reason=reason), place, part.text)
        return rules

    def _check_size(self, chosen: Term, lines: Sequence[Attribute]) -> None:
        is_large = sum(1 for _ in parts_of(chosen)) > _MOST_TERMS or depth_of(chosen) > _DEEPEST
        if is_large and self.good:
            found = self._unusable("its rules are too many, or nest too deep")
            self._report(found, lines[0].place, lines[0].value)

    def _code(self, given: Mapping[str, Attribute], key: str) -> str:
        found = self._value(given, key, _letter, "one of O, S, N, W, P")
        return found or ""

    def _value(
        self,
        given: Mapping[str, Attribute],
        key: str,
        read: Callable[[str], T | None],
        expected: str,
    ) -> T | None:
        """The value of an attribute, if it is there; reports a wrong one."""
        attribute = given.get(key)
        if attribute is None:
            return None
        value = read(attribute.value)
        if value is None:
            wrong = WrongValue(key=key, value=unquoted(attribute.value), expected=expected)
            self._report(wrong, attribute.place, attribute.value)
        return value

    def _other(
        self,
        given: Mapping[str, Attribute],
        key: str,
        known: Mapping[str, T | None],
        kind: str,
    ) -> T | None:
        """The calendar or cycle that an attribute names; reports one that cannot be used."""
        attribute = given.get(key)
        if attribute is None:
            return None
        name = unquoted(attribute.value)
        found = known.get(name)
        if found is None:
            reason = "cannot be used" if name in known else f"is no {kind} in the sources"
            self._refuse(attribute, reason)
        return found

    # ---------------------------------------------------------------- cycles

    def cycle(self) -> Cycle | None:
        """The cycle of the record."""
        ends: list[Attribute] = []
        for attribute in self._given(CYCLE_KEYS):
            text, both = attribute.value, _SECOND.search(attribute.value)
            if attribute.key == "start_date" and both:
                column = attribute.column_of(both.end())
                ends.append(replace(attribute, value=text[: both.start()].rstrip()))
                second = text[both.end() :]
                ends.append(replace(attribute, key="end_date", value=second, column=column))
            else:
                ends.append(attribute)
        dates = self._dates(ends)
        periods = sorted(zip(dates[::2], dates[1::2], strict=False))
        for (_, last), (first, _) in pairwise(periods):
            if first <= last and self.good:
                self._refuse_whole(f"two of its periods hold {first:%m/%d/%Y}")
        if self.good and (not periods or len(dates) % 2):
            self._refuse_whole(
                "its last start_date has no end_date" if dates else "it has no period"
            )
        name, span = self.statement.name, self.statement.span
        return Cycle(name, span, tuple(periods)) if self.good else None

    def _dates(self, ends: Iterable[Attribute]) -> list[date]:
        """The first and last days of the periods, as far as they can be used."""
        found: list[date] = []
        for number, attribute in enumerate(ends):
            expected, day = CYCLE_KEYS[1 + number % 2], read_day(attribute.value)
            if attribute.key != expected:
                self._refuse(attribute, f"stands where {expected} is expected")
                break
            if day is None:
                text = unquoted(attribute.value)
                finding = InvalidDate(value=text, name=self.statement.name)
                self._report(finding, attribute.place, text)
                break
            if number % 2 and day[0] < found[-1]:
                self._refuse(attribute, "is before its start_date")
                break
            found.append(day[0])
        return found

    # ---------------------------------------------------------------- both

    def _given(self, keys: Collection[str]) -> list[Attribute]:
        """The attributes that are not empty; reports unknown ones and stray lines."""
        for row in self.statement.rows:
            self._report(StrayText(text=row.text), row.span, row.text)
        found = []
        for attribute in self.statement.attributes:
            key, text = attribute.key, attribute.value
            if key not in keys:
                self._report(UnknownAttribute(key=key), attribute.span, text)
                self.tally.unsupported += 1
            elif key == "description":
                self.tally.noted += 1
            else:
                self.tally.translated += 1
                self.good &= not attribute.missing
                found += [attribute] if unquoted(text) else []
        return found

    def _single(self, given: Iterable[Attribute]) -> dict[str, Attribute]:
        """The last attribute of each key but the rules; reports one with several values."""
        found: dict[str, Attribute] = {}
        for attribute in given:
            earlier = found.get(attribute.key)
            if earlier and attribute.key != "condition" and earlier.value != attribute.value:
                finding = RepeatedAttribute(key=attribute.key)
                self.diagnostics.add(finding, attribute.span, text=attribute.value)
            found[attribute.key] = attribute
        return found

    def _report(self, finding: Finding, place: Span, text: str) -> None:
        self.good = False
        self.diagnostics.add(finding, place, text=text)

    def _refuse(self, attribute: Attribute, reason: str) -> None:
        text = f"{attribute.key} {unquoted(attribute.value)} {reason}"
        self._report(self._unusable(text), attribute.place, attribute.value)

    def _refuse_whole(self, reason: str) -> None:
        self._report(self._unusable(reason), self.statement.span, self.statement.name)

    def _unusable(self, reason: str) -> UnusableCalendar:
        statement = self.statement
        return UnusableCalendar(verb=statement.verb, name=statement.name, reason=reason)


def _workdays(value: str) -> tuple[int, ...] | None:
    """Days of the week, Sunday = 0, of a list or of seven marks from Monday on."""
    text = unquoted(value)
    if not _MARKS.fullmatch(text):
        return days(text)
    marked = sorted((number + 1) % 7 for number, mark in enumerate(text) if mark != ".")
    return tuple(marked) or None


def _adjustment(value: str) -> int | None:
    text = unquoted(value)
    return int(text) if _ADJUST.fullmatch(text) else None


def _letter(value: str) -> str | None:
    text = unquoted(value).upper()
    return text if _CODE.fullmatch(text) else None
