"""The engine of Control-M over days against a simulation that looks at everything each minute.

It knows New Day at midnight, runs of whole minutes, and what `plans` draws.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.controlm_cases import (
    DAILY,
    NOTOK,
    OK,
    WEEKDAYS,
    end,
    event,
    folder,
    job,
    log_of,
    on,
    period_of,
)
from transpile.dialects.controlm.plan import Cycle, End, Event, Every, On, Planned, Some, Wait
from transpile.model.outcome import State
from transpile.model.run_log import RunEnd

DAYS, FIRST = 4, date(2026, 11, 5)
PERIOD = period_of(FIRST.isoformat(), DAYS)
_NAMES = "EFGH"


@dataclass(eq=False)
class Item:
    """An order. `state` is one of none (its folder has not started), waits, runs, over, gone."""

    number: int
    planned: Planned
    day: date
    forced: bool
    folder: "Item | None"
    begins: int
    closes: int | None
    state: str = "none"
    runs: int = 0
    reruns: int = 0
    started: int = 0
    ends: int = -1
    turn: int = 0
    line: int = -1
    is_ok: bool = True


class Naive:
    """Plays a plan minute by minute."""

    def __init__(self, plan: list[Planned], table: dict[str, list[RunEnd]]) -> None:
        self.plan, self.table = plan, table
        self.by_name = {planned.name: planned for planned in plan}
        self.items: list[Item] = []
        self.events: set[tuple[str, date | None]] = set()
        self.log: list[list[object]] = []
        self.turns, self.numbers = count(), count()
        self.now = 0

    def play(self) -> list[list[object]]:
        for self.now in range(DAYS * 1440):
            self.end_all()
            if self.now % 1440 == 0:
                self.new_day(FIRST + timedelta(days=self.now // 1440))
            while self.select(self.now) | self.end_all():
                pass
        return self.log

    def today(self) -> date:
        return FIRST + timedelta(days=self.now // 1440)

    def due(self, planned: Planned, day: date) -> bool:
        if planned.folder is None:
            return planned.is_ordered and planned.days is not None and day in planned.days
        own = planned.days is None or day in planned.days
        return own and self.due(self.by_name[planned.folder], day)

    def new_day(self, day: date) -> None:
        self.select(self.now - 1)
        for item in [*self.items]:
            late = (day - item.day).days
            if item.state != "waits" or late <= 0:
                continue
            if item.runs:
                if item.planned.cycle:
                    self.finish(item)
            elif item.planned.max_wait is not None and late > item.planned.max_wait:
                item.state = "gone"
        for planned in self.plan:
            if planned.folder is None and self.due(planned, day):
                self.order(planned, day)

    def order(self, planned: Planned, day: date, *, forced: bool = False) -> None:
        if (found := self.make(planned, day, None, forced=forced)) is not None:
            found.state = "waits"

    def make(
        self, planned: Planned, day: date, inside: Item | None, *, forced: bool
    ) -> Item | None:
        midnight = (day - FIRST).days * 1440
        closes = None if planned.until is None else midnight + planned.until
        begins = max(self.now, midnight + (planned.start or 0))
        item = Item(next(self.numbers), planned, day, forced, inside, begins, closes)
        place = len(self.items)
        self.items.append(item)
        if planned.is_folder:
            inner = [one for one in self.plan if one.folder == planned.name]
            made = [
                self.make(one, day, item, forced=forced)
                for one in inner
                if forced or one.days is None or day in one.days
            ]
            if not any(made):
                del self.items[place:]
                return None
        return item

    def key(self, item: Item, asked: Event) -> date | None:
        if asked.date.on is On.NONE:
            return None
        if asked.date.on is On.ORDER:
            return item.day
        step = timedelta(days=1 if asked.date.on is On.NEXT else -1)
        day = item.day + step
        while not item.forced and not self.due(item.planned, day):
            day += step
            if abs((day - item.day).days) > 400:
                return date.max
        return day

    def holds(self, item: Item, wait: Wait) -> bool:
        if isinstance(wait, Every):
            return all(self.holds(item, term) for term in wait.terms)
        if isinstance(wait, Some):
            return any(self.holds(item, term) for term in wait.terms)
        if wait.date.on is On.ANY:
            return any(name == wait.name for name, _ in self.events)
        return (wait.name, self.key(item, wait)) in self.events

    def select(self, latest: int) -> bool:
        """One look at all that waits; true if something starts."""
        waiting = [item for item in self.items if item.state == "waits" and item.begins <= latest]
        found = False
        for item in sorted(waiting, key=lambda one: one.number):
            is_late = item.closes is not None and self.now > item.closes
            if not is_late and self.holds(item, item.planned.wait):
                self.start(item)
                found = True
        return found

    def start(self, item: Item) -> None:
        planned = item.planned
        item.state, item.runs, item.started = "runs", item.runs + 1, self.now
        item.line, item.turn = len(self.log), next(self.turns)
        self.log.append([planned.name, self.now, None, None])
        if planned.is_folder:
            for other in self.items:
                if other.folder is item:
                    other.state = "waits"
            return
        item.ends = self.now
        if not planned.is_dummy:
            number = sum(line[0] == planned.name for line in self.log)
            ends = self.table[planned.name]
            item.ends += int(ends[min(number, len(ends)) - 1].seconds) // 60

    def end_all(self) -> bool:
        ended = [item for item in self.items if item.state == "runs" and item.ends == self.now]
        for item in sorted(ended, key=lambda one: one.turn):
            number = sum(line[0] == item.planned.name for line in self.log[: item.line + 1])
            ends = self.table[item.planned.name]
            code = 0 if item.planned.is_dummy else ends[min(number, len(ends)) - 1].code
            self.end(item, code)
        return bool(ended)

    def end(self, item: Item, code: int | None) -> None:
        found: End = item.planned.end(code)
        item.is_ok = found.is_ok
        self.log[item.line][2:] = [self.now, found.is_ok]
        for change in found.changes:
            name, when = change.event.name, change.event.date
            if when.on is On.ANY:
                self.events = {one for one in self.events if one[0] != name}
            elif change.adds:
                self.events.add((name, self.key(item, change.event)))
            else:
                self.events.discard((name, self.key(item, change.event)))
        for name in found.forces:
            self.order(self.by_name[name], item.day, forced=True)
        due = self.again(item, found)
        if due is None:
            self.finish(item)
        else:
            item.state, item.begins = "waits", due

    def again(self, item: Item, found: End) -> int | None:
        planned = item.planned
        if planned.cycle is None:
            if not found.reruns or item.reruns >= planned.reruns:
                return None
            item.reruns += 1
            return self.now
        first = FIRST + timedelta(days=item.started // 1440)
        if item.runs == planned.reruns or first != self.today() or self.crossed(item):
            return None
        return max(item.started + planned.cycle.intervals[0], self.now)

    def crossed(self, item: Item) -> bool:
        """True if a day has ended since the first run."""
        lines = [line for line in self.log if line[0] == item.planned.name]
        mine = lines[-item.runs :] if item.runs else []
        return any(int(str(line[1])) // 1440 != self.now // 1440 for line in mine)

    def finish(self, item: Item) -> None:
        item.state = "over"
        inside = item.folder
        if inside is None:
            return
        members = [other for other in self.items if other.folder is inside]
        if all(other.state == "over" for other in members):
            self.end(inside, 0 if all(other.is_ok for other in members) else 1)


def plans(rnd: random.Random) -> list[Planned]:
    """A plan of a few jobs and folders, in a random order of events."""
    folders = [
        folder(f"S{n}", waits(rnd), does(rnd), days=days(rnd), max_wait=rnd.choice((0, 1, None)))
        for n in range(rnd.randrange(3))
    ]
    found = list(folders)
    for n in range(rnd.randrange(2, 9)):
        inside = rnd.choice([None, None, *(one.name for one in folders)])
        found.append(drawn_job(rnd, f"J{n}", inside))
    return found


def drawn_job(rnd: random.Random, name: str, inside: str | None) -> Planned:
    cycle = Cycle((rnd.choice((30, 200, 700)),)) if inside is None and rnd.random() < 0.15 else None
    forces = ("J0",) if name != "J0" and rnd.random() < 0.1 else ()
    bad = end(NOTOK, *does(rnd, 1), reruns=cycle is None and rnd.random() < 0.4, forces=forces)
    texts = waits(rnd)
    alternatives = len(texts) > 1 and rnd.random() < 0.5
    start = rnd.choice((None, None, 0, 61, 400, 1430))
    return job(
        name,
        Some(tuple(map(event, texts))) if alternatives else texts,
        does(rnd),
        folder=inside,
        days=rnd.choice((None, days(rnd))) if inside else days(rnd),
        is_ordered=name != "J0" or rnd.random() < 0.5,
        ends=(end(OK, *does(rnd)), bad),
        start=start,
        until=None if cycle or rnd.random() < 0.8 else (start or 0) + rnd.choice((0, 5)),
        max_wait=rnd.choice((0, 0, 1, None)),
        cycle=cycle,
        reruns=rnd.choice((2, 3)) if cycle else rnd.choice((0, 1, 2)),
        is_dummy=rnd.random() < 0.15,
    )


def days(rnd: random.Random) -> object:
    return rnd.choice((DAILY, DAILY, WEEKDAYS, on(*rnd.sample(range(5, 9), 2))))


def waits(rnd: random.Random) -> list[str]:
    words = ("", "", "", " PREV", " NEXT", " STAT", " ****")
    return [rnd.choice(_NAMES) + rnd.choice(words) for _ in range(rnd.choice((0, 0, 1, 1, 2)))]


def does(rnd: random.Random, most: int = 3) -> list[str]:
    adds = ("", "", "", " PREV", " NEXT", " STAT")
    found = []
    for _ in range(rnd.randrange(most + 1)):
        sign = rnd.choice("+++-")
        words = adds if sign == "+" else (*adds, " ****")
        found.append(sign + rnd.choice(_NAMES) + rnd.choice(words))
    return found


@settings(max_examples=share_of(200), deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_both_run_the_same(seed: int) -> None:
    rnd = random.Random(seed)
    plan = plans(rnd)
    table = {
        one.name: [
            RunEnd(60 * rnd.choice((1, 2, 45, 1500)), rnd.choice((0, 0, 0, 5, None)))
            for _ in range(4)
        ]
        for one in plan
    }
    begin = PERIOD.begin

    def minute(moment: datetime | None) -> int | None:
        return None if moment is None else int((moment - begin).total_seconds()) // 60

    found = [
        [run.job, minute(run.start), minute(run.end), run.state and run.state is State.SUCCEEDED]
        for run in log_of(plan, table, PERIOD).runs
    ]
    # What starts in the same minute stands in no certain order.
    assert sorted(found, key=str) == sorted(Naive(plan, table).play(), key=str)
