"""Network to modules: which modules there are, what they are called and when they start."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from transpile.findings.codes.boxes import BoxFlattened
from transpile.findings.codes.jobs import ShellInGlobal, UnsetGlobal
from transpile.findings.codes.limits import BoxTimeLimit, MappedTimeLimit
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.failures import Wiring, wire
from transpile.lowering.placement import Frontier
from transpile.lowering.start_conditions import Formulas, Key, Role, build_formulas
from transpile.model import Form, Job, Kind, Network
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.entities import Entities
from transpile.targets.flyte.estate_names import EstateNames, report_common
from transpile.targets.flyte.limits import Limits
from transpile.targets.flyte.model import ModulePlan, WorkflowPlan
from transpile.targets.flyte.module_names import ModuleNames, input_names, new_scope
from transpile.targets.flyte.names import Scope, flyte_name
from transpile.targets.flyte.paths import without_implied_edges
from transpile.targets.flyte.places import Places
from transpile.targets.flyte.shell import SHELL_SYNTAX
from transpile.targets.flyte.split import Knot, Splitter
from transpile.targets.flyte.start import choose_schedule, report_overlaps
from transpile.targets.flyte.tasks import globals_of, references
from transpile.targets.flyte.timetable import Scopes, plan_timetable
from transpile.targets.flyte.waits import places_wanted
from transpile.targets.flyte.workflows import ModuleBuilder


def plan_modules(
    networks: Iterable[Network], diagnostics: Diagnostics, form: Form | None = None
) -> Iterator[ModulePlan]:
    """One module for each group of each network."""
    networks = tuple(networks)
    form = form or Form()
    places, names = Places(networks, form.package), EstateNames(form.platform.prefix)
    found = []
    for network in networks:
        diagnostics.scope = network.title
        planner = _Planner(network, diagnostics, places, names, form)
        for module, part in zip(planner.modules(), network.parts(), strict=True):
            found.append((module, part.jobs[part.groups[0][0]].span))
            yield module
    diagnostics.scope = None
    report_common(found, names.prefix, diagnostics)


class _Planner:
    """Plans the modules of a network; `names` are those of workflows and launch plans."""

    def __init__(
        self,
        network: Network,
        diagnostics: Diagnostics,
        places: Places,
        names: EstateNames,
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
            name: self._names.claim(network.jobs[name].called)
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
        chosen = None
        if network.schedule is None:
            dependencies = list(network.dependencies)
            chosen = choose_schedule(network, names, dependencies, self._diagnostics)
        if chosen is not None:
            report_overlaps(network, chosen, self._diagnostics)
        start = chosen.schedule if chosen else network.schedule
        main_name, base = self._main_names(network, root)
        files = tuple(dict.fromkeys(network.jobs[name].span.file for name in names))
        folder = self._places.folder(files)
        variable = self._places.claim(folder, base)
        boxes = {n: self._workflow_names[n] for n in names if n in self._workflow_names}
        workflow_names: dict[str | None, str] = {None: main_name}
        workflow_names.update(boxes)
        if root is not None:
            workflow_names[root] = main_name
        scope = new_scope(variable)
        module = ".".join((self._form.package, *folder, variable))
        looks_up = start is not None and any(each.days.looks_up for each in start.opened())
        builder = ModuleBuilder(
            network,
            frontier,
            ModuleNames(network, variable, self._inputs(network, variable), scope),
            workflow_names,
            self._diagnostics,
            module,
            Branches(
                wiring,
                scope,
                self._diagnostics,
                wanted=self._form.branching,
                inside_branch=looks_up,
            ),
        )
        self._report_limits(network)
        workflows, knots = self._split(builder.build(root, names), builder.names)
        box_of = {name: box for box, name in boxes.items()}
        limits = Limits(
            self._diagnostics, self._network.jobs, group[0], box_of, self._form.max_nodes
        )
        limits.report(workflows, knots, module)
        timetable = plan_timetable(
            start,
            builder.alerts.of_the_whole,
            workflows[-1],
            places_wanted(workflows),
            Scopes(scope, self._names.scope),
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
            self._diagnostics.add(
                BoxFlattened(name=box, upstream=upstream, downstream=downstream),
                jobs[box].span,
                job=box,
            )
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
        knots: list[Knot] = []
        if self._form.max_nodes is not None:
            most, scope = self._form.max_nodes, self._names.scope
            splitter = Splitter(most, names.judging, names.scope, scope)
            workflows, knots = splitter.split(workflows), splitter.knots
        return tuple(map(without_implied_edges, workflows)), knots

    def _main_names(self, network: Network, root: str | None) -> tuple[str, str]:
        """What the outermost workflow is called, and what its module is called after."""
        group, rules = network.groups[0], network.workflow_rules
        wanted = next((rule.name for rule in rules if rule.name is not None), None)
        # What stands for jobs elsewhere gives no workflow its name.
        named = tuple(name for name in group if name not in network.externals) or group
        main_name = self._main_name(named, root, wanted)
        is_one = len(named) == 1 and not (network.title or wanted)
        bare = self._names.bare(main_name)
        return main_name, network.jobs[named[0]].called if is_one else bare

    def _main_name(self, group: tuple[str, ...], root: str | None, wanted: str | None) -> str:
        """The job's own name; for several, what their names begin with, or the first one's."""
        if wanted is not None:
            return self._names.claim(wanted)
        if root is not None:
            return self._workflow_names[root]
        if self._network.title is not None:
            return self._names.claim(self._network.title)
        if len(group) == 1 and group[0] not in self._network.members:
            return self._names.claim(self._network.jobs[group[0]].called)
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
        for variable in inputs:
            job, known = first_user[variable], network.variables.get(variable)
            if known is not None and known.value and SHELL_SYNTAX.search(known.value):
                self._diagnostics.add(
                    ShellInGlobal(name=variable), job.span, job=job.name, text=known.value
                )
            given = known is not None and (known.value is not None or known.is_start)
            if not given and not handed.get(variable, False):
                self._diagnostics.add(
                    UnsetGlobal(name=variable), job.span, job=job.name, text=variable
                )
        return inputs

    def _report_limits(self, network: Network) -> None:
        """A task keeps its time limit itself: a box has none, an entity does not know the limit."""
        for name in network.order:
            job = network.jobs[name]
            if not job.time_limit:
                continue
            limit = f"{job.time_limit:,} minutes" if job.time_limit > 1 else "1 minute"
            if job.kind is Kind.BOX:
                self._diagnostics.add(
                    BoxTimeLimit(name=name, limit=limit), job.span, job=name, text=name
                )
            elif job.call:
                entity = str(job.call.entity)
                self._diagnostics.add(
                    MappedTimeLimit(name=name, limit=limit, entity=entity),
                    job.call.span,
                    job=name,
                    text=entity,
                )


def _root(network: Network, wiring: Wiring) -> str | None:
    """The box that the outermost workflow stands for, if it stands for one."""
    group = network.groups[0]
    alone = len(group) == 1 and network.title in (None, group[0])
    # Whether a box with a gate starts is decided in a node in front of it.
    is_root = (
        alone and network.members.get(group[0]) and Key(Role.START, group[0]) not in wiring.gates
    )
    return group[0] if is_root else None
