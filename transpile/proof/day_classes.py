"""Classes of differences over days: why one side starts a job and the other does not.

A difference has a class if one of the sides remarks on it: at that time, about the job or a box
around it. Otherwise it may follow from an earlier difference of a job that its condition names, or
of its box, and then has the class of that one. A difference with neither is unexplained.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from transpile.model.run_log import Cause, Remark, RunLog
from transpile.proof.day_links import Links
from transpile.proof.run_logs import Kind, LogDifference

_NEAR = timedelta(minutes=5)
"""A remark so near to a difference is about it."""

REMEDIES: Mapping[Cause, tuple[str, str]] = {
    Cause.LOST_TICK: (
        "a start comes while the run before goes on, and one side loses it",
        "let the starts be further apart, or accept it",
    ),
    Cause.OVERLAP: (
        "a workflow starts again while its execution before goes on",
        "let the starts be further apart, or accept it",
    ),
    Cause.STUCK_BOX: (
        "the box hangs in the source, because a member never runs, and loses its next starts; on "
        "Flyte it starts anew",
        "give the box a box_failure or a box_terminator, or accept that it does not hang",
    ),
    Cause.SECOND_RUN: (
        "the source starts the job again at the end of one job, with an old status of another one",
        "add look-backs to the condition, or accept one run",
    ),
    Cause.OLD_STATUS: (
        "the source takes a status that an earlier run of the job has used already",
        "add a look-back to the condition, or accept it",
    ),
    Cause.LATE_ARM: (
        "a start time comes while the condition is false, and starts the job on a later day or in "
        "a later run of its box",
        "add a run_window, or accept it",
    ),
    Cause.WINDOW: (
        "a start outside the run window is put off to its opening",
        "give the job the time of the opening",
    ),
    Cause.MISSED_WINDOW: (
        "the run window closes before the job can start",
        "widen the run window, or accept it",
    ),
    Cause.EXCLUDED_DAY: (
        "an excluded day resets the status of the job",
        "add a look-back to the conditions that name it",
    ),
    Cause.ZONE_DAY: (
        "the start falls on different days in the zones of the two sides",
        "name the zone of the job",
    ),
    Cause.CLOCK_CHANGE: (
        "the two sides move a start differently where the clock changes",
        "move the start time out of the hours that the clock skips or repeats",
    ),
    Cause.RETRY: (
        "the source waits before it tries again",
        "accept it",
    ),
    Cause.CARRIED: (
        "an instance is carried forward into the next plan",
        "give it an UNTIL, or accept it",
    ),
    Cause.ALARM: ("an alarm is due", "watch it with a notification"),
    Cause.OUTAGE: ("the scheduler of the platform did not run", "accept it"),
    Cause.OPEN_WAIT: (
        "a job still waits at the end of the days on Flyte, and keeps its workflow running",
        "take the job into a workflow of its own with [[cut]], or accept it",
    ),
    Cause.ALTERNATIVE: (
        "the source starts the job at the first alternative that holds, Flyte when all have ended",
        "take the job into a workflow of its own with [[cut]], or accept the later start",
    ),
    Cause.APART: (
        "the source starts the job if another one does not run just then, Flyte after that job",
        "take the job into a workflow of its own with [[cut]], or accept the later start",
    ),
    Cause.LOOKBACK: (
        "a status is too old for a look-back in the source; in one run of a workflow it counts",
        "take the job into a workflow of its own with [[cut]], or accept it",
    ),
    Cause.SERIAL: (
        "the source runs the commands of one node side by side, Flyte one after another",
        "make each command a node of its own, or accept the later end",
    ),
    Cause.LATEST_START: (
        "the source gives up, or goes on, at a latest start time",
        "accept it",
    ),
    Cause.REPETITION: (
        "the source repeats the job inside one run",
        "accept it",
    ),
    Cause.NO_INSTANCE: (
        "the source waits for an instance that its plan does not have",
        "accept it",
    ),
    Cause.FAILURE: (
        "a failure stops other jobs in the source that go on here, or the other way round",
        "accept it",
    ),
    Cause.LIMIT: (
        "the source runs fewer of these jobs at a time",
        "set max_parallelism, or accept the earlier start",
    ),
    Cause.ASKED_LATE: (
        "tasks ask the legacy side too seldom to start the job in time",
        "let the interval of [bridge] be shorter, or accept the later start",
    ),
    Cause.UNTOLD: (
        "the legacy side hears of a moved job what it has not done, or does not hear what it has",
        "convert again, or correct the edited tell",
    ),
    Cause.KNOWN: (
        "the conversion has an error about this job",
        "see the finding",
    ),
}
"""By class what happens, and what would remove the difference."""


Explains: TypeAlias = Mapping[Cause, frozenset[Kind]]
"""The kinds of differences that remarks of a class explain; other classes explain all."""

_ALL = frozenset(Kind)
_AT_END = (Kind.OTHER_OUTCOME, Kind.OTHER_END)
_MOVED = frozenset((Kind.OTHER_TIME, Kind.OTHER_DAY, *_AT_END))
_LESS, _MORE = _MOVED | {Kind.EXTRA}, _MOVED | {Kind.MISSING}

BY_SOURCE: Explains = {
    **dict.fromkeys((Cause.LOST_TICK, Cause.STUCK_BOX, Cause.EXCLUDED_DAY), _LESS),
    **dict.fromkeys((Cause.SECOND_RUN, Cause.OLD_STATUS, Cause.RETRY), _MORE),
}
"""What the source's remarks explain: it loses starts, and starts again."""

BY_PLATFORM: Explains = {
    **dict.fromkeys((Cause.LOST_TICK, Cause.OPEN_WAIT), _MORE),
    Cause.OVERLAP: _LESS,
}
"""What the platform's remarks explain: it loses starts, and starts beside others."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference, its class and the remark that gives it; None if it is unexplained.

    `root` is the job whose difference comes first, if this one follows from another.
    """

    difference: LogDifference
    remark: Remark | None
    root: str = ""

    @property
    def cause(self) -> Cause | None:
        """The class."""
        return self.remark.cause if self.remark else None

    @property
    def job(self) -> str:
        """The job that differs."""
        return self.difference.job


class Classes:
    """Explains the differences of one scenario."""

    def __init__(self, links: Links, sides: Iterable[tuple[RunLog, Explains]]) -> None:
        self._links = links
        self._remarks: dict[str, list[tuple[Remark, frozenset[Kind]]]] = {}
        for log, explains in sides:
            for remark in log.remarks:
                kinds = explains.get(remark.cause, _ALL)
                if remark.cause is not Cause.ALARM:
                    self._remarks.setdefault(remark.job, []).append((remark, kinds))
        for found in self._remarks.values():
            found.sort(key=_at)
        self._found: dict[str, list[Explained]] = {}

    def explain(self, differences: Iterable[LogDifference]) -> list[Explained]:
        """The differences, which are in order of time, each with its class."""
        found = list(differences)
        around = self._links.around
        order = sorted(
            range(len(found)),
            key=lambda n: _turn(found[n], len(around.get(found[n].job, ()))),
        )
        explained = {n: self._noted(self._explained(found[n])) for n in order}
        return [explained[n] for n in range(len(found))]

    def _noted(self, explained: Explained) -> Explained:
        self._found.setdefault(explained.job, []).append(explained)
        return explained

    def _explained(self, difference: LogDifference) -> Explained:
        for find in (self._noted_by, self._reported, self._by_form, self._waiting):
            remark = find(difference)
            if remark is not None:
                return Explained(difference, remark)
        above = self._above(difference)
        if above is None:
            return Explained(difference, self._by_member(difference))
        return Explained(difference, above.remark, above.root or above.job)

    def _names(self, difference: LogDifference) -> tuple[str, ...]:
        """The job and the boxes around it."""
        return difference.job, *self._links.around.get(difference.job, ())

    def _noted_by(self, difference: LogDifference) -> Remark | None:
        """A remark of one of the sides about the job or a box around it, at that time."""
        for moment in _moments(difference):
            for name in self._names(difference):
                remark = self._remark(name, moment, difference.kind)
                if remark is not None:
                    return remark
        return None

    def _reported(self, difference: LogDifference) -> Remark | None:
        """An error of the conversion about the job or a box around it."""
        known = self._links.known
        name = next((name for name in self._names(difference) if name in known), None)
        return Remark(name, difference.run.start, Cause.KNOWN, known[name]) if name else None

    def _by_member(self, difference: LogDifference) -> Remark | None:
        """An error about a member of a box that does not run, or ends otherwise, because of it."""
        if difference.kind not in (Kind.MISSING, *_AT_END):
            return None
        known, members = self._links.known, self._links.members.get(difference.job, ())
        name = next((name for name in members if name in known), None)
        return Remark(name, difference.run.start, Cause.KNOWN, known[name]) if name else None

    def _by_form(self, difference: LogDifference) -> Remark | None:
        """What the form of the emitted workflow delays."""
        job, at, links = difference.job, difference.run.start, self._links
        if job in links.serial and difference.kind is Kind.OTHER_END:
            return Remark(job, at, Cause.SERIAL, "its commands run one after another")
        if job in links.apart and (_is_later(difference) or difference.kind is Kind.MISSING):
            text = "it waits for the end of a job beside which it must not run"
            return Remark(job, at, Cause.APART, text)
        late = _is_later(difference) or difference.kind is Kind.MISSING
        if late and not links.asking.isdisjoint(self._names(difference)):
            text = "it waits for the next question to the legacy side"
            return Remark(job, at, Cause.ASKED_LATE, text)
        if job in links.aged and difference.kind is not Kind.MISSING:
            text = "its look-back is about a job of its own workflow, which Flyte does not date"
            return Remark(job, at, Cause.LOOKBACK, text)
        if job in links.choices and _is_later(difference):
            text = "it waits for all that its alternatives ask for"
            return Remark(job, at, Cause.ALTERNATIVE, text)
        return None

    def _remark(self, job: str, moment: datetime, kind: Kind) -> Remark | None:
        """The remark about a job, among those that explain such a difference, nearest in time."""
        known = self._remarks.get(job, [])
        low = bisect_left(known, moment - _NEAR, key=_at)
        high = bisect_right(known, moment + _NEAR, key=_at)
        fitting = (remark for remark, kinds in known[low:high] if kind in kinds)
        return min(fitting, key=lambda remark: abs(remark.at - moment), default=None)

    def _waiting(self, difference: LogDifference) -> Remark | None:
        """The open wait of a job above one that on the platform does not run, or does not end."""
        second = difference.second
        if second is not None and (second.end is not None or difference.kind not in _AT_END):
            return None
        names = self._links.above.get(difference.job, ())
        known = (remark for name in names for remark, _ in self._remarks.get(name, ()))
        at = difference.run.start + _NEAR
        return next((r for r in known if r.cause is Cause.OPEN_WAIT and r.at <= at), None)

    def _above(self, difference: LogDifference) -> Explained | None:
        """The latest difference before, of a job that this one depends on."""
        job, moment = difference.job, max(_moments(difference)) + _NEAR
        found = (
            one
            for name in self._links.above.get(job, ())
            for one in self._found.get(name, ())
            if min(_moments(one.difference)) <= moment
        )
        return max(found, key=lambda one: one.difference.run.start, default=None)


def _turn(difference: LogDifference, depth: int) -> tuple[datetime, bool, int]:
    """When a difference is explained: boxes start before their members and end after them."""
    at_end = difference.kind in _AT_END
    ends = [run.end for run in difference.runs if run.end is not None]
    when = min(ends if at_end and ends else (run.start for run in difference.runs))
    return when, not at_end, -depth if at_end else depth


def _at(known: tuple[Remark, frozenset[Kind]]) -> datetime:
    return known[0].at


def _moments(difference: LogDifference) -> list[datetime]:
    """The moments that a difference is about: starts, and for other outcomes the ends."""
    runs = difference.runs
    found = [run.start for run in runs]
    found += [run.launched for run in runs if run.launched is not None]
    if difference.kind in _AT_END:
        found += [run.end for run in runs if run.end is not None]
    return found


def _is_later(difference: LogDifference) -> bool:
    """True if the platform starts the run later than the source."""
    first, second = difference.first, difference.second
    return first is not None and second is not None and first.start < second.start
