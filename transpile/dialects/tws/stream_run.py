"""One instance of a stream on a virtual clock: when it starts, and when its jobs may."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from transpile.dialects.kit.days import Event
from transpile.dialects.tws.day_instances import Instance
from transpile.dialects.tws.day_model import Late, Overlap, PlannedJob, Until
from transpile.dialects.tws.job_runs import JobRuns
from transpile.dialects.tws.night import Decision, Fate, Night
from transpile.model.outcome import State
from transpile.model.run_log import Cause, RunEnd

_PATIENCE = timedelta(minutes=4)
"""How long an instance with ONOVERLAP DONOTSTART waits for the one before."""

_FATES = {Late.SUPPRESS: Fate.LATE, Late.CANCEL: Fate.CANCELLED}
_WORDS = {Late.SUPPRESS: "is suppressed", Late.CANCEL: "is cancelled"}


class StreamRun:
    """An instance with the ends of its jobs: `fates` by name, None for the stream itself.

    `begun` has the jobs that have started, and None once the stream has.
    """

    def __init__(self, night: Night, instance: Instance) -> None:
        self.instance = instance
        self.stream = instance.stream
        self.fates: dict[str | None, Fate] = {}
        self.begun: set[str | None] = set()
        self._night = night
        self._clock = night.runs.clock
        self._planned = {job.name: job for job in self.stream.jobs}
        self.jobs = JobRuns(night, instance, self._planned, self._decide, self._is_over_for)
        self._open = dict(instance.open)
        self._files: dict[str, bool | None] = {}
        self._left = len(self.stream.jobs) + len(self.stream.files)
        self._number = 0
        self._is_due = False
        self._is_dropped = False
        self._is_carried = False
        self._told: set[str] = set()

    @property
    def is_over(self) -> bool:
        """True if nothing of the instance is left to do."""
        return None in self.fates or self._is_dropped

    # ---------------------------------------------------------------- the plan

    def plan(self) -> None:
        """Plan what the clock does with the instance."""
        one = self.instance
        cycle = one.cycle
        self._clock.at(one.earliest, self._due)
        if cycle.until is not None:
            self._at(one.moment(cycle.until.moment), partial(self._late, cycle.until))
        if cycle.deadline is not None:
            self._at(one.moment(cycle.deadline), self._deadline)
        for job in self.stream.jobs:
            times = job.times
            if times.at is not None:
                self._at(one.moment(times.at), partial(self._look, job.name), 0)
            if times.until is not None:
                self._at(one.moment(times.until.moment), partial(self._job_late, job, times.until))
            if times.deadline is not None:
                self._at(one.moment(times.deadline), partial(self._job_deadline, job))

    def _at(self, moment: datetime, event: Event, order: int = 1) -> None:
        self._clock.at(max(moment, self.instance.earliest), event, order)

    def new_day(self) -> None:
        """A new plan day begins: the instance is carried forward, or leaves the plan."""
        if self.is_over or self.instance.earliest >= self._clock.now:
            return
        answer = self._night.answer("tws_carry_forward")
        if answer == "all" or (answer == "keyword" and self.stream.is_carried):
            if not self._is_carried:
                self._remark(None, Cause.CARRIED, "is carried forward into the plan of the day")
            self._is_carried = True
            return
        self._night.answer("tws_start_of_day")
        self._remark(None, Cause.CARRIED, "leaves the plan: it is not carried forward")
        self._is_dropped = self.jobs.is_stopped = True
        if self._number:
            book = self._night.runs.book
            book.end(self.stream.name, State.TERMINATED, None, self._number)
        self._tell_next()

    def _remark(self, job: str | None, cause: Cause, text: str) -> None:
        self._night.runs.book.remark(job or self.stream.name, cause, text)

    def _shown(self, moment: datetime) -> str:
        return f"{self._night.period.local(moment):%Y-%m-%d %H:%M}"

    # ---------------------------------------------------------------- the stream

    def _due(self) -> None:
        self._is_due = True
        if self.instance.change is not None:
            word = "skips" if self.instance.change.is_forward else "repeats"
            self._remark(None, Cause.CLOCK_CHANGE, f"is due at a time that the clock {word}")
        if not self.instance.cycle.waits:
            self._night.answer("tws_start_of_day")
        self.look()

    def look(self) -> None:
        """Start the stream if nothing holds it back."""
        if not self._is_due or None in self.begun or self.is_over or self.stream.is_held:
            return
        decision = self._night.decision(self.instance, None, self.stream.follows)
        if decision is Decision.SUPPRESS:
            self._end_all(Fate.SUPPRESSED)
        elif decision is Decision.RUN and self._may_overlap():
            self._begin_in_time()

    def _begin_in_time(self) -> None:
        until = self.instance.cycle.until
        is_late = until and until.once and self._clock.now > self.instance.moment(until.moment)
        if until and is_late and until.action is not Late.CONTINUE:
            told = f"{_WORDS[until.action]}: it is ready after JSUNTIL"
            self._remark(None, Cause.LATEST_START, told)
            self._end_all(_FATES[until.action])
            return
        if is_late:
            self._remark(None, Cause.LATEST_START, "starts late: ONUNTIL CONT")
        self._begin()

    def _may_overlap(self) -> bool:
        """True unless the instance waits for the one before, or is left out because of it."""
        number = self.instance.before
        before = self._night.streams[number] if number is not None else None
        if before is None or before.is_over:
            return True
        overlap, since = self.stream.overlap, self._shown(before.instance.place)
        if overlap is Overlap.PARALLEL:
            if before.jobs.running:
                self._remark(None, Cause.OVERLAP, f"starts beside the instance of {since}")
            return True
        last = self.instance.earliest + _PATIENCE
        if overlap is Overlap.ENQUEUE or self._clock.now < last:
            if "" not in self._told:
                self._told.add("")
                self._remark(None, Cause.OVERLAP, f"waits for the instance of {since}")
                if overlap is not Overlap.ENQUEUE:
                    self._clock.at(last, self.look)
            return False
        self._remark(None, Cause.OVERLAP, f"does not start: the instance of {since} goes on")
        self._end_all(Fate.CANCELLED)
        return False

    def _begin(self) -> None:
        self.begun.add(None)
        self._number = self._night.runs.book.begin(self.stream.name)
        self._night.tell(self.instance.listeners.get(None, ()), final=False)
        for file in self.stream.files:
            self._wait_for_file(file)
        for name in self._planned:
            self._look(name)
        self._complete()

    def _complete(self) -> None:
        """End the stream if all its jobs have ended."""
        if self._left or None not in self.begun or self.is_over:
            return
        abended = Fate.ABEND in self.fates.values()
        state = State.FAILED if abended else State.SUCCEEDED
        self._night.runs.book.end(self.stream.name, state, None, self._number)
        self._decide(None, Fate.ABEND if abended else Fate.SUCC)
        self._tell_next()

    def _tell_next(self) -> None:
        """Let the next instance of the stream start if it waits for this one."""
        number = self.instance.after
        if number is not None and self.stream.overlap is not Overlap.PARALLEL:
            self._night.tell([(number, None)], final=False)

    def _end_all(self, fate: Fate) -> None:
        """The stream does not run, nor do its jobs."""
        for name in (*self._planned, None):
            self._decide(name, fate)
        self._tell_next()

    # ---------------------------------------------------------------- times

    def _late(self, until: Until) -> None:
        """The latest start time of the stream has passed."""
        if self.is_over or until.once:
            return
        if until.action is Late.CONTINUE:
            if None not in self.begun:
                self._remark(None, Cause.LATEST_START, "starts late: ONUNTIL CONT")
            return
        told = _WORDS[until.action]
        if None not in self.begun:
            self._remark(None, Cause.LATEST_START, f"{told}: it has not started by UNTIL")
            self._end_all(_FATES[until.action])
            return
        waiting = [name for name in self._planned if self._waits(name)]
        for name in waiting:
            self._remark(name, Cause.LATEST_START, f"{told}: UNTIL of its stream has passed")
        self._settle(waiting, _FATES[until.action])

    def _job_late(self, job: PlannedJob, until: Until) -> None:
        """The latest start time of a job has passed."""
        if self.is_over or not self._waits(job.name):
            return
        if until.action is Late.CONTINUE:
            self._remark(job.name, Cause.LATEST_START, "starts late: ONUNTIL CONT")
            return
        told = f"{_WORDS[until.action]}: it has not started by UNTIL"
        self._remark(job.name, Cause.LATEST_START, told)
        self._settle([job.name], _FATES[until.action])

    def _deadline(self) -> None:
        if not self.is_over:
            self._remark(None, Cause.ALARM, "is not complete by its DEADLINE")

    def _job_deadline(self, job: PlannedJob) -> None:
        if job.name in self.fates or self.is_over:
            return
        self._remark(job.name, Cause.ALARM, "is not complete by its DEADLINE")
        if job.times.kills:
            self.jobs.kill(job.name)

    # ---------------------------------------------------------------- jobs

    def hear(self, owner: str | None, *, final: bool) -> None:
        """Something that a job, or the stream, refers to has ended or, not `final`, has started."""
        if final:
            self._open[owner] -= 1
        if self._open[owner] and owner not in self.instance.eager:
            return
        if owner is None:
            self.look()
        else:
            self._look(owner)

    def _waits(self, name: str) -> bool:
        return name not in self.begun and name not in self.fates

    def _look(self, name: str) -> None:
        """Start a job if nothing holds it back."""
        if None not in self.begun or not self._waits(name) or self.is_over:
            return
        job = self._planned[name]
        decision = self._night.decision(self.instance, name, job.follows)
        if decision is Decision.SUPPRESS:
            self._settle([name], Fate.SUPPRESSED)
        elif decision is Decision.RUN and self._is_time(job) and self._has_files(job):
            self.begun.add(name)
            self._night.tell(self.instance.listeners.get(name, ()), final=False)
            self.jobs.start(name)

    def _is_time(self, job: PlannedJob) -> bool:
        if job.times.at is None:
            return True
        moment = self.instance.moment(job.times.at)
        if moment <= self._clock.now:
            return True
        if job.name not in self._told:
            self._told.add(job.name)
            self._remark(job.name, Cause.WINDOW, f"waits for its time {self._shown(moment)}")
        return False

    def _has_files(self, job: PlannedJob) -> bool:
        """True if the files of a job are there; those of the stream hold up its first jobs."""
        for file in job.files:
            if file not in self._files:
                self._wait_for_file(file)
        files = (*job.files, *(self.stream.files if job.is_first else ()))
        return not job.is_held and all(self._files[file] for file in files)

    def _wait_for_file(self, file: str) -> None:
        self._files[file] = None
        number = self._night.runs.book.begin(file)
        end = self._night.runs.end_of(file)
        self._night.runs.after(end.seconds, partial(self._file_ended, file, number, end))

    def _file_ended(self, file: str, number: int, end: RunEnd) -> None:
        good = end.code == 0
        bad = State.TERMINATED if end.code is None else State.FAILED
        self._night.runs.book.end(file, State.SUCCEEDED if good else bad, end.code, number)
        self._files[file] = good
        if not good:
            return
        is_own = file in self.stream.files
        self._left -= is_own
        for job in self.stream.jobs:
            if file in job.files or (is_own and job.is_first):
                self._look(job.name)
        self._complete()

    # ---------------------------------------------------------------- ends

    def _settle(self, names: Iterable[str], fate: Fate) -> None:
        """The jobs will not run."""
        for name in names:
            self._decide(name, fate)
            self._left -= 1
        self._complete()

    def _decide(self, name: str | None, fate: Fate) -> None:
        """A job, or the stream, has ended so, or will not run."""
        if name not in self.fates:
            self.fates[name] = fate
            self._night.tell(self.instance.listeners.get(name, ()), final=True)

    def _is_over_for(self, name: str) -> None:
        """The job will not run again."""
        self._left -= 1
        self._complete()
