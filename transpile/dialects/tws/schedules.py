"""Run cycles to schedules: what starts a stream by the clock."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from transpile.dialects.tws.calendars import DEFAULT_FREE_DAYS, Calendars, Free, read_date
from transpile.dialects.tws.codes.dependencies import RepetitionIgnored
from transpile.dialects.tws.codes.schedules import (
    ExclusionIgnored,
    RunCycleLeftOut,
    ValidityIgnored,
)
from transpile.dialects.tws.days import (
    FDIGNORE,
    FIRST,
    LAST,
    apply_rule,
    is_never,
    united,
    without,
)
from transpile.dialects.tws.instances import due_cycles, repeats_of, times_of, zone_of
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.reader import span_of
from transpile.dialects.tws.rules import (
    LONGEST,
    REQUEST,
    WEEKEND,
    Reading,
    days_of,
    items,
    key_of_day,
)
from transpile.dialects.tws.values import (
    Clause,
    clock,
    first,
    inner,
    minutes,
    signed,
    spelled,
    tokens,
    words,
)
from transpile.findings.codes.reading import WrongValue
from transpile.findings.codes.schedules import (
    IncompleteSchedule,
    NoDays,
    NoTimeZone,
    UnknownTimeZone,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import DayRule, Days, Schedule
from transpile.model.days import shifted
from transpile.model.zones import Zones
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time of day, so many days later, in a time zone."""

    time: tuple[int, int]
    later: int
    zone: str | None


_Start = tuple[str | None, tuple[int, int]]
"""A time zone and a time of day."""


class ScheduleReader:
    """Reads the run cycles of one stream.

    Composer: run cycles are united, and EXCEPT takes days away from all of them. A free-day rule is
    about the days of its own run cycle, AT counts from them.
    """

    def __init__(
        self,
        stream: Stream,
        name: str,
        calendars: Calendars,
        zones: Zones,
        diagnostics: Diagnostics,
    ) -> None:
        self._stream = stream
        self._name = name
        self._calendars = calendars
        self._zones = zones
        self._is_placed = True
        self._diagnostics = diagnostics

    def schedule(self) -> Schedule | None:
        """What a cron expression and a look-up can say of the run cycles; the rest is reported."""
        cycles = due_cycles(self._stream)
        found: dict[_Start, list[DayRule]] = {}
        excluded = list(self._excluded()) if cycles else []
        for clause in cycles:
            moments = self._moments(clause)
            if not moments or not self._is_united(clause):
                continue
            for item, parts in self._items(clause):
                for moment in moments:
                    days = self._starts(item, parts, excluded, moment.later)
                    if days is not None:
                        found.setdefault((moment.zone, moment.time), []).extend(days)
        if found and not any(found.values()):
            shown = spelled(cycles[0])
            self._report(NoDays(calendar=shown), self._span(cycles[0]), shown)
        schedules = self._schedules(found)
        return replace(schedules[0], also=tuple(schedules[1:])) if schedules else None

    def _schedules(self, found: dict[_Start, list[DayRule]]) -> list[Schedule]:
        """As few schedules as it takes: times on the same days are one."""
        times_on: dict[tuple[str | None, Days], list[tuple[int, int]]] = {}
        for (zone, time), parts in found.items():
            for days in united(parts):
                times_on.setdefault((zone, days), []).append(time)
        overlaps = [words(c, "NAME")[0].upper() for c in self._stream.all("onoverlap")]
        span = self._span(due_cycles(self._stream)[0]) if times_on else self._stream.span
        if any(zone is None for zone, _ in times_on):
            self._report(NoTimeZone(), span, "")
        return [
            Schedule(
                span,
                days,
                tuple(sorted(times)),
                timezone=zone,
                skips="DONOTSTART" in overlaps,
                placed=self._is_placed,
            )
            for (zone, days), times in times_on.items()
        ]

    # ---------------------------------------------------------------- days

    def _items(self, clause: Clause) -> Iterator[tuple[Clause, list[DayRule]]]:
        """The days of each item of a run cycle, those of its free-day rule; reported if unknown."""
        reading = self._reading(clause)
        rules = inner(clause, "fdrule")
        for item in items(clause):
            if key_of_day(item) == REQUEST:
                continue
            parts = days_of(item, reading)
            if parts is None:
                self._report(
                    RunCycleLeftOut(value=spelled(item), name=self._name),
                    self._span(item),
                    spelled(item),
                )
                continue
            moves = any(words(rule, "FDRULE")[0].upper() != FDIGNORE for rule in rules)
            if moves and not all(part.run_calendar for part in parts):
                # A day outside of the validity could be moved into it, or out of it.
                self._report_limits(clause)
            else:
                parts = [self._limited(part, clause) for part in parts]
            for rule in rules:
                parts = self._by_rule(parts, rule)
            yield item, parts

    def _report_limits(self, clause: Clause) -> None:
        for cycle in inner(clause, "runcycle"):
            for kind, limit in zip(("validfrom", "validto"), _limits(clause), strict=True):
                for shown in inner(cycle, kind) if limit else ():
                    self._report(
                        ValidityIgnored(value=spelled(shown), name=self._name),
                        self._span(shown),
                        spelled(shown),
                    )

    def _by_rule(self, parts: list[DayRule], rule: Clause) -> list[DayRule]:
        free, word = self._free(), words(rule, "FDRULE")[0].upper()
        found: list[DayRule] = []
        for part in parts:
            moved = apply_rule(part, word, free) if free else None
            if moved is None:
                self._report(
                    ExclusionIgnored(value=spelled(rule), name=self._name),
                    self._span(rule),
                    spelled(rule),
                )
                return parts
            found += moved
        return found

    def _limited(self, part: DayRule, clause: Clause) -> DayRule:
        """The days inside the validity of the run cycle, whose last day does not count."""
        calendar = part.run_calendar
        if calendar is None:
            since, until = _limits(clause)
            if since and part.every and min(part.every.first) >= since:
                since = None
            return replace(part, since=since, until=until)
        begin, end = _limit(clause, "validfrom"), _limit(clause, "validto")
        dates = (d for d in calendar.dates if (begin or d) <= d and (end is None or d < end))
        return replace(part, run_calendar=replace(calendar, dates=tuple(dates)))

    def _excluded(self) -> Iterator[tuple[Clause, list[DayRule]]]:
        """The days of each item of EXCEPT, reported where they are unknown."""
        for clause in self._stream.all("except"):
            reading = self._reading(clause)
            is_plain = not inner(clause, "fdrule", "window") and self._is_of_all(clause)
            for item in items(clause):
                parts = days_of(item, reading) if is_plain else None
                ends = _limit(clause, "validto") is not None
                if parts is None or (ends and any(part.run_calendar is None for part in parts)):
                    self._report(
                        ExclusionIgnored(value=spelled(item), name=self._name),
                        self._span(item),
                        spelled(item),
                    )
                else:
                    yield item, [self._limited(part, clause) for part in parts]

    def _is_of_all(self, clause: Clause) -> bool:
        """True for an EXCEPT that takes days from every run cycle: all are of one subset."""
        cycles = [*self._stream.all("on"), clause]
        named = {spelled(s).upper() for c in cycles for s in inner(c, "subset")}
        return len({" ".join(name.split()[:2]) for name in named}) < 2 and (
            not named or all(inner(c, "subset") for c in cycles)
        )

    def _starts(
        self,
        item: Clause,
        parts: list[DayRule],
        excluded: list[tuple[Clause, list[DayRule]]],
        later: int,
    ) -> list[DayRule] | None:
        """The days on which the instances start that an item selects; None where unknown."""
        for other, days in excluded:
            for one in days:
                left = without(parts, one)
                if left is None:
                    self._report(
                        ExclusionIgnored(value=spelled(other), name=self._name),
                        self._span(other),
                        spelled(other),
                    )
                parts = parts if left is None else left
        found: list[DayRule] = []
        for part in parts:
            moved = shifted(part, later)
            if moved is None:
                self._report(
                    RunCycleLeftOut(value=spelled(item), name=self._name),
                    self._span(item),
                    spelled(item),
                )
                return None
            found += moved
        return [part for part in found if not is_never(part)]

    def _reading(self, clause: Clause) -> Reading:
        named = [word for cycle in inner(clause, "runcycle") for word in words(cycle, "NAME")]
        return Reading(
            calendars=self._calendars,
            # No calendar has a blank in its name.
            name=f"{named[0] if named else first(clause).upper()} DATES",
            span=self._span(clause),
            since=_limit(clause, "validfrom"),
            free=self._free,
        )

    def _free(self) -> Free | None:
        """The free days of the stream: Saturdays, Sundays, and the dates of a calendar."""
        clauses = self._stream.all("freedays")
        name = str(words(clauses[-1], "NAME")[0]) if clauses else DEFAULT_FREE_DAYS
        worked = {t.type for t in tokens(clauses[-1])} if clauses else set()
        kinds = zip(("SUNDAY", "SATURDAY"), WEEKEND, strict=True)
        calendar = self._calendars.find(name)
        week = tuple(day for kind, day in kinds if kind not in worked)
        return Free(week, calendar) if calendar else None

    def _is_united(self, clause: Clause) -> bool:
        """True where the run cycle is added to others; one that needs others is reported."""
        both = [subset for subset in inner(clause, "subset") if words(subset, "AND")]
        for subset in both:
            self._report(
                RunCycleLeftOut(value=spelled(subset), name=self._name),
                self._span(subset),
                spelled(subset),
            )
        return not both

    # ---------------------------------------------------------------- times

    def _moments(self, clause: Clause) -> list[_Moment]:
        """When a run cycle starts the stream on each of its days: EVERY repeats its start."""
        first_one = self._moment(clause)
        if first_one is None:
            return []
        found = [first_one]
        for every in repeats_of(clause):
            more = _repeated(first_one, every)
            if more is None:
                self._report(
                    RepetitionIgnored(value=spelled(every), name=self._name),
                    self._span(every),
                    spelled(every),
                )
            else:
                found = more
        return found

    def _moment(self, clause: Clause) -> _Moment | None:
        """AT, else SCHEDTIME, else the beginning of the day; None, and reported, if unknown."""
        times = times_of(self._stream, clause, "at") or times_of(self._stream, clause, "schedtime")
        span = self._span(clause)
        if not times:
            self._report(
                IncompleteSchedule(given="ON", missing="AT", reading="midnight"),
                span,
                spelled(clause),
            )
        self._is_placed &= bool(times) and times[-1].data == "schedtime"
        time = clock(words(times[-1], "NUMBER")[0]) if times else (0, 0)
        if time is None:
            self._report(
                WrongValue(key="AT", value=spelled(times[-1]), expected="a time such as 0630"),
                self._span(times[-1]),
                spelled(times[-1]),
            )
            return None
        offsets = words(times[-1], "OFFSET") if times else []
        units = {t.upper().rstrip("S") for t in words(times[-1], "UNIT")} if times else set()
        later = signed(offsets[0]) if offsets else 0
        if units - {"DAY"} or abs(later) > LONGEST:
            shown = spelled(times[-1])
            self._report(
                RunCycleLeftOut(value=shown, name=self._name), self._span(times[-1]), shown
            )
            return None
        zones = words(times[-1], "NAME") if times else []
        zone, known = self._known_zone(zones[0] if zones else zone_of(self._stream), span)
        return _Moment(time, later, zone) if known else None

    def _known_zone(self, word: str | None, span: Span) -> tuple[str | None, bool]:
        if word is None:
            return self._zones.default, True
        zone = self._zones.find(str(word))
        if zone is None:
            self._report(UnknownTimeZone(timezone=str(word)), span, str(word))
        return zone, zone is not None

    def _span(self, clause: Clause) -> Span:
        return span_of(first(clause), self._stream.span)

    def _report(self, finding: Finding, span: Span, shown: str) -> None:
        self._diagnostics.add(finding, span, job=self._name, text=shown)


def _repeated(moment: _Moment, every: Clause) -> list[_Moment] | None:
    """The start and its repetitions, the end included; None where they are not known."""
    numbers, offsets = words(every, "NUMBER"), words(every, "OFFSET")
    end = clock(numbers[1]) if len(numbers) > 1 else None
    rate = minutes(numbers[0])
    if not rate or end is None or moment.later or words(every, "TIMEZONE"):
        return None
    later = signed(offsets[0]) if offsets else 0
    begin = moment.time[0] * 60 + moment.time[1]
    last = (later * 24 + end[0]) * 60 + end[1]
    if last < begin or later > 1:
        return None
    found = []
    for minute in range(begin, last + 1, rate):
        day, rest = divmod(minute, 24 * 60)
        found.append(_Moment(divmod(rest, 60), day, moment.zone))
    return found


def _limits(clause: Clause) -> tuple[date | None, date | None]:
    """The validity of a run cycle; None for a day that is past, or too far away to matter."""
    begin, end = _limit(clause, "validfrom"), _limit(clause, "validto")
    return begin if begin and begin > FIRST else None, end if end and end <= LAST else None


def _limit(clause: Clause, kind: str) -> date | None:
    """The first or the last day of validity of a run cycle."""
    found = [c for cycle in inner(clause, "runcycle") for c in inner(cycle, kind)]
    return read_date(words(found[-1], "NAME")[0]) if found else None
