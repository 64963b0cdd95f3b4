"""Runs of the jobs of one instance: recovery, repetition, and waits for files."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from transpile.dialects.tws.day_instances import Instance
from transpile.dialects.tws.day_model import Late, PlannedJob
from transpile.dialects.tws.night import Fate, Night
from transpile.dialects.tws.units import RecoveryAction
from transpile.model.job import ExitRule, InitialStatus
from transpile.model.outcome import State
from transpile.model.run_log import Cause, RunEnd

_MINUTE = timedelta(minutes=1)


class JobRuns:
    """The runs of the jobs of an instance.

    `ended` hears of the fate of a job, `over` that it will not run again.
    """

    def __init__(
        self,
        night: Night,
        instance: Instance,
        planned: Mapping[str, PlannedJob],
        ended: Callable[[str, Fate], None],
        over: Callable[[str], None],
    ) -> None:
        self.codes: dict[str, int | None] = {}
        self.running: dict[str, int] = {}
        self.is_stopped = False
        self._night = night
        self._instance = instance
        self._planned = planned
        self._ended = ended
        self._over = over
        self._tries: dict[str, int] = {}
        self._base: dict[str, datetime] = {}
        self._turn: dict[str, int] = {}
        self._repeats: set[str] = set()

    def start(self, name: str, part: str | None = None) -> None:
        """Run a job now, or its recovery job or second run as a `part` of it."""
        part = part or name
        said = self._night.jobs.get(part)
        book = self._night.runs.book
        number = book.begin(part, again=name in self._tries and name not in self._repeats)
        if part == name and self._planned[name].times.every and name not in self._base:
            self._begin_repetition(name)
        if said is not None and said.status is InitialStatus.ON_NOEXEC:
            book.end(part, State.SUCCEEDED, 0, number)
            self.codes.setdefault(name, 0)
            self._finish(name, Fate.SUCC)
            return
        self.running[part] = number
        end = self._night.runs.end_of(part)
        limit = said.time_limit * 60.0 if said is not None and said.time_limit else end.seconds
        if end.seconds > limit:
            end = RunEnd(limit, None)
        self._night.runs.after(end.seconds, partial(self._part_ended, name, part, (number, end)))

    def kill(self, name: str) -> None:
        """Kill the job if it runs."""
        if name in self.running:
            self._part_ended(name, name, (self.running[name], RunEnd(0.0, None)))

    def _part_ended(self, name: str, part: str, run: tuple[int, RunEnd]) -> None:
        number, end = run
        if self.running.get(part) != number:
            return
        good = self._close(part, number, end.code)
        if self.is_stopped:
            return
        if part == name:
            self._job_ended(name, end.code, good=good)
            return
        action = self._planned[name].recovery.action
        if not good or action is RecoveryAction.STOP:
            self._finish(name, Fate.ABEND)
        elif part.endswith(" rerun"):
            self._finish(name, Fate.SUCC)
        elif action is RecoveryAction.CONTINUE:
            self._finish(name, Fate.CONTINUED)
        else:
            self.start(name, f"{name} rerun")

    def _close(self, part: str, number: int, code: int | None) -> bool:
        """End a run; true if it is a success."""
        del self.running[part]
        said = self._night.jobs.get(part)
        rule = said.success if said is not None else ExitRule()
        good = code is not None and rule.accepts(code)
        bad = State.TERMINATED if code is None else State.FAILED
        self._night.runs.book.end(part, State.SUCCEEDED if good else bad, code, number)
        return good

    def _job_ended(self, name: str, code: int | None, *, good: bool) -> None:
        if name in self._repeats:
            self._finish(name, Fate.SUCC if good else Fate.ABEND)
            return
        self.codes[name] = code
        if good:
            self._finish(name, Fate.SUCC)
        elif code is None:
            self._finish(name, Fate.ABEND)
        else:
            self._recover(name)

    def _recover(self, name: str) -> None:
        """What follows an abend, as RECOVERY says."""
        recovery = self._planned[name].recovery
        tries = self._tries[name] = self._tries.get(name, 0) + 1
        if recovery.job is not None:
            self.start(name, f"{name} recovery")
        elif tries <= recovery.retries:
            if recovery.pause:
                text = f"runs again after {recovery.pause} minutes"
                self._night.runs.book.remark(name, Cause.RETRY, text)
            self._night.runs.after(recovery.pause * 60, partial(self._start_again, name))
        elif recovery.action is RecoveryAction.CONTINUE:
            self._finish(name, Fate.CONTINUED)
        else:
            self._finish(name, Fate.ABEND)

    def _start_again(self, name: str) -> None:
        if not self.is_stopped:
            self.start(name)

    def _finish(self, name: str, fate: Fate) -> None:
        """A run has ended for good; with EVERY the next one follows."""
        job = self._planned[name]
        if name not in self._base:
            if job.confirmed and fate is Fate.SUCC and not self._night.is_met_outside:
                return
            self._ended(name, fate)
            self._over(name)
            return
        is_first = self._instance.listeners.get(name) is None
        if not is_first:
            is_first = self._night.answer("tws_follow_every") == "first"
        goes_on = self._next(name)
        if (is_first and name not in self._repeats) or (not is_first and not goes_on):
            self._ended(name, fate)
        if not goes_on:
            self._over(name)
        self._repeats.add(name)

    # ---------------------------------------------------------------- repetition

    def _begin_repetition(self, name: str) -> None:
        """The job runs for the first time; its repetitions count from AT, or else from now."""
        times, now = self._planned[name].times, self._night.runs.clock.now
        base = self._base[name] = self._instance.moment(times.at) if times.at else now
        self._turn[name] = (now - base) // (times.every * _MINUTE)

    def _next(self, name: str) -> bool:
        """Plan the next repetition; false if there is none."""
        times, now = self._planned[name].times, self._night.runs.clock.now
        base, rate = self._base[name], times.every * _MINUTE
        turn = self._turn[name] + 1
        if base + turn * rate <= now:
            late = (now - base) // rate
            lost = late - turn
            text = "starts late: the repetition before has just ended"
            text += f"; left out: {lost}" if lost else ""
            turn, moment = late, now
            if moment <= self._last(name):
                self._night.runs.book.remark(name, Cause.OVERLAP, text)
        else:
            moment = base + turn * rate
        if moment > self._last(name):
            return False
        self._turn[name] = turn
        if name not in self._repeats:
            text = f"is repeated every {times.every} minutes (EVERY)"
            self._night.runs.book.remark(name, Cause.REPETITION, text)
        self._night.runs.clock.at(moment, partial(self._start_again, name))
        return True

    def _last(self, name: str) -> datetime:
        """The latest start of a repetition: as the job or its stream says, else in its day."""
        job, cycle = self._planned[name], self._instance.cycle
        found = []
        for until in (job.times.until, cycle.until):
            if until is not None and until.action is not Late.CONTINUE and not until.once:
                found.append(self._instance.moment(until.moment))
        if job.times.every_end is not None:
            found.append(self._instance.moment(job.times.every_end))
        return min(found, default=self._instance.end_of_day)
