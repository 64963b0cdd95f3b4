"""Plays scenarios by the rules of the source: which jobs run, and how each one ends."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transpile.model import Approval, Facts, OutputValue, PlatformRun, atoms
from transpile.model.engine import Engine
from transpile.model.outcome import SCRIPTS, Change, Ending, Far, Run, State
from transpile.proof.far_scenarios import far_choices
from transpile.proof.scenarios import Scenario, Scenarios, output_key

MOST_TRIED = 400
"""Maximum number of scenarios of a workflow that are played."""

_MOST_STATUSES = 500
"""Maximum number of combinations of statuses of other workflows that are tried."""

_MOST_CHOICES = 2
"""Maximum number of jobs and values of a scenario that are not as usual."""

_WORDS = {
    State.SUCCEEDED: "SUCCESS",
    State.FAILED: "FAILURE",
    State.TERMINATED: "TERMINATED",
    State.NOT_RUN: "NOT RUN",
}


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario and how it ends in the source.

    `choices` are the jobs and values that are not as usual. `endings` has a text for each job, such
    as "FAILURE 3", `states` its state.
    """

    scenario: Scenario
    choices: tuple[str, ...]
    endings: Mapping[str, str]
    states: Mapping[str, State]
    succeeds: bool


class Player:
    """Plays the scenarios of one workflow that a local run of flytekit can show.

    `jobs` are those with a node, `objects` those whose tasks are no functions. After all scenarios,
    `has_open_waits` says whether some were left out because a wait never ends in them.
    """

    def __init__(self, facts: Facts, jobs: frozenset[str], objects: frozenset[str]) -> None:
        self._facts = facts
        self._engine: Engine = facts.said.engine(facts)
        self._jobs = [name for name in facts.order if name in jobs]
        self._objects = objects
        self._cuts = [cut for cut in facts.cuts.values() if not cut.starts]
        self._always_succeed = {
            name for name in jobs if isinstance(facts.jobs[name].action, Approval | PlatformRun)
        }
        self.has_open_waits = False

    def all(self) -> Iterator[Played]:
        """The scenarios, first the one in which all jobs succeed; none if a wait stays open."""
        scenarios = iter(Scenarios(self._facts, MOST_TRIED, seed=0))
        usual = next(scenarios)
        far = self._far(usual)
        if far is None:
            self.has_open_waits = True
            return
        tried = ((s, _choices(s, usual)) for s in (usual, *scenarios) if s.far == usual.far)
        few = ((scenario, choices) for scenario, choices in tried if len(choices) <= _MOST_CHOICES)
        played = (self._play(scenario, choices, far) for scenario, choices in few)
        yield from filter(None, itertools.islice(played, MOST_TRIED))

    def _play(self, scenario: Scenario, choices: tuple[str, ...], far: Far) -> Played | None:
        """The end of a scenario; None if a local run cannot show it."""
        if any(job_of(name) in self._always_succeed for name in scenario.outcomes):
            return None
        run = self._engine.run(scenario.outcomes, scenario.values, far=far)
        if not self._waits_end(run, far):
            self.has_open_waits = True
            return None
        ends = {name: run.jobs[name] for name in self._jobs}
        if any(
            ends[name].state is State.SUCCEEDED and ends[name].exit_code for name in self._objects
        ):
            # flytekit, not the helpers, tells their good exit codes from bad ones.
            return None
        return Played(
            scenario,
            choices,
            {name: _shown(ending) for name, ending in ends.items()},
            {name: ending.state for name, ending in ends.items()},
            run.whole is State.SUCCEEDED,
        )

    def _far(self, usual: Scenario) -> Far | None:
        """Statuses in other workflows for which each wait ends; None if there are none."""
        choices = far_choices(self._facts)
        for chosen in itertools.islice(itertools.product(*choices), _MOST_STATUSES):
            far = dict(chosen)
            if self._waits_end(self._engine.run({}, usual.values, far=far), far):
                return far
        return None

    def _waits_end(self, run: Run, far: Far) -> bool:
        """True if each wait holds in the end: a local run takes it to hold."""
        ran = {
            n: e for n, e in run.jobs.items() if e.state not in (State.NOT_RUN, State.UNFINISHED)
        }
        known = {**far, **{name: (Change(0.0, ending),) for name, ending in ran.items()}}
        return all(self._engine.is_met(cut.condition, known) for cut in self._cuts)


def job_of(name: str) -> str:
    """The job of an outcome, which may be that of a script around its command."""
    job, _, script = name.rpartition(" ")
    return job if script in SCRIPTS and job else name


def outputs_asked(facts: Facts) -> dict[str, OutputValue]:
    """The outputs of jobs that conditions compare, by their key in the values of scenarios."""
    asked = (atom for job in facts.jobs.values() for atom in atoms(job.condition))
    return {output_key(atom): atom for atom in asked if isinstance(atom, OutputValue)}


def _choices(scenario: Scenario, usual: Scenario) -> tuple[str, ...]:
    changed = (n for n, value in scenario.values.items() if usual.values.get(n) != value)
    return (*scenario.outcomes, *changed)


def _shown(ending: Ending) -> str:
    word = _WORDS[ending.state]
    if ending.state is State.FAILED:
        word += f" {ending.exit_code}"
    return f"{word} after {ending.attempts} attempts" if ending.attempts > 1 else word
