"""Jobs that are emitted as calls of entities which exist: which ones, and what they are handed."""

from collections.abc import Iterator, Mapping

from transpile.findings.codes.mapping import NotMapped, UnboundValue
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.placement import Frontier
from transpile.lowering.start_conditions import Key, Role
from transpile.model import (
    Bound,
    Entity,
    JobOutput,
    Listing,
    Network,
    Precedence,
    Table,
    WorkflowInput,
    references,
)
from transpile.sources.text import Span
from transpile.targets.flyte.model import InputPlan, OutputPlan
from transpile.targets.flyte.names import RESERVED_FOR_INPUTS, Scope, identifier
from transpile.targets.flyte.typing import (
    Mismatch,
    agree,
    collection_of,
    type_inside,
    type_of_constant,
    type_of_parameter,
)
from transpile.targets.flyte.values import Input, Output, Type, Value


class _Refused(Exception):
    """A value cannot be bound: how the rule spells it, and why."""


class Entities:
    """The mapped jobs of one module.

    `variables` are those of jobs, `taken` the names of inputs that carry globals; `avoid` are names
    that no entity goes by. No entity can stand for those that are `refused`.
    """

    def __init__(
        self,
        network: Network,
        frontier: Frontier,
        diagnostics: Diagnostics,
        variables: Mapping[str, str],
        taken: frozenset[str],
        scope: Scope,
        avoid: frozenset[str],
    ) -> None:
        self._network = network
        self._frontier = frontier
        self._diagnostics = diagnostics
        self._variables = variables
        self._taken = taken
        jobs = network.jobs
        self._calls = {name: call for name in network.order if (call := jobs[name].call)}
        self._rules = network.workflow_rules
        self._aliases = self._named(scope, avoid)
        self._above = self._find_above() if self._calls else {}
        self._types: dict[str, Type] = {}
        self.refused: set[str] = set()
        self._drop_what_cannot_be()

    def __contains__(self, name: str) -> bool:
        return name in self._calls

    @property
    def imports(self) -> tuple[tuple[str, str, str], ...]:
        """Module, name and variable of each entity."""
        used = {call.entity for call in self._calls.values()}
        found = ((e.module, e.name, alias) for e, alias in self._aliases.items() if e in used)
        return tuple(sorted(found))

    def _named(self, scope: Scope, avoid: frozenset[str]) -> dict[Entity, str]:
        """The variable of each entity: its own name, which a job of that name may have taken."""
        found: dict[Entity, str] = {}
        for job, call in self._calls.items():
            if call.entity not in found:
                base = identifier(call.entity.name, "entity", avoid)
                own = self._variables[job] == base and base not in found.values()
                found[call.entity] = base if own else scope.claim(base, "_node")
        return found

    def _find_above(self) -> dict[str, set[str]]:
        """For each mapped job, the jobs that have ended when it starts."""
        graph = Precedence.of(self._network).reversed()
        end_of = {vertex: name for name, vertex in graph.end.items()}
        found: dict[str, set[str]] = {}
        for name in self._calls:
            above = graph.reached([graph.start[name]])
            found[name] = {end_of[vertex] for vertex in above if vertex in end_of} - {name}
        return found

    def _drop_what_cannot_be(self) -> None:
        """A call that cannot be made takes those along that are handed its outputs."""
        bad = [""]
        while bad:
            self._types.clear()
            bad = [name for name in self._calls if not self._can_be(name)]
            for name in bad:
                del self._calls[name]
            self.refused.update(bad)

    # ---------------------------------------------------------------- checks

    def _can_be(self, name: str) -> bool:
        call, key = self._calls[name], Key(Role.JOB, name)
        reason = ""
        if key in self._frontier.wiring.watched:
            reason = "a condition looks at how it ends"
        elif key in self._frontier.wiring.gates:
            reason = "its condition is more than the success of others"
        if reason:
            entity = str(call.entity)
            self._diagnostics.add(
                NotMapped(name=name, entity=entity, reason=reason), call.span, job=name, text=entity
            )
            return False
        alias = self._aliases[call.entity]
        try:
            for parameter, bound in call.inputs:
                known = call.entity.input(parameter)
                assert known is not None
                self._check(name, parameter, bound, type_of_parameter(known, alias, "inputs"))
        except _Refused as error:
            self._report(error, call.span, name)
            return False
        return True

    def _report(self, error: _Refused, span: Span, job: str | None) -> None:
        text, reason = error.args
        self._diagnostics.add(UnboundValue(text=text, reason=reason), span, job=job)

    def _check(self, job: str, text: str, bound: Bound, wanted: Type) -> None:
        """Raises _Refused when the value cannot be handed to the job."""
        try:
            if isinstance(bound, WorkflowInput):
                text = f"workflow.{bound.name}"
                if bound.name in self._taken or bound.name in RESERVED_FOR_INPUTS:
                    raise _Refused(text, "an input cannot have this name")
                agree(self._types.setdefault(bound.name, wanted), wanted)
            elif isinstance(bound, JobOutput):
                text = f"{bound.job}.{bound.name}"
                if bound.job not in self._above[job]:
                    raise _Refused(text, f"{bound.job} need not have ended when {job} starts")
                agree(self._type_of_output(bound, self._frontier.home(job)), wanted)
            elif isinstance(bound, Listing | Table) and references(bound):
                inner = type_inside(wanted, bound)
                for item in _parts(bound):
                    self._check(job, text, item, inner)
            else:
                _check_constant(text, bound, wanted)
        except Mismatch as error:
            raise _Refused(text, str(error)) from error

    def _type_of_output(self, bound: JobOutput, home: str | None) -> Type:
        text = f"{bound.job}.{bound.name}"
        call = self._calls.get(bound.job)
        if call is None:
            raise _Refused(text, f"{bound.job} is not mapped to an entity: it has no such output")
        if self._frontier.home(bound.job) != home:
            raise _Refused(text, "the wall of a box stands between the two")
        found = call.entity.output(bound.name)
        if found is None:
            raise _Refused(text, f"{call.entity.name} has no such output")
        return type_of_parameter(found, self._aliases[call.entity], "outputs")

    # ---------------------------------------------------------------- plans

    def entity(self, name: str) -> str:
        """The variable of the entity that stands for a job."""
        return self._aliases[self._calls[name].entity]

    def bindings(self, name: str) -> tuple[tuple[str, Value], ...]:
        """What the entity of a job is handed."""
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
        """The outputs of a job's entity, if it is known to have one."""
        entity, variable = self._calls[name].entity, self._variables[name]
        for known in entity.outputs or ():
            suffix = "" if len(entity.outputs or ()) == 1 else f"_{known.name}"
            kind = type_of_parameter(known, self._aliases[entity], "outputs")
            yield OutputPlan(f"{variable}{suffix}", Output(f"{variable}_node", known.name), kind)

    def input(self, name: str) -> InputPlan | None:
        """A workflow input that entities are handed; None for any other one."""
        if name not in self._types:
            return None
        defaults = {key: bound for rule in self._rules for key, bound in rule.inputs}
        if name not in defaults:
            return InputPlan(name, self._types[name])
        return InputPlan(name, self._types[name], self._planned(defaults[name]))

    def check_defaults(self) -> None:
        """Report defaults of the wrong type, and those of inputs that nothing is handed."""
        for rule in self._rules:
            for name, bound in rule.inputs:
                try:
                    if name not in self._types:
                        raise _Refused(name, "no entity is handed this input")
                    _check_constant(name, bound, self._types[name])
                except _Refused as error:
                    self._report(error, rule.span, None)

    def outputs(self, home: str | None) -> Iterator[OutputPlan]:
        """The outputs that rules want of the outermost workflow, which is that of `home`."""
        for rule in self._rules:
            for name, bound in rule.outputs:
                try:
                    yield self._output(name, bound, home)
                except _Refused as error:
                    self._report(error, rule.span, None)

    def _output(self, name: str, bound: Bound, home: str | None) -> OutputPlan:
        found = references(bound)
        outputs = [item for item in found if isinstance(item, JobOutput)]
        if not found or len(outputs) < len(found):
            raise _Refused(name, "an output of the workflow is made of outputs of jobs")
        types = {self._type_of_output(output, home) for output in outputs}
        if not isinstance(bound, Listing | Table):
            return OutputPlan(name, self._planned(bound), types.pop())
        if len(types) > 1 or any(isinstance(i, Listing | Table) for i in _parts(bound)):
            raise _Refused(name, "its parts are not all of one type")
        kind = collection_of(bound, types.pop())
        if not kind:
            raise _Refused(name, "the type of its parts is not known")
        return OutputPlan(name, self._planned(bound), kind)


def _check_constant(text: str, bound: Bound, wanted: Type) -> None:
    try:
        agree(type_of_constant(bound), wanted)
    except Mismatch as error:
        raise _Refused(text, str(error)) from error


def _parts(bound: Listing | Table) -> list[Bound]:
    return list(bound.items if isinstance(bound, Listing) else (v for _, v in bound.items))
