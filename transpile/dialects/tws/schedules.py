"""Run cycles to schedules: the days and times at which the clock starts a stream."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.calendars import DEFAULT_FREE_DAYS, Free, read_date
from transpile.dialects.tws.clauses import Reporter
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
    common,
    is_never,
    united,
    without,
)
from transpile.dialects.tws.instances import due_cycles, times_of, zone_of
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.rules import LONGEST, REQUEST, WEEKEND, Reading, days_of, key_of_day
from transpile.dialects.tws.values import (
    Clause,
    clock,
    first,
    inner,
    keyword,
    minutes,
    nested,
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
from transpile.model import Calendar, DayRule, Days, Schedule
from transpile.model.days import shifted
from transpile.model.zones import Zones


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time of day in a time zone, `later` days after the day of the run cycle."""

    time: tuple[int, int]
    later: int
    zone: str | None


_Start = tuple[str | None, tuple[int, int]]
"""A time zone and a time of day."""


_Excluded = tuple[Clause, list[DayRule]]
"""An item of EXCEPT and its days."""

_Selected = tuple[Clause, Clause, list[DayRule], list[_Moment]]
"""A run cycle, what of it selects days, the days, and the times on them."""


class ScheduleReader:
    """Reads the run cycles of one stream.

    Composer: the days of run cycles are united, and EXCEPT takes days away from all of them. A
    free-day rule moves the days of its own run cycle; offsets of AT count from the moved days.
    """

    def __init__(
        self, stream: Stream, calendars: Named[Calendar], zones: Zones, diagnostics: Diagnostics
    ) -> None:
        self._stream = stream
        self._calendars = calendars
        self._zones = zones
        self._is_placed = True
        self._reporter = Reporter(stream.title, stream.span, diagnostics)

    def schedule(self) -> Schedule | None:
        """The run cycles as cron expressions and look-ups of days; the rest is reported."""
        cycles = due_cycles(self._stream)
        found: dict[_Start, list[DayRule]] = {}
        excluded = list(self._excluded()) if cycles else []
        for cycle, item, parts, moments in self._selected(cycles):
            taken = [days for other, days in excluded if _subset(other) == _subset(cycle)]
            for moment in moments:
                days = self._starts(item, parts, taken, moment.later)
                if days is not None:
                    found.setdefault((moment.zone, moment.time), []).extend(days)
        if found and not any(found.values()):
            self._reporter.report(NoDays(calendar=spelled(cycles[0])), cycles[0])
        schedules = self._schedules(found)
        return replace(schedules[0], also=tuple(schedules[1:])) if schedules else None

    def _schedules(self, found: dict[_Start, list[DayRule]]) -> list[Schedule]:
        """One schedule for all times on the same days."""
        times_on: dict[tuple[str | None, Days], list[tuple[int, int]]] = {}
        for (zone, time), parts in found.items():
            for days in united(parts):
                times_on.setdefault((zone, days), []).append(time)
        if not times_on:
            return []
        cycle = due_cycles(self._stream)[0]
        if any(zone is None for zone, _ in times_on):
            self._reporter.report(NoTimeZone(), cycle, "")
        return [
            Schedule(
                self._reporter.span(cycle),
                days,
                tuple(sorted(times)),
                timezone=zone,
                skips="DONOTSTART" in map(keyword, self._stream.all("onoverlap")),
                placed=self._is_placed,
            )
            for (zone, days), times in times_on.items()
        ]

    # ---------------------------------------------------------------- subsets

    def _selected(self, cycles: list[Clause]) -> Iterator[_Selected]:
        """The days and times of each item, or of all run cycles that a subset joins by AND."""
        joined: dict[str, list[Clause]] = {}
        for cycle in self._stream.all("on"):
            if _is_joined(cycle):
                joined.setdefault(_subset(cycle), []).append(cycle)
            elif any(cycle is one for one in cycles) and (moments := self._moments(cycle)):
                yield from ((cycle, item, parts, moments) for item, parts in self._items(cycle))
        for members in joined.values():
            moments = self._moments(members[0])
            parts = self._common(members) if moments else None
            if parts is not None and all(self._moments(c) == moments for c in members[1:]):
                yield members[0], members[0], parts, moments
            elif moments:
                for subset in (s for cycle in members for s in inner(cycle, "subset")):
                    self._reporter.lose(RunCycleLeftOut, subset)

    def _common(self, cycles: list[Clause]) -> list[DayRule] | None:
        """The days that are in each of the run cycles; None if those of one are not known."""
        found: list[DayRule] | None = [DayRule()]
        for cycle in cycles:
            items = list(self._items(cycle))
            if found is None or len(items) < len(inner(cycle, "day")):
                return None
            found = common(found, [part for _, parts in items for part in parts])
        return found

    # ---------------------------------------------------------------- days

    def _items(self, cycle: Clause) -> Iterator[tuple[Clause, list[DayRule]]]:
        """Each item of a run cycle with its days under the free-day rule; reports unknown ones."""
        reading = self._reading(cycle)
        rules = inner(cycle, "fdrule")
        for item in inner(cycle, "day"):
            if key_of_day(item) == REQUEST:
                continue
            parts = days_of(item, reading)
            if parts is None:
                self._reporter.lose(RunCycleLeftOut, item)
                continue
            moves = any(keyword(rule, "FDRULE") != FDIGNORE for rule in rules)
            if moves and not all(part.run_calendar for part in parts):
                # The rule may move a day into the validity or out of it.
                self._report_limits(cycle)
            else:
                parts = [_limited(part, cycle) for part in parts]
            for rule in rules:
                parts = self._by_rule(parts, rule)
            yield item, parts

    def _report_limits(self, cycle: Clause) -> None:
        for kind, limit in zip(("validfrom", "validto"), _limits(cycle), strict=True):
            for clause in nested(cycle, "runcycle", kind) if limit else ():
                self._reporter.lose(ValidityIgnored, clause)

    def _by_rule(self, parts: list[DayRule], rule: Clause) -> list[DayRule]:
        free = self._free()
        found: list[DayRule] = []
        for part in parts:
            moved = apply_rule(part, keyword(rule, "FDRULE"), free) if free else None
            if moved is None:
                self._reporter.lose(ExclusionIgnored, rule)
                return parts
            found += moved
        return found

    def _excluded(self) -> Iterator[tuple[Clause, _Excluded]]:
        """Each EXCEPT with its items and their days; those that a subset joins by AND as one."""
        joined: dict[str, list[tuple[Clause, list[DayRule]]]] = {}
        for clause in self._stream.all("except"):
            reading = self._reading(clause)
            is_plain = not inner(clause, "fdrule", "window") and self._has_subset(clause)
            ends = _limit(clause, "validto") is not None
            found: list[_Excluded] = []
            for item in inner(clause, "day"):
                parts = days_of(item, reading) if is_plain else None
                if parts is None or (ends and any(part.run_calendar is None for part in parts)):
                    self._reporter.lose(ExclusionIgnored, item)
                else:
                    found.append((item, [_limited(part, clause) for part in parts]))
            if _is_joined(clause):
                days = [part for _, parts in found for part in parts]
                joined.setdefault(_subset(clause), []).append((clause, days))
            else:
                yield from ((clause, one) for one in found)
        for (clause, parts), *others in joined.values():
            left: list[DayRule] | None = parts
            for _, more in others:
                left = None if left is None else common(left, more)
            if left is None:
                self._reporter.lose(ExclusionIgnored, clause)
            else:
                yield clause, (clause, left)

    def _has_subset(self, clause: Clause) -> bool:
        """True if it is known from which run cycles an EXCEPT takes days: those of its subset.

        It is not where only some name their subset.
        """
        cycles = [*self._stream.all("on"), clause]
        return len({bool(inner(c, "subset")) for c in cycles}) == 1

    def _starts(
        self,
        item: Clause,
        parts: list[DayRule],
        excluded: list[_Excluded],
        later: int,
    ) -> list[DayRule] | None:
        """The days on which the instances of an item start; None if unknown, which is reported."""
        for other, days in excluded:
            for one in days:
                left = without(parts, one)
                if left is None:
                    self._reporter.lose(ExclusionIgnored, other)
                else:
                    parts = left
        found: list[DayRule] = []
        for part in parts:
            moved = shifted(part, later)
            if moved is None:
                self._reporter.lose(RunCycleLeftOut, item)
                return None
            found += moved
        return [part for part in found if not is_never(part)]

    def _reading(self, clause: Clause) -> Reading:
        named = [name for cycle in inner(clause, "runcycle") for name in words(cycle)]
        return Reading(
            calendars=self._calendars,
            # The blank keeps the name apart from those of calendars.
            name=f"{named[0] if named else first(clause).upper()} DATES",
            span=self._reporter.span(clause),
            since=_limit(clause, "validfrom"),
            free=self._free,
        )

    def _free(self) -> Free | None:
        """The free days of the stream: Saturdays, Sundays, and the dates of a calendar."""
        clauses = self._stream.all("freedays")[-1:]
        name = str(words(clauses[0])[0]) if clauses else DEFAULT_FREE_DAYS
        worked = {t.type for clause in clauses for t in tokens(clause)}
        kinds = zip(("SUNDAY", "SATURDAY"), WEEKEND, strict=True)
        calendar = self._calendars.find(name)
        week = tuple(day for kind, day in kinds if kind not in worked)
        return Free(week, calendar) if calendar else None

    # ---------------------------------------------------------------- times

    def _moments(self, cycle: Clause) -> list[_Moment]:
        """The start times of a run cycle on each of its days: its start, and those of EVERY."""
        start = self._moment(cycle)
        if start is None:
            return []
        found = [start]
        for every in nested(cycle, "window", "every"):
            if more := _repeated(start, every):
                found = more
            else:
                self._reporter.lose(RepetitionIgnored, every)
        return found

    def _moment(self, cycle: Clause) -> _Moment | None:
        """AT, else SCHEDTIME, else midnight; None if unknown, which is reported."""
        times = times_of(self._stream, cycle, "at") or times_of(self._stream, cycle, "schedtime")
        if not times:
            self._is_placed = False
            missing = IncompleteSchedule(given="ON", missing="AT", reading="midnight")
            self._reporter.report(missing, cycle)
            return self._in_zone((0, 0), 0, zone_of(self._stream), cycle)
        clause = times[-1]
        self._is_placed &= clause.data == "schedtime"
        time = clock(words(clause, "NUMBER")[0])
        if time is None:
            found = WrongValue(key="AT", value=spelled(clause), expected="a time such as 0630")
            self._reporter.report(found, clause)
            return None
        offsets = words(clause, "OFFSET")
        later = signed(offsets[0]) if offsets else 0
        units = {unit.upper().rstrip("S") for unit in words(clause, "UNIT")}
        if units - {"DAY"} or abs(later) > LONGEST:
            self._reporter.lose(RunCycleLeftOut, clause)
            return None
        zone = str(words(clause)[0]) if words(clause) else zone_of(self._stream)
        return self._in_zone(time, later, zone, cycle)

    def _in_zone(
        self, time: tuple[int, int], later: int, word: str | None, cycle: Clause
    ) -> _Moment | None:
        if word is None:
            return _Moment(time, later, self._zones.default)
        zone = self._zones.find(word)
        if zone is None:
            self._reporter.report(UnknownTimeZone(timezone=word), cycle, word)
            return None
        return _Moment(time, later, zone)


def _subset(clause: Clause) -> str:
    """The name of the subset that a run cycle is in; empty if it names none."""
    return next((keyword(subset) for subset in inner(clause, "subset")), "")


def _is_joined(clause: Clause) -> bool:
    """True if AND joins a run cycle to the others of its subset."""
    return any(words(subset, "AND") for subset in inner(clause, "subset"))


def _repeated(moment: _Moment, every: Clause) -> list[_Moment]:
    """The start and its repetitions, the end included; empty if they are not known."""
    numbers, offsets = words(every, "NUMBER"), words(every, "OFFSET")
    end = clock(numbers[1]) if len(numbers) > 1 else None
    rate = minutes(numbers[0])
    if not rate or end is None or moment.later or words(every, "TIMEZONE"):
        return []
    later = signed(offsets[0]) if offsets else 0
    if later > 1:
        return []
    begin = moment.time[0] * 60 + moment.time[1]
    last = (later * 24 + end[0]) * 60 + end[1]
    found = []
    for minute in range(begin, last + 1, rate):
        day, rest = divmod(minute, 24 * 60)
        found.append(_Moment(divmod(rest, 60), day, moment.zone))
    return found


def _limited(part: DayRule, cycle: Clause) -> DayRule:
    """The days in the validity of a run cycle, which ends before its last day."""
    calendar = part.run_calendar
    if calendar is None:
        since, until = _limits(cycle)
        if since and part.every and min(part.every.first) >= since:
            since = None
        return replace(part, since=since, until=until)
    begin, end = _limit(cycle, "validfrom"), _limit(cycle, "validto")
    dates = (d for d in calendar.dates if (begin or d) <= d and (end is None or d < end))
    return replace(part, run_calendar=replace(calendar, dates=tuple(dates)))


def _limits(cycle: Clause) -> tuple[date | None, date | None]:
    """The validity of a run cycle; None for days outside of the years that are compared."""
    begin, end = _limit(cycle, "validfrom"), _limit(cycle, "validto")
    return begin if begin and begin > FIRST else None, end if end and end <= LAST else None


def _limit(cycle: Clause, kind: str) -> date | None:
    """The first or the last day of validity of a run cycle."""
    found = nested(cycle, "runcycle", kind)
    return read_date(words(found[-1])[0]) if found else None
