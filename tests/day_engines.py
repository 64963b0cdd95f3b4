"""A small engine over days for tests of what plays engines: the clock alone starts jobs."""

from collections.abc import Sequence
from datetime import timedelta

from transpile.dialects.kit.days import RunBook, VirtualClock
from transpile.model.day_engine import DayEngine
from transpile.model.outcome import State
from transpile.model.readings import Reading
from transpile.model.run_log import Operation, RunEnds, RunLog
from transpile.proof.source_starts import starts_of_jobs


class ClockEngine(DayEngine):
    """Jobs start when `schedule` says that the source starts them, and end as they may."""

    readings = (Reading("starts", "Does anything start?", ("yes", "no")),)

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        clock = VirtualClock(self.period)
        book = RunBook(clock)
        book.relied_on("starts", self.answers["starts"])
        first = self.period.local(self.period.begin).date()
        found = starts_of_jobs(self.facts, first, self.period.days, timedelta())
        for job, moments in found.items() if self.answers["starts"] == "yes" else ():
            for moment in moments:
                if moment >= self.period.begin:
                    clock.at(moment, lambda job=job: self._start(clock, book, ends, job))
        clock.run()
        return book.log()

    def _start(self, clock: VirtualClock, book: RunBook, ends: RunEnds, job: str) -> None:
        end = ends.of(job, book.begin(job), clock.now)
        code = end.code
        state = State.SUCCEEDED if code == 0 else State.FAILED
        state = State.TERMINATED if code is None else state
        after = clock.now + timedelta(seconds=end.seconds)
        clock.at(after, lambda: book.end(job, state, code), order=-1)
