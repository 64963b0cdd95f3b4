"""Generated JIL estates with everything that decides what runs: all atoms, boxes, statuses."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """Where the generator's decisions come from."""

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""


@dataclass
class Dice:
    """Decisions by a seeded generator: fast."""

    random: random.Random

    def pick(self, options: Sequence[T]) -> T:
        return self.random.choice(options)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent


@dataclass
class Drawn:
    """Decisions by Hypothesis: a failing example shrinks."""

    draw: st.DrawFn

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        # Shrinks towards False.
        return self.draw(st.integers(0, 99)) >= 100 - percent


@dataclass
class Generator:
    """Writes an estate of `count` jobs; conditions mostly point backwards.

    A box `around` all of them puts them into one workflow.
    """

    choose: Chooser
    count: int
    around: str = ""
    names: list[str] = field(default_factory=list)
    boxes: dict[str, str | None] = field(default_factory=dict)
    box_of: dict[str, str | None] = field(default_factory=dict)

    def text(self) -> str:
        """The estate as JIL."""
        statements = [f"insert_job: {self.around}   job_type: b\n"] if self.around else []
        statements += [self._job(f"J{number}") for number in range(self.count)]
        if self.choose.chance(70):
            statements.append("insert_global: MODE\nvalue: on\n")
        return "\n".join(statements)

    def _job(self, name: str) -> str:
        choose = self.choose
        box = choose.pick([None, *list(self.boxes)[-3:]])
        is_box = choose.chance(25)
        watches = not is_box and choose.chance(6)
        kind = "b" if is_box else "f" if watches else "c"
        lines = [f"insert_job: {name}   job_type: {kind}"]
        self.box_of[name] = box
        lines += [f"box_name: {box or self.around}"] if box or self.around else []
        condition = self._condition(name) if self.names and choose.chance(65) else ""
        lines += [f"condition: {condition}"] if condition else []
        if choose.chance(8):
            lines.append(f"status: {choose.pick(['on_ice', 'on_hold', 'on_noexec'])}")
        if box and choose.chance(12):
            lines.append(
                f"{choose.pick(['box_terminator', 'box_terminator', 'job_terminator'])}: 1"
            )
        if is_box:
            lines += self._box_lines(name)
        else:
            lines += self._watch_lines() if watches else self._command_lines()
        self.names.append(name)
        if is_box:
            self.boxes[name] = box
        return "\n".join([*lines, ""])

    def _command_lines(self) -> list[str]:
        choose = self.choose
        lines = ["command: echo $$MODE" if choose.chance(4) else "command: true"]
        lines += ["n_retrys: 2"] if choose.chance(12) else []
        lines += ["term_run_time: 5"] if choose.chance(12) else []
        if choose.chance(12):
            lines.append(
                choose.pick(["max_exit_success: 2", "success_codes: 0,4-6", "fail_codes: 3"])
            )
        return lines

    def _watch_lines(self) -> list[str]:
        limit = ["term_run_time: 5"] if self.choose.chance(40) else []
        return ["watch_file: /data/in", *limit]

    def _box_lines(self, name: str) -> list[str]:
        choose = self.choose
        lines = []
        for key in ("box_success", "box_failure"):
            if choose.chance(15):
                # Members come later; their names are known all the same.
                number = int(name[1:])
                near = [f"J{n}" for n in range(number + 1, min(number + 4, self.count))]
                named = [*near, *self.names[-1:]] or ["NOWHERE"]
                lines.append(f"{key}: {self._expression(named, 1)}")
        return lines

    def _condition(self, name: str) -> str:
        around = []
        box = self.box_of[name]
        while box is not None:
            around.append(box)
            box = self.box_of[box]
        targets = [n for n in self.names if n not in around][-8:]
        if self.choose.chance(3):
            targets = [*targets, "NOWHERE"]
        if self.choose.chance(2) and around:
            targets = [*targets, around[0]]
        if self.choose.chance(2):
            targets = [*targets, f"J{min(int(name[1:]) + 1, self.count - 1)}"]
        return self._expression(targets, 2) if targets else ""

    def _expression(self, targets: list[str], depth: int) -> str:
        terms = [self._term(targets, depth) for _ in range(self.choose.pick([1, 1, 1, 2, 2, 3]))]
        return self.choose.pick([" & ", " | "]).join(terms)

    def _term(self, targets: list[str], depth: int) -> str:
        choose = self.choose
        if depth and choose.chance(20):
            return f"({self._expression(targets, depth - 1)})"
        if choose.chance(5):
            name, sign = choose.pick(["MODE", "OTHER"]), choose.pick(["=", "!=", "<", ">="])
            return f"v({name}) {sign} {choose.pick(['on', 'off'])}"
        target = choose.pick(targets)
        if choose.chance(10):
            sign = choose.pick(["=", "!=", "<", "<=", ">", ">="])
            return f"e({target}) {sign} {choose.pick([0, 0, 1, 3])}"
        window = choose.pick(["", "", "", "", ", 12.00", ", 0"])
        return f"{choose.pick(['s', 's', 's', 's', 'f', 'd', 't', 'n'])}({target}{window})"


@st.composite
def networks(draw: st.DrawFn, most: int = 40, around: str = "") -> str:
    """The text of an estate of at most so many jobs, all in the box `around` if it has a name."""
    return Generator(Drawn(draw), draw(st.integers(1, most)), around).text()
