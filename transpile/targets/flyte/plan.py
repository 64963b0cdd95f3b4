"""Plans the workflows of an estate: each becomes a module, on its own once all have names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transpile.findings.codes.jobs import ShellInGlobal, UnsetGlobal
from transpile.findings.codes.limits import BoxTimeLimit, MappedTimeLimit
from transpile.findings.diagnostics import Diagnostics, Excerpt
from transpile.lowering.lower import lower
from transpile.lowering.structure import Lowered
from transpile.lowering.values import globals_of
from transpile.model import Facts, Form, Kind
from transpile.targets.flyte.alerts import report_alerts, report_rest_days
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.crossings import crossings
from transpile.targets.flyte.cut_plans import Crossings
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.limits import Limits
from transpile.targets.flyte.model import ModulePlan, WorkflowPlan
from transpile.targets.flyte.module_names import ModuleNames, input_names
from transpile.targets.flyte.names import RESERVED_FOR_INPUTS, Scope
from transpile.targets.flyte.naming import WorkflowNames
from transpile.targets.flyte.overlaps import report_overlaps, starts_of
from transpile.targets.flyte.shell import SHELL_SYNTAX
from transpile.targets.flyte.split import NODE_LIMIT, Splitter
from transpile.targets.flyte.timetable import Timetable, plan_timetable
from transpile.targets.flyte.waits import places_wanted
from transpile.targets.flyte.workflows import ModuleBuilder, with_input_variables


@dataclass(frozen=True, slots=True)
class Part:
    """What one workflow is planned from: facts about its jobs, and its names.

    `place` has the position of each job in the source, `network` is the number of the network.
    """

    network: int
    facts: Facts
    names: WorkflowNames
    place: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlanTask:
    """The planning of one workflow. Its result depends on nothing else, so any process can do it.

    `findings` are those about its jobs.
    """

    part: Part
    form: Form
    findings: Excerpt

    def plan(self, diagnostics: Diagnostics) -> tuple[ModulePlan, Facts]:
        """The module, with the facts that it is made from; `diagnostics` are `findings`, opened."""
        part = self.part
        lowered = lower(part.facts, part.place, diagnostics, _reserved)
        return _Planner(lowered, part.names, self.form, diagnostics).module(), lowered.facts


def parts_of(estate: Sequence[Facts], names: Sequence[Sequence[WorkflowNames]]) -> Iterator[Part]:
    """The parts of an estate, one for each group of jobs."""
    for network, (facts, found) in enumerate(zip(estate, names, strict=True)):
        number_of = {name: number for number, name in enumerate(facts.jobs)}
        for part, own in zip(facts.parts(), found, strict=True):
            yield Part(network, part, own, {name: number_of[name] for name in part.jobs})


@dataclass(slots=True)
class _Planner:
    """Plans the module of one workflow."""

    lowered: Lowered
    names: WorkflowNames
    form: Form
    diagnostics: Diagnostics

    def module(self) -> ModulePlan:
        """The module."""
        lowered, diagnostics = self.lowered, self.diagnostics
        facts, own = lowered.facts, self.names
        starts = starts_of(lowered)
        report_overlaps(lowered, starts, diagnostics)
        names = ModuleNames(facts, own.variable, self._inputs(), own.cuts)
        days = DayTests(names.scope)
        looks_up = any(firing.asks for firing in starts)
        branches = Branches(
            names.scope, diagnostics, wanted=self.form.branching, inside_branch=looks_up
        )
        derived = own.scope()
        inner = self._inner(derived)
        names_by_box: dict[str | None, str] = {None: own.title, lowered.root: own.title}
        names_by_box.update(inner)
        builder = ModuleBuilder(
            lowered,
            names,
            names_by_box,
            diagnostics,
            f"{self.form.package}.{own.module}",
            branches,
            days,
            self.form.platform.credentials is not None,
        )
        self._report_limits()
        report_alerts(lowered, diagnostics)
        built = builder.build()
        splitter = self._splitter(names, derived)
        split = splitter.split(built)
        workflows = tuple(with_input_variables(workflow, names) for workflow in split)
        box_of = {name: box for box, name in inner.items()}
        first = facts.groups[0][0]
        Limits(diagnostics, facts.jobs, first, box_of, splitter).report(workflows)
        timetable = plan_timetable(
            starts,
            lowered.alerts,
            workflows[-1],
            places_wanted(workflows),
            days,
            derived,
            started=facts.said.engine if facts.is_started else None,
        )
        if timetable.run_days:
            report_rest_days(lowered, diagnostics)
        return ModulePlan(
            folder=own.folder,
            name=own.variable,
            title=own.title,
            sources=own.sources,
            left_out=own.left_out,
            workflows=workflows,
            dates=timetable.dates,
            run_days=timetable.run_days,
            launch_plans=timetable.launch_plans,
            node_of=builder.node_of,
            cuts=self._imported(),
            crossings=self._crossings(workflows, timetable),
            inputs=names.inputs,
            entities=(*builder.entities.imports, *builder.kinds.imports),
            form=self.form,
            watched=lowered.watched,
        )

    def _crossings(self, workflows: Sequence[WorkflowPlan], timetable: Timetable) -> Crossings:
        """What other workflows need to know of this one."""
        module = f"{self.form.package}.{self.names.module}"
        # flytekit names a workflow that is a function after its module and itself.
        main = f"{module}.{self.names.variable}" if self.form.declarative else self.names.title
        scheduled = tuple(f"{module}.{plan.variable}" for plan in timetable.run_days)
        found = crossings(self.lowered, workflows, self.names.cuts, (main, *scheduled))
        return replace(found, start=timetable.start, network=self.names.network)

    def _imported(self) -> tuple[tuple[str, str], ...]:
        """The module and the constant of each cut that tasks name."""
        facts = self.lowered.facts
        own = (cut for cut in facts.cuts.values() if not cut.starts)
        told = (cut for cuts in facts.told.values() for cut in cuts)
        return tuple(sorted({self.names.cuts[cut.job] for cut in (*own, *told)}))

    def _inner(self, derived: Scope) -> dict[str, str]:
        """The names of the boxes that the outermost workflow does not stand for."""
        facts, own = self.lowered.facts, self.names
        boxes = (name for name in facts.order if facts.jobs[name].kind is Kind.BOX)
        return {
            name: own.inner.get(name) or derived.claim(f"{own.title}.box")
            for name in boxes
            if name != self.lowered.root
        }

    def _splitter(self, names: ModuleNames, derived: Scope) -> Splitter:
        most = self.form.max_nodes or NODE_LIMIT
        module = f"{self.form.package}.{self.names.module}"
        return Splitter(most, module, names.judging, names.scope, derived)

    def _inputs(self) -> dict[str, str]:
        lowered = self.lowered
        variables = lowered.facts.said.variables
        inputs = input_names(lowered.globals, variables, self.names.variable)
        for variable in inputs:
            used, known = lowered.globals[variable], variables.get(variable)
            job = used.user
            if known is not None and known.value and SHELL_SYNTAX.search(known.value):
                self.diagnostics.add(
                    ShellInGlobal(name=variable), job.span, job=job.name, text=known.value
                )
            given = known is not None and (known.value is not None or known.is_start)
            if not given and not used.handed:
                self.diagnostics.add(
                    UnsetGlobal(name=variable), job.span, job=job.name, text=variable
                )
        return inputs

    def _report_limits(self) -> None:
        """Report the time limits of boxes and entities, which no task keeps."""
        facts = self.lowered.facts
        for name in facts.order:
            job = facts.jobs[name]
            if not job.time_limit:
                continue
            limit = f"{job.time_limit:,} minutes" if job.time_limit > 1 else "1 minute"
            if job.kind is Kind.BOX:
                self.diagnostics.add(
                    BoxTimeLimit(name=name, limit=limit), job.span, job=name, text=name
                )
            elif job.call:
                entity = str(job.call.entity)
                self.diagnostics.add(
                    MappedTimeLimit(name=name, limit=limit, entity=entity),
                    job.call.span,
                    job=name,
                    text=entity,
                )


def _reserved(facts: Facts) -> frozenset[str]:
    """Names that no input of an entity may have: reserved ones, and the inputs of globals."""
    names = input_names(globals_of(facts), facts.said.variables)
    return RESERVED_FOR_INPUTS.union(names.values())
