"""Nights of an estate that moves in waves: AutoSys and the emitted workflows on one virtual clock.

Commands of the bridge are real processes: those that tasks run, and those that start launch plans.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.legacy_side.autosys import AutoSys
from tests.legacy_side.programs import Programs
from tests.support import cli
from transpile.cli.options import request_of
from transpile.cli.progress import Meter
from transpile.cli.subjects import from_estate
from transpile.cli.waves import choose_wave
from transpile.dialects import DIALECTS
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Level
from transpile.model import Job, Site
from transpile.model.outcome import Outcome, State
from transpile.model.run_log import RunEnd
from transpile.proof import commands, timeline
from transpile.proof.attempts import CURRENT, Asked, Later
from transpile.proof.delays import SEEN
from transpile.proof.platform_runs import RunsOf
from transpile.proof.plays import Part, Programme
from transpile.proof.simulated_admin import SimulatedAdmin
from transpile.proof.timeline import Course, Timeline
from transpile.sources.text import Source

NOON = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)
"""When estates are played from, and move."""

EARLY, LATE = timedelta(seconds=-20), timedelta(minutes=5)
"""How far starts of two sides may be apart: AutoSys waits before it tries again."""

WORDS = {
    State.SUCCEEDED: "SUCCESS",
    State.FAILED: "FAILURE",
    State.TERMINATED: "TERMINATED",
    State.UNFINISHED: "RUNNING",
    None: "RUNNING",
}


@dataclass(frozen=True)
class Night:
    """How the runs of jobs end: after so many minutes, with an exit code, or None for a kill.

    A job has the ends of its tries in order, the last one for all that follow.
    """

    told: Mapping[str, Sequence[tuple[float, int | None]]]
    otherwise: Callable[[str, int], tuple[float, int | None]] = lambda job, number: (4, 0)

    def end(self, job: str, number: int) -> RunEnd:
        """The end of a try, counted from 1."""
        found = self.told.get(job)
        minutes, code = found[min(number, len(found)) - 1] if found else self.otherwise(job, number)
        return RunEnd(60 * minutes, code)


@dataclass(frozen=True)
class Found:
    """A run of a job or box on some side."""

    job: str
    start: datetime
    status: str
    code: int | None
    side: str = field(compare=False)

    def __str__(self) -> str:
        code = "" if self.code is None else f" {self.code}"
        return f"{self.start:%d %H:%M:%S} {self.job} {self.status}{code} ({self.side})"


Runs = Mapping[str, Sequence[Found]]
"""The runs of each job, in order of their starts."""


@dataclass(frozen=True)
class Step:
    """What is so once a wave has moved: definitions of the legacy side, and workflows."""

    wave: str
    jobs: Mapping[str, Job]
    parts: Sequence[Part] = ()
    moved: frozenset[str] = frozenset()
    errors: frozenset[tuple[str, str]] = frozenset()


class Estate:
    """A JIL file with its transpile.toml, and what convert makes of each wave."""

    def __init__(self, folder: Path, text: str, toml: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.text = folder, text
        self.source = folder / "estate.jil"
        self.source.write_text(text)
        (folder / "transpile.toml").write_text(toml)
        self.start = Step("", jobs_of(text))

    def step(self, wave: str) -> Step:
        """What convert --wave writes."""
        out = self.folder / wave / "flows"
        cli("convert", self.source, "-o", out, "--wave", wave)
        request = request_of((str(self.source),), None)
        choose_wave(request.settings, wave)
        estate = request.read(Meter(quiet=True))
        targets = from_estate(estate.planned, out.parent, execute=False, exist=True)
        parts = [target.part() for target in targets]
        waves = [each.name for each in request.settings.rules.waves.moved]
        legacy = [out / "legacy" / f"{name}.jil" for name in waves]
        texts = (path.read_text() for path in legacy if path.exists())
        errors = frozenset(
            (found.code, found.job or "")
            for found in estate.diagnostics
            if found.level is Level.ERROR
        )
        moved = frozenset(name for part in parts for name in part.roster)
        return Step(wave, jobs_of(self.text, *texts), parts, moved, errors)


def jobs_of(*texts: str) -> dict[str, Job]:
    """The jobs of JIL, one text behind another."""
    sources = [Source(f"{number}.jil", text) for number, text in enumerate(texts)]
    (network,) = DIALECTS["autosys"].read(sources, Diagnostics(), Site())
    return network.jobs


class Sides(Timeline):
    """Both sides, from the first move until the end. `down` is when no program works."""

    def __init__(
        self,
        moves: Sequence[tuple[datetime, Step]],
        end: datetime,
        night: Night,
        programs: Programs,
        down: Sequence[tuple[datetime, datetime]] = (),
    ) -> None:
        self._night, self._programs, self._down = night, programs, down
        self._numbers: dict[str, int] = {}
        begin = moves[0][0]
        course = Course(ends=self._asked_here, delays=SEEN, stops=True, filed=False)
        super().__init__(Programme([], begin, end), course)
        self.answered: set[tuple[str, str]] = set()
        self.said: list[str] = []
        self.refused = 0
        self._known_answers: dict[str, tuple[int, str]] = {}
        self.legacy_side = AutoSys(_ClockOf(self), programs, self._next_end)
        for place, (moment, step) in enumerate(moves):
            until = moves[place + 1][0] if place + 1 < len(moves) else end
            self.at(moment, partial(self._move, step, until))

    # ---------------------------------------------------------------- time

    def at(self, moment: datetime, event: Callable[[], None]) -> None:
        """Let something happen."""
        self._clock.after((moment - self.now).total_seconds(), event)

    def _move(self, step: Step, until: datetime) -> None:
        """From now on the workflows of a wave run here, and the legacy side has its definitions."""
        self._programme = Programme(step.parts, self.now, until)
        self._known |= {part.workflow.registered for part in step.parts}
        self._programs.register(self._programme.starters)
        for moment, starter in self._programme.ticks:
            at = moment + timedelta(seconds=SEEN.tick)
            self.at(at, partial(self._tick, starter, moment))
        self.legacy_side.load(step.jobs, until)

    # ---------------------------------------------------------------- runs

    def _next_end(self, job: str, start: datetime) -> RunEnd:
        number = self._numbers[job] = self._numbers.get(job, 0) + 1
        return self._night.end(job, number)

    def _asked_here(self, job: str, start: datetime) -> Asked:
        end = self._next_end(job, start)
        return Asked(Outcome((end.code,)), end.seconds, self._numbers[job])

    def found(self) -> Runs:
        """The runs of each job in order of their starts."""
        runs = [
            Found(run.job, run.start, run.status, run.code, "legacy")
            for run in self.legacy_side.runs
            if not run.job.endswith(".flyte")
        ]
        for play in self.plays:
            for one in RunsOf(play.part).of(play):
                status = WORDS[one.state]
                runs.append(Found(one.job, self.moment(one.start), status, one.code, "Flyte"))
        by_job: dict[str, list[Found]] = {}
        for run in sorted(runs, key=lambda run: run.start):
            by_job.setdefault(run.job, []).append(run)
        return by_job

    # ---------------------------------------------------------------- the bridge

    def run_program(self, printed: Callable[[str, str], str], job: str, command: str) -> str:
        """What a command of a task prints; the legacy side takes what it has sent."""
        changes = self.legacy_side.changes
        known = self._known_answers.get(command)
        if known is not None and known[0] == changes and not self.is_down:
            return known[1]
        self.reach()
        self.refused += self.is_down
        answer = printed(job, command)
        self.said.append(f"{self.now:%d %H:%M:%S} {command}: {answer.strip()}")
        if answer:
            # The same question has the same answer until something changes.
            self._known_answers[command] = changes, answer
        self.legacy_side.hear()
        return answer

    @property
    def is_down(self) -> bool:
        return any(begin <= self.now < end for begin, end in self._down)

    def reach(self) -> None:
        """Let programs work or fail, as they do now."""
        self._programs.set_down(down=self.is_down)

    def start_plans(self) -> None:
        """Start the launch plans that the legacy side has asked for."""
        for plan in self._programs.starts():
            self.said.append(f"{self.now:%d %H:%M:%S} start {plan}")
            self.start_plan(plan, self._next_name(), None)


class _ClockOf:
    """The clock of both sides, as AutoSys sees it."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def moment(self) -> datetime:
        return self._sides.now

    def at(self, moment: datetime, event: Callable[[], None]) -> None:
        def happens() -> None:
            self._sides.reach()
            event()
            self._sides.start_plans()

        self._sides.at(moment, happens)


class Stage:
    """Where estates move: programs on the path, and tasks that run them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._number = folder, 0
        self._patch = monkeypatch
        self._sides: Sides | None = None
        self._path = os.environ["PATH"]
        monkeypatch.setenv("TZ", "UTC")
        monkeypatch.setattr(timeline, "SimulatedAdmin", self._admin)
        same = dict.fromkeys(("_hears", "inspect", "look_at_legacy"), _itself)
        found = {**same, "_printed": self._printed, "wait_until": _asks_again}
        for name, recorder in found.items():
            monkeypatch.setitem(commands._RECORDERS, name, recorder)

    def play(
        self,
        moves: Sequence[tuple[datetime, Step]],
        end: datetime,
        night: Night,
        down: Sequence[tuple[datetime, datetime]] = (),
    ) -> Sides:
        """Both sides, at the end."""
        self._number += 1
        programs = Programs(self._folder / f"programs{self._number}")
        self._patch.setenv("PATH", f"{programs.folder}:{self._path}")
        self._sides = Sides(moves, end, night, programs, down)
        self._sides.play()
        clashes = self._sides.legacy_side.clashes
        assert not clashes, f"{', '.join(clashes)}: runs on both sides"
        return self._sides

    @property
    def sides(self) -> Sides:
        assert self._sides is not None
        return self._sides

    def _admin(self, *arguments: Any) -> SimulatedAdmin:
        return _Admin(self, *arguments)

    def _printed(self, names: Mapping[str, Any], printed: Any, *, execute: bool) -> Any:
        return lambda job, command: self.sides.run_program(printed, job, command)


class _Admin(SimulatedAdmin):
    """Knows which gates are answered."""

    def __init__(self, stage: Stage, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._answered = stage.sides.answered

    def open(self, execution: str, gate: str) -> None:
        self._answered.add((execution, gate))
        super().open(execution, gate)

    def is_answered(self, execution: str, gate: str) -> bool:
        return (execution, gate) in self._answered


def _itself(names: Mapping[str, Any], helper: Any, *, execute: bool) -> Any:
    return helper


def _asks_again(names: Mapping[str, Any], wait_until: Any, *, execute: bool) -> Any:
    """A wait that lets simulated time pass between two questions."""

    def waited(holds: Callable[[], bool], what: str, interval: float, limit: object) -> None:
        if not holds():
            CURRENT.get().spend(interval)
            raise Later

    return waited


def differences(
    expected: Runs,
    found: Runs,
    late: timedelta = LATE,
) -> list[str]:
    """What differs: runs on one side only, other ends, and starts too far apart."""
    said = []
    for job in sorted(expected.keys() | found.keys()):
        left, right = expected.get(job, ()), found.get(job, ())
        for one, other in zip(left, right, strict=False):
            apart = other.start - one.start
            same = (one.status, one.code) == (other.status, other.code)
            if not same or not EARLY <= apart <= late:
                said.append(f"{one} -> {other}")
        said += [f"{one} -> nothing" for one in left[len(right) :]]
        said += [f"nothing -> {one}" for one in right[len(left) :]]
    return said


def lines(runs: Mapping[str, Iterable[Found]]) -> list[str]:
    """All runs in order of time."""
    found = chain.from_iterable(runs.values())
    return [str(run) for run in sorted(found, key=lambda run: run.start)]
