"""Plans to text: each module once, spread over processes, and only what is not there already."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from transpile.output.workers import Workers
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.render import render_module

BATCH = 200
"""So many nodes or more are rendered at a time: enough to be worth the way to a process."""


def warm_up() -> None:
    """To find this function a process imports what it takes to render modules."""


def render_batch(modules: Sequence[ModulePlan]) -> list[str]:
    """The texts of the modules."""
    return [render_module(module) for module in modules]


def emit(
    modules: Sequence[ModulePlan], stands: Callable[[ModulePlan], bool], workers: Workers
) -> Iterator[tuple[ModulePlan, str | None]]:
    """Each module with its text, or None for one that stands there as it would be made."""
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
