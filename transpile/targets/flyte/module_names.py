"""Names of jobs and nodes in an emitted module."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.lowering.structure import Key, Role
from transpile.model import Cut, Facts, Kind, Variable, WorkflowInput, references
from transpile.targets.flyte.names import (
    RESERVED_FOR_INPUTS,
    RESERVED_IN_MODULES,
    Scope,
    identifier,
)
from transpile.targets.flyte.values import Moment, Name


@dataclass(slots=True)
class ModuleNames:
    """The names of one module.

    `variable` is that of the outermost workflow. `inputs` has the workflow input of each global,
    `globals` the reverse. `scope` has all names in use, `avoid` those that no job may take.
    `variables` has the variable of each job, `functions` the task function of each node, `waits`
    the workflow around each gate, `held` the variable of each workflow input. `cuts` has the module
    and the constant of each cut. `reserved` are names that nothing may take; a node's variable has
    the `suffix`. The `job_word` and the `box_word` tell jobs and boxes from the workflow and from
    reserved names. `heard` has those of each job that the legacy side hears of. `kickoff` is the
    input with the time at which the workflow starts.
    """

    facts: Facts
    variable: str
    inputs: dict[str, str]
    cuts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    reserved: frozenset[str] = RESERVED_IN_MODULES
    suffix: str = "_node"
    job_word: str = "job"
    box_word: str = "job"
    scope: Scope = field(default_factory=Scope)
    variables: dict[str, str] = field(default_factory=dict)
    functions: dict[Key, str] = field(default_factory=dict)
    waits: dict[str, str] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    heard: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    globals: dict[str, str] = field(init=False)
    kickoff: Moment = field(init=False)
    avoid: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.scope.claim(self.variable, self.suffix)
        self.scope.take(constant for _, constant in (*self.cuts.values(), *self.heard.values()))
        self.globals = {name: variable for variable, name in self.inputs.items()}
        inputs = {*self.globals, *self._wanted_inputs()}
        self.kickoff = self._kickoff(inputs)
        inputs.add(self.kickoff)
        # An input hides a task of the same name in functions with this input.
        self.avoid = self.reserved | inputs
        self.scope.take(inputs)

    def _kickoff(self, inputs: Collection[str]) -> Moment:
        """The input with the start time: one that a global has already, or a new one."""
        known = next((name for name in inputs if isinstance(name, Moment)), None)
        if known is not None:
            return known
        scope = Scope()
        scope.take(inputs)
        return Moment(scope.claim("kickoff"))

    def cut(self, cut: Cut) -> Name:
        """The constant of a cut."""
        return Name(self.cuts[cut.job][1])

    def legacy(self, job: str) -> Name:
        """The constant of a job that the legacy side hears of."""
        return Name(self.heard[job][1])

    def wait(self, look: str) -> str:
        """The workflow with the gate that a task looks at."""
        if look not in self.waits:
            base = look.removesuffix("_look")
            self.waits[look] = self.scope.claim(f"{base}_wait", "_node")
        return self.waits[look]

    def _wanted_inputs(self) -> Iterator[str]:
        """Names of the inputs that entities are handed."""
        for job in self.facts.jobs.values():
            for _, bound in job.call.inputs if job.call else ():
                yield from (i.name for i in references(bound) if isinstance(i, WorkflowInput))

    def name_jobs(self, root: str | None, names: list[str]) -> None:
        """Give each job its variable; `root` is the job that the outermost workflow stands for."""
        for name in names:
            if name == root:
                self.variables[name] = self.variable
                continue
            job = self.facts.jobs[name]
            word = self.box_word if job.kind is Kind.BOX else self.job_word
            base = identifier(job.called, word, self.avoid)
            if base == self.variable:
                base = f"{base}_{word}"
            # The parameter with its values for other jobs.
            gives = ("_outputs",) if job.output_file else ()
            self.variables[name] = self.scope.claim(base, self.suffix, *gives)

    def workflow(self, box: str | None) -> str:
        """The variable of the workflow of a box, or of the outermost one."""
        return self.variable if box is None else self.variables[box]

    def function(self, key: Key) -> str:
        """The name of the task function that stands for a node."""
        if key not in self.functions:
            self.functions[key] = self._new_function(key)
        return self.functions[key]

    def _new_function(self, key: Key) -> str:
        if key.role is Role.JOB:
            return self.variables[key.name]
        if key.role is Role.MISSING:
            return self.scope.claim(identifier(key.name, self.job_word, self.avoid), self.suffix)
        around = self.variable if key.role is Role.RESULT else self.variables[key.name]
        word = "look" if key.role is Role.WAIT else key.role.name.lower()
        return self.scope.claim(f"{around}_{word}", self.suffix)

    def parameter(self, vertex: Key) -> str:
        """The parameter of a task that carries the status of a vertex."""
        return self.function(vertex) if vertex.role is Role.START else self.variables[vertex.name]

    def input_variable(self, name: str) -> str:
        """The variable that holds a workflow input; nothing else in the module has its name."""
        if name not in self.held:
            plain = identifier(name, "value", frozenset())
            is_own = name == plain and name in self.avoid and name != self.variable
            self.held[name] = name if is_own else self.scope.claim(f"{plain}_input")
        return self.held[name]

    def outputs_of(self, job: str) -> str:
        """The parameter of a task that carries the values that a job hands over."""
        return f"{self.variables[job]}_outputs"

    @property
    def judging(self) -> frozenset[str]:
        """The variables of nodes that compute the result of the whole."""
        found = (f for key, f in self.functions.items() if key.role is Role.RESULT)
        return frozenset(f"{function}_node" for function in found)


def input_names(
    used: Iterable[str],
    variables: Mapping[str, Variable],
    workflow: str = "",
    names: frozenset[str] = RESERVED_FOR_INPUTS,
) -> dict[str, str]:
    """The workflow input of each used global, never named like the workflow or one of the `names`.

    An input hides a workflow of the same name in functions with this input.
    """
    scope = Scope()
    reserved = names | {workflow}
    found: dict[str, str] = {}
    for variable in used:
        name = scope.claim(identifier(variable, "value", reserved))
        known = variables.get(variable)
        found[variable] = Moment(name) if known and known.is_start else name
    return found
