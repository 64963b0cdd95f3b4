"""Plans the module of one workflow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import Lowered
from transpile.model import Form, Kind
from transpile.targets.flyte.alerts import report_alerts, report_rest_days
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.crossings import crossings
from transpile.targets.flyte.cut_plans import Crossings
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.inputs import inputs_of
from transpile.targets.flyte.limits import Limits, report_time_limits
from transpile.targets.flyte.model import ModulePlan, WorkflowPlan
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.naming import WorkflowNames
from transpile.targets.flyte.overlaps import report_overlaps, starts_of
from transpile.targets.flyte.split import NODE_LIMIT, Splitter
from transpile.targets.flyte.timetable import Timetable, plan_timetable
from transpile.targets.flyte.waits import places_wanted
from transpile.targets.flyte.workflows import ModuleBuilder, with_input_variables


@dataclass(slots=True)
class Planner:
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
        names = ModuleNames(
            facts,
            own.variable,
            inputs_of(lowered, own.variable, diagnostics),
            own.cuts,
            heard=own.heard,
        )
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
        report_time_limits(facts, diagnostics)
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
            cuts=self.names.cuts_used(facts, lowered.heard),
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
        heard = tuple(
            (self.names.heard[each.job][1], each) for each in self.lowered.heard if each.listeners
        )
        return replace(found, heard=heard, start=timetable.start, network=self.names.network)

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
