"""The states in which jobs may end, and the states that meet an atom of a condition."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.model import (
    COMPARISONS,
    Atom,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    Kind,
    OutputValue,
    Status,
    StatusTest,
    atoms,
)

States = frozenset[str]
"""Possible end states of a job: s(uccess), f(ailure), t(erminated) and - if it never ran.

The first two have an exit code where conditions tell codes apart."""

Known = Mapping[str, States]
"""What is known: the states of jobs by name, and the values that they hand over."""

NOT_RUN = "-"
_LETTERS = {
    StatusTest.SUCCESS: "s",
    StatusTest.FAILURE: "f",
    StatusTest.TERMINATED: "t",
    StatusTest.DONE: "sft",
    StatusTest.NOT_SUCCEEDED: "ft-",
    StatusTest.OVER: "sft-",
}


def succeeded(states: States) -> bool:
    """True if the job is certain to have succeeded."""
    return all(state[0] == "s" for state in states)


def has_run(states: States) -> bool:
    """True if the job is certain to have run."""
    return NOT_RUN not in states


@dataclass(slots=True)
class EndStates:
    """The end states of jobs: one for each set of exit codes that conditions tell apart."""

    graph: JobGraph
    _codes: dict[str, set[int]] = field(default_factory=dict)
    _values: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[tuple[str, str], States] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect the exit codes and values in comparisons."""
        for atom in _all_atoms(self.graph):
            if isinstance(atom, ExitCode):
                self._codes.setdefault(atom.job, {0, 1}).update(_near(atom.value))
            elif isinstance(atom, OutputValue):
                self._values.setdefault(_key(atom), set()).update(_texts_near(atom.value))

    def of(self, name: str, letters: str = "sft") -> States:
        """The states in which the job may end, those that begin with one of the letters."""
        if (name, letters) not in self._known:
            self._known[name, letters] = self._find(name, letters)
        return self._known[name, letters]

    def _find(self, name: str, letters: str) -> States:
        job = self.graph.jobs[name]
        found = {"s", *(letter for letter in "ft" if not self._passes(job))}
        if name in self._codes and job.kind is not Kind.BOX:
            rule = job.success
            edges = {code for ends in rule.ranges for end in ends for code in _near(end)}
            codes = {0} if self._passes(job) else self._codes[name] | edges
            found = {f"{'s' if rule.accepts(code) else 'f'}{code}" for code in codes}
            found |= set() if self._passes(job) else {"t"}
        return frozenset(state for state in (*found, NOT_RUN) if state[0] in letters)

    def _passes(self, job: Job) -> bool:
        """True if the job runs nothing and succeeds."""
        passes = job.status is InitialStatus.ON_NOEXEC or job.action is None
        return passes and not self.graph.has_members(job.name)

    def meeting(self, atom: Atom) -> Known:
        """The states that meet an atom about the end of a job, or about a value of it."""
        assert not isinstance(atom, GlobalValue)
        if isinstance(atom, Status):
            return {atom.job: self.of(atom.job, _LETTERS[atom.test])}
        if isinstance(atom, ExitCode):
            compare, value = COMPARISONS[atom.operator], atom.value
            # A box has no exit code.
            states = (state for state in self.of(atom.job, "sf") if state[1:])
            return {atom.job: frozenset(s for s in states if compare(int(s[1:]), value))}
        values = frozenset(v for v in self._values[_key(atom)] if _compares(atom, v))
        return {atom.job: self.of(atom.job, "s"), _key(atom): values}


def _all_atoms(graph: JobGraph) -> Iterator[Atom]:
    for job in graph.jobs.values():
        for condition in job.conditions:
            yield from atoms(condition)


def _key(atom: OutputValue) -> str:
    return f"{atom.job}\0{atom.name}"


def _near(code: int) -> tuple[int, ...]:
    return (code - 1, code, code + 1)


def _texts_near(value: str | int) -> tuple[str, ...]:
    if isinstance(value, int):
        return (*map(str, _near(value)), "text")
    return (value, f"{value}x", "")


def _compares(atom: OutputValue, text: str) -> bool:
    word = atom.operator.removeprefix("not ")
    if word == "given":
        return True
    compare: Callable[[object, object], bool] = COMPARISONS[word]
    if isinstance(atom.value, int):
        number = int(text) if text.lstrip("-").isdigit() else float("nan")
        return compare(number, atom.value) is not atom.operator.startswith("not ")
    return compare(text, atom.value) is not atom.operator.startswith("not ")
