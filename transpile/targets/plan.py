"""Plans the workflows of an estate: each becomes a module, on its own once all have names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transpile.findings.diagnostics import Diagnostics, Excerpt
from transpile.lowering.lower import lower
from transpile.lowering.steps import lower_to_steps
from transpile.lowering.values import globals_of
from transpile.model import Facts, Form
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.module_names import input_names
from transpile.targets.flyte.names import RESERVED_FOR_INPUTS
from transpile.targets.flyte.naming import WorkflowNames
from transpile.targets.flyte.plan import Planner
from transpile.targets.flyte2.plan import DriverPlanner


@dataclass(frozen=True, slots=True)
class Part:
    """What one workflow is planned from: facts about its jobs, and its names.

    `place` has the position of each job in the source, `network` is the number of the network.
    """

    network: int
    facts: Facts
    names: WorkflowNames
    place: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlanTask:
    """The planning of one workflow. Its result depends on nothing else, so any process can do it.

    `findings` are those about its jobs.
    """

    part: Part
    form: Form
    findings: Excerpt

    def plan(self, diagnostics: Diagnostics) -> tuple[ModulePlan, Facts]:
        """The module, with the facts that it is made from; `diagnostics` are `findings`, opened."""
        part, form = self.part, self.form
        if form.drives:
            lowered = lower_to_steps(part.facts, diagnostics, _reserved)
            driver = DriverPlanner(lowered, part.names, form, diagnostics)
            return driver.module(), lowered.facts
        lowered = lower(part.facts, part.place, diagnostics, _reserved)
        return Planner(lowered, part.names, form, diagnostics).module(), lowered.facts


def parts_of(estate: Sequence[Facts], names: Sequence[Sequence[WorkflowNames]]) -> Iterator[Part]:
    """The parts of an estate, one for each group of jobs."""
    for network, (facts, found) in enumerate(zip(estate, names, strict=True)):
        number_of = {name: number for number, name in enumerate(facts.jobs)}
        for part, own in zip(facts.parts(), found, strict=True):
            yield Part(network, part, own, {name: number_of[name] for name in part.jobs})


def _reserved(facts: Facts) -> frozenset[str]:
    """Names that no input of an entity may have: reserved ones, and the inputs of globals."""
    names = input_names(globals_of(facts), facts.said.variables)
    return RESERVED_FOR_INPUTS.union(names.values())
