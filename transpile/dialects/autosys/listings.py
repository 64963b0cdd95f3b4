"""Listings of AutoSys: reports of autorep about jobs and their events, and of forecast."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from transpile.dialects.kit.listings import (
    TIME,
    LineReader,
    Times,
    is_rule,
    is_running,
    state_of,
)
from transpile.model.listings import Extent, Listed, ListingFormat, ListingSetting
from transpile.model.run_log import JobRun

_HEADER = re.compile(r"^[ \t]*Job Name[ \t]+Last Start[ \t]+Last End[ \t]+ST\b.*$", re.M | re.I)
_ROW = re.compile(
    rf"\s*(?P<job>\S+)\s+(?P<start>{TIME}|-+)\s+(?P<end>{TIME}|-+)\s+"
    r"(?P<status>[A-Z]{2})(?:/(?P<exit>-?\d{1,9}))?"
    r"(?:\s+-?\d+/-?\d+)?(?:\s+(?:-?\d+/)?(?P<code>-?\d{1,9}))?(?:\s+\(.*\))?\s*",
    re.ASCII,
)
_EVENTS = re.compile(r"\s*Status/\[Event\]\s+Time\b.*", re.I)
_EVENT = re.compile(
    rf"\s+(?P<word>\[?[A-Z_*]+(?: [A-Z_*]+)*\]?)\s+(?P<time>{TIME})(?:\s.*)?", re.ASCII
)
_NOTE = re.compile(r"\s+[<\[].*")
"""A line of a job's events without a time: an alarm, or who sent the event."""

_NEAR = timedelta(minutes=1)
"""The start in a row is at most so long before the first event of its run."""


@dataclass(slots=True)
class _Reader(LineReader):
    """The runs of a report while it is read; the events of a job follow its row."""

    times: Times
    row: JobRun | None = None
    job: str = ""
    among_events: bool = False
    events: list[tuple[str, datetime]] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """Read a line."""
        if is_rule(line) or _HEADER.fullmatch(line):
            return
        if match := _ROW.fullmatch(line):
            self.close()
            self._take_row(match, number, line)
        elif self.job and _EVENTS.fullmatch(line):
            self.among_events = True
        elif not (self.among_events and self._is_event(line)):
            self.unread.append((number, line))

    def _take_row(self, match: re.Match[str], number: int, line: str) -> None:
        self.job = match["job"]
        if match["start"].startswith("-"):
            self.idle += 1
            return
        start = self.times.moment(match["start"])
        if start is None:
            self.unread.append((number, line))
            return
        word = match["status"]
        end = None if match["end"].startswith("-") else self.times.moment(match["end"], start)
        if is_running(word) or end is None or end < start:
            # AutoSys shows the end of the run before while a job runs.
            self.row = JobRun(self.job, 1, start)
            return
        state, code = state_of(word), match["exit"] or match["code"]
        self.row = JobRun(self.job, 1, start, end, state, int(code) if state and code else None)

    def _is_event(self, line: str) -> bool:
        """Read an event of the present job, if the line is one."""
        match = _EVENT.fullmatch(line)
        if match is None:
            return _NOTE.fullmatch(line) is not None
        at = self.times.moment(match["time"], self.events[-1][1] if self.events else None)
        if at is not None:
            self.events.append((match["word"].strip(), at))
        return at is not None

    def close(self) -> None:
        """Keep the runs of the present job: those of its events, and that of its row."""
        found = _runs_of(self.job, self.events)
        if self.row is not None:
            at = self.row.start
            same = [n for n, r in enumerate(found) if -_NEAR <= at - r.start <= _lasting(r) + _NEAR]
            if same:
                found[same[-1]] = _joined(found[same[-1]], self.row)
            else:
                found.append(self.row)
        self.runs += found
        self.row, self.job, self.among_events, self.events = None, "", False, []


def _runs_of(job: str, events: list[tuple[str, datetime]]) -> list[JobRun]:
    """The runs that events tell of; a try after RESTART belongs to the run before it."""
    found: list[JobRun] = []
    is_open = restarts = False
    for word, at in sorted(events, key=lambda event: event[1]):
        state = state_of(word) if word.isalpha() else None
        if word == "RESTART":
            restarts = bool(found)
        elif is_running(word) and restarts:
            found[-1] = replace(found[-1], end=None, state=None)
            is_open, restarts = True, False
        elif is_running(word) and not is_open:
            found.append(JobRun(job, 1, at))
            is_open = True
        elif state is not None and is_open:
            found[-1] = replace(found[-1], end=at, state=state)
            is_open = False
    return found


def _lasting(run: JobRun) -> timedelta:
    return timedelta() if run.end is None else run.end - run.start


def _joined(run: JobRun, row: JobRun) -> JobRun:
    """The run with what only its row says."""
    if run.end is None:
        return row
    return replace(run, code=row.code if row.state is run.state else None)


def _read_report(text: str, setting: ListingSetting) -> Listed:
    reader = _Reader(Times(text, setting))
    reader.read(text)
    reader.close()
    return reader.listed(Extent.SOME)


_FORECAST = re.compile(r"^(?=.*\bJob\b)(?=.*\bStart\b)(?=.*\bEnd\b)(?!.*[,;|\t]).*$", re.M | re.I)
_TIME = re.compile(TIME, re.ASCII)


def _is_forecast(text: str) -> bool:
    match = _FORECAST.search(text)
    return match is not None and _HEADER.search(text) is None and "#" not in match[0]


@dataclass(slots=True)
class _ForecastReader(LineReader):
    """The runs of a forecast while it is read."""

    times: Times
    seen_header: bool = False

    def take(self, number: int, line: str) -> None:
        """Read a line; those before the header are no rows."""
        if _FORECAST.fullmatch(line) and not _TIME.search(line):
            self.seen_header = True
        elif self.seen_header and not is_rule(line):
            moments = [self.times.moment(found) for found in _TIME.findall(line)]
            words = _TIME.sub(" ", line).split()
            if words and len(moments) in (1, 2) and (start := moments[0]) is not None:
                self.runs.append(JobRun(words[0], 1, start))
            else:
                self.unread.append((number, line))


def _read_forecast(text: str, setting: ListingSetting) -> Listed:
    reader = _ForecastReader(Times(text, setting))
    reader.read(text)
    return reader.listed(Extent.FORECAST)


LISTINGS = (
    ListingFormat(
        title="autorep -J",
        layout="`Job Name`, `Last Start`, `Last End`, `ST` or `ST/Ex`, `Run/Ntry`, `Pri/Xit`, "
        "`TimeZone`; one or several reports, also with `-r N`. With `-d` the events of the job "
        "follow its row: `Status/[Event]`, `Time`, `Ntry`, `ES`, `ProcessTime`, `Machine`. Such "
        "reports have the latest runs only, so runs that they do not list are no difference",
        evidence="rows: seen in several published reports; events: described in the vendor's "
        "reference guide, not seen",
        recognises=lambda text: _HEADER.search(text) is not None,
        read=_read_report,
    ),
    ListingFormat(
        title="forecast",
        layout="a header line with `Job`, `Start` and `End`; rows with a job, its start and "
        "perhaps its end. The job is the first word of its row",
        evidence="assumed: no published report was found",
        recognises=_is_forecast,
        read=_read_forecast,
    ),
)
"""The listings that AutoSys prints, in the order in which they are tried."""
