"""Generated JIL estates that run over days: units with clocks, boxes, conditions across them."""

import random
from dataclasses import dataclass, field

_DAYS = ("all", "all", "all", "mo,tu,we,th,fr", "mo", "sa,su", "fr")
_ZONES = ("", "", "", "", "timezone: US/Eastern\n", "timezone: Asia/Kolkata\n")
_TESTS = ("s", "s", "s", "s", "d", "f", "n", "t")


@dataclass
class NightGenerator:
    """Writes an estate of about `units` top-level jobs and boxes."""

    rnd: random.Random
    units: int
    windows: bool = False
    names: list[str] = field(default_factory=list)
    _number: int = 0

    def text(self) -> str:
        """The estate as JIL."""
        return "\n".join(self._unit() for _ in range(self.units))

    def _name(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number}"

    def _unit(self) -> str:
        if self.rnd.random() < 0.45:
            return self._box(None, 0)
        return self._job(None)

    def _job(self, box: str | None, near: tuple[str, ...] = ()) -> str:
        rnd, name = self.rnd, self._name("J")
        lines = [f"insert_job: {name}   job_type: c\n", "command: work\n"]
        lines += [f"box_name: {box}\n"] if box else []
        clock = 0.6 if box is None else 0.12
        lines += self._clock(clock, member=box is not None)
        lines += self._condition(0.45 if box is None else 0.55, near)
        lines += ["n_retrys: 1\n"] if rnd.random() < 0.05 else []
        lines += ["term_run_time: 60\n"] if rnd.random() < 0.05 else []
        lines += ["max_exit_success: 1\n"] if rnd.random() < 0.05 else []
        lines += ["box_terminator: 1\n"] if box and rnd.random() < 0.05 else []
        lines += ["job_terminator: 1\n"] if box and rnd.random() < 0.05 else []
        lines += ["status: on_ice\n"] if rnd.random() < 0.03 else []
        self.names.append(name)
        return "".join(lines)

    def _box(self, outer: str | None, depth: int) -> str:
        rnd, name = self.rnd, self._name("B")
        lines = [f"insert_job: {name}   job_type: b\n"]
        lines += [f"box_name: {outer}\n"] if outer else []
        lines += self._clock(0.75 if outer is None else 0.0, member=False)
        lines += self._condition(0.3, ())
        members: list[str] = []
        texts = []
        for _ in range(rnd.randrange(1, 5)):
            if depth == 0 and rnd.random() < 0.15:
                texts.append(self._box(name, 1))
            else:
                texts.append(self._job(name, tuple(members)))
                members.append(self.names[-1])
        if rnd.random() < 0.12:
            key = rnd.choice(("box_success", "box_failure"))
            test = "s" if key == "box_success" else "f"
            lines.append(f"{key}: {test}({rnd.choice(members)})\n" if members else "")
        self.names.append(name)
        return "\n".join(["".join(lines), *texts])

    def _clock(self, chance: float, *, member: bool) -> list[str]:
        rnd = self.rnd
        if rnd.random() >= chance:
            return []
        lines = ["date_conditions: 1\n", f"days_of_week: {rnd.choice(_DAYS)}\n"]
        if not member and rnd.random() < 0.08:
            lines.append(f"start_mins: {rnd.choice(('0', '15,45', '30'))}\n")
        else:
            times = sorted({self._time() for _ in range(rnd.choice((1, 1, 1, 1, 2, 3)))})
            lines.append(f'start_times: "{", ".join(times)}"\n')
        if self.windows and rnd.random() < 0.2:
            lines.append(f'run_window: "{self._time()}-{self._time()}"\n')
        lines.append(rnd.choice(_ZONES))
        return lines

    def _time(self) -> str:
        return f"{self.rnd.randrange(24):02}:{self.rnd.choice((0, 15, 30, 45)):02}"

    def _condition(self, chance: float, near: tuple[str, ...]) -> list[str]:
        rnd = self.rnd
        known = [*self.names[-8:], *near, *near]
        if rnd.random() >= chance or not known:
            return []
        terms = [self._atom(rnd.choice(known)) for _ in range(rnd.choice((1, 1, 1, 2, 2, 3)))]
        return [f"condition: {rnd.choice((' & ', ' & ', ' | ')).join(terms)}\n"]

    def _atom(self, name: str) -> str:
        rnd = self.rnd
        if rnd.random() < 0.06:
            return f"e({name}) {rnd.choice(('=', '!=', '>', '<='))} {rnd.choice((0, 1, 2))}"
        test = rnd.choice(_TESTS)
        window = f", {rnd.choice(('12.00', '04.00', '0', '24.00'))}" if rnd.random() < 0.12 else ""
        return f"{test}({name}{window})"
