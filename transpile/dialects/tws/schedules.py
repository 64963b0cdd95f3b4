"""Run cycles to schedules: what starts a stream, and which streams start together."""

import functools
from dataclasses import dataclass, replace
from importlib.resources import files

from transpile.diagnostics import Diagnostics
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.reader import span_of
from transpile.dialects.tws.rules import REQUEST, Days, days_of, items, key_of_day
from transpile.dialects.tws.units import Due
from transpile.dialects.tws.values import Clause, clock, first, inner, signed, spelled, words
from transpile.ir import Schedule
from transpile.source import Span

_TIMES = ("at", "schedtime")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time of day, so many days later, in a time zone."""

    time: tuple[int, int]
    later: int
    zone: str | None


class ScheduleReader:
    """Reads the run cycles of one stream."""

    def __init__(self, stream: Stream, name: str, diagnostics: Diagnostics) -> None:
        self._stream = stream
        self._name = name
        self._diagnostics = diagnostics
        zones = [words(clause, "NAME")[0] for clause in stream.all("timezone")]
        self._zone = zones[-1] if zones else None

    def when(self) -> frozenset[str] | None:
        """Equal for streams whose instances are due at the same times; None when none ever is."""
        if self.is_started_otherwise():
            return frozenset((f"{self._name} alone",))
        found = {f"{self._days(c)} {sorted(self._moments(c))}" for c in self._cycles()}
        return self._others() | found if found else None

    def due(self) -> Due | None:
        """The days and the time, where it is due at one time on each of them."""
        moments = {m for cycle in self._cycles() for m in self._moments(cycle, "schedtime")}
        if self.is_started_otherwise() or len(moments) != 1:
            return None
        _, number, later, zone = moments.pop()
        time = clock(number) if number else None
        if time is None:
            return None
        days = {f"{self._days(cycle)} {later} {zone}" for cycle in self._cycles()}
        return Due(self._others() | days, time[0] * 60 + time[1])

    def is_started_otherwise(self) -> bool:
        """True for a draft, and for a stream that an event starts."""
        drafts = (first(c).upper() == "DRAFT" for c in self._stream.all("flag"))
        return any(drafts) or bool(self._stream.all("startcond"))

    def _cycles(self) -> list[Clause]:
        """The run cycles that are due by themselves."""
        found = self._stream.all("on")
        return [c for c in found if any(key_of_day(i) != REQUEST for i in items(c))]

    def _others(self) -> frozenset[str]:
        """What else says on which days the stream is due."""
        found = self._stream.all("except", "freedays", "validto")
        return frozenset(f"{c.data} {spelled(c).upper()}" for c in found)

    def _days(self, clause: Clause) -> str:
        days = ",".join(sorted(key_of_day(item) for item in items(clause)))
        rule = "".join(words(c, "FDRULE")[0].upper() for c in inner(clause, "fdrule"))
        until = [spelled(c).upper() for r in inner(clause, "runcycle") for c in inner(r, "validto")]
        return f"{days} {rule} {until}"

    def _moments(self, clause: Clause, *preferred: str) -> list[tuple[str, str, str, str]]:
        """The times of a run cycle, equal however spelled; if there are, `preferred` ones alone."""
        found = self._times(clause, *preferred) if preferred else []
        found = found or self._times(clause, *_TIMES)
        return [
            (
                str(time.data),
                f"{words(time, 'NUMBER')[0]:>04}",
                "".join(words(time, "OFFSET")).replace(" ", ""),
                ("".join(words(time, "NAME")) or self._zone or "").lower(),
            )
            for time in found
        ] or [("", "", "", (self._zone or "").lower())]

    def _times(self, clause: Clause, *kinds: str) -> list[Clause]:
        """The times of a run cycle: its own, else those of the stream."""
        own = [c for window in inner(clause, "window") for c in inner(window, *kinds)]
        return own or self._stream.all(*kinds)

    def schedule(self) -> Schedule | None:
        """What cron can say of the run cycles; the rest is reported."""
        weekly: dict[tuple[str | None, tuple[int, int]], set[int]] = {}
        dated: dict[tuple[str | None, tuple[int, int]], list[Days]] = {}
        for clause in self._cycles():
            for zone, time, days in self._starts(clause):
                if days.is_weekly:
                    weekly.setdefault((zone, time), set()).update(days.week)
                elif days not in dated.setdefault((zone, time), []):
                    dated[zone, time].append(days)
        if weekly or dated:
            self._subtract(weekly, dated)
            self._report_overlaps(weekly, dated)
        found = self._schedules(weekly, dated)
        return replace(found[0], also=tuple(found[1:])) if found else None

    def _schedules(
        self,
        weekly: dict[tuple[str | None, tuple[int, int]], set[int]],
        dated: dict[tuple[str | None, tuple[int, int]], list[Days]],
    ) -> list[Schedule]:
        """As few schedules as it takes: times on the same days are one."""
        times_of: dict[tuple[str | None, Days], list[tuple[int, int]]] = {}
        for (zone, time), week in weekly.items():
            if week:
                times_of.setdefault((zone, Days(frozenset(week))), []).append(time)
        for (zone, time), found in dated.items():
            for days in found:
                times_of.setdefault((zone, days), []).append(time)
        cycles = self._cycles()
        span = self._span(cycles[0]) if cycles else self._stream.span
        schedules = [
            Schedule(
                span=span,
                days=tuple(sorted(days.week)),
                times=tuple(sorted(times)),
                timezone=zone,
                month_days=days.month_days,
                months=days.months,
            )
            for (zone, days), times in times_of.items()
        ]
        if schedules and any(schedule.timezone is None for schedule in schedules):
            self._report("A507", span, "")
        return schedules

    def _starts(self, clause: Clause) -> list[tuple[str | None, tuple[int, int], Days]]:
        """Zone, time and days of each item of a run cycle."""
        moment = self._moment(clause)
        found: list[tuple[str | None, tuple[int, int], Days]] = []
        for cycle in inner(clause, "runcycle"):
            for limit in inner(cycle, "validto"):
                self._report("A773", self._span(limit), spelled(limit), value=spelled(limit))
        for rule in inner(clause, "fdrule"):
            self._report("A771", self._span(rule), spelled(rule), value=spelled(rule))
        for item in items(clause):
            if moment is None or key_of_day(item) == REQUEST:
                continue
            days = days_of(item)
            shifted = None if days is None else _later(days, moment.later)
            if shifted is None:
                self._report("A770", self._span(item), spelled(item), value=spelled(item))
            else:
                found.append((moment.zone, moment.time, shifted))
        return found

    def _moment(self, clause: Clause) -> _Moment | None:
        """AT, else SCHEDTIME, else the beginning of the day; None, and reported, if unknown."""
        times = self._times(clause, "at") or self._times(clause, "schedtime")
        span = self._span(clause)
        if not times:
            fields = {"given": "ON", "missing": "AT", "reading": "midnight"}
            self._report("A509", span, spelled(clause), **fields)
        elif times[-1].data == "schedtime":
            self._report("A772", self._span(times[-1]), spelled(times[-1]))
        time = clock(words(times[-1], "NUMBER")[0]) if times else (0, 0)
        if time is None:
            fields = {"key": "AT", "value": spelled(times[-1]), "expected": "a time such as 0630"}
            self._report("A115", self._span(times[-1]), spelled(times[-1]), **fields)
            return None
        offsets = words(times[-1], "OFFSET") if times else []
        units = {t.upper().rstrip("S") for t in words(times[-1], "UNIT")} if times else set()
        if units - {"DAY"}:
            shown = spelled(times[-1])
            self._report("A770", self._span(times[-1]), shown, value=shown)
            return None
        zones = words(times[-1], "NAME") if times else []
        zone, known = self._known_zone(zones[0] if zones else self._zone, span)
        return _Moment(time, signed(offsets[0]) if offsets else 0, zone) if known else None

    def _known_zone(self, word: str | None, span: Span) -> tuple[str | None, bool]:
        if word is None:
            return None, True
        zone = _zones().get(str(word).lower())
        if zone is None:
            self._report("A506", span, str(word), timezone=str(word))
        return zone, zone is not None

    def _subtract(
        self,
        weekly: dict[tuple[str | None, tuple[int, int]], set[int]],
        dated: dict[tuple[str | None, tuple[int, int]], list[Days]],
    ) -> None:
        """EXCEPT takes days away: cron can say so of days of the week."""
        for clause in self._stream.all("except"):
            for item in items(clause):
                days = days_of(item)
                plain = days is not None and days.is_weekly and not inner(clause, "fdrule")
                plain = plain and not inner(clause, "window")
                if days is None or not plain or dated:
                    self._report("A771", self._span(item), spelled(item), value=spelled(item))
                    continue
                for week in weekly.values():
                    week.difference_update(days.week)

    def _report_overlaps(
        self,
        weekly: dict[tuple[str | None, tuple[int, int]], set[int]],
        dated: dict[tuple[str | None, tuple[int, int]], list[Days]],
    ) -> None:
        """Two run cycles may be due at once: the stream has one instance then."""
        for moment, found in dated.items():
            if weekly.get(moment) or len(found) > 1:
                hour, minute = moment[1]
                self._report("A779", self._stream.span, "", value=f"{hour:02}{minute:02}")

    def _span(self, clause: Clause) -> Span:
        return span_of(first(clause), self._stream.span)

    def _report(self, code: str, span: Span, shown: str, **fields: str) -> None:
        fields = {"name": self._name, **fields}
        self._diagnostics.add(code, span, job=self._name, text=shown, **fields)


def _later(days: Days, count: int) -> Days | None:
    """The days so many days later."""
    if not count:
        return days
    if not days.is_weekly:
        return None
    return Days(frozenset((day + count) % 7 for day in days.week))


@functools.cache
def _zones() -> dict[str, str]:
    """IANA names by their lower-case spelling."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names}
