"""Reads an estate and plans its workflows, in the processes of workers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from transpile.cli.options import Request, selecting
from transpile.cli.progress import Meter
from transpile.output.workers import Workers, batches
from transpile.pipeline import Estate, build_estate
from transpile.targets.plan import PlanTask

Result = TypeVar("Result")


def estate_of(
    request: Request,
    selected: Sequence[str],
    workers: Workers,
    warm_up: Callable[[], object],
    meter: Meter,
) -> Estate:
    """The selected part of an estate; workers start once its size is known.

    Raises UsageError for a pattern that selects nothing.
    """
    meter.phase("reading")
    loaded = request.load()
    workers.start_for(loaded.size, warm_up)
    meter.phase("planning")
    return selecting(build_estate(loaded), selected)


def in_batches(tasks: Iterable[PlanTask]) -> Iterator[tuple[PlanTask, ...]]:
    """Workflows in batches by their number of jobs."""
    return batches(tasks, lambda task: len(task.part.facts.jobs))


def results_of(
    estate: Estate,
    workers: Workers,
    work: Callable[[Sequence[PlanTask]], Iterable[Result]],
    meter: Meter,
) -> Iterator[Result]:
    """What the work on batches of workflows returns for each workflow, in their order."""
    found = chain.from_iterable(workers.map(work, in_batches(estate.tasks())))
    yield from meter.count("workflows", found, estate.size)
