"""Finds the imports of an emitted module from its plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from transpile.targets.flyte.model import ModulePlan, TaskPlan, WorkflowPlan
from transpile.targets.flyte.names import HELPERS, HOMES, RUNTIME, STANDARD
from transpile.targets.flyte.values import Call, Minutes, Moment, Name, Value, parts


@dataclass(frozen=True, slots=True)
class Imports:
    """Imports of the standard library, of other packages and of modules of the own package.

    Those of other packages are pairs of a name and its alias.
    """

    standard: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    packages: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    own: tuple[tuple[str, tuple[str, ...]], ...]


def imports_of(module: ModulePlan) -> Imports:
    """The imports of a module."""
    used = names_of(module)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in used & HOMES.keys():
        found[HOMES[name]].add((name, name))
    for package, name, variable in module.entities:
        found[package].add((name, variable))
    groups = {package: tuple(sorted(found[package])) for package in sorted(found)}
    return Imports(
        standard=tuple(item for item in groups.items() if item[0] in STANDARD),
        packages=tuple(item for item in groups.items() if item[0] not in STANDARD),
        own=tuple(sorted(_own(module, used).items())),
    )


def _own(module: ModulePlan, used: set[str]) -> dict[str, tuple[str, ...]]:
    """The names to import from each module of the package, by its dotted name."""
    package = module.form.package
    beside = ".".join((package, *module.folder))
    found: dict[str, tuple[str, ...]] = {f"{beside}.{n}": names for n, names in module.sides}
    for place, constants in groupby(module.cuts, key=itemgetter(0)):
        found[f"{package}.{place}"] = tuple(constant for _, constant in constants)
    found[f"{package}.{RUNTIME}"] = tuple(sorted(used & HELPERS))
    return found


def names_of(module: ModulePlan) -> set[str]:
    """The names that the module uses, including those that it defines."""
    return set(_names(module))


def _names(module: ModulePlan) -> Iterator[str]:
    yield "KEEP_GOING"
    yield from ("workflow", "create_node") if module.form.declarative else ("Workflow",)
    for plan in module.launch_plans:
        yield from ("LaunchPlan", "cron") if plan.cron else ("LaunchPlan",)
        yield from ("ONE_AT_A_TIME",) if plan.skips else ()
        yield from names_in(plan.notifications)
    for constant in module.dates:
        yield from () if constant.value is None else names_in(constant.value)
    for days in module.run_days:
        yield from ("conditional", "datetime", "task", "workflow")
        yield from (*names_in(days.day or ()), *names_in(days.test))
    inputs = () if module.beside else module.main.inputs
    if any(given.type == "datetime" and given.default is None for given in inputs):
        yield "timezone"
    for workflow in module.workflows:
        yield from _names_of_workflow(workflow, declarative=module.form.declarative)


def _names_of_workflow(workflow: WorkflowPlan, *, declarative: bool) -> Iterator[str]:
    if workflow.outputs and declarative:
        yield "NamedTuple"
    for task in workflow.tasks:
        yield from _names_of_task(task)
    for given in workflow.inputs:
        yield from ("datetime",) if given.type == "datetime" else ()
        yield from () if given.default is None else names_in(given.default)
    if workflow.handler:
        yield from ("FlyteError", "report_failure", "task")
        yield from () if declarative else ("on_failure",)
    for node in workflow.nodes:
        yield from ("LaunchPlan",) if node.launches else ()
        yield from (name for _, value in node.settings for name in names_in(value))


def _names_of_task(task: TaskPlan) -> Iterator[str]:
    if task.text:
        yield from task.names
        return
    yield task.maker or "task"
    yield from (name for _, value in task.settings for name in names_in(value))
    if not task.maker:
        yield from names_in(task.result)
    if task.alerts:
        yield "with_alerts"
    if task.approval:
        yield from ("approval", "timedelta", "workflow")
    if task.wait:
        yield from ("gate", "workflow")
    if any(isinstance(name, Moment) for name in task.parameters):
        yield "datetime"
    if task.gate is not None:
        yield from ("conditional", "workflow") if task.branch else names_in(task.otherwise)
        yield from names_in(task.gate)


def names_in(value: Value) -> Iterator[str]:
    """The names in an expression."""
    if isinstance(value, Name):
        yield value.id.partition(".")[0]
    elif isinstance(value, Minutes):
        yield "timedelta"
    elif isinstance(value, Call):
        yield value.function.partition(".")[0]
    for part in parts(value):
        yield from names_in(part)
