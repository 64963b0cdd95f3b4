"""The legacy side of an estate that moves in waves: what commands about its jobs print and do."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from transpile.model import Bridge, Facts
from transpile.model.outcome import Far, State
from transpile.model.waves import CODE, STATUS
from transpile.runtime.statuses import FAILURE, RUNNING, SUCCESS, TERMINATED

INACTIVE = "INACTIVE"
"""The status of a job that has not run, or not since its box began."""

WORDS = {
    State.SUCCEEDED: SUCCESS,
    State.FAILED: FAILURE,
    State.TERMINATED: TERMINATED,
    State.UNFINISHED: RUNNING,
}
"""How commands call the states of jobs."""

_ENDS = (SUCCESS, FAILURE, TERMINATED)
_OF_CODES = frozenset("-0123456789")


@dataclass(frozen=True, slots=True)
class LegacyStatus:
    """A new status of a job, from a moment on; the code is that of an end."""

    at: datetime
    word: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said between both sides of a network, as the `bridge` says it.

    `asked` has the job that each command asks about. The commands `before` ask what moved jobs did
    before: nothing, in what is played. About jobs `heard` the legacy side is told.
    """

    asked: Mapping[str, str] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    bridge: Bridge = field(default_factory=Bridge)

    @classmethod
    def of(cls, networks: Iterable[Facts]) -> "Talk":
        """What is said about the jobs of an estate, or of a workflow."""
        found = list(networks)
        cuts = [cut for facts in found for cut in facts.cuts.values()]
        cuts += [cut for facts in found for told in facts.told.values() for cut in told]
        asked = {command: job for cut in cuts for job, command in cut.legacy}
        before = frozenset(command for cut in cuts for _, command in cut.before)
        heard = (e for facts in found for e in facts.sides.heard)
        told = frozenset(name for e in heard for name in (*[e.job] * bool(e.listeners), *e.inside))
        bridges = (facts.sides.bridge for facts in found)
        return cls(asked, before, told, next((b for b in bridges if b != Bridge()), Bridge()))

    def told_by(self, command: str) -> tuple[str, str, int | None] | None:
        """The job, the status and the exit code that a command tells; None if it tells nothing."""
        for job, word, text in _tells(self.bridge, self.heard):
            # The code stands in its first place; the others have to have the same.
            before, place, _ = text.partition(CODE)
            code = "".join(takewhile(_OF_CODES.__contains__, command[len(before) :]))
            if text.replace(CODE, code if place else "") == command:
                return job, word, int(code) if place and code else None
        return None


@lru_cache(maxsize=4)
def _tells(bridge: Bridge, jobs: frozenset[str]) -> list[tuple[str, str, str]]:
    """The commands that tell each status of each job, with the places of exit codes."""
    words = (INACTIVE, *WORDS.values()) if bridge.tell else ()
    known = ((job, word) for job in sorted(jobs) for word in words)
    return [(job, word, bridge.tells(job).replace(STATUS, word)) for job, word in known]


@dataclass(frozen=True, slots=True)
class LegacyStart:
    """A start of a unit at a moment, once the legacy side knows that moved jobs have ended.

    `after` has the moments from which on it may have heard of these ends.
    """

    at: datetime
    after: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class LegacySide:
    """Runs commands about jobs.

    `statuses` has the changes of each job of the legacy side in order of time. No command works
    from the first to the second moment of each silence. Tasks run one every `interval` seconds, or
    as often as they say. `told` is what the legacy side has heard about jobs that have moved.
    `starts` are those of units that have moved, by unit.
    """

    talk: Talk
    statuses: Mapping[str, Sequence[LegacyStatus]]
    silences: Sequence[tuple[datetime, datetime]] = ()
    interval: float | None = None
    told: dict[str, list[LegacyStatus]] = field(default_factory=dict)
    starts: Mapping[str, Sequence[LegacyStart]] = field(default_factory=dict)

    def run(self, command: str, now: datetime) -> str | None:
        """What a command prints; None if it fails."""
        if any(begin <= now < end for begin, end in self.silences):
            return None
        if command in self.talk.before:
            return INACTIVE
        if command in self.talk.asked:
            return self._answer(self.talk.asked[command], now)
        found = self.talk.told_by(command)
        if found is None:
            return None
        job, word, code = found
        self.told.setdefault(job, []).append(LegacyStatus(now, word, code))
        return ""

    def knows_enough(self, start: LegacyStart) -> bool:
        """True if it has heard of the ends that a start waits for."""
        return all(
            any(told.at >= moment and told.word in _ENDS for told in self.told.get(job, ()))
            for job, moment in start.after
        )

    def _answer(self, job: str, now: datetime) -> str:
        last, bridge = self.last(job, now), self.talk.bridge
        if last is None:
            return INACTIVE
        words = [last.word]
        if last.word not in (RUNNING, INACTIVE):
            words += [str(last.code)] if bridge.exit_codes and last.code is not None else []
            words += [last.at.isoformat()] if bridge.times else []
        return " ".join(words)

    def last(self, job: str, now: datetime) -> LegacyStatus | None:
        """The latest status of a job; None if it never had any."""
        known = self.statuses.get(job, ())
        number = bisect_right(known, now, key=_at)
        return known[number - 1] if number else None

    def next_change(self, commands: Iterable[str], now: datetime) -> datetime | None:
        """When one of the commands may print something else for the first time after a moment."""
        found = [end for _, end in self.silences if end > now]
        for command in commands:
            known = self.statuses.get(self.talk.asked.get(command, ""), ())
            found += [status.at for status in known[bisect_right(known, now, key=_at) :][:1]]
        return min(found, default=None)


def _at(status: LegacyStatus) -> datetime:
    return status.at


def side_of_scenario(talk: Talk, far: Far, zero: datetime, interval: float) -> LegacySide:
    """The legacy side in one run: jobs have the statuses of a scenario."""
    statuses = {
        job: tuple(
            LegacyStatus(
                zero + timedelta(seconds=change.at),
                WORDS[change.ending.state],
                change.ending.exit_code,
            )
            for change in far.get(job, ())
        )
        for job in talk.asked.values()
    }
    return LegacySide(talk, statuses, interval=interval)
