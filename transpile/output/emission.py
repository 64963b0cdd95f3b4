"""Prints the modules that are not in the output folder already, in several processes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from transpile.output.workers import Workers
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.render import render_module
from transpile.targets.flyte.sides import files_of

BATCH = 200
"""Minimum number of nodes per batch, so that printing takes longer than pickling."""


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported the printing."""


def render_batch(modules: Sequence[ModulePlan]) -> list[str]:
    """The texts of the modules of a batch."""
    return [render_module(module) for module in modules]


def emit(
    modules: Sequence[ModulePlan], stands: Callable[[ModulePlan], bool], workers: Workers
) -> Iterator[tuple[ModulePlan, list[tuple[ModulePlan, str | None]]]]:
    """Each module with its files and their texts; None for a file that `stands` unchanged."""
    divided = [files_of(module) for module in modules]
    printed = _printed([file for files in divided for file in files], stands, workers)
    for module, files in zip(modules, divided, strict=True):
        yield module, list(islice(printed, len(files)))


def _printed(
    modules: Sequence[ModulePlan], stands: Callable[[ModulePlan], bool], workers: Workers
) -> Iterator[tuple[ModulePlan, str | None]]:
    there = [stands(module) for module in modules]
    wanted = (module for module, found in zip(modules, there, strict=True) if not found)
    texts = (text for batch in workers.map(render_batch, _batches(wanted)) for text in batch)
    for module, found in zip(modules, there, strict=True):
        yield module, None if found else next(texts)


def _batches(modules: Iterable[ModulePlan]) -> Iterator[tuple[ModulePlan, ...]]:
    batch: list[ModulePlan] = []
    nodes = 0
    for module in modules:
        batch.append(module)
        nodes += sum(len(workflow.nodes) for workflow in module.workflows)
        if nodes >= BATCH:
            yield tuple(batch)
            batch, nodes = [], 0
    if batch:
        yield tuple(batch)
