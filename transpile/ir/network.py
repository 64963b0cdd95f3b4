"""The whole estate: jobs, variables and what the passes find out about them."""

from dataclasses import dataclass, field

from transpile.ir.job import Job
from transpile.source import Span


@dataclass(frozen=True, slots=True)
class Variable:
    """A global variable. `value` is None when nothing in the estate sets it."""

    name: str
    value: str | None


@dataclass(slots=True)
class Tally:
    """How many attributes of the source ended in which way."""

    translated: int = 0
    noted: int = 0
    unsupported: int = 0


@dataclass(frozen=True, slots=True)
class Dependency:
    """A reference from a job's condition to another job.

    `edge`: `downstream` waits for the end of `upstream`, or, `at_end`, the result of that box does.
    `joins`: the two belong into one workflow. `exclusion`: they wait only so as not to run at the
    same time. `missing`: the diagnostic code that says why `upstream` is nowhere in the estate.
    """

    upstream: str
    downstream: str
    span: Span
    edge: bool
    joins: bool = True
    missing: str | None = None
    at_end: bool = False
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """An estate; `deleted` holds where the jobs stood that it deletes itself.

    The fields below `tally` are empty until the pass that finds them out has run. `overlapping`
    are pairs of jobs that the source keeps apart and the emitted workflow does not.
    """

    jobs: dict[str, Job]
    variables: dict[str, Variable]
    deleted: dict[str, Span] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    left_out: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    overlapping: frozenset[tuple[str, str]] = frozenset()
    flattened: frozenset[str] = frozenset()

    def ancestors(self, name: str) -> list[str]:
        """The boxes around a job, innermost first."""
        found = []
        box = self.jobs[name].box
        while box is not None:
            found.append(box)
            box = self.jobs[box].box
        return found
