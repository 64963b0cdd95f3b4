"""Links between the workflows of an estate: who waits for whom, and who starts whom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from transpile.model import Cut, Facts
from transpile.pipeline import Estate


class CutRow(NamedTuple):
    """A cut, the number of its workflow, and the jobs that it asks about with those of theirs."""

    cut: Cut
    workflow: int
    asks: tuple[tuple[str, int], ...]


class Link(NamedTuple):
    """The workflow `downstream` waits for `upstream`; if the link `starts`, it is started by it."""

    upstream: int
    downstream: int
    starts: bool


@dataclass(slots=True)
class Neighbours:
    """The workflows that a workflow waits for, that start it, that wait for it, that it starts."""

    waits_for: list[int] = field(default_factory=list)
    started_by: list[int] = field(default_factory=list)
    tells: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Links:
    """All cuts, those of each link, and the neighbours of each workflow.

    Workflows have the numbers of their names in the estate.
    """

    cuts: tuple[CutRow, ...]
    of: Mapping[Link, tuple[Cut, ...]]
    near: tuple[Neighbours, ...]

    @classmethod
    def between(cls, estate: Estate) -> "Links":
        """The links of an estate. A gate about jobs of its own workflow is no link."""
        cuts: list[CutRow] = []
        count = 0
        for facts, names in zip(estate.networks, estate.names, strict=True):
            cuts += _cuts(facts, count)
            count += len(names)
        found: defaultdict[Link, dict[str, Cut]] = defaultdict(dict)
        for cut, down, asks in cuts:
            for _, up in asks:
                if up != down:
                    found[Link(up, down, cut.starts)][cut.job] = cut
        near = tuple(Neighbours() for _ in range(count))
        for up, down, starts in found:
            (near[down].started_by if starts else near[down].waits_for).append(up)
            (near[up].starts if starts else near[up].tells).append(down)
        return cls(tuple(cuts), {link: tuple(of.values()) for link, of in found.items()}, near)


def _cuts(facts: Facts, first: int) -> Iterator[CutRow]:
    """The cuts of a network whose workflows have the numbers from `first` on."""
    if not facts.cuts:
        return
    number = {name: n for n, group in enumerate(facts.groups, first) for name in group}

    def workflow(job: str) -> int:
        return number[[job, *facts.graph.ancestors(job)][-1]]

    for job, cut in facts.cuts.items():
        yield CutRow(cut, workflow(job), tuple((name, workflow(name)) for name in cut.asked))
