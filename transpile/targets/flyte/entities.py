"""Plans entities that stand for jobs: their imports, inputs and outputs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from transpile.lowering.entity_types import Type, TypeOf, type_of_parameter
from transpile.lowering.structure import Lowered
from transpile.model import Bound, Entity, JobOutput, Listing, Table, WorkflowInput
from transpile.targets.flyte.model import InputPlan, OutputPlan
from transpile.targets.flyte.names import Scope, identifier
from transpile.targets.flyte.values import Input, Output, Value


class Entities:
    """The mapped jobs of one module.

    `variables` are those of jobs; `avoid` are names that no entity may have.
    """

    def __init__(
        self,
        lowered: Lowered,
        variables: Mapping[str, str],
        scope: Scope,
        avoid: frozenset[str],
    ) -> None:
        self._lowered = lowered
        self._variables = variables
        jobs = lowered.facts.jobs
        self._calls = {name: call for name in lowered.facts.order if (call := jobs[name].call)}
        self._aliases = self._named(scope, avoid)

    @property
    def imports(self) -> tuple[tuple[str, str, str], ...]:
        """Module, name and variable of each entity."""
        return tuple(sorted((e.module, e.name, alias) for e, alias in self._aliases.items()))

    def _named(self, scope: Scope, avoid: frozenset[str]) -> dict[Entity, str]:
        """The variable of each entity, derived from its name."""
        found: dict[Entity, str] = {}
        for job, call in self._calls.items():
            if call.entity not in found:
                base = identifier(call.entity.name, "entity", avoid)
                own = self._variables[job] == base and base not in found.values()
                found[call.entity] = base if own else scope.claim(base, "_node")
        return found

    def entity(self, name: str) -> str:
        """The variable of the entity that stands for a job."""
        return self._aliases[self._calls[name].entity]

    def known_by(self, name: str) -> str:
        """The name by which a job's entity tells the job from others; empty if it cannot."""
        entity = self._calls[name].entity
        users = [job for job, call in self._calls.items() if call.entity == entity]
        return entity.name if users == [name] and self.entity(name) == entity.name else ""

    def bindings(self, name: str) -> tuple[tuple[str, Value], ...]:
        """The inputs of the entity of a job."""
        return tuple((key, self._planned(bound)) for key, bound in self._calls[name].inputs)

    def _planned(self, bound: Bound) -> Value:
        if isinstance(bound, WorkflowInput):
            return Input(bound.name)
        if isinstance(bound, JobOutput):
            return Output(f"{self._variables[bound.job]}_node", bound.name)
        if isinstance(bound, Listing):
            return tuple(map(self._planned, bound.items))
        if isinstance(bound, Table):
            return {key: self._planned(item) for key, item in bound.items}
        return bound

    def outputs_of(self, name: str) -> Iterator[OutputPlan]:
        """The known outputs of a job's entity."""
        entity, variable = self._calls[name].entity, self._variables[name]
        for known in entity.outputs or ():
            suffix = "" if len(entity.outputs or ()) == 1 else f"_{known.name}"
            kind = self._named_type(type_of_parameter(known, entity, "outputs"))
            yield OutputPlan(f"{variable}{suffix}", Output(f"{variable}_node", known.name), kind)

    def input(self, name: str) -> InputPlan | None:
        """A workflow input that entities are handed; None for any other input."""
        wanted = self._lowered.inputs.get(name)
        if wanted is None:
            return None
        default = None if wanted.default is None else self._planned(wanted.default)
        return InputPlan(name, self._named_type(wanted.type), default)

    def outputs(self) -> tuple[OutputPlan, ...]:
        """The outputs that the team wants of the outermost workflow."""
        return tuple(
            OutputPlan(wanted.name, self._planned(wanted.bound), self._named_type(wanted.type))
            for wanted in self._lowered.outputs
        )

    def _named_type(self, kind: Type) -> Type:
        """The type with the variable of its entity."""
        if not isinstance(kind, TypeOf):
            return kind
        alias = next(a for entity, a in self._aliases.items() if str(entity) == kind.entity)
        return replace(kind, entity=alias)
