"""Loads the targets of dry-run and verify: legacy sources or emitted modules."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from transpile.cli.console import echo
from transpile.cli.emitted import RUNTIME_FILE, is_program, text_of, workflow_modules
from transpile.cli.reported import REPORT, ModuleChooser, place_of, reported
from transpile.model import Facts, Form
from transpile.model.engine import Engine, Values
from transpile.model.outcome import Ending, Outcome, State
from transpile.model.rules import FLYTE2
from transpile.proof.blueprint import Branch, Node, Roles, Task, Workflow
from transpile.proof.elsewhere import Elsewhere
from transpile.proof.executions import Record
from transpile.proof.loading import RUNTIME, LoadError
from transpile.proof.plays import Part
from transpile.proof.rehearsals import rehearsal_of
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.result import Result, summarise
from transpile.proof.roster import Found, Roster, box_states, reported_roster, roster_of
from transpile.proof.verify import Verdict, Verifier
from transpile.targets.flyte.cut_plans import Place
from transpile.targets.flyte.cuts import CutTable, Owner
from transpile.targets.flyte.lost import SYSTEM_RETRIES, system_retries
from transpile.targets.flyte.model import ModulePlan, NodeRole
from transpile.targets.flyte.naming import CUTS
from transpile.targets.flyte.render import render_cuts
from transpile.targets.flyte.roles import node_rows
from transpile.targets.flyte.sides import files_of
from transpile.targets.printing import render_module, render_runtime


@dataclass(slots=True)
class Target:
    """A workflow to run, with the jobs that its nodes stand for.

    `box_states` computes the states of boxes from endings of jobs, records of nodes and values of
    globals. `globals` has the workflow input of each global. The legacy side starts it where it
    starts the `unit`, if there is one. `selected` tells whether the user asks for it.
    """

    rehearsal: Rehearsal
    workflow: Workflow
    variable: str
    roster: Roster
    box_states: Callable[[Mapping[str, Ending], Found, Values], dict[str, State]]
    globals: dict[str, str] = field(default_factory=dict)
    system_retries: int = SYSTEM_RETRIES
    submitted: bool = False
    unit: str = ""
    selected: bool = True

    @property
    def timed(self) -> bool:
        """True for a workflow that looks up the day of a schedule."""
        return self.variable in self.rehearsal.timed

    def failure(self, job: str) -> Outcome:
        """A failure of the job, with an exit code that its task counts as one."""
        task = self._tasks().get(job)
        return Outcome((self.rehearsal.bodies.failing_code(task.entity) if task else 1,))

    def parts(self) -> set[str]:
        """The names of the scripts around the commands of jobs, such as `A PRE`."""
        body = self.rehearsal.bodies.of
        return {
            f"{job} {word.upper()}"
            for job, task in self._tasks().items()
            for word in body(task.entity).scripts
        }

    def _tasks(self) -> dict[str, Task]:
        """The task of each job that has one."""
        nodes = _nodes(self.workflow)
        return {n.runs: n.target for n in nodes if n.runs and isinstance(n.target, Task)}

    def unknown(self) -> list[str]:
        """The labels of nodes that report.json does not list."""
        return [node.label for node in _nodes(self.workflow) if node.role is None]

    @property
    def waits(self) -> bool:
        """True if it waits for other workflows, or for times of day."""
        roles = (NodeRole.WAIT, NodeRole.NOT_BEFORE)
        return any(node.role in roles for node in _nodes(self.workflow))

    @property
    def asks_legacy(self) -> bool:
        """True if a task of it asks about jobs of the legacy side."""
        return "look_at_legacy" in self.rehearsal.names

    def run(self, plan: Plan, watch: Callable[[Record], None] | None = None) -> Result:
        """Run it once."""
        plan = self.planned(plan)
        return self.result(plan, self.rehearsal.run(self.workflow, plan, watch))

    def planned(self, plan: Plan) -> Plan:
        """The plan with the settings of the platform."""
        return replace(plan, system_retries=self.system_retries)

    def part(self, plan: Plan | None = None) -> Part:
        """The workflow as a part of an estate.

        By default it has its own number of places, and inputs without a value have some value.
        """
        defaults = self.workflow.defaults.items()
        unset = {name: "value" for name, default in defaults if str(default).startswith("$$")}
        plan = self.planned(plan or Plan(unset, parallel=self.workflow.places))
        states = partial(self._states, plan)
        return Part(
            self.rehearsal, self.workflow, plan, self.roster, states, self.submitted, self.unit
        )

    def _states(self, plan: Plan, endings: Mapping[str, Ending], found: Found) -> dict[str, State]:
        """The states of the boxes; none has run on a day without a run."""
        if self.timed and not found.has(NodeRole.WORKFLOW):
            boxes = (name for name, entry in self.roster.items() if entry.is_box)
            return dict.fromkeys(boxes, State.NOT_RUN)
        inputs = {**self.workflow.defaults, **plan.inputs}
        values = {name: _set(inputs.get(given)) for name, given in self.globals.items()}
        return self.box_states(endings, found, values)

    def result(self, plan: Plan, outcome: tuple[bool, Mapping[str, Record]]) -> Result:
        """The result of a run: whether it succeeded, and the records of its nodes."""
        states = partial(self._states, plan)
        return summarise(self.rehearsal, self.workflow, self.roster, states, outcome)


def _nodes(around: Workflow | Branch) -> Iterator[Node]:
    """The nodes of a workflow and its sub-workflows, except inside one that runs a job."""
    for node in around.nodes:
        yield node
        if not isinstance(node.target, Task) and not node.runs:
            yield from _nodes(node.target)


def _set(value: Any) -> str | None:
    """The value of a global; None for the text `$$NAME`, which stands for no value."""
    return None if value is None or str(value).startswith("$$") else str(value)


@dataclass(frozen=True, slots=True)
class Written:
    """An emitted module with the facts that it is made from, and what it needs of others."""

    module: ModulePlan
    facts: Facts
    path: Path
    elsewhere: Elsewhere

    @property
    def beside(self) -> set[str]:
        """The modules with its cuts, and with those that it tells."""
        told = (cut.job for cuts in self.facts.told.values() for cut in cuts)
        jobs = (*self.facts.cuts, *told)
        return {self.elsewhere.constants[job][0] for job in jobs}


def write_modules(
    planned: Iterable[tuple[ModulePlan, Facts]], folder: Path, *, exist: bool = False
) -> list[Written]:
    """Write modules and those of their cuts into their package in the folder, as `convert` does.

    Those that `exist` are left as they are. Raises LoadError if one of them is missing.
    """
    table = CutTable()
    networks: dict[int, tuple[dict[str, Place], dict[str, tuple[str, str]]]] = {}
    found = []
    for module, facts in planned:
        table.add(Owner.of(module))
        path = module_in(module, folder) if exist else write_module(module, folder)
        crossings = module.crossings
        places, constants = networks.setdefault(crossings.network, ({}, {}))
        places.update(crossings.places)
        beside = ".".join((module.form.package, *module.folder, module.name + CUTS))
        constants.update({cut.job: (beside, constant) for constant, cut in crossings.own})
        found.append(Written(module, facts, path, Elsewhere(places, constants)))
    for plan in table.plans() if not exist else ():
        write_file(folder / plan.package, plan.path, render_cuts(plan))
    return found


def module_in(module: ModulePlan, folder: Path) -> Path:
    """The path of a module that convert has written. Raises LoadError."""
    *_, main = files_of(module)
    path = folder / module.form.package / main.path
    if not path.is_file():
        raise LoadError(f"{main.path} does not exist; convert the sources again")
    return path


def helpers_in(module: ModulePlan, folder: Path | None) -> str:
    """The source of the helpers: those of a package in a folder, else new ones."""
    path = folder and folder / module.form.package / RUNTIME_FILE
    return text_of(path) if path and path.is_file() else render_runtime(module.form)


def write_module(module: ModulePlan, folder: Path) -> Path:
    """Write the files of a module into their package in the folder."""
    package = folder / module.form.package
    *_, path = (write_file(package, f.path, render_module(f)) for f in files_of(module))
    return path


def write_file(package: Path, name: str, text: str) -> Path:
    """Write a file into a package, and make the folders around it packages."""
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for around in path.parents[: len(Path(name).parts)]:
        (around / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")
    return path


def from_estate(
    planned: Iterable[tuple[ModulePlan, Facts]],
    folder: Path,
    *,
    execute: bool,
    exist: bool = False,
    titles: Collection[str] | None = None,
) -> Iterator[Target]:
    """The workflows of an estate, emitted into a folder unless they `exist`. Raises LoadError.

    Those with one of the titles are selected; None selects all.
    """
    for written in write_modules(planned, folder, exist=exist):
        module, facts = written.module, written.facts
        helpers = helpers_in(module, folder if exist else None)
        rehearsal = rehearsal_of(written.path, helpers, roles_of(module), execute=execute)
        timed = () if module.driver else (plan.variable for plan in module.run_days)
        for variable in (module.name, *timed):
            yield Target(
                rehearsal=rehearsal,
                workflow=rehearsal.workflows[variable],
                variable=variable,
                roster=roster_of(facts),
                box_states=partial(_by_rules, facts.said.engine(facts)),
                globals=module.inputs,
                system_retries=system_retries(module.form.platform),
                submitted=facts.said.schedule is None and facts.said.engine.over_days.submits,
                unit=next((name for name in facts.groups[0] if name in facts.sides.started), ""),
                selected=titles is None or module.title in titles,
            )


def _by_rules(
    engine: Engine, endings: Mapping[str, Ending], found: Found, values: Values
) -> dict[str, State]:
    """The states of boxes by the rules of the source."""
    return engine.boxes(endings, found.boxes(), values)


def from_modules(path: Path, *, execute: bool, patterns: Sequence[str] = ()) -> Iterator[Target]:
    """The workflows of an emitted module, or of a folder of them. Raises LoadError and OSError.

    report.json says which job each node runs. A module that it does not list is refused, or
    skipped if it is one of a folder. Without patterns all workflows are selected, else those that
    match one.
    """
    path = path.resolve()
    reports = cache(reported)
    chosen = ModuleChooser(patterns)
    ours = cache(lambda drives: render_runtime(_form(drives=drives)))
    for module in workflow_modules(path) if path.is_dir() else [path]:
        folder, dotted = place_of(module, path if path.is_dir() else path.parent)
        report = reports(folder) or reports(folder.parent)
        if report and dotted in report.sides:
            if path.is_dir():
                continue
            raise click.UsageError(
                f"{module.name} holds a part of the workflow of {report.sides[dotted]}: name that"
            )
        if report and dotted not in report.roles and path.is_dir():
            echo(f"{module.name} skipped: {REPORT} does not list it", err=True)
            continue
        if report is None or dotted not in report.roles:
            raise click.UsageError(
                f"{module.name}: no {REPORT} says which job each of its nodes runs; convert again, "
                "or pass the job definitions"
            )
        own, text = folder / RUNTIME_FILE, text_of(module)
        if execute and not own.is_file() and RUNTIME in text:
            raise LoadError(f"{module.name} imports {RUNTIME}, which does not exist")
        # Commands run with the helpers beside the module, which may have been edited.
        helpers = (
            own.read_text(encoding="utf-8") if execute and own.is_file() else ours(is_program(text))
        )
        rehearsal = rehearsal_of(module, helpers, report.roles[dotted], execute=execute)
        roster = reported_roster(row for row in report.jobs if row.get("module") == dotted)
        for variable, workflow in rehearsal.workflows.items():
            target = Target(rehearsal, workflow, variable, roster, partial(_by_members, roster))
            target.selected = chosen.chooses(report, dotted)
            yield target
    chosen.check()


def _form(*, drives: bool) -> Form:
    """A form whose helpers serve all modules of a target."""
    return Form(target=FLYTE2) if drives else Form(branching=True)


def roles_of(module: ModulePlan) -> Roles:
    """The roles of the nodes of a planned module."""
    return {(row.variable, row.node): (row.role, row.job) for row in node_rows(module)}


def _by_members(
    roster: Roster, endings: Mapping[str, Ending], found: Found, _: Values
) -> dict[str, State]:
    """The states of boxes from those of their members, without the rules of the source."""
    return box_states(roster, endings, found)


def verify_module(
    written: Written,
    most: int,
    seed: int,
    chunk: tuple[int, int | None] = (0, None),
    against: Path | None = None,
) -> Verdict:
    """Compare an emitted module with the facts about its jobs. Raises LoadError.

    `chunk` is the range of scenarios to run; the helpers are those in the folder `against`.
    """
    verifier, problems = verifier_of(written, against)
    verdict = verifier.verify(most, seed, *chunk)
    verdict.problems += problems
    return verdict


def verifier_of(written: Written, against: Path | None = None) -> tuple[Verifier, list[str]]:
    """What compares an emitted module, and the problems of its launch plans. Raises LoadError."""
    module, helpers = written.module, helpers_in(written.module, against)
    rehearsal = rehearsal_of(written.path, helpers, roles_of(module), beside=written.beside)
    workflow = rehearsal.workflows[module.name]
    verifier = Verifier(rehearsal, workflow, written.facts, module.inputs, written.elsewhere)
    return verifier, list(rehearsal.start_problems(module.launch_plans))
