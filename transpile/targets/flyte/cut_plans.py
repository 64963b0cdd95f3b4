"""The plans of cuts: what a module needs of other workflows, and gives to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.model import Cut, Heard
from transpile.targets.flyte.values import Call


class InPackage:
    """A module that stands in a folder of the emitted package."""

    __slots__ = ()
    folder: tuple[str, ...]
    name: str

    @property
    def path(self) -> str:
        """Its path in the package."""
        return "/".join((*self.folder, f"{self.name}.py"))

    @property
    def module(self) -> str:
        """Its dotted name in the package."""
        return ".".join((*self.folder, self.name))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job stands: names of workflows, and paths of nodes with `/` between the ids.

    `node` is that of the job, or of the end of the box; `wait` is the one in front of it. `box` is
    the node with which the top-level box of the job begins: "" if the workflow begins with it,
    behind the node `waits` if there is one; None for a job in no box. `begins` is the node with
    which a box in a box begins, if any. `scheduled` are the workflows around this one that look up
    run days.
    """

    workflow: str
    node: str
    wait: str
    box: str | None
    is_box: bool
    begins: str
    waits: str
    scheduled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossings:
    """What other workflows need to know of a module.

    `own` has its cuts with their constants, `heard` those of jobs that the legacy side hears of,
    `places` where jobs stand that are looked at or wait.
    `start` is the launch plan or task by which other workflows start it, a task if it `drives` its
    jobs. `network` tells networks apart.
    """

    own: tuple[tuple[str, Cut], ...] = ()
    heard: tuple[tuple[str, Heard], ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    start: str = ""
    network: int = 0
    drives: bool = False


@dataclass(frozen=True, slots=True)
class CutPlan:
    """A constant with a cut; `comment` is its place in the source."""

    constant: str
    comment: str
    value: Call


@dataclass(frozen=True, slots=True)
class CutsPlan(InPackage):
    """A module with the cuts of a workflow, and the jobs that they look at as constants.

    The legacy side hears of some jobs of the workflow, too.
    """

    folder: tuple[str, ...]
    name: str
    title: str
    package: str
    uses_time: bool
    helpers: tuple[str, ...]
    jobs: tuple[tuple[str, Call], ...]
    cuts: tuple[CutPlan, ...]
    tells: tuple[CutPlan, ...] = ()

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of its docstring."""
        waits = "what it waits for" if self.cuts else ""
        heard = "who hears of it on the legacy side" if self.tells else ""
        return (f"{self.title} · {', and '.join(filter(None, (waits, heard)))}",)
