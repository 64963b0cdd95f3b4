"""Checks the entities that stand for mapped jobs, and the types of their values."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.findings.codes.mapping import NotMapped, UnboundValue
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.entity_types import (
    Mismatch,
    Type,
    agree,
    collection_of,
    type_inside,
    type_of_constant,
    type_of_parameter,
)
from transpile.lowering.failures import Failures
from transpile.lowering.placement import home_of
from transpile.lowering.structure import Key, Role, WantedInput, WantedOutput
from transpile.model import (
    Bound,
    EntityCall,
    Facts,
    JobOutput,
    Listing,
    Table,
    WorkflowInput,
    references,
)
from transpile.sources.text import Span

Reserved = Callable[[Facts], Collection[str]]
"""Returns the names that no workflow input may have; each target has its own."""


class _Refused(Exception):
    """A value cannot be bound. Arguments: its spelling in the rule, and the reason."""


@dataclass(slots=True)
class Calls:
    """The calls of entities in one group of jobs.

    `inputs` has the type of each workflow input that entities are handed. The `refused` jobs have a
    call that cannot be made; it is reported. `ready` has, for each mapped job, the jobs whose
    outputs exist when it starts; without it they are all that have ended by then.
    """

    facts: Facts
    failures: Failures
    reserved: Reserved
    diagnostics: Diagnostics
    ready: Mapping[str, Collection[str]] | None = None
    inputs: dict[str, Type] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    _calls: dict[str, EntityCall] = field(init=False)
    _above: dict[str, set[str]] = field(init=False)
    _taken: Collection[str] = ()

    def __post_init__(self) -> None:
        jobs = self.facts.jobs
        self._calls = {name: call for name in self.facts.order if (call := jobs[name].call)}
        self._above = self._find_above()
        if self._calls:
            self._taken = self.reserved(self.facts)
            self._refuse()

    def _find_above(self) -> dict[str, set[str]]:
        """For each mapped job, the jobs that have ended when it starts."""
        graph = self.facts.graph
        end_of = {vertex: name for name, vertex in graph.end.items()}
        found: dict[str, set[str]] = {}
        for name in self._calls:
            above = graph.reached([graph.start[name]], backwards=True)
            found[name] = {end_of[vertex] for vertex in above if vertex in end_of} - {name}
        return found

    def _refuse(self) -> None:
        """Refuse the calls that cannot be made, and those that are handed their outputs."""
        bad = [""]
        while bad:
            self.inputs.clear()
            bad = [name for name in self._calls if not self._can_be(name)]
            for name in bad:
                del self._calls[name]
            self.refused.update(bad)

    def _can_be(self, name: str) -> bool:
        call = self._calls[name]
        # Jobs with a condition of their own are watched, too.
        if Key(Role.JOB, name) in self.failures.watched:
            entity = str(call.entity)
            self.diagnostics.add(
                NotMapped(name=name, entity=entity, reason="a condition asks how it ends"),
                call.span,
                job=name,
                text=entity,
            )
            return False
        try:
            for parameter, bound in call.inputs:
                known = call.entity.input(parameter)
                assert known is not None
                wanted = type_of_parameter(known, call.entity, "inputs")
                self._check(name, parameter, bound, wanted)
        except _Refused as error:
            self._report(error, call.span, name)
            return False
        return True

    def _report(self, error: _Refused, span: Span, job: str | None) -> None:
        text, reason = error.args
        self.diagnostics.add(UnboundValue(text=text, reason=reason), span, job=job)

    def _check(self, job: str, text: str, bound: Bound, wanted: Type) -> None:
        """Raise _Refused if the value cannot be handed to the job."""
        try:
            if isinstance(bound, WorkflowInput):
                text = f"workflow.{bound.name}"
                if bound.name in self._taken:
                    raise _Refused(text, "an input cannot have this name")
                agree(self.inputs.setdefault(bound.name, wanted), wanted)
            elif isinstance(bound, JobOutput):
                text = f"{bound.job}.{bound.name}"
                if bound.job not in self._above[job]:
                    raise _Refused(text, f"{bound.job} may still run when {job} starts")
                if self.ready is not None and bound.job not in self.ready[job]:
                    raise _Refused(text, f"{job} may start without a success of {bound.job}")
                agree(self._type_of_output(bound, home_of(self.facts, job)), wanted)
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
            raise _Refused(text, f"{bound.job} is not mapped to an entity, so it has no outputs")
        if home_of(self.facts, bound.job) != home:
            raise _Refused(text, "the wall of a box is between the two jobs")
        found = call.entity.output(bound.name)
        if found is None:
            raise _Refused(text, f"{call.entity.name} has no such output")
        return type_of_parameter(found, call.entity, "outputs")

    # ---------------------------------------------------------------- the workflow around them

    def wanted_inputs(self) -> dict[str, WantedInput]:
        """The workflow inputs that entities are handed; unfit defaults are reported."""
        defaults: dict[str, Bound] = {}
        for rule in self.facts.workflow_rules:
            for name, bound in rule.inputs:
                defaults[name] = bound
                try:
                    if name not in self.inputs:
                        raise _Refused(name, "no entity uses this input")
                    _check_constant(name, bound, self.inputs[name])
                except _Refused as error:
                    self._report(error, rule.span, None)
        return {n: WantedInput(kind, defaults.get(n)) for n, kind in self.inputs.items()}

    def wanted_outputs(self, root: str | None) -> Iterator[WantedOutput]:
        """The outputs that the team wants of the outermost workflow, that of `root`."""
        for rule in self.facts.workflow_rules:
            for name, bound in rule.outputs:
                try:
                    yield WantedOutput(name, bound, self._type_of_wanted(name, bound, root))
                except _Refused as error:
                    self._report(error, rule.span, None)

    def _type_of_wanted(self, name: str, bound: Bound, root: str | None) -> Type:
        found = references(bound)
        outputs = [item for item in found if isinstance(item, JobOutput)]
        if not found or len(outputs) < len(found):
            raise _Refused(name, "it must be made of outputs of jobs")
        types = {self._type_of_output(output, root) for output in outputs}
        if not isinstance(bound, Listing | Table):
            return types.pop()
        if len(types) > 1 or any(isinstance(i, Listing | Table) for i in _parts(bound)):
            raise _Refused(name, "its parts have different types")
        kind = collection_of(bound, types.pop())
        if not kind:
            raise _Refused(name, "the type of its parts is unknown")
        return kind


def _check_constant(text: str, bound: Bound, wanted: Type) -> None:
    try:
        agree(type_of_constant(bound), wanted)
    except Mismatch as error:
        raise _Refused(text, str(error)) from error


def _parts(bound: Listing | Table) -> list[Bound]:
    return list(bound.items if isinstance(bound, Listing) else (v for _, v in bound.items))
