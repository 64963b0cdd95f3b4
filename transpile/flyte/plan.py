"""Network to modules: which modules there are, what they are called and when they start."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from transpile.diagnostics import Diagnostics
from transpile.flyte.branches import Branches
from transpile.flyte.entities import Entities
from transpile.flyte.formulas import Formulas, Key, Role, build_formulas
from transpile.flyte.frontier import Frontier
from transpile.flyte.model import ModulePlan, WorkflowPlan
from transpile.flyte.module_names import ModuleNames, input_names, new_scope
from transpile.flyte.names import RESERVED_FOR_MODULES, Scope, flyte_name, identifier
from transpile.flyte.places import Places
from transpile.flyte.shell import SHELL_SYNTAX
from transpile.flyte.split import Knot, Splitter
from transpile.flyte.start import choose_schedule
from transpile.flyte.tasks import globals_of, references
from transpile.flyte.timetable import plan_timetable
from transpile.flyte.wiring import Wiring, wire
from transpile.flyte.workflows import ModuleBuilder
from transpile.ir import Form, Job, Kind, Network

NODE_LIMIT = 100
"""flyteadmin's default for registration.maxWorkflowNodes."""


def plan_modules(
    networks: Iterable[Network], diagnostics: Diagnostics, form: Form | None = None
) -> Iterator[ModulePlan]:
    """One module for each group of each network."""
    networks = tuple(networks)
    places, names = Places(networks), Scope()
    for network in networks:
        diagnostics.scope = network.title
        yield from _Planner(network, diagnostics, places, names, form or Form()).modules()


class _Planner:
    """Plans the modules of a network; `names` are those of workflows and launch plans."""

    def __init__(
        self,
        network: Network,
        diagnostics: Diagnostics,
        places: Places,
        names: Scope,
        form: Form,
    ) -> None:
        self._network = network
        self._diagnostics = diagnostics
        self._places = places
        self._names = names
        self._form = form
        self._place = {name: number for number, name in enumerate(network.jobs)}
        # Boxes take their own names first: a workflow around several of them takes what is free.
        self._workflow_names = {
            name: self._names.claim(flyte_name(network.jobs[name].called))
            for name in network.order
            if network.jobs[name].kind is Kind.BOX
        }

    def modules(self) -> Iterator[ModulePlan]:
        """The modules, in the order of the groups."""
        left_out = self._left_out()
        for part in self._network.parts():
            yield self._module(part, left_out)

    def _left_out(self) -> dict[str, list[str]]:
        """By source file, a mark for each job that is in no workflow."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._network.jobs:
            if name in self._network.left_out:
                marks = found[self._network.jobs[name].span.file]
                marks += [f"left out: {name}", *self._diagnostics.marks(name)]
        return found

    def _module(self, network: Network, left_out: dict[str, list[str]]) -> ModulePlan:
        group, names = network.groups[0], list(network.order)
        network, wiring, frontier, root = self._laid_out(network)
        refused: set[str] = set()
        while found := self._refused_calls(network, frontier):
            refused |= found
            network, wiring, frontier, root = self._laid_out(network.without_calls(found))
        for job in network.jobs.values():
            if job.call and job.unmapped and job.unmapped.blocked:
                self._diagnostics.withdraw(job.unmapped.blocked.code, job.name)
        start = network.schedule
        if start is None:
            dependencies = list(network.dependencies)
            start = choose_schedule(network, names, dependencies, self._diagnostics)
        main_name, base = self._main_names(network, root)
        files = tuple(dict.fromkeys(network.jobs[name].span.file for name in names))
        folder = self._places.folder(files)
        variable = self._places.claim(folder, identifier(base, "workflow", RESERVED_FOR_MODULES))
        boxes = {n: self._workflow_names[n] for n in names if n in self._workflow_names}
        workflow_names: dict[str | None, str] = {None: main_name}
        workflow_names.update(boxes)
        if root is not None:
            workflow_names[root] = main_name
        scope = new_scope(variable)
        looks_up = start is not None and any(each.days.looks_up for each in start.each())
        builder = ModuleBuilder(
            network,
            frontier,
            ModuleNames(network, variable, self._inputs(network, variable), scope),
            workflow_names,
            self._diagnostics,
            ".".join((*folder, variable)),
            Branches(
                wiring,
                scope,
                self._diagnostics,
                wanted=self._form.branching,
                inside_branch=looks_up,
            ),
        )
        self._report_box_limits(names, root, frontier)
        workflows, knots = self._split(builder.build(root, names), builder.names)
        self._check(workflows, knots, boxes, group)
        timetable = plan_timetable(
            start, builder.alerts.of_the_whole, workflows[-1], scope, self._names
        )
        if timetable.run_days:
            builder.alerts.report_rest_days()
        return ModulePlan(
            folder=folder,
            name=variable,
            title=main_name,
            sources=files,
            left_out=tuple(mark for file in files for mark in left_out.pop(file, ())),
            workflows=workflows,
            dates=timetable.dates,
            run_days=timetable.run_days,
            launch_plans=timetable.launch_plans,
            node_of=builder.node_of,
            inputs=builder.names.inputs,
            entities=(*builder.entities.imports, *builder.kinds.imports),
            form=self._form,
            refused=frozenset(refused),
            watched=frozenset(key.name for key in wiring.watched if key.role is Role.JOB),
        )

    def _laid_out(self, network: Network) -> tuple[Network, Wiring, Frontier, str | None]:
        """What waits for what, and the job that the outermost workflow stands for, if any."""
        names = list(network.order)
        formulas = build_formulas(network)
        network = self._without_crossed_walls(network, formulas)
        wiring = self._wiring(network, formulas)
        root = _root(network, wiring)
        return network, wiring, Frontier(network, names, root, wiring, self._place), root

    def _refused_calls(self, network: Network, frontier: Frontier) -> set[str]:
        """The mapped jobs that no entity can stand for; why is reported."""
        names = list(network.order)
        if not any(network.jobs[name].call for name in names):
            return set()
        taken = frozenset(input_names(network, names, "").values())
        variables = {name: name for name in names}
        found = Entities(
            network, frontier, self._diagnostics, variables, taken, Scope(), frozenset()
        )
        return found.refused

    def _without_crossed_walls(self, network: Network, formulas: Formulas) -> Network:
        """The network with those boxes flattened, too, whose walls formulas cross.

        What stands behind a terminator asks for its status, at whatever depth.
        """
        jobs, found = network.jobs, dict[str, tuple[str, str]]()
        if not any(job.terminates_box for job in jobs.values()):
            return network
        for key in formulas.of:
            for above in formulas.upstream(key) if key.name in jobs else ():
                if above.role in (Role.JOB, Role.END) and above.name in jobs:
                    at_end = key.role is Role.END
                    for box in network.walls_between(above.name, key.name, at_end=at_end):
                        if box not in network.flattened:
                            found.setdefault(box, (above.name, key.name))
        for box, (upstream, downstream) in found.items():
            fields = {"name": box, "upstream": upstream, "downstream": downstream}
            self._diagnostics.add("A405", jobs[box].span, job=box, **fields)
        return replace(network, flattened=network.flattened | found.keys())

    def _wiring(self, network: Network, formulas: Formulas) -> Wiring:
        formulas = replace(formulas, network=network)
        jobs = network.jobs.values()
        held = {formulas.start(job.name) for job in jobs if job.held_up}
        held |= {formulas.end(job.name) for job in jobs if job.never_ends}
        return wire(formulas, held)

    def _split(
        self, workflows: tuple[WorkflowPlan, ...], names: ModuleNames
    ) -> tuple[tuple[WorkflowPlan, ...], list[Knot]]:
        """The workflows in executions as small as wanted, and what cannot be split."""
        if self._form.max_nodes is None:
            return workflows, []
        splitter = Splitter(self._form.max_nodes, names.judging, names.scope, self._names)
        return splitter.split(workflows), splitter.knots

    def _main_names(self, network: Network, root: str | None) -> tuple[str, str]:
        """What the outermost workflow is called, and what its module is called after."""
        group, rules = network.groups[0], network.workflow_rules
        wanted = next((rule.name for rule in rules if rule.name is not None), None)
        # What stands for jobs elsewhere gives no workflow its name.
        named = tuple(name for name in group if name not in network.externals) or group
        main_name = self._main_name(named, root, wanted)
        is_one = len(named) == 1 and not (network.title or wanted)
        return main_name, network.jobs[named[0]].called if is_one else main_name

    def _main_name(self, group: tuple[str, ...], root: str | None, wanted: str | None) -> str:
        """The job's own name; for several, what their names begin with, or the first one's."""
        if wanted is not None:
            return self._names.claim(flyte_name(wanted))
        if root is not None:
            return self._workflow_names[root]
        if self._network.title is not None:
            return self._names.claim(flyte_name(self._network.title))
        if len(group) == 1 and group[0] not in self._network.members:
            return self._names.claim(flyte_name(self._network.jobs[group[0]].called))
        called = [self._network.jobs[name].called for name in group]
        shared = os.path.commonprefix(called) if len(group) > 1 else ""
        cut = max(shared.rfind(separator) for separator in "._-# ")
        name = flyte_name(shared[:cut]) if cut > 2 else f"{flyte_name(called[0])}_network"
        return self._names.claim(name)

    def _inputs(self, network: Network, workflow: str) -> dict[str, str]:
        inputs = input_names(network, list(network.order), workflow)
        first_user: dict[str, Job] = {}
        # Whether all who put the value into something may have it from another job.
        handed: dict[str, bool] = {}
        for job in map(network.jobs.__getitem__, network.order):
            for variable in globals_of(job):
                first_user.setdefault(variable, job)
            for ref in references(job):
                handed[ref.name] = bool(ref.jobs) and handed.get(ref.name, True)
        for variable, name in inputs.items():
            job, known = first_user[variable], network.variables.get(variable)
            if known is not None and known.value and SHELL_SYNTAX.search(known.value):
                self._diagnostics.add(
                    "A215", job.span, job=job.name, text=known.value, name=variable
                )
            given = known is not None and (known.value is not None or known.is_start)
            if not given and not handed.get(variable, False):
                fields = {"name": variable, "input": name}
                self._diagnostics.add("A208", job.span, job=job.name, text=variable, **fields)
        return inputs

    def _report_box_limits(self, names: list[str], root: str | None, frontier: Frontier) -> None:
        """A time limit needs a node: a box that is the whole workflow, or flattened, has none."""
        for name in names:
            job = self._network.jobs[name]
            kept = frontier.is_workflow(name) and name != root
            if job.time_limit and job.kind is Kind.BOX and not kept:
                fields = {"key": "term_run_time", "value": f"{job.time_limit} minutes for a box"}
                self._diagnostics.add("A205", job.span, job=name, text=name, **fields)

    def _check(
        self,
        workflows: tuple[WorkflowPlan, ...],
        knots: list[Knot],
        boxes: dict[str, str],
        group: tuple[str, ...],
    ) -> None:
        """Report what is too large for Flyte, or larger than wanted."""
        box_of = {name: box for box, name in boxes.items()}
        for knot in knots:
            job = self._network.jobs[box_of.get(knot.origin, group[0])]
            fields: dict[str, Any] = {"name": knot.workflow.name, "nodes": knot.nodes}
            fields |= {"limit": self._form.max_nodes, "reason": knot.reason}
            self._diagnostics.add("A603", job.span, job=None, text=knot.workflow.name, **fields)
        known = {knot.workflow.name for knot in knots}
        for workflow in workflows:
            if len(workflow.nodes) > NODE_LIMIT and workflow.name not in known:
                job = self._network.jobs[box_of.get(workflow.name, group[0])]
                fields = {"name": workflow.name, "nodes": len(workflow.nodes)}
                self._diagnostics.add("A601", job.span, job=None, text=workflow.name, **fields)


def _root(network: Network, wiring: Wiring) -> str | None:
    """The box that the outermost workflow stands for, if it stands for one."""
    group = network.groups[0]
    alone = len(group) == 1 and network.title in (None, group[0])
    # Whether a box with a gate starts is decided in a node in front of it.
    is_root = (
        alone and network.members.get(group[0]) and Key(Role.START, group[0]) not in wiring.gates
    )
    return group[0] if is_root else None
