"""Checks of what crosses workflows, apart from whole runs: conditions, answers, start times."""

import inspect
import itertools
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.interrupts import reraise_interrupt
from transpile.model import Cut, Facts, Schedule
from transpile.model.engine import Engine
from transpile.model.outcome import Far, State
from transpile.model.ticks import UTC, starts
from transpile.proof.cut_runs import CutRuns
from transpile.proof.elsewhere import ZERO, Elsewhere
from transpile.proof.executions import Record
from transpile.proof.far_scenarios import Changes, asked_by, shown, statuses
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.roster import Found, ending_of
from transpile.targets.flyte.model import NodeRole

MOST = 4_096
"""Maximum number of combinations of statuses that a condition is tried with."""

DAYS = 40
"""A start time is compared on so many days from the first one."""


@dataclass(frozen=True, slots=True)
class CutChecks:
    """Checks one workflow; the problems that it finds are sentences."""

    rehearsal: Rehearsal
    facts: Facts
    engine: Engine
    elsewhere: Elsewhere
    runs: CutRuns

    def problems(self) -> Iterator[str]:
        """All differences."""
        for cut in self.facts.cuts.values():
            yield from self._condition(cut)
            yield from self._commands(cut)
            if cut.starts:
                yield from self._launch_plan(cut)
            elif not self.rehearsal.drives:
                yield from self._refusal(cut)
        yield from self._start_times()

    # ---------------------------------------------------------------- conditions

    def _condition(self, cut: Cut) -> Iterator[str]:
        """The first statuses for which one side's condition holds and the other's does not."""
        for far in self._combinations(cut):
            source = self.engine.is_met(cut.condition, far)
            try:
                emitted = self.runs.holds(cut.job, far)
            except Exception as error:
                reraise_interrupt(error)
                yield f"{cut.job}: its condition raises {type(error).__name__}: {error}"
                return
            if source is not emitted:
                known = ", ".join(f"{job} {shown(changes)}" for job, changes in far.items())
                word = "holds" if source else "does not hold"
                yield f"{cut.job}: in the source its condition {word} if {known}"
                return

    def _commands(self, cut: Cut) -> Iterator[str]:
        """The jobs of the legacy side about which it asks otherwise than planned."""
        named = inspect.getclosurevars(self.runs.cuts[cut.job].holds).globals.values()
        kind = getattr(self.rehearsal.runtime, "LegacyJob", None)
        for job in (value for value in named if kind and isinstance(value, kind)):
            if (job.name, job.status) not in cut.legacy:
                yield f"{cut.job}: [bridge] has no command {job.status} that asks about {job.name}"

    def _combinations(self, cut: Cut) -> Iterator[Far]:
        asked = asked_by(cut, self.facts)
        sets: list[list[Changes]] = [statuses(atoms) for atoms in asked.values()]
        chosen: Iterator[tuple[Changes, ...]] = itertools.product(*sets)
        if math.prod(map(len, sets)) > MOST:
            rnd = random.Random(cut.job)
            chosen = (tuple(rnd.choice(options) for options in sets) for _ in range(MOST))
        for changes in chosen:
            yield self.elsewhere.consistent(dict(zip(asked, changes, strict=True)))

    def _launch_plan(self, cut: Cut) -> Iterator[str]:
        """A problem if the launch plan that is started runs no workflow of this module."""
        wanted = self.rehearsal.starts_others(self.runs.cuts[cut.job])
        if wanted not in {plan.name for plan in self.rehearsal.starts_of(self.runs.workflow)}:
            yield f"{cut.job}: its module has no launch plan {wanted}"

    # ---------------------------------------------------------------- answers

    def _refusal(self, cut: Cut) -> Iterator[str]:
        """A problem if the job runs although its gate is answered no."""
        far: dict[str, Changes] = dict.fromkeys(asked_by(cut, self.facts), ())
        _, records = self.runs.run(Plan(), far, refused=cut.job)
        for job in _inside(self.facts, cut.job):
            if ending_of(Found(records).job(job)).state is not State.NOT_RUN:
                yield f"{job} runs although the wait of {cut.job} is answered no"

    # ---------------------------------------------------------------- start times

    def _start_times(self) -> Iterator[str]:
        """Problems of jobs in boxes that start at times of their own."""
        timed = {job: schedule for job in self.facts.order if (schedule := self._times(job))}
        for kickoff in _kickoffs(timed.values()) if timed else ():
            _, records = self.runs.run(Plan(), self._usual(), kickoff=kickoff)
            for job, schedule in list(timed.items()):
                if problem := _wrong_time(job, schedule, kickoff, records.values()):
                    del timed[job]
                    yield problem

    def _usual(self) -> Far:
        """All jobs elsewhere have succeeded."""
        asked = (asked_by(cut, self.facts) for cut in self.facts.cuts.values())
        return {job: statuses(atoms)[0] for found in asked for job, atoms in found.items()}

    def _times(self, name: str) -> Schedule | None:
        """The times of a job in a box, unless they are those of the workflow."""
        job = self.facts.jobs[name]
        if job.schedule is None or job.box is None or job.schedule.placed:
            return None
        clocks = (self.facts.jobs[top].schedule for top in self.facts.groups[0])
        same = any(clock and clock.when() == job.schedule.when() for clock in clocks)
        return None if same else job.schedule


def _inside(facts: Facts, name: str) -> Iterator[str]:
    """The job itself, or the jobs in it, at any depth, if it is a box."""
    for job in facts.order:
        if not facts.members.get(job) and name in (job, *facts.graph.ancestors(job)):
            yield job


def _kickoffs(schedules: Iterable[Schedule]) -> Iterator[datetime]:
    """Moments (UTC) of starts, on usual days and around changes of the clock."""
    zone = ZoneInfo(next(iter(schedules)).timezone or UTC)
    for number in (*range(8), 58, 59, 86, 87, 88, 296, 297, 298, 304):
        day = ZERO.date() + timedelta(days=number)
        for at in (time(0), time(11, 59), time(23, 31)):
            yield datetime.combine(day, at, zone).astimezone(timezone.utc)


def _wrong_time(
    name: str, schedule: Schedule, kickoff: datetime, records: Iterable[Record]
) -> str | None:
    """What is wrong with the start of a job in a run that starts at `kickoff`, if anything."""
    known = starts(schedule, kickoff.date() - timedelta(days=1), DAYS)
    expected = next((moment for moment in known if moment >= kickoff), None)
    mine = [record for record in records if record.node.job == name]
    waits = [record for record in mine if record.node.role is NodeRole.NOT_BEFORE]
    ends = [record.end for record in waits if record.end is not None]
    runs = [record.start for record in mine if record.node.runs and record.start is not None]
    if expected is None:
        return None
    if not ends:
        return f"{name} does not wait for its start time" if runs else None
    began = kickoff + timedelta(seconds=max(ends))
    # A wait that begins after the start time is over at once.
    late = max(record.start or 0.0 for record in waits)
    if began != max(expected, kickoff + timedelta(seconds=late)):
        return f"{name}: after a start at {kickoff} it waits until {began} instead of {expected}"
    if any(start < max(ends) for start in runs):
        return f"{name} starts before its start time"
    return None
