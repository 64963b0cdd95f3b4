"""Start conditions of nodes and boxes, from the edges of a DAG."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from transpile.dialects.dagman.model import Dag, Splice
from transpile.model import All, Condition, Job, Kind, Status, StatusTest
from transpile.sources.text import Span

MOST_EDGES = 64
"""Maximum number of edges between parents and children without a join node."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A DAG as part of the network.

    The names of its jobs begin with `prefix`, `box` is the box around it, and `boxes` are the
    splices that become boxes. The whole DAG is tried again `rounds` times.
    """

    dag: Dag
    prefix: str
    box: str | None
    boxes: Mapping[str, Splice]
    rounds: int

    def box_of(self, splice: str | None) -> str | None:
        """The box of a node or splice that is directly in this splice."""
        return f"{self.prefix}{splice}" if splice in self.boxes else self.box


@dataclass(slots=True)
class Waits:
    """The parents of a node or splice, with the tests of their status."""

    span: Span
    parents: dict[str, StatusTest] = field(default_factory=dict)

    def add(self, parent: str, weak: bool) -> None:
        """Add a parent. DAGMan: for the same parent, an ordinary edge beats a WEAK one."""
        if not weak or parent not in self.parents:
            self.parents[parent] = StatusTest.DONE if weak else StatusTest.SUCCESS

    def condition_of(self, job: Job) -> Job:
        """The job, with a condition on these parents."""
        terms = tuple(Status(name, test) for name, test in self.parents.items())
        condition: Condition = terms[0] if len(terms) == 1 else All(terms)
        names = list(self.parents)
        text = f"PARENT {' '.join(names[:8])}"
        if len(names) > 8:
            text += f" and {len(names) - 8} more"
        if StatusTest.DONE in self.parents.values():
            text = f"WEAK {text}"
        return replace(job, condition=condition, condition_text=text, condition_span=self.span)


def find_waits(scope: Scope, numbers: Iterator[int]) -> tuple[dict[str, Waits], list[Job]]:
    """The parents of nodes and boxes, by name, and the join nodes, numbered by `numbers`.

    DAGMan, too, puts a join node between many parents and many children.
    """
    dag, prefix = scope.dag, scope.prefix
    found: dict[str, Waits] = {}
    joins: list[Job] = []
    for edges in dag.edges:
        last = dag.terminal(edges.parents, scope.boxes)
        first = dag.initial(edges.children, scope.boxes)
        parents = [f"{prefix}{name}" for name in last]
        if len(last) * len(first) > MOST_EDGES and not edges.weak and len(first) > 1:
            splices = {dag.nodes[n].splice if n in dag.nodes else None for n in (*last, *first)}
            box = scope.box_of(splices.pop() if len(splices) == 1 else None)
            name = f"{prefix}_condor_join_node{next(numbers)}"
            waits = Waits(edges.span, dict.fromkeys(parents, StatusTest.SUCCESS))
            joins.append(waits.condition_of(Job(name, edges.span, Kind.COMMAND, box=box)))
            parents = [name]
        for child in first:
            waits = found.setdefault(child, Waits(edges.span))
            for parent in parents:
                waits.add(parent, edges.weak)
    return found, joins
