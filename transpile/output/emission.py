"""Prints the modules that are not in the output folder already, in several processes."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from transpile.output.workers import Workers
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.render import render_module

BATCH = 200
"""Minimum number of nodes per batch, so that printing takes longer than pickling."""


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported the printing."""


def render_batch(modules: Sequence[ModulePlan]) -> list[str]:
    """The texts of the modules of a batch."""
    return [render_module(module) for module in modules]


def emit(
    modules: Sequence[ModulePlan], stands: Callable[[ModulePlan], bool], workers: Workers
) -> Iterator[tuple[ModulePlan, str | None]]:
    """Each module with its text; None for a module that `stands` unchanged in the folder."""
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
