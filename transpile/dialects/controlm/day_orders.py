"""Orders: jobs and folders in the plan of the scheduler, each for one order date."""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from transpile.dialects.controlm.day_cycles import first_due, next_time
from transpile.dialects.controlm.day_dates import DAY, MINUTE, Dates
from transpile.dialects.controlm.plan import Plan, Planned


class Stage(Enum):
    """What an order does. REMOVED ones have left the plan before they ran."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    REMOVED = "removed"


@dataclass(eq=False, slots=True)
class Order:
    """A job or folder on one order date; `number` counts all orders.

    It was ordered at `made`, and may start from `begins` until `closes`; `target` is the time at
    which its run was due, out of its `times` if it has a list. `runs` counts its starts, `reruns`
    those that try again what failed; `run` is the number of the latest one in the log, `started`
    its start, and `first_day` the working day of the first one. `open` counts members that have not
    ended, `is_ok` says how the latest run ended. `is_late_cycle`: a run of a cyclic job
    took longer than its interval. `is_asked`: a person has been asked to confirm it,
    and `is_confirmed`: has said yes.
    """

    number: int
    planned: Planned
    day: date
    folder: "Order | None"
    is_forced: bool
    made: datetime
    begins: datetime
    closes: datetime | None
    target: datetime
    times: tuple[datetime, ...] = ()
    members: "list[Order]" = field(default_factory=list)
    stage: Stage = Stage.WAITING
    run: int = 0
    runs: int = 0
    reruns: int = 0
    tries_again: bool = False
    started: datetime | None = None
    first_day: date | None = None
    open: int = 0
    is_ok: bool = True
    is_kept: bool = False
    is_asked: bool = False
    is_confirmed: bool = False
    is_late_cycle: bool = False

    @property
    def name(self) -> str:
        """Its name in the network."""
        return self.planned.name

    @property
    def adjusts(self) -> bool:
        """True if a folder around it adjusts what its members wait for."""
        folder = self.folder
        while folder is not None and not folder.planned.adjusts:
            folder = folder.folder
        return folder is not None

    def is_late(self, now: datetime) -> bool:
        """True if it may not start any more."""
        return self.closes is not None and now > self.closes

    def take_time(self, now: datetime) -> bool:
        """Be due at the next of its times; false if there is none."""
        cycle = self.planned.cycle
        later = (time for time in self.times if not self.runs or time > self.target)
        found = next_time(cycle, later, now) if cycle is not None else None
        if found is not None:
            self.target, self.begins = found, max(found, self.begins, now)
        return found is not None


class Orders:
    """Makes orders."""

    def __init__(self, plan: Plan, dates: Dates) -> None:
        self._dates = dates
        self._number = itertools.count()
        self._members: dict[str, list[Planned]] = {}
        for planned in plan:
            if planned.folder is not None:
                self._members.setdefault(planned.folder, []).append(planned)

    def members(self, folder: Planned) -> list[Planned]:
        """The members of a folder, whatever their days."""
        return self._members.get(folder.name, [])

    def make(
        self,
        planned: Planned,
        day: date,
        now: datetime,
        folder: Order | None = None,
        *,
        is_forced: bool = False,
    ) -> Order | None:
        """An order with all members that are due; a folder without any is not ordered."""
        begins = max(now, self._dates.starts(planned, day))
        closes = self._until(planned, day)
        order = Order(
            next(self._number), planned, day, folder, is_forced, now, begins, closes, begins
        )
        cycle = planned.cycle
        if cycle is not None and cycle.times:
            moments = {self._dates.moment(planned, day, time) for time in cycle.times}
            order.times = tuple(sorted(moments))
            if not order.take_time(now):
                order.closes = now - MINUTE
        if planned.is_folder:
            self.fill(order, now)
            if not order.members:
                return None
        return order

    def fill(self, folder: Order, now: datetime) -> None:
        """Give a folder new orders of its members; one that is forced has them all (1400)."""
        folder.members = []
        for planned in self.members(folder.planned):
            if folder.is_forced or planned.days is None or folder.day in planned.days:
                order = self.make(planned, folder.day, now, folder, is_forced=folder.is_forced)
                folder.members += [order] if order is not None else []

    def resume(self, planned: Planned, day: date, now: datetime) -> Order | None:
        """An order of a date that has begun before now, if it still starts; nothing ran before."""
        start, cycle = self._dates.starts(planned, day), planned.cycle
        if start >= now:
            return self.make(planned, day, now)
        if cycle is None or planned.is_folder:
            return None
        order = self.make(planned, day, now)
        if order is None or cycle.times:
            return order
        found = first_due(cycle, start, now)
        if found is None or 0 < planned.reruns <= found[1]:
            return None
        order.begins, order.runs = found
        order.target = order.begins
        return order

    def _until(self, planned: Planned, day: date) -> datetime | None:
        """The latest start; one that comes before the earliest start is on the next day."""
        if planned.until is None:
            return None
        closes = self._dates.moment(planned, day, planned.until)
        if planned.start is not None and closes < self._dates.starts(planned, day):
            closes = self._dates.moment(planned, day + DAY, planned.until)
        return closes
