"""Divides a module that is too long to read: sub-workflows move into side modules beside it.

A module `night` imports the workflow `orders` from its side module `night__orders`. No name of a
workflow has two underscores in a row, so side modules need no place among the names of an estate.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from transpile.targets.flyte.imports import names_in, names_of
from transpile.targets.flyte.model import DatesPlan, ModulePlan, TaskPlan, WorkflowPlan
from transpile.targets.flyte.values import Call

MOST_LINES = 1500
"""Number of lines from which sub-workflows leave a module."""

_WORD = re.compile(r"\w+")


def files_of(module: ModulePlan) -> tuple[ModulePlan, ...]:
    """The files of a module: its side modules, each after those that it imports, then itself."""
    if module.driver is not None:
        return (module,)
    homes = _Homes({workflow.variable: workflow for workflow in module.workflows})
    if sum(homes.lines.values()) <= MOST_LINES:
        return (module,)
    for workflow in module.workflows:
        homes.settle(workflow)
    if not homes.sides:
        return (module,)
    printed = [task for workflow in module.workflows for task in workflow.tasks]
    tasks = {name: task for task in printed for name in (task.function, *task.entities)}
    moved = {name: first for first, names in homes.sides.items() for name in names}
    stays = [w.variable for w in module.workflows if w.variable not in moved]
    places = [*homes.sides.items(), ("", stays)]
    return tuple(_file(module, first, names, moved, tasks) for first, names in places)


def side_name(module: ModulePlan, first: str) -> str:
    """The name of the side module whose first workflow has this variable; '' is the module."""
    return f"{module.name}__{first}" if first else module.name


@dataclass(slots=True)
class _Homes:
    """Decides which workflows leave a module.

    `lines` estimates the printed lines of each workflow. `held` has the workflows that stand with
    it, itself last. `sides` has the workflows of each side module by that of the first one.
    """

    workflows: Mapping[str, WorkflowPlan]
    lines: dict[str, int] = field(init=False)
    held: dict[str, list[str]] = field(default_factory=dict)
    sides: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = {name: lines_of(workflow) for name, workflow in self.workflows.items()}

    def settle(self, workflow: WorkflowPlan) -> None:
        """Decide which of the workflows inside leave; those have been settled before."""
        inner = [node.entity for node in workflow.nodes if node.entity in self.held]
        total = self.lines[workflow.variable] + sum(self.lines[name] for name in inner)
        leaving: set[str] = set()
        for name in sorted(inner, key=lambda name: -self.lines[name]):
            if total > MOST_LINES:
                leaving.add(name)
                total -= self.lines[name]
        for names in self._bundles([name for name in inner if name in leaving]):
            self.sides[names[0]] = [each for name in names for each in self.held.pop(name)]
        stays = [each for name in inner if name not in leaving for each in self.held.pop(name)]
        self.held[workflow.variable] = [*stays, workflow.variable]
        self.lines[workflow.variable] = total

    def _bundles(self, names: Iterable[str]) -> Iterator[list[str]]:
        """The workflows, neighbours together while they are short."""
        bundle: list[str] = []
        total = 0
        for name in names:
            if bundle and total + self.lines[name] > MOST_LINES:
                yield bundle
                bundle, total = [], 0
            bundle.append(name)
            total += self.lines[name]
        if bundle:
            yield bundle


def lines_of(workflow: WorkflowPlan) -> int:
    """An estimate of the printed lines of a workflow with its tasks."""
    nodes = sum(4 + len(node.comments) + _wrapped(len(node.inputs)) for node in workflow.nodes)
    handler = 16 if workflow.handler else 0
    around = 8 + len(workflow.inputs) + len(workflow.outputs) + handler
    return around + nodes + len(workflow.edges) + sum(map(_lines_of_task, workflow.tasks))


def _lines_of_task(task: TaskPlan) -> int:
    if task.text:
        return 3 + task.text.count("\n")
    around = 12 if task.branch or task.approval else 0
    gate = 3 if task.gate is not None else 0
    result = task.result
    parts = len(result.arguments) + len(result.keywords) if isinstance(result, Call) else 0
    documented = 2 + len(task.documentation) + len(task.todos)
    return 5 + documented + len(task.alerts) + around + gate + _wrapped(parts)


def _wrapped(parts: int) -> int:
    """The lines that a call with this number of arguments has more than one."""
    return parts + 1 if parts > 2 else 0


def _file(
    module: ModulePlan,
    first: str,
    names: Iterable[str],
    moved: Mapping[str, str],
    tasks: Mapping[str, TaskPlan],
) -> ModulePlan:
    """The module with these workflows only, which imports those that they run."""
    inside = set(names)
    workflows = tuple(_with_tasks([w for w in module.workflows if w.variable in inside], tasks))
    entities = {node.entity for workflow in workflows for node in workflow.nodes}
    imports: dict[str, list[str]] = {}
    for name in sorted(entities & moved.keys() - inside):
        imports.setdefault(side_name(module, moved[name]), []).append(name)
    file = replace(
        module,
        name=side_name(module, first),
        workflows=workflows,
        sides=tuple((name, tuple(found)) for name, found in sorted(imports.items())),
    )
    if first:
        titles = _counted([w.name for w in workflows if w.variable not in entities])
        title, beside = f"{titles} of {module.title}", module.name
        file = replace(file, title=title, beside=beside, left_out=(), run_days=(), launch_plans=())
    texts = (task.text for workflow in workflows for task in workflow.tasks)
    used = names_of(replace(file, dates=())) | entities
    used |= {word for text in texts for word in _WORD.findall(text)}
    dates: list[DatesPlan] = []
    # Rules stand behind the constants that they name.
    for days in reversed(module.dates):
        if days.constant in used:
            dates.append(days)
            used |= set() if days.value is None else set(names_in(days.value))
    return replace(
        file,
        dates=tuple(reversed(dates)),
        entities=tuple(entity for entity in module.entities if entity[2] in used),
        cuts=tuple(cut for cut in module.cuts if cut[1] in used),
    )


def _with_tasks(
    workflows: Iterable[WorkflowPlan], tasks: Mapping[str, TaskPlan]
) -> Iterator[WorkflowPlan]:
    """The workflows with tasks of other files that they share: each file defines its own."""
    known: set[str] = set()
    for workflow in workflows:
        known.update(_names(workflow.tasks))
        wanted = [task.branch.skips for task in workflow.tasks if task.branch]
        wanted += [node.entity for node in workflow.nodes if node.entity in tasks]
        found = (tasks[name] for name in wanted if name not in known)
        shared = tuple({task.function: task for task in found}.values())
        known.update(_names(shared))
        yield replace(workflow, tasks=(*shared, *workflow.tasks)) if shared else workflow


def _names(tasks: Iterable[TaskPlan]) -> Iterator[str]:
    return (name for task in tasks for name in (task.function, *task.entities))


def _counted(names: list[str]) -> str:
    """The first names, and the number of the others."""
    others = len(names) - 3
    return ", ".join(names) if others < 2 else f"{', '.join(names[:3])} and {others} others"
