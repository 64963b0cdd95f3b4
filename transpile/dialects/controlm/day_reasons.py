"""Why orders start, or do not: what events say, and the remarks about it."""

from collections.abc import Callable
from datetime import date, datetime

from transpile.dialects.controlm.day_dates import Dates
from transpile.dialects.controlm.day_events import Events, Origin, holds
from transpile.dialects.controlm.day_orders import Order, Stage
from transpile.dialects.controlm.plan import Event, On, Planned, events_of
from transpile.model.readings import Reading
from transpile.model.run_log import Cause

NEVER = "never"

CONFIRM = Reading(
    "controlm_confirm",
    "When is the confirmation of a job with CONFIRM answered? `at once`: the confirmation is a run "
    "of its own, whose end is drawn, and the job starts if it succeeds. `never`: the job waits.",
    ("at once", NEVER),
)
OUTSIDE = Reading(
    "controlm_outside",
    "Does an event exist that no job of the estate adds? `no`, or `at once`: an operator or "
    "another scheduler adds it.",
    ("no", "at once"),
)

Said = tuple[Cause, str]
"""What a remark says."""


EMPTY: Said = Cause.NO_INSTANCE, "is not ordered: none of its members is due"
"""What is to be said of a folder on days without any of its members."""


class Reasons:
    """Answers whether the events are there that an order waits for, and why they are not.

    `answer` gives the answer to an open question, which decides something then; `forced` has the
    jobs that were forced, with their dates.
    """

    def __init__(self, events: Events, dates: Dates, answer: Callable[[str], str]) -> None:
        self.events = events
        self.forced: set[tuple[str, date]] = set()
        self._dates = dates
        self._answer = answer

    def is_met(self, order: Order) -> bool:
        """True if what an order waits for is there."""
        return holds(order.planned.wait, lambda event: self._is_there(order, event))

    def _is_there(self, order: Order, event: Event) -> bool:
        if self.events.origin(order, event) is not None or self._is_adjusted(order, event):
            return True
        if self.events.adders(event):
            return False
        return self._answer(OUTSIDE.name) == "at once"

    def _is_adjusted(self, order: Order, event: Event) -> bool:
        """True if the order need not wait: what adds the event is not ordered on its date.

        ADJUST_COND Y: a condition is ignored if it comes from jobs that are not scheduled
        (JefAdjustCond, INC 71262); jobs outside of the folder count, too.
        """
        if not order.adjusts:
            return False
        adders = self.events.adders(event)
        return bool(adders) and not any(self._is_ordered(one, order.day) for one, _ in adders)

    def _is_ordered(self, planned: Planned, day: date) -> bool:
        return (planned.name, day) in self.forced or self._dates.is_due(planned, day)

    # ---------------------------------------------------------------- remarks

    def of_start(self, order: Order, now: datetime) -> list[Said]:
        """What is to be said of a start."""
        found: list[Said] = []
        if order.planned.start is not None and not order.runs:
            change = self._dates.change(order.planned, order.day, order.planned.start)
            if change is not None:
                word = "skips" if change.is_forward else "repeats"
                found.append((Cause.CLOCK_CHANGE, f"is due at a time that the clock {word}"))
        if self._dates.working_day(order.planned, now) > order.day and not order.runs:
            found.append((Cause.CARRIED, f"starts late: it is ordered for {order.day}"))
        for event in events_of(order.planned.wait):
            origin = self.events.origin(order, event)
            if origin is None and self._is_adjusted(order, event):
                text = f"does not wait for {event.name}: nothing that adds it is ordered"
                found.append((Cause.NO_INSTANCE, f"{text} for {order.day}"))
            elif origin is not None:
                if self.events.is_cyclic(origin.job):
                    text = f"starts as soon as a run of {origin.job} has added {event.name}"
                    found.append((Cause.REPETITION, text))
                if event.date.on in (On.NONE, On.ANY):
                    found += self._old(order, event, origin)
        return found

    def _old(self, order: Order, event: Event, origin: Origin) -> list[Said]:
        """An event without a date counts again, or still, on a later date."""
        if origin.day >= order.day:
            return []
        since = self._dates.shown(origin.at)
        text = f"{origin.job} has added {event.name} on an earlier date, at {since}"
        return [(Cause.OLD_STATUS, text)]

    def of_wait(self, order: Order) -> list[Said]:
        """Why an order waits, if only for events that nothing is going to add."""
        lost: dict[Event, Said] = {}
        for event in events_of(order.planned.wait):
            if not self._is_there(order, event):
                said = self._why(order, event)
                if said is not None:
                    lost[event] = said
        if not lost:
            return []
        met = holds(order.planned.wait, lambda one: one in lost or self._is_there(order, one))
        return list(dict.fromkeys(lost.values())) if met else []

    def _why(self, order: Order, event: Event) -> Said | None:
        adders = self.events.adders(event)
        if not adders:
            return Cause.OPEN_WAIT, f"waits for {event.name}: no job of the estate adds it"
        origin = self.events.deleted(order, event)
        is_dated = event.date.on not in (On.NONE, On.ANY)
        if origin is not None and (is_dated or origin.at >= order.made):
            since = self._dates.shown(origin.at)
            is_own = origin.job == order.name and order.runs
            cause = Cause.REPETITION if is_own else Cause.KNOWN
            return cause, f"waits for {event.name}: {origin.job} has deleted it at {since}"
        day = self.events.day(order, event.date)
        if day is None or any(on is not On.ORDER for _, dates in adders for on in dates):
            return None
        if any(self._is_ordered(one, day) for one, _ in adders):
            return None
        text = f"waits for {event.name}: nothing that adds it is ordered for {day}"
        return Cause.NO_INSTANCE, text


def of_own_days(folder: Order) -> list[Said]:
    """What is to be said of a folder when only members are left that have days of their own.

    In the workflow its end does not depend on them. A folder that is forced holds all its members.
    """
    if folder.is_forced:
        return []
    others = [one for one in folder.members if one.planned.days is None]
    own = [one for one in folder.members if one.planned.days is not None]
    if not own or any(one.stage is not Stage.ENDED for one in others):
        return []
    if all(one.stage is Stage.ENDED and one.is_ok for one in own):
        return []
    return [(Cause.KNOWN, f"its end depends on {own[0].name}, which has days of its own")]
