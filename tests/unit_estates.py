"""Generated JIL estates of units, boxes and jobs with clocks, that look at one another."""

from dataclasses import dataclass, field

from tests.jil_networks import Chooser

CLOCKS = (
    'days_of_week: all\nstart_times: "10:00"',
    'days_of_week: mo,we\nstart_times: "10:00, 22:30"\ntimezone: Europe/London',
    "days_of_week: all\nstart_mins: 5, 35",
)
_ATOMS = ("s({})", "s({})", "s({}, 12.00)", "f({})", "d({})", "t({})", "n({})", "e({}) > 2")


@dataclass
class UnitGenerator:
    """Writes an estate of `count` units; conditions point backwards, so all are kept."""

    choose: Chooser
    count: int
    jobs: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The estate as JIL."""
        return "\n".join(part for number in range(self.count) for part in self._unit(number))

    def _unit(self, number: int) -> list[str]:
        name, is_box = f"U{number}", self.choose.chance(50)
        clock = self.choose.pick(["", "", *CLOCKS])
        parts = [self._job(name, "b" if is_box else "c", clock=clock)]
        known = [name]
        for place in range(self.choose.pick([1, 2, 3]) if is_box else 0):
            member = f"{name}.{place}"
            times = self.choose.pick(CLOCKS) if self.choose.chance(10) else ""
            parts.append(self._job(member, "c", box=name, clock=times, beside=known[1:]))
            known.append(member)
        self.jobs += known
        return parts

    def _job(
        self,
        name: str,
        kind: str,
        *,
        box: str = "",
        clock: str = "",
        beside: list[str] | None = None,
    ) -> str:
        lines = [f"insert_job: {name}   job_type: {kind}"]
        lines += [f"box_name: {box}"] if box else []
        lines += ["command: true"] if kind == "c" else []
        others = [*self.jobs, *(beside or ())]
        if others and self.choose.chance(55):
            atoms = [self._atom(others) for _ in range(self.choose.pick([1, 1, 2, 3]))]
            lines.append(f"condition: {self.choose.pick([' & ', ' | ']).join(atoms)}")
        lines += ["date_conditions: 1", clock] if clock else []
        return "\n".join([*lines, ""])

    def _atom(self, others: list[str]) -> str:
        return self.choose.pick(_ATOMS).format(self.choose.pick(others))
