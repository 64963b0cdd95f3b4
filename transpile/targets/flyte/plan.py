"""Plans the modules of an estate: one for each group of jobs, with names and launch plans."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence

from transpile.findings.codes.jobs import ShellInGlobal, UnsetGlobal
from transpile.findings.codes.limits import BoxTimeLimit, MappedTimeLimit
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.lower import lower
from transpile.lowering.structure import Lowered
from transpile.lowering.values import globals_of
from transpile.model import Facts, Form, Kind
from transpile.targets.flyte.alerts import report_alerts, report_rest_days
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.estate_names import EstateNames, report_common
from transpile.targets.flyte.limits import Limits
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.module_names import ModuleNames, input_names
from transpile.targets.flyte.names import RESERVED_FOR_INPUTS, flyte_name
from transpile.targets.flyte.overlaps import report_overlaps
from transpile.targets.flyte.places import Places
from transpile.targets.flyte.shell import SHELL_SYNTAX
from transpile.targets.flyte.split import NODE_LIMIT, Splitter
from transpile.targets.flyte.timetable import plan_timetable
from transpile.targets.flyte.waits import places_wanted
from transpile.targets.flyte.workflows import ModuleBuilder


def plan_modules(
    estate: Sequence[Facts], diagnostics: Diagnostics, form: Form | None = None
) -> list[tuple[ModulePlan, Facts]]:
    """One module for each group of jobs, with the facts that it is made from."""
    form = form or Form()
    places, names = Places(estate, form.package), EstateNames(form.platform.prefix)
    found: list[tuple[ModulePlan, Facts]] = []
    for facts in estate:
        diagnostics.scope = facts.title
        found += _Planner(facts, diagnostics, places, names, form).modules()
    diagnostics.scope = None
    titles = [(module.title, part.jobs[part.groups[0][0]].span) for module, part in found]
    report_common(titles, names.prefix, diagnostics)
    return found


class _Planner:
    """Plans the modules of one network; `names` are those of workflows and launch plans."""

    def __init__(
        self,
        facts: Facts,
        diagnostics: Diagnostics,
        places: Places,
        names: EstateNames,
        form: Form,
    ) -> None:
        self._facts = facts
        self._diagnostics = diagnostics
        self._places = places
        self._names = names
        self._form = form
        self._place = {name: number for number, name in enumerate(facts.jobs)}
        # Boxes take their own names first; a workflow around several boxes takes a free name.
        self._workflow_names = {
            name: self._names.claim(facts.jobs[name].called)
            for name in facts.order
            if facts.jobs[name].kind is Kind.BOX
        }

    def modules(self) -> Iterator[tuple[ModulePlan, Facts]]:
        """The modules with their facts, in the order of the groups."""
        left_out = self._left_out()
        for part in self._facts.parts():
            lowered = lower(part, self._place, self._diagnostics, _reserved)
            yield self._module(lowered, left_out), lowered.facts

    def _left_out(self) -> dict[str, list[str]]:
        """Comments about the jobs in no workflow, by source file."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._facts.jobs:
            if name in self._facts.left_out:
                marks = found[self._facts.jobs[name].span.file]
                marks += [f"left out: {name}", *self._diagnostics.marks(name)]
        return found

    def _module(self, lowered: Lowered, left_out: dict[str, list[str]]) -> ModulePlan:
        facts = lowered.facts
        report_overlaps(lowered, self._diagnostics)
        main_name, base = self._main_names(lowered)
        files = tuple(dict.fromkeys(facts.jobs[name].span.file for name in facts.order))
        folder = self._places.folder(files)
        variable = self._places.claim(folder, base)
        boxes = {n: self._workflow_names[n] for n in facts.order if n in self._workflow_names}
        workflow_names: dict[str | None, str] = {None: main_name}
        workflow_names.update(boxes)
        workflow_names[lowered.root] = main_name
        names = ModuleNames(facts, variable, self._inputs(lowered, variable))
        module = ".".join((self._form.package, *folder, variable))
        start = lowered.schedule
        looks_up = start is not None and any(each.days.looks_up for each in start.opened())
        builder = ModuleBuilder(
            lowered,
            names,
            workflow_names,
            self._diagnostics,
            module,
            Branches(
                names.scope, self._diagnostics, wanted=self._form.branching, inside_branch=looks_up
            ),
        )
        self._report_limits(facts)
        report_alerts(lowered, self._diagnostics)
        built = builder.build()
        splitter = self._splitter(names, module)
        workflows = splitter.split(built)
        box_of = {name: box for box, name in boxes.items()}
        first = facts.groups[0][0]
        Limits(self._diagnostics, self._facts.jobs, first, box_of, splitter).report(workflows)
        timetable = plan_timetable(
            start,
            lowered.alerts,
            workflows[-1],
            places_wanted(workflows),
            names.scope,
            self._names.scope,
        )
        if timetable.run_days:
            report_rest_days(lowered, self._diagnostics)
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
            inputs=names.inputs,
            entities=(*builder.entities.imports, *builder.kinds.imports),
            form=self._form,
            watched=lowered.watched,
        )

    def _splitter(self, names: ModuleNames, module: str) -> Splitter:
        most = self._form.max_nodes or NODE_LIMIT
        return Splitter(most, module, names.judging, names.scope, self._names.scope)

    def _main_names(self, lowered: Lowered) -> tuple[str, str]:
        """The names of the outermost workflow and, before it is made an identifier, the module."""
        facts, root = lowered.facts, lowered.root
        group, rules = facts.groups[0], facts.workflow_rules
        wanted = next((rule.name for rule in rules if rule.name is not None), None)
        # Stand-ins for jobs of other estates give no workflow its name.
        named = tuple(name for name in group if name not in facts.externals) or group
        main_name = self._main_name(named, root, wanted)
        is_one = len(named) == 1 and not (facts.title or wanted)
        bare = self._names.bare(main_name)
        return main_name, facts.jobs[named[0]].called if is_one else bare

    def _main_name(self, group: tuple[str, ...], root: str | None, wanted: str | None) -> str:
        """A new name for the outermost workflow.

        By precedence: the name that the team wants, the box or network, the only job, the common
        prefix of the jobs, the first job.
        """
        if wanted is not None:
            return self._names.claim(wanted)
        if root is not None:
            return self._workflow_names[root]
        if self._facts.title is not None:
            return self._names.claim(self._facts.title)
        if len(group) == 1 and group[0] not in self._facts.members:
            return self._names.claim(self._facts.jobs[group[0]].called)
        called = [self._facts.jobs[name].called for name in group]
        shared = os.path.commonprefix(called) if len(group) > 1 else ""
        cut = max(shared.rfind(separator) for separator in "._-# ")
        name = flyte_name(shared[:cut]) if cut > 2 else f"{flyte_name(called[0])}_network"
        return self._names.claim(name)

    def _inputs(self, lowered: Lowered, workflow: str) -> dict[str, str]:
        variables = lowered.facts.said.variables
        inputs = input_names(lowered.globals, variables, workflow)
        for variable in inputs:
            used, known = lowered.globals[variable], variables.get(variable)
            job = used.user
            if known is not None and known.value and SHELL_SYNTAX.search(known.value):
                self._diagnostics.add(
                    ShellInGlobal(name=variable), job.span, job=job.name, text=known.value
                )
            given = known is not None and (known.value is not None or known.is_start)
            if not given and not used.handed:
                self._diagnostics.add(
                    UnsetGlobal(name=variable), job.span, job=job.name, text=variable
                )
        return inputs

    def _report_limits(self, facts: Facts) -> None:
        """Report the time limits of boxes and entities, which no task keeps."""
        for name in facts.order:
            job = facts.jobs[name]
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


def _reserved(facts: Facts) -> frozenset[str]:
    """Names that no input of an entity may have: reserved ones, and the inputs of globals."""
    names = input_names(globals_of(facts), facts.said.variables)
    return RESERVED_FOR_INPUTS.union(names.values())
