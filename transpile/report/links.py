"""Links between the workflows of an estate: who waits for whom, and who starts whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """The cuts of the selected workflows, those of each link, and the neighbours of each workflow.

    The selected workflows have the first numbers, in the order of their names in the estate; the
    others, which are only named, come after them. `titles` are those of all workflows.
    """

    titles: tuple[str, ...]
    cuts: tuple[CutRow, ...]
    of: Mapping[Link, tuple[Cut, ...]]
    near: tuple[Neighbours, ...]

    @classmethod
    def between(cls, estate: Estate) -> "Links":
        """The links of an estate. A gate about jobs of its own workflow is no link."""
        names = [name for found in estate.names for name in found]
        chosen = estate.selection.chosen if estate.selection else frozenset(range(len(names)))
        order = sorted(range(len(names)), key=lambda number: number not in chosen)
        place = {number: new for new, number in enumerate(order)}
        cuts: list[CutRow] = []
        count = 0
        for facts, found in zip(estate.networks, estate.names, strict=True):
            cuts += _cuts(facts, [place[count + number] for number in range(len(found))])
            count += len(found)
        return cls._of(tuple(names[number].title for number in order), cuts, len(chosen))

    @classmethod
    def _of(cls, titles: tuple[str, ...], cuts: Iterable[CutRow], selected: int) -> "Links":
        of: defaultdict[Link, dict[str, Cut]] = defaultdict(dict)
        for cut, down, asks in cuts:
            for _, up in asks:
                if up != down and min(up, down) < selected:
                    of[Link(up, down, cut.starts)][cut.job] = cut
        near = tuple(Neighbours() for _ in range(selected))
        for up, down, starts in of:
            if down < selected:
                (near[down].started_by if starts else near[down].waits_for).append(up)
            if up < selected:
                (near[up].starts if starts else near[up].tells).append(down)
        own = tuple(row for row in cuts if row.workflow < selected)
        return cls(titles, own, {link: tuple(found.values()) for link, found in of.items()}, near)

    def among_selected(self) -> "Links":
        """The links between two selected workflows."""
        count = len(self.near)
        cuts = (
            row._replace(asks=tuple(asked for asked in row.asks if asked[1] < count))
            for row in self.cuts
        )
        return self._of(self.titles[:count], tuple(cuts), count)


def _cuts(facts: Facts, numbers: Sequence[int]) -> Iterator[CutRow]:
    """The cuts of a network whose workflows have these numbers."""
    if not facts.cuts:
        return
    groups = zip(numbers, facts.groups, strict=True)
    number = {name: n for n, group in groups for name in group}

    def workflow(job: str) -> int:
        return number[facts.graph.top(job)]

    for job, cut in facts.cuts.items():
        yield CutRow(cut, workflow(job), tuple((name, workflow(name)) for name in cut.asked))
