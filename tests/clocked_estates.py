"""Generated JIL estates of units with different clocks, and when AutoSys starts each job.

The starts follow from the generated structure; they know nothing of the converter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

FIRST, DAYS = date(2026, 11, 16), 60
"""Days on which no zone changes its clock."""

_WORDS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_CALENDAR = tuple(FIRST + timedelta(days=number) for number in range(-20, 90, 9))


@dataclass(frozen=True)
class Clock:
    """Start times on days of the week, or of the calendar if there are none."""

    times: tuple[str, ...]
    week: tuple[str, ...]
    zone: str

    @property
    def lines(self) -> list[str]:
        """The attributes of a job."""
        by_minute = ":" not in self.times[0]
        times = f"{'start_mins' if by_minute else 'start_times'}: \"{', '.join(self.times)}\""
        days = f"days_of_week: {','.join(self.week)}" if self.week else "run_calendar: CAL"
        return ["date_conditions: 1", days, times, f"timezone: {self.zone}"]

    def ticks(self, days: Iterable[date]) -> list[datetime]:
        """The moments of the start times of some days."""
        zone, found = ZoneInfo(self.zone), set()
        for day in days:
            if day in _CALENDAR if not self.week else _WORDS[day.weekday()] in self.week:
                for text in self.times:
                    hours = [f"{hour:02}:{text}" for hour in range(24)] if ":" not in text else []
                    for at in hours or [text]:
                        wall = datetime.combine(day, time.fromisoformat(at), tzinfo=zone)
                        found.add(wall.astimezone(timezone.utc))
        return sorted(found)


_CLOCKS = (
    Clock(("22:15",), _WORDS, "Europe/London"),
    Clock(("22:15",), _WORDS[:5], "Europe/London"),
    Clock(("18:00",), _WORDS[:5], "America/New_York"),
    Clock(("06:00", "14:30"), _WORDS, "Asia/Tokyo"),
    Clock(("08:00",), (), "UTC"),
    Clock(("20", "50"), ("sa",), "UTC"),
)
_OWN_CLOCKS = (
    Clock(("23:30",), _WORDS, "Europe/London"),
    Clock(("03:00", "16:00"), _WORDS, "UTC"),
    Clock(("09:00",), (), "UTC"),
    Clock(("05",), ("mo", "we"), "America/New_York"),
    *_CLOCKS[:2],
)


@dataclass(frozen=True)
class Timed:
    """A job or box with its conditions; its own clock starts it, or holds it back in a box."""

    name: str
    is_box: bool
    box: str | None
    clock: Clock | None
    terms: tuple[tuple[str, str], ...]
    joined: str

    @property
    def text(self) -> str:
        """The job as JIL."""
        lines = [f"insert_job: {self.name}   job_type: {'BOX' if self.is_box else 'CMD'}"]
        lines += [f"box_name: {self.box}"] if self.box else []
        lines += [] if self.is_box else ["command: true"]
        condition = self.joined.join(test.format(name) for name, test in self.terms)
        lines += [f"condition: {condition}"] if condition else []
        lines += self.clock.lines if self.clock else []
        return "\n".join([*lines, "", ""])


@dataclass(frozen=True)
class Estate:
    """Jobs whose conditions point backwards, in some order of statements."""

    jobs: tuple[Timed, ...]
    order: tuple[int, ...]

    @property
    def text(self) -> str:
        """The estate as JIL."""
        rows = "\n".join(f"{day:%m/%d/%Y}" for day in _CALENDAR)
        return "".join(self.jobs[index].text for index in self.order) + f"calendar: CAL\n{rows}\n"

    def starts(self) -> dict[str, list[datetime]]:
        """When AutoSys starts each job, if all runs succeed and take no time."""
        found: dict[str, dict[datetime, datetime]] = {}
        for job in self.jobs:
            ticks = job.clock.ticks(_around()) if job.clock else []
            if job.box:
                found[job.name] = _inside(found[job.box], ticks if job.clock else None)
            elif job.clock:
                found[job.name] = {tick: tick for tick in ticks}
            else:
                causes = {cause for name, _ in job.terms for cause in found[name]}
                found[job.name] = {cause: cause for cause in causes}
        return {name: sorted(set(runs.values())) for name, runs in found.items()}


def _around() -> list[date]:
    """The days, and some before and after them."""
    return [FIRST + timedelta(days=number) for number in range(-20, DAYS + 30)]


def _inside(
    box: dict[datetime, datetime], ticks: list[datetime] | None
) -> dict[datetime, datetime]:
    """The starts of a member, by the start time that caused the run of the workflow."""
    if ticks is None:
        return box
    found = {}
    for cause, moment in box.items():
        later = [tick for tick in ticks if tick >= cause]
        if later:
            found[cause] = max(moment, later[0])
    return found


_TESTS = st.sampled_from(("s({})", "s({})", "f({})", "d({})", "s({}, 12.00)", "n({})"))


@st.composite
def clocked(draw: st.DrawFn, most: int = 7) -> Estate:
    """Units with and without clocks that wait for one another; members wait for other units."""
    jobs: list[Timed] = []
    ended: list[str] = []
    for number in range(draw(st.integers(1, most))):
        inside = _unit(draw, f"U{number}", ended)
        jobs += inside
        ended += [job.name for job in inside]
    order = draw(st.permutations(range(len(jobs))))
    return Estate(tuple(jobs), tuple(order))


def _unit(draw: st.DrawFn, name: str, ended: list[str]) -> list[Timed]:
    clock = draw(st.sampled_from((None, *_CLOCKS)))
    is_box = draw(st.booleans())
    found = [_job(draw, name, None, clock, ended, is_box=is_box)]
    boxes = [name] if is_box else []
    for number in range(draw(st.integers(1, 4)) if is_box else 0):
        box = draw(st.sampled_from(boxes))
        siblings = [job.name for job in found if job.box == box and not job.is_box]
        own = draw(st.sampled_from((None, None, *_OWN_CLOCKS)))
        job = _job(
            draw, f"{name}.M{number}", box, own, [*ended, *siblings], is_box=draw(st.booleans())
        )
        boxes += [job.name] if job.is_box else []
        found.append(job)
    return found


def _job(
    draw: st.DrawFn,
    name: str,
    box: str | None,
    clock: Clock | None,
    others: list[str],
    *,
    is_box: bool,
) -> Timed:
    named = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
    terms = tuple((other, draw(_TESTS)) for other in named)
    return Timed(name, is_box, box, clock, terms, draw(st.sampled_from((" & ", " | "))))
