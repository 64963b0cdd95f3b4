"""Generates the outcomes to try: all combinations if they are few, else likely ones first."""

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transpile.model import (
    Command,
    ExitCode,
    ExitRule,
    Facts,
    GlobalValue,
    InitialStatus,
    Job,
    OutputValue,
    SettledJob,
    Steps,
    VariableRef,
    atoms,
)
from transpile.model.outcome import KILLED, Outcome, State
from transpile.proof.far_scenarios import Changes, far_choices

FEW = 4096
"""Maximum number of combinations that are all tried."""

Choice = tuple[str, Outcome | str | Changes | None]
"""A job and its outcome, a global and its value, or a job elsewhere and its statuses."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Outcomes of the jobs of one run; others succeed. `number` is the seed of its durations.

    `far` has the statuses of jobs in other workflows.
    """

    number: int
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    values: dict[str, str | None] = field(default_factory=dict)
    far: dict[str, Changes] = field(default_factory=dict)


class Scenarios:
    """The scenarios of a workflow: all combinations if they are few, else at most so many.

    `most` is their greatest number.
    """

    def __init__(self, facts: Facts, most: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._most = most
        self._engine = facts.said.engine(facts)
        self._jobs = [facts.jobs[name] for name in facts.order]
        codes = _tested_codes(self._jobs)
        self._choices: list[list[Choice]] = [
            [(name, outcome) for outcome in outcomes]
            for job in self._jobs
            if _runs(job)
            for name, outcomes in _parts(job, codes.get(job.name, set()))
        ]
        self._globals = _values(facts, self._jobs)
        far: list[list[Choice]] = [[*found] for found in far_choices(facts)]
        self._fixed: list[list[Choice]] = [*self._globals, *far]
        self._alternatives = self._choices + self._fixed
        combinations = math.prod(len(choices) + 1 for choices in self._choices)
        combinations *= math.prod(len(choices) for choices in self._fixed)
        self.exhaustive = combinations <= FEW
        self.most = combinations if self.exhaustive else most

    def __iter__(self) -> Iterator[Scenario]:
        """Scenarios, those with few outcomes first."""
        for number, choices in enumerate(self._all() if self.exhaustive else self._some()):
            yield self._scenario(number, choices)

    def _scenario(self, number: int, choices: Sequence[Choice]) -> Scenario:
        values: dict[str, str | None] = {}
        outcomes: dict[str, Outcome] = {}
        far: dict[str, Changes] = {}
        usual = (options[0] for options in self._fixed)
        for name, choice in (*usual, *choices):
            if isinstance(choice, Outcome):
                outcomes[name] = choice
            elif isinstance(choice, tuple):
                far[name] = choice
            else:
                values[name] = choice
        return Scenario(number, outcomes, values, far)

    def _all(self) -> Iterator[tuple[Choice, ...]]:
        sets = [[None, *choices] for choices in self._choices]
        sets += [list(choices) for choices in self._fixed]
        found = (tuple(filter(None, chosen)) for chosen in itertools.product(*sets))
        yield from sorted(found, key=len)

    def _some(self) -> Iterator[tuple[Choice, ...]]:
        """No outcome, each outcome alone, retries, pairs, then random combinations."""
        singles = [(choice,) for choice in self._by_rank()]
        yield ()
        left = self._most - 1
        if len(singles) > left:
            singles = sorted(self._random.sample(singles, left), key=singles.index)
        yield from singles
        left -= len(singles)
        retries = list(itertools.islice(self._retries(singles), left))
        yield from retries
        left -= len(retries)
        pairs = self._pairs(left // 2)
        yield from pairs
        for _ in range(left - len(pairs)):
            share = self._random.choice((0.05, 0.2, 0.5, 0.9))
            yield tuple(
                self._random.choice(options)
                for options in self._alternatives
                if self._random.random() < share
            )

    def _retries(self, singles: list[tuple[Choice]]) -> Iterator[tuple[Choice, Choice]]:
        """The retry of each job that runs only after some other choice, with that choice."""
        choices = (choice for choices in self._choices for choice in choices)
        waiting = {n: (n, o) for n, o in choices if isinstance(o, Outcome) and len(o.codes) > 1}
        for name in self._running(()):
            waiting.pop(name, None)
        for single in singles:
            if not waiting:
                return
            for name in sorted(waiting.keys() & self._running(single)):
                yield *single, waiting.pop(name)

    def _running(self, choices: tuple[Choice, ...]) -> set[str]:
        """The jobs that the source runs after these choices."""
        scenario = self._scenario(0, choices)
        ends = self._engine.run(scenario.outcomes, scenario.values, far=scenario.far).jobs
        return {name for name, ending in ends.items() if ending.state is not State.NOT_RUN}

    def _by_rank(self) -> Iterator[Choice]:
        """The first choice of each job and global, then the second ones, and so on."""
        for row in itertools.zip_longest(*self._alternatives):
            yield from filter(None, row)

    def _pairs(self, most: int) -> list[tuple[Choice, ...]]:
        count = len(self._alternatives)
        possible = (
            sum(len(a) * len(b) for a, b in itertools.combinations(self._alternatives, 2))
            if count < 200
            else math.inf
        )
        if possible <= most:
            return [
                pair
                for a, b in itertools.combinations(self._alternatives, 2)
                for pair in itertools.product(a, b)
            ]
        if count < 2:
            return []
        chosen = (self._random.sample(self._alternatives, 2) for _ in range(most))
        return [tuple(self._random.choice(options) for options in pair) for pair in chosen]


def bad_codes(facts: Facts) -> dict[str, tuple[int | None, ...]]:
    """The exit codes worth trying of each job that runs something, beside 0."""
    jobs = [facts.jobs[name] for name in facts.order]
    tested = _tested_codes(jobs)
    return {
        job.name: tuple(
            dict.fromkeys(o.codes[0] for o in _outcomes(job, tested.get(job.name, set())))
        )
        for job in jobs
        if _runs(job)
    }


def _runs(job: SettledJob) -> bool:
    """True for a job whose command can run."""
    return job.status is InitialStatus.ACTIVE and job.action is not None and not job.held_up


def _tested_codes(jobs: Sequence[Job]) -> dict[str, set[int]]:
    """The exit codes that conditions compare each job with."""
    found: dict[str, set[int]] = {}
    for job in jobs:
        for condition in job.conditions:
            for atom in atoms(condition):
                if isinstance(atom, ExitCode):
                    found.setdefault(atom.job, set()).add(atom.value)
    return found


def _parts(job: Job, tested: set[int]) -> Iterator[tuple[str, list[Outcome]]]:
    """The command of a job and the scripts around it, with the outcomes of each."""
    steps = job.action
    if not isinstance(steps, Steps):
        yield job.name, _outcomes(job, tested)
        return
    named = (steps.skip, steps.unless, steps.abort.code if steps.abort else None)
    tested = tested | {code for code in named if code is not None}
    for word, commands in (
        (" PRE", steps.before),
        ("", steps.commands),
        (" POST", steps.after),
    ):
        if commands:
            found = _outcomes(job, tested)
            yield f"{job.name}{word}", [o for o in found if word == "" or KILLED not in o.codes]


def _outcomes(job: Job, tested: set[int]) -> list[Outcome]:
    """Outcomes other than success: a failure, a kill, codes near tested ones, a good retry."""
    rule = job.success
    edges = {end for low, high in rule.ranges for end in (low, high)} if rule != ExitRule() else {0}
    near = {code + step for code in edges | tested for step in (-1, 0, 1)}
    codes = sorted(code for code in {*near, 0, 1} if code >= 0)
    failing = [code for code in codes if not rule.accepts(code)]
    plain = [code for code in failing if code not in tested][:1] or failing[:1]
    special = [code for code in codes if code in {c + s for c in tested for s in (-1, 0, 1)}]
    if rule != ExitRule():
        special += [code for code in codes if code not in special]
    found = [Outcome((code,)) for code in plain] + [Outcome((KILLED,))]
    found += [Outcome((code,)) for code in special if code not in (*plain, 0)]
    if 0 in special and not rule.accepts(0):
        found.append(Outcome((0,)))
    if job.retries and plain:
        good = next((code for code in codes if rule.accepts(code)), 0)
        found.append(Outcome((plain[0], good)))
    return list(dict.fromkeys(found))


def _values(facts: Facts, jobs: Sequence[Job]) -> list[list[Choice]]:
    """The values to try for each global and job output that conditions compare.

    The value of the source comes first.
    """
    tested: dict[str, dict[str, None]] = {}
    for job in jobs:
        for condition in job.conditions:
            for atom in atoms(condition):
                if isinstance(atom, OutputValue):
                    tested.setdefault(output_key(atom), {}).update(dict.fromkeys(_near(atom)))
                if isinstance(atom, GlobalValue):
                    near = (atom.value, f"{atom.value}0", atom.value[:-1])
                    tested.setdefault(atom.name, {}).update(dict.fromkeys(near))
    found: list[list[Choice]] = []
    for name, values in tested.items():
        known = facts.said.variables.get(name)
        usual = known.value if known else None
        options: dict[str | None, None] = dict.fromkeys((usual, *values))
        if usual is None and _is_handed_over(name, jobs):
            del options[None]
        found.append([(name, value) for value in options if value is None or value[:2] != "$$"])
    return found


def output_key(atom: OutputValue) -> str:
    """The key of a job's output in the values of a scenario."""
    return f"{atom.job}:{atom.name}"


def _near(atom: OutputValue) -> tuple[str, ...]:
    """Values for which the comparison is true, and values for which it is false."""
    if isinstance(atom.value, int):
        return (*(str(atom.value + step) for step in (-1, 0, 1)), "text")
    return atom.value, f"{atom.value}x", ""


def _is_handed_over(name: str, jobs: Sequence[Job]) -> bool:
    """True if a command uses the value: it refuses to run without one."""
    texts = (t for j in jobs if isinstance(j.action, Command) for t in j.action.texts)
    return any(isinstance(part, VariableRef) and part.name == name for t in texts for part in t)
