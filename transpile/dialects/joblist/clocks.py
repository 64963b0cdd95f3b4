"""When the jobs of a list start by the clock: those that hang together start as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transpile.dialects.joblist.codes.jobs import ScheduleIgnored
from transpile.dialects.joblist.model import Entry
from transpile.dialects.kit.values import Value
from transpile.findings.diagnostics import Diagnostics
from transpile.model.graph import connected


class Clock(NamedTuple):
    """A schedule as it is written, in a zone, and the job that has it; None for the whole list."""

    cron: Value
    zone: Value | None
    job: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Equal for equal schedules."""
        zone = self.zone.text.lower() if self.zone else ""
        return " ".join(self.cron.text.split()), zone

    def __str__(self) -> str:
        return " ".join(filter(None, self.key))


@dataclass(slots=True)
class Links:
    """What each job and box comes after, and the boxes that they are in."""

    after: Mapping[str, Sequence[str]]
    boxes: Mapping[str, str | None]

    def parts(self) -> list[list[str]]:
        """The jobs and boxes that hang together, in source order."""
        boxes = ((name, self.boxes[name]) for name in self.after)
        around = {name: (box,) if box is not None else () for name, box in boxes}
        return connected({name: (*others, *around[name]) for name, others in self.after.items()})

    def first_before(self, name: str) -> str | None:
        """A job that this one, or a box around it, comes after."""
        around: str | None = name
        seen: set[str] = set()
        while around is not None and around not in seen:
            seen.add(around)
            others = self.after.get(around, ())
            if others:
                return others[0]
            around = self.boxes.get(around)
        return None


def clock_of(
    part: Sequence[str],
    entries: Mapping[str, Entry],
    links: Links,
    whole: Clock | None,
    zone: Value | None,
    diagnostics: Diagnostics,
) -> Clock | None:
    """The clock of jobs that hang together: that of the first one that comes after no other.

    `whole` is the clock of the list, and `zone` its time zone. Other schedules are reported.
    """
    chosen: Clock | None = None
    own: list[Clock] = []
    for name in part:
        values = entries[name].values
        cron = values.get("schedule")
        if cron is not None and cron.text.strip():
            clock = Clock(cron, values.get("timezone") or zone, name)
            own.append(clock)
            if chosen is None and links.first_before(name) is None:
                chosen = clock
    found = chosen or whole
    for clock in own:
        if found is not None and clock.key == found.key:
            continue
        name = clock.job or ""
        before = links.first_before(name)
        reason = f"it starts with {found.job or 'the list'}, at {found}" if found else ""
        if before is not None:
            reason = f"it comes after {before}"
        ignored = ScheduleIgnored(name=name, reason=reason)
        diagnostics.add(ignored, clock.cron.span, job=name, text=clock.cron.text)
    return found
