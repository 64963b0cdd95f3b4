"""Runs a workflow beside others, whose jobs have the statuses that a scenario gives them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from transpile.interrupts import reraise_interrupt
from transpile.model import Cut, Facts
from transpile.model.outcome import ENDED, NO_FAR, Far
from transpile.proof.attempts import CURRENT, HERE, Attempts, Here
from transpile.proof.blueprint import Workflow
from transpile.proof.clocks import SimulatedClock
from transpile.proof.delays import Delays
from transpile.proof.elsewhere import ZERO, Elsewhere, World
from transpile.proof.executions import Phase, Record
from transpile.proof.legacy_side import LegacySide, Talk, side_of_scenario
from transpile.proof.rehearse import Around, Plan, Rehearsal
from transpile.proof.roster import Found
from transpile.proof.runs import Simulates
from transpile.proof.simulated_admin import Simulated, SimulatedAdmin
from transpile.targets.flyte.model import NodeRole

_ASKING = Delays(look=0.001, tell=0.001)
"""How long a look or a tell takes: less than anything that a scenario has in between."""

_INTERVAL = 0.25
"""Seconds between two questions to the legacy side: a scenario changes nothing in between."""


@dataclass(slots=True)
class Ours(Simulated):
    """The run of the workflow that is compared, as Flyte Admin knows it."""

    workflow: str
    simulator: Simulates
    created: datetime = ZERO

    name = "here"

    @property
    def scheduled(self) -> datetime:
        """The moment of its start."""
        return self.created

    @property
    def changed(self) -> datetime:
        """The moment of its start."""
        return self.created


class CutRuns:
    """Runs a workflow with what is known of others.

    `cuts` has the emitted object of each cut, `legacy` is the legacy side in the last run.
    """

    def __init__(
        self, rehearsal: Rehearsal, workflow: Workflow, facts: Facts, elsewhere: Elsewhere
    ) -> None:
        self._rehearsal = rehearsal
        self.workflow = workflow
        self._elsewhere = elsewhere
        self._waits = [cut for cut in facts.cuts.values() if not cut.starts]
        told = (cut for cuts in facts.told.values() for cut in cuts)
        self._moments = [n for n, kind in workflow.types.items() if kind is datetime]
        self.cuts: dict[str, Any] = {}
        for cut in (*facts.cuts.values(), *told):
            module, constant = elsewhere.constants[cut.job]
            self.cuts[cut.job] = getattr(rehearsal.beside[module], constant)
        self._talk = Talk.of([facts])
        self.legacy = self._side(NO_FAR, ZERO)

    def run(
        self, plan: Plan, far: Far, refused: str = "", kickoff: datetime | None = None
    ) -> tuple[bool, dict[str, Record]]:
        """Run the workflow; return True if it succeeded, and the records of nodes by path.

        Start times of jobs count only with a `kickoff`. The gate of the job `refused` is answered
        no.
        """
        clock = SimulatedClock()
        self.legacy = self._side(far, kickoff or ZERO)
        ours: list[Ours] = []
        around = Around(
            zero=kickoff or ZERO,
            admin=lambda record: self._admin(ours[0], far, clock, record),
            delays=_ASKING,
            timeless=kickoff is None,
        )
        simulator = self._rehearsal.simulator(self.workflow, plan, clock, None, around)
        ours.append(Ours(self.workflow.registered, simulator, around.zero))
        for job, changes in far.items():
            for change in changes:
                if change.at > 0:
                    clock.after(change.at, clock.change)
                if change.at > 0 and change.ending.state in ENDED:
                    clock.after(change.at, partial(self._tell, job, ours[0], far, clock))
        if refused:
            simulator.answer(self.cuts[refused].gate, yes=False)
        inputs = plan.inputs | (dict.fromkeys(self._moments, kickoff) if kickoff else {})
        return simulator.run(self.workflow, inputs), simulator.records

    def holds(self, job: str, far: Far) -> bool:
        """True if the emitted condition of the job's cut holds before a run."""
        clock = SimulatedClock()
        self.legacy = self._side(far, ZERO)
        simulator = self._rehearsal.simulator(self.workflow, Plan(), clock)
        admin = self._admin(Ours("", simulator), far, clock, None)
        self._enter(admin, 0.0)
        try:
            runtime = self._rehearsal.runtime
            known = runtime.Estate(admin, Ours.name)
            known = runtime.BothSides(known) if self._talk.asked else known
            return bool(self.cuts[job].holds(known.last))
        finally:
            HERE.set(None)

    def tells(
        self, job: str, inside: Iterable[str], cut: Cut, records: Mapping[str, Record]
    ) -> bool:
        """True if a task behind the job has told the cut after the job's end.

        `inside` are the jobs in it, if it is a box.
        """
        found = Found(records)
        ended = (found.of(job, NodeRole.END) or found.job(job), *map(found.job, inside))
        end = max((r.end for r in ended if r and r.end is not None), default=math.inf)
        return any(
            record.node.job == job
            and record.node.role is NodeRole.TELL
            and record.phase is Phase.SUCCEEDED
            and (record.start or 0.0) >= end
            and record.attempts is not None
            and self.cuts[cut.job] in record.attempts.told
            for record in records.values()
        )

    def _side(self, far: Far, zero: datetime) -> LegacySide:
        return side_of_scenario(self._talk, far, zero, _INTERVAL)

    def _admin(
        self, ours: Ours, far: Far, clock: SimulatedClock, record: Record | None
    ) -> SimulatedAdmin:
        world = World(ours, far, self._elsewhere.places, lambda: clock.now, self.legacy)
        return SimulatedAdmin(world, self._rehearsal.runtime, ours, record)

    def _enter(self, admin: SimulatedAdmin, now: float) -> None:
        CURRENT.set(Attempts(None, 0.0))
        HERE.set(Here(admin.here.created + timedelta(seconds=now), admin))

    def _tell(self, job: str, ours: Ours, far: Far, clock: SimulatedClock) -> None:
        """Do what the task behind a job of another workflow does when the job has ended."""
        if self._rehearsal.drives:
            ours.simulator.answer(job)
            return
        self._enter(self._admin(ours, far, clock, None), clock.now)
        try:
            for cut in self._waits:
                if job in cut.asked and not cut.legacy:
                    self._rehearsal.runtime.tell(self.cuts[cut.job])
        except Exception as error:
            # A task that raises tells nobody.
            reraise_interrupt(error)
        finally:
            HERE.set(None)
