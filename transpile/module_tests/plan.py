"""Plans the tests of a module: their scenarios, what they expect, and what they leave out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transpile.model import Facts
from transpile.model.outcome import KILLED, Outcome
from transpile.module_tests.chosen import choose, covering
from transpile.module_tests.commands import commands_of
from transpile.module_tests.played import Played, Player, outputs_asked
from transpile.module_tests.wording import titles
from transpile.targets.flyte.model import ModulePlan, NodeRole, TaskPlan
from transpile.targets.flyte.values import Call, Fixed, Minutes, Name, Value
from transpile.targets.flyte.values import parts as parts_of

_MOMENT = Call("datetime", (2026, 1, 1), (("tzinfo", Name("timezone.utc")),))
_SAMPLES: Mapping[object, Value] = {"str": "value", "datetime": _MOMENT}
"""Values of inputs that have no default, by their type."""

_ROLES = (NodeRole.JOB, NodeRole.BRANCH, NodeRole.APPROVAL)
"""The roles of nodes that run a job, or hold the node that does."""

_HOMES = {
    "ANY": "unittest.mock",
    "call": "unittest.mock",
    "datetime": "datetime",
    "timedelta": "datetime",
    "timezone": "datetime",
}
"""The modules of names that tests import."""


@dataclass(frozen=True, slots=True)
class ModuleTests:
    """The tests of the workflow `variable` in a module; `module` is its dotted name.

    `unfit` is why no scenario can be played, if none can; `reasons` are comments about what the
    tests leave out. `usual` has how each job ends if nothing
    fails, `rows` are the scenarios: the values of the `columns`, and a name. `runs` are outcomes
    with which all `commands` run. `inputs` are values of the workflow's inputs.
    """

    module: str
    variable: str
    title: str
    unfit: str = ""
    reasons: tuple[str, ...] = ()
    usual: Value = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Call, ...] = ()
    runs: Value = ()
    commands: Value = ()
    inputs: Value = ()

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of the docstring."""
        return (f"{self.title}: which jobs run, and how they end, by the rules of the source.",)

    @property
    def scenarios(self) -> Value:
        """The decorator of the test that plays the scenarios."""
        return Call("pytest.mark.parametrize", (Fixed(self.columns), self.rows))

    @property
    def keywords(self) -> tuple[str, ...]:
        """The columns that are handed on by their name."""
        return tuple(name for name in self.columns if name in ("inputs", "outputs"))

    @property
    def imports(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names that are imported from each module of the standard library."""
        used = set(_names((self.commands, self.inputs)))
        homes = sorted({_HOMES[name] for name in used})
        return tuple((h, tuple(sorted(n for n in used if _HOMES[n] == h))) for h in homes)


def plan_tests(module: ModulePlan, facts: Facts) -> ModuleTests:
    """The tests of a module, made from these facts about its jobs."""
    plan = ModuleTests(f"{module.form.package}.{module.module}", module.main.variable, module.title)
    unfit = _unfit(module, facts)
    return replace(plan, unfit=unfit) if unfit else _Planner(module, facts, plan).tests()


def _unfit(module: ModulePlan, facts: Facts) -> str:
    """Why no scenario of the module can be played; empty if they can."""
    if any(job.call for job in facts.jobs.values()):
        return "an entity of the team stands for a job, and no source says how it ends"
    if any(task.text.startswith("@") for task in _tasks(module)):
        return "a template of the team prints a task, and no source says what it does"
    needed = (given for given in module.main.inputs if given.default is None)
    if any(given.type not in _SAMPLES for given in needed):
        return "an input of the workflow has no value"
    return ""


def _tasks(module: ModulePlan) -> Iterator[TaskPlan]:
    for workflow in module.workflows:
        yield from workflow.tasks


class _Planner:
    """Plans the tests of one module."""

    def __init__(self, module: ModulePlan, facts: Facts, plan: ModuleTests) -> None:
        self._module = module
        self._plan = plan
        nodes = (node for workflow in module.workflows for node in workflow.nodes)
        self._jobs = frozenset(n.job for n in nodes if n.job and n.role in _ROLES)
        objects = frozenset(task.job for task in _tasks(module) if task.maker or task.text)
        self._player = Player(facts, self._jobs, objects)
        self._outputs = outputs_asked(facts)
        self._links = frozenset((d.upstream, d.downstream) for d in facts.dependencies)

    def tests(self) -> ModuleTests:
        """The planned tests."""
        tried = [played for played in self._player.all() if self._can_be_given(played)]
        if not tried:
            return replace(self._plan, unfit="in each scenario a wait stays open")
        chosen = choose(tried, self._links)
        usual = chosen[0]
        inputs = self._usual_inputs(usual)
        columns = ("ends", *self._extra(chosen), "changes", "result")
        runs = covering(chosen)
        ran = {n for played in runs for n, end in played.endings.items() if end != "NOT RUN"}
        values = {given.name: given.default for given in self._module.main.inputs}
        known = {**{n: v for n, v in values.items() if v is not None}, **inputs}
        commands = commands_of(self._module, known)
        return replace(
            self._plan,
            reasons=self._reasons(ran),
            usual=dict(usual.endings),
            columns=columns,
            rows=tuple(self._rows(chosen)),
            runs=tuple(map(_ends, reversed(runs))),
            commands={j: commands[j] for j in usual.endings if j in commands and j in ran},
            inputs=inputs,
        )

    def _reasons(self, ran: set[str]) -> tuple[str, ...]:
        found = []
        if self._player.has_open_waits:
            found.append("left out: scenarios in which a wait stays open; a local run opens it")
        never = [name for name in sorted(self._jobs) if name not in ran]
        if never:
            found.append(f"no scenario here runs {', '.join(never)}")
        return tuple(found)

    def _can_be_given(self, played: Played) -> bool:
        """True if each value that is not as usual can be handed to a local run."""
        values = (n for n in played.choices if n not in played.scenario.outcomes)
        names = {given.name for given in self._module.main.inputs}
        return all(
            played.scenario.values[name] is not None
            and (name in self._outputs or self._module.inputs.get(name) in names)
            for name in values
        )

    def _usual_inputs(self, usual: Played) -> dict[str, Value]:
        """The inputs that the workflow needs, or that its conditions compare."""
        found: dict[str, Value] = {}
        inputs = self._module.inputs
        asked = {inputs[name]: v for name, v in usual.scenario.values.items() if name in inputs}
        for given in self._module.main.inputs:
            value = asked.get(given.name)
            lacks = given.default is None or str(given.default).startswith("$$")
            if value is not None and value != given.default:
                found[given.name] = value
            elif lacks and given.name not in asked:
                found[given.name] = _SAMPLES[given.type]
        return found

    def _extra(self, chosen: Sequence[Played]) -> tuple[str, ...]:
        """The columns that only some modules need."""
        found = (("inputs", self._inputs), ("outputs", self._handed_over))
        return tuple(name for name, values in found if any(map(values, chosen)))

    def _rows(self, chosen: list[Played]) -> Iterator[Call]:
        usual, extra = chosen[0], self._extra(chosen)
        for played, title in zip(chosen, titles(chosen, self._outputs), strict=True):
            values: dict[str, Value] = {
                "inputs": self._inputs(played),
                "outputs": self._handed_over(played),
            }
            changes: dict[str, Value] = {
                name: end for name, end in played.endings.items() if end != usual.endings[name]
            }
            end = "succeeds" if played.succeeds else "fails"
            cells = (_ends(played), *(values[name] for name in extra), changes, end)
            yield Call("pytest.param", cells, (("id", title),))

    def _inputs(self, played: Played) -> dict[str, Value]:
        """The inputs that are not as usual."""
        changed = (name for name in played.choices if name in self._module.inputs)
        values = played.scenario.values
        return {
            self._module.inputs[name]: value
            for name in changed
            if name not in played.scenario.outcomes and (value := values[name]) is not None
        }

    def _handed_over(self, played: Played) -> dict[str, Value]:
        """The values that each job hands over to others."""
        found: dict[str, dict[str, Value]] = {}
        for key, atom in self._outputs.items():
            value = played.scenario.values.get(key)
            if value is not None:
                found.setdefault(atom.job, {})[atom.name] = value
        return dict(found)


def _ends(played: Played) -> dict[str, Value]:
    return {name: _end(outcome) for name, outcome in played.scenario.outcomes.items()}


def _end(outcome: Outcome) -> Value:
    codes = tuple("killed" if code is KILLED else code for code in outcome.codes)
    return codes[0] if len(codes) == 1 else codes


def _names(value: Value) -> Iterator[str]:
    """The names in an expression that have to be imported."""
    if isinstance(value, Minutes):
        yield "timedelta"
    if isinstance(value, Name):
        yield value.id.partition(".")[0]
    if isinstance(value, Call):
        yield value.function
    for part in parts_of(value):
        yield from _names(part)
