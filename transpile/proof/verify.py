"""Compares what the source's engine does with what the emitted workflow does."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from transpile.model import (
    Command,
    Cut,
    ExitCode,
    Facts,
    FileWatch,
    Kind,
    OutputValue,
    PlatformRun,
    Status,
    atoms,
)
from transpile.model.outcome import ENDED, KILLED, Change, Ending, Outcome, Run, State
from transpile.model.waves import CODE
from transpile.proof.blueprint import Workflow
from transpile.proof.cut_checks import CutChecks
from transpile.proof.cut_runs import CutRuns
from transpile.proof.elsewhere import ZERO, Elsewhere
from transpile.proof.executions import Record
from transpile.proof.hearing import (
    changes_told,
    listed,
    listened_to,
    statuses_of_run,
    words_told,
    wrong_moments,
)
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.roster import Found, ending_of
from transpile.proof.scenarios import Scenario, Scenarios, output_key
from transpile.targets.flyte.model import NodeRole

MOST_SHOWN = 10
"""Maximum number of jobs of a workflow that are shown with a disagreement."""

_LONG = 4
"""A job with a time limit takes all of it if its random duration exceeds this."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between source and emitted workflow; `job` is None for the whole run."""

    job: str | None
    source: str
    emitted: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference and the smallest scenario found that shows it."""

    scenario: Scenario
    difference: Difference


@dataclass(slots=True)
class Verdict:
    """The result of verifying one workflow."""

    name: str
    scenarios: int = 0
    exhaustive: bool = False
    agree: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Verdict") -> None:
        """Add the verdict about later scenarios of the same workflow."""
        self.scenarios += other.scenarios
        self.agree += other.agree
        seen = {found.difference.job for found in self.disagreements}
        new = [found for found in other.disagreements if found.difference.job not in seen]
        self.disagreements = [*self.disagreements, *new][:MOST_SHOWN]

    @property
    def good(self) -> bool:
        """True if all scenarios agree and the workflow has no problems."""
        return self.agree == self.scenarios and not self.problems


class Verifier:
    """Compares one workflow with the facts about its jobs.

    `inputs` has the workflow input of each global.
    """

    def __init__(
        self,
        rehearsal: Rehearsal,
        workflow: Workflow,
        facts: Facts,
        inputs: Mapping[str, str],
        elsewhere: Elsewhere,
    ) -> None:
        self._rehearsal = rehearsal
        self._elsewhere = elsewhere
        self._runs = CutRuns(rehearsal, workflow, facts, elsewhere)
        self._workflow = workflow
        self._names = facts.order
        self._limits = {name: limit for name in facts.order if (limit := _limit(facts, name))}
        self._inputs = inputs
        self._facts = facts
        self._engine = facts.said.engine(facts)
        self._checks = CutChecks(rehearsal, facts, self._engine, elsewhere, self._runs)
        self._boxes = {name for name in facts.order if facts.members.get(name)}
        self._leaves = _leaves(facts)
        self._heard = listened_to([facts])
        asked = (atom for job in facts.jobs.values() for atom in atoms(job.condition))
        self._outputs = {output_key(a): a for a in asked if isinstance(a, OutputValue)}

    def verify(self, most: int, seed: int, first: int = 0, end: int | None = None) -> Verdict:
        """Run scenarios, from `first` to `end`; keep a smallest one for each job that differs."""
        verdict = Verdict(self._workflow.name, problems=list(self.problems()))
        scenarios = Scenarios(self._facts, most, seed)
        verdict.exhaustive = scenarios.exhaustive
        seen: set[str | None] = set()
        for scenario in islice(scenarios, first, end):
            verdict.scenarios += 1
            difference = self.compare(scenario)
            if difference is None:
                verdict.agree += 1
            elif difference.job not in seen and len(seen) < MOST_SHOWN:
                seen.add(difference.job)
                verdict.disagreements.append(self._smallest(scenario, difference))
        return verdict

    def problems(self) -> Iterator[str]:
        """What is wrong with the workflow before any scenario runs."""
        yield from self._rehearsal.problems(self._workflow)
        for node in self._rehearsal.edited(self._workflow):
            if node.runs is None or not self._facts.jobs[node.runs].task_kind:
                yield f"behaviour assumed of node {node.id}: its task is edited"
        yield from self._checks.problems()

    def compare(self, scenario: Scenario) -> Difference | None:
        """The first difference between the two sides; None if they agree."""
        seconds = self.seconds_of(scenario)
        scenario = replace(scenario, far=dict(self._elsewhere.consistent(scenario.far)))
        source = self._engine.run(scenario.outcomes, scenario.values, seconds, scenario.far)
        good, records = self._emitted(scenario)
        found = Found(records)
        endings = {n: ending_of(found.job(n)) for n in self._names if n not in self._boxes}
        boxes = self._engine.boxes(endings, found.boxes(), scenario.values)
        for name in self._names:
            expected = source.jobs[name]
            actual = endings[name] if name in endings else Ending(boxes[name])
            if expected != actual:
                return Difference(name, _shown(expected), _shown(actual))
        whole = State.SUCCEEDED if good else State.FAILED
        if source.whole is not whole:
            return Difference(None, source.whole.shown, whole.shown)
        return (
            self._disorder(source, found, endings)
            or self._untold(source, records)
            or self._unheard(source, self._times(found, endings))
        )

    def _unheard(self, source: Run, times: Mapping[str, tuple[float, float]]) -> Difference | None:
        """A job of which the legacy side hears something else than it has done."""
        legacy = self._runs.legacy
        codes = CODE in legacy.talk.bridge.tell
        for job, box in self._heard.items():
            told = changes_told(legacy.told.get(job, []))
            words = words_told(told, codes=codes and job not in self._boxes)
            expected = statuses_of_run(job, box, source.jobs, codes=codes)
            if words != expected:
                return Difference(job, f"told: {listed(expected)}", f"told: {listed(words)}")
            moments = [ZERO + timedelta(seconds=each) for each in times.get(job, ())]
            if wrong := next(wrong_moments(told, *moments), None) if moments else None:
                return Difference(job, f"told: {listed(expected)}", f"told: {wrong}")
        return None

    def _untold(self, source: Run, records: Mapping[str, Record]) -> Difference | None:
        """A job whose end may make a cut hold, and nothing tells it."""
        for job, cuts in self._facts.told.items():
            ending = source.jobs[job]
            for cut in cuts if ending.state in ENDED else ():
                if self._rehearsal.drives and not cut.starts:
                    # The driver of the other workflow asks by itself.
                    continue
                told = self._runs.tells(job, self._leaves[job], cut, records)
                if self._is_met(cut, job, ending) and not told:
                    return Difference(job, f"its end may let {cut.job} start", "it tells nobody")
        return None

    def _is_met(self, cut: Cut, job: str, ending: Ending) -> bool:
        """True if something that the cut asks about a job holds because it has ended so."""
        far = {job: (Change(0.0, ending),)}
        asked = (a for a in atoms(cut.condition) if isinstance(a, Status | ExitCode))
        # Some execution may wait for the instance that has ended now.
        now = (replace(atom, begun=None) for atom in asked if atom.job == job)
        return any(self._engine.is_met(atom, far) for atom in now)

    def seconds_of(self, scenario: Scenario) -> dict[str, float]:
        """The duration of an attempt of each job; often it is the whole time limit."""
        rnd = random.Random(scenario.number)
        seconds = {name: float(rnd.randrange(1, 9)) for name in self._names}
        for name, limit in self._limits.items():
            if seconds[name] > _LONG or self._overruns(name, scenario):
                seconds[name] = limit
        return seconds

    def _overruns(self, name: str, scenario: Scenario) -> bool:
        """True for a job that its time limit kills."""
        return name in self._limits and scenario.outcomes.get(name) == Outcome((KILLED,))

    def _emitted(self, scenario: Scenario) -> tuple[bool, dict[str, Record]]:
        asked = {self._inputs[name] for name in scenario.values if name in self._inputs}
        inputs: dict[str, Any] = {
            name: "value"
            for name, default in self._workflow.defaults.items()
            if str(default).startswith("$$") and name not in asked
        }
        for name, value in scenario.values.items():
            if value is not None and self._inputs.get(name) in self._workflow.inputs:
                inputs[self._inputs[name]] = value
        outputs: dict[str, dict[str, str]] = {}
        for key, atom in self._outputs.items():
            value = scenario.values.get(key)
            if value is not None:
                outputs.setdefault(atom.job, {})[atom.name] = value
        seconds = self.seconds_of(scenario)
        outcomes = dict(scenario.outcomes)
        for name in scenario.outcomes:
            if self._overruns(name, scenario):
                # The emitted task has to enforce the limit itself.
                seconds[name] += 1
                del outcomes[name]
        plan = Plan(inputs, outcomes, seconds, outputs=outputs)
        return self._runs.run(plan, scenario.far)

    def _disorder(
        self, source: Run, found: Found, endings: Mapping[str, Ending]
    ) -> Difference | None:
        """A job that started too early, or ran together with a job that excludes it."""
        times = self._times(found, endings)
        for first, second in source.order:
            if first in times and second in times and times[first][1] > times[second][0]:
                return Difference(second, f"after {first}", f"before the end of {first}")
        for first, second in source.apart:
            if (first, second) in self._facts.overlapping:
                continue
            over = source.jobs[first].state in ENDED or first not in self._boxes
            if over and first in times and second in times:
                start, end = times[first]
                if start <= times[second][0] < end:
                    return Difference(second, f"apart from {first}", f"together with {first}")
        return None

    def _times(self, found: Found, endings: Mapping[str, Ending]) -> dict[str, tuple[float, float]]:
        """Start and end of each job; a box lasts from its first job to its own end node."""
        times: dict[str, tuple[float, float]] = {}
        for name, ending in endings.items():
            record = found.job(name)
            ran = record if ending.state is not State.NOT_RUN else None
            if ran and ran.start is not None and ran.end is not None:
                times[name] = (ran.start, ran.end)
        for box in self._boxes:
            inner = [times[name] for name in self._leaves[box] if name in times]
            if inner:
                end = found.of(box, NodeRole.END)
                last = end.end if end and end.end is not None else max(e for _, e in inner)
                times[box] = (min(start for start, _ in inner), last)
        return times

    def _smallest(self, scenario: Scenario, difference: Difference) -> Disagreement:
        """Drop outcomes as long as the two sides still disagree."""
        changed = True
        while changed:
            changed = False
            for name in list(scenario.outcomes):
                fewer = {n: o for n, o in scenario.outcomes.items() if n != name}
                smaller = replace(scenario, outcomes=fewer)
                still = self.compare(smaller)
                if still is not None:
                    scenario, difference, changed = smaller, still, True
        return Disagreement(scenario, difference)


def _shown(ending: Ending) -> str:
    parts = [ending.state.shown if ending.state is not State.UNFINISHED else "never completes"]
    if ending.attempts:
        code = "killed" if ending.exit_code is None else f"exit {ending.exit_code}"
        parts.append(f"{code}, attempts: {ending.attempts}")
    return ", ".join(parts)


def _limit(facts: Facts, name: str) -> float:
    """The time limit of the task of a job in seconds; 0 for none."""
    job = facts.jobs[name]
    ours = (
        isinstance(job.action, Command | FileWatch | PlatformRun)
        and not job.call
        and not job.task_kind
    )
    return 60.0 * (job.time_limit or 0) if ours else 0.0


def _leaves(facts: Facts) -> dict[str, list[str]]:
    """The jobs inside each box, at any depth, without inner boxes."""
    found: dict[str, list[str]] = {name: [] for name in facts.jobs}
    for name in facts.jobs:
        if facts.jobs[name].kind is not Kind.BOX:
            for box in facts.graph.ancestors(name):
                found[box].append(name)
    return found
