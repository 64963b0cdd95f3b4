"""Listings of composer's scheduler: what conman shows about jobs and job streams."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from transpile.dialects.kit.listings import LineReader, is_rule
from transpile.model.listings import Extent, Listed, ListingFormat, ListingSetting
from transpile.model.outcome import State
from transpile.model.run_log import JobRun

_HEADER = re.compile(r"^[ \t]*CPU[ \t]+Schedule[ \t]+SchedTime\b.*$", re.M | re.I)
_OVER_HEADER = re.compile(r"\s*(?:\(Est\)\s*|Jobs\s*|Sch\s*)+|%.*", re.I)
"""The line over the header, and the echo of a command."""

_STATE = (
    r"(?P<state>[A-Z]{3,6})\s+(?P<priority>\d{1,3}|HI|GO)"
    r"(?:\s*(?P<start>\(?\d\d[:/]\d\d\)?))?(?:\s+(?P<elapse>\(?\d{1,3}:\d\d\)?))?"
    r"(?:\s+(?P<code>-?\d{1,9})(?!\S))?(?:\s.*)?"
)
_STREAM = re.compile(
    r"\s*(?P<name>[^\s#()]+#[^\s#()]+)\s+(?P<at>\d{4})\s+(?P<month>\d\d)/(?P<day>\d\d)\s+"
    rf"(?:\*+\s+)?{_STATE}",
    re.ASCII,
)
_JOB = re.compile(
    r"\s+(?:>>\s*[a-z].*?\s)?(?:\([^\s()]*#\))?(?P<name>[A-Za-z@][\w@+-]*)\s+" + _STATE, re.ASCII
)
_DAY = timedelta(days=1)
_STATES = {
    "SUCC": State.SUCCEEDED,
    "ABEND": State.FAILED,
    "FAIL": State.FAILED,
}
_OVER = frozenset((*_STATES, "SUCCP", "ABENP", "DONE"))
"""The states of jobs that have ended, in whatever way."""


@dataclass(slots=True)
class _Reader(LineReader):
    """The runs of a listing while it is read; the jobs of a stream follow its row."""

    setting: ListingSetting
    stream: str = ""
    since: datetime = datetime.min

    def take(self, number: int, line: str) -> None:
        """Read a line."""
        if is_rule(line) or _HEADER.fullmatch(line) or _OVER_HEADER.fullmatch(line):
            return
        stream, job = _STREAM.fullmatch(line), _JOB.fullmatch(line)
        try:
            if stream:
                day = self.setting.day(int(stream["month"]), int(stream["day"]))
                at = time(int(stream["at"][:2]), int(stream["at"][2:]))
                self.stream, self.since = stream["name"], datetime.combine(day, at)
                self._keep(stream["name"], stream)
                return
            if job and self.stream:
                self._keep(f"{self.stream}.{job['name']}", job)
                return
        except (ValueError, OverflowError):
            # A date or time that does not exist.
            pass
        if stream:
            self.stream = ""
        self.unread.append((number, line))

    def _keep(self, name: str, row: re.Match[str]) -> None:
        text = row["start"] or ""
        if not text or "(" in text or "/" in text:
            # An estimate, or the day alone: without a time of day the start is not known.
            self.idle += 1
            return
        hour, minute = map(int, text.split(":"))
        wall = datetime.combine(self.since.date(), time(hour, minute))
        if wall < self.since:
            wall += _DAY
        start = self.setting.moment(wall)
        word, elapse, end = row["state"], row["elapse"] or "", None
        if word in _OVER and elapse and "(" not in elapse:
            hours, minutes = map(int, elapse.split(":"))
            end = start + timedelta(hours=hours, minutes=minutes)
        state = _STATES.get(word) if end else None
        # The numbers behind a stream count its jobs.
        code = int(row["code"]) if end and row["code"] and name != self.stream else None
        self.runs.append(JobRun(name, 1, start, end, state, code))


def _read(text: str, setting: ListingSetting) -> Listed:
    reader = _Reader(setting)
    reader.read(text)
    return reader.listed(Extent.ALL)


LISTINGS = (
    ListingFormat(
        title="conman sj, conman ss",
        layout="`CPU`, `Schedule`, `SchedTime`, `Job`, `State`, `Pr`, `Start`, `Elapse`, "
        "`RetCode`, `Deps`; without `Job` for `ss`. Starts and durations are in minutes. A start "
        "belongs to the first such time at or after `SchedTime`, whose year is the nearest one. "
        "Estimates in parentheses, and starts that show a date only, are no runs. Names that end "
        "with `+` are completed if only one job begins so",
        evidence="columns and rows of waiting jobs: printed in the vendor's documentation; rows of "
        "ended jobs: described there",
        recognises=lambda text: _HEADER.search(text) is not None,
        read=_read,
        cut="+",
    ),
)
"""The listings that conman prints."""
