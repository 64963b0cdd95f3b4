"""Charts of an estate: its workflows in their folders, and who waits for whom or starts whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from transpile.findings.finding import Level
from transpile.report.drawing import MOST_JOBS
from transpile.report.figure import Asked, Edge
from transpile.report.links import Link, Links
from transpile.report.overlay import Trace, summary
from transpile.report.workflow import WorkflowRow

MOST_NEIGHBOURS = 16
"""Maximum number of neighbours of each kind in the drawing of one workflow."""


@dataclass(frozen=True, slots=True)
class EstateChart:
    """Some workflows of an estate, by module, in their `folders`, whose names end in a `/`."""

    rows: Mapping[str, WorkflowRow]
    folders: Mapping[str, str | None]
    edges: tuple[Edge, ...]
    counted: str = "workflow"

    @classmethod
    def of(cls, rows: Sequence[WorkflowRow], links: Links) -> "EstateChart":
        """The whole estate; of many workflows those with links, in their folders."""
        if len(rows) <= MOST_JOBS:
            return cls({row.module: row for row in rows}, {}, _edges(rows, links.of))
        linked = sorted({number for link in links.of for number in link[:2]})
        drawn = [rows[number] for number in linked]
        folders: dict[str, str | None] = {}
        for row in drawn:
            folders.update(_folders(row.folder))
        return cls({row.module: row for row in drawn}, folders, _edges(rows, links.of))

    @classmethod
    def around(cls, number: int, rows: Sequence[WorkflowRow], links: Links) -> "EstateChart":
        """A workflow and some of its neighbours, without folders."""
        near = links.near[number]
        kinds = (near.waits_for, near.started_by, near.tells, near.starts)
        others = chain.from_iterable(islice(kind, MOST_NEIGHBOURS) for kind in kinds)
        drawn = dict.fromkeys((number, *others))
        found = [
            link
            for other in drawn
            for link in (
                Link(other, number, starts=False),
                Link(other, number, starts=True),
                Link(number, other, starts=False),
                Link(number, other, starts=True),
            )
            if link in links.of
        ]
        return cls({rows[n].module: rows[n] for n in drawn}, {}, _edges(rows, found))

    def tree(self) -> dict[str, str | None]:
        """The folder of each workflow and folder."""
        own = {name: f"{row.folder}/" if row.folder else None for name, row in self.rows.items()}
        return {**self.folders, **(own if self.folders else dict.fromkeys(self.rows))}

    def counts(self, name: str) -> bool:
        """True for a workflow."""
        return name in self.rows

    def numbers(self) -> dict[str, int]:
        """The position of each workflow; folders come last."""
        return {name: place for place, name in enumerate((*self.rows, *self.folders))}

    def words(self, name: str) -> str:
        """How a workflow starts."""
        return f"by-{self.rows[name].start}" if name in self.rows else "folder"

    def full(self, name: str) -> str:
        """The title of a workflow, or the folder."""
        return self.rows[name].title if name in self.rows else name

    def label(self, name: str) -> str:
        """The same."""
        return self.full(name)

    def short(self, name: str) -> str:
        """The title of a workflow: the page knows its module."""
        return self.rows[name].title if name in self.rows else ""

    def caption(self, name: str) -> str:
        """When or how a workflow starts."""
        return said_start(self.rows[name]) if name in self.rows else ""

    def level(self, name: str) -> Level | None:
        """The most severe level of the findings about a workflow."""
        row = self.rows.get(name)
        return next((level for level in Level if row and row.levels[level]), None)

    def trace(self, name: str) -> Trace | None:
        """How a workflow ended in the run that is laid over the chart; None without one."""
        return self.rows[name].trace if name in self.rows else None

    def trace_inside(self, box: str) -> Trace | None:
        """How the workflows in a folder ended."""
        inside = [row.trace for row in self.rows.values() if _is_in(row, box) and row.trace]
        return summary(inside, self.counted) if inside else None

    def worst_inside(self, box: str) -> Level | None:
        """The most severe level of the findings about the workflows in a folder."""
        inside = {self.level(name) for name, row in self.rows.items() if _is_in(row, box)}
        return next((level for level in Level if level in inside), None)


def said_start(row: WorkflowRow) -> str:
    """When or how a workflow starts, in words."""
    if row.start == "clock":
        return row.clock or "by the clock"
    if row.start == "hand":
        return "by hand"
    return f"started by {'workflows' if row.start == 'workflows' else 'the legacy side'}"


def _folders(path: str) -> Iterator[tuple[str, str | None]]:
    """A folder and those around it, outer ones first, each with the one around it."""
    around, whole = None, ""
    for part in path.split("/") if path else ():
        whole += f"{part}/"
        yield whole, around
        around = whole


def _is_in(row: WorkflowRow, folder: str) -> bool:
    return f"{row.folder}/".startswith(folder)


def _edges(rows: Sequence[WorkflowRow], links: Iterable[Link]) -> tuple[Edge, ...]:
    """One edge a pair of workflows: a start, if one starts the other, else a wait."""
    found: dict[tuple[int, int], bool] = {}
    for up, down, starts in links:
        found[up, down] = found.get((up, down), False) or starts
    return tuple(
        Edge(rows[up].module, rows[down].module, Asked.START if starts else Asked.WAIT)
        for (up, down), starts in found.items()
    )
