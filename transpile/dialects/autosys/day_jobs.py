"""What AutoSys knows of each job over days: its definition, and the row with its status."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from transpile.dialects.autosys.ticks import Openings, Tick
from transpile.model import Calendar, Facts, Job, atoms, label_of
from transpile.model.condition import GlobalValue
from transpile.model.outcome import State
from transpile.model.rule_calendars import RuleCalendar

INACTIVE, ACTIVATED, RUNNING, RESTART = "INACTIVE", "ACTIVATED", "RUNNING", "RESTART"
SUCCESS, FAILURE, TERMINATED = "SUCCESS", "FAILURE", "TERMINATED"

STATES = {SUCCESS: State.SUCCEEDED, FAILURE: State.FAILED, TERMINATED: State.TERMINATED}
"""The statuses in which a run ends."""

BAD = frozenset((FAILURE, TERMINATED))

Test = Callable[[], bool]
"""A condition as it is now."""


@dataclass(slots=True)
class Row:
    """A job, and the row that AutoSys keeps about it: nothing in it knows of days.

    `clocked`: only its ticks arm it. `named` are the jobs that its condition names, `readers` those
    whose conditions name it. `changed` is the time of the last change of its status,
    `ended` that of the end of its last run. `ran`: it has started in this run of its box, and
    `bypassed`: it will not. `opening` is the start that is put off to the opening of its window.
    `watched` has the kinds of deadlines that are pending.
    """

    job: Job
    clocked: bool
    ticks: tuple[Tick, ...]
    openings: Openings | None
    excluded: tuple[Calendar | RuleCalendar, ...]
    zone: str
    limit: timedelta | None
    box: "Row | None" = None
    members: "list[Row]" = field(default_factory=list)
    named: "list[Row]" = field(default_factory=list)
    readers: "list[Row]" = field(default_factory=list)
    condition: Test | None = None
    box_success: Test | None = None
    box_failure: Test | None = None
    status: str = INACTIVE
    changed: datetime | None = None
    ended: datetime | None = None
    started: datetime | None = None
    code: int | None = None
    armed: datetime | None = None
    is_held: bool = False
    is_iced: bool = False
    is_noexec: bool = False
    ran: bool = False
    bypassed: bool = False
    opening: datetime | None = None
    watched: set[str] = field(default_factory=set)
    run: int = 0
    tries: int = 0

    @property
    def name(self) -> str:
        """The name of the job."""
        return self.job.name

    @property
    def is_box(self) -> bool:
        """True for a box, with or without members."""
        return self.job.kind.value == "box"

    @property
    def is_running(self) -> bool:
        """True from its start to the end of its last try."""
        return self.status in (RUNNING, RESTART)

    def around(self) -> "Iterator[Row]":
        """Its boxes, the innermost first."""
        box = self.box
        while box is not None:
            yield box
            box = box.box

    def below(self) -> "Iterator[Row]":
        """Everything in a box, at any depth."""
        for member in self.members:
            yield member
            yield from member.below()


def tables(facts: Facts) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The jobs that the condition of a job names, and the jobs whose conditions name a global.

    Those that a condition names are in its order, the others in that of the source.
    """
    named: dict[str, dict[str, None]] = {}
    by_global: dict[str, dict[str, None]] = {}
    for name, job in facts.said.jobs.items():
        for atom in atoms(job.condition):
            if isinstance(atom, GlobalValue):
                by_global.setdefault(atom.name, {})[name] = None
            elif label_of(atom) in facts.said.jobs:
                named.setdefault(name, {})[label_of(atom)] = None
    return (
        {name: list(found) for name, found in named.items()},
        {name: list(found) for name, found in by_global.items()},
    )


def is_unreadable(job: Job) -> bool:
    """True for a job whose condition is not understood: nobody knows when it starts."""
    return bool(job.condition_text) and job.condition is None


def boxes(jobs: dict[str, Job]) -> dict[str, str]:
    """The box of each member; a box that would be inside itself has none."""
    found = {n: j.box for n, j in jobs.items() if j.box in jobs and j.box is not None}
    for name in list(found):
        seen, box = {name}, found.get(name)
        while box is not None and box not in seen:
            seen.add(box)
            box = found.get(box)
        if box is not None:
            del found[name]
    return found
