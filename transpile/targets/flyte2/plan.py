"""Plans the program of one workflow."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from transpile.findings.codes.flyte2 import (
    LostAnswer,
    LostMail,
    LostOutput,
    ManyActions,
    MissingInput,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.entity_types import TypeOf
from transpile.lowering.structure import Lowered
from transpile.model import Approval, Facts, Form
from transpile.targets.flyte.alerts import report_alerts, report_rest_days
from transpile.targets.flyte.crons import firings
from transpile.targets.flyte.cut_plans import Crossings, Place
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.inputs import inputs_of
from transpile.targets.flyte.limits import report_time_limits
from transpile.targets.flyte.model import (
    LaunchPlanPlan,
    ModulePlan,
    NodeRole,
    RunDaysPlan,
    WorkflowPlan,
)
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.naming import WorkflowNames, environment_of
from transpile.targets.flyte.overlaps import report_overlaps
from transpile.targets.flyte.timetable import Started, Timetable, plan_timetable
from transpile.targets.flyte.workflows import input_plan
from transpile.targets.flyte2.driver import DriverBuilder
from transpile.targets.flyte2.environments import Environments
from transpile.targets.flyte2.model import DriverPlan
from transpile.targets.flyte2.names import FLOW, RESERVED, RESERVED_INPUTS, row_name
from transpile.targets.flyte2.triggers import trigger_of

MOST_ACTIONS = 50_000
"""The documented limit of actions in one run."""


@dataclass(slots=True)
class DriverPlanner:
    """Plans the program of one workflow."""

    lowered: Lowered
    names: WorkflowNames
    form: Form
    diagnostics: Diagnostics

    def module(self) -> ModulePlan:
        """The module."""
        lowered, own, diagnostics = self.lowered, self.names, self.diagnostics
        facts = lowered.facts
        inputs = inputs_of(lowered, own.variable, diagnostics, RESERVED_INPUTS)
        names = ModuleNames(
            facts,
            own.variable,
            inputs,
            own.cuts,
            reserved=RESERVED,
            heard=own.heard,
            suffix="_job",
            job_word="task",
            box_word="box",
        )
        names.scope.take((FLOW,))
        days = DayTests(names.scope)
        environments = Environments(self._environment(), names.scope, diagnostics)
        builder = DriverBuilder(lowered, names, diagnostics, environments, days)
        builder.build(own.title)
        report_time_limits(facts, diagnostics)
        report_alerts(lowered, diagnostics)
        workflow = self._workflow(builder, names)
        timetable = self._timetable(workflow, days)
        self._report(workflow, timetable)
        driver = self._driver(builder, workflow, timetable, names)
        self._report_answers(builder)
        launch_plans = tuple(_triggers(timetable, driver.task))
        return ModulePlan(
            folder=own.folder,
            name=own.variable,
            title=own.title,
            sources=own.sources,
            left_out=own.left_out,
            workflows=(workflow,),
            dates=timetable.dates,
            run_days=timetable.run_days,
            launch_plans=launch_plans,
            node_of={**_nodes(workflow), **({lowered.root: None} if lowered.root else {})},
            cuts=own.cuts_used(facts, lowered.heard),
            crossings=self._crossings(facts, driver.task, workflow),
            inputs=names.inputs,
            entities=builder.entities.imports,
            form=self.form,
            watched=lowered.watched,
            driver=driver,
        )

    def _environment(self) -> str:
        own = self.names
        return environment_of(self.form.platform.prefix, own.folder, own.variable)

    def _workflow(self, builder: DriverBuilder, names: ModuleNames) -> WorkflowPlan:
        variables = self.lowered.facts.said.variables
        inputs = []
        for name in builder.taken:
            wanted = builder.entities.input(name)
            if wanted is not None and isinstance(wanted.type, TypeOf):
                self._lost("input", name)
                wanted = replace(wanted, type="str")
            inputs.append(wanted or input_plan(name, names, variables))
        for output in self.lowered.outputs:
            self._lost("output", output.name)
        return WorkflowPlan(
            variable=names.variable,
            name=self.names.title,
            comments=(),
            tasks=tuple(builder.tasks),
            inputs=tuple(inputs),
            nodes=tuple(builder.nodes),
            edges=tuple(builder.edges),
            outputs=(),
            result="",
        )

    def _timetable(self, workflow: WorkflowPlan, days: DayTests) -> Timetable:
        lowered = self.lowered
        starts = firings(lowered.schedule, as_one=False) if lowered.schedule else []
        report_overlaps(lowered, starts[:1], self.diagnostics)
        started = Started(lowered.facts.said.engine) if lowered.facts.is_started else None
        scope = self.names.scope()
        return plan_timetable(starts, lowered.alerts, workflow, 0, days, scope, started)

    def _driver(
        self,
        builder: DriverBuilder,
        workflow: WorkflowPlan,
        timetable: Timetable,
        names: ModuleNames,
    ) -> DriverPlan:
        checks = {plan.variable: plan.runs for plan in timetable.run_days}
        parameter = names.scope.claim("trigger") if checks else ""
        plans = [plan for plan in timetable.launch_plans if plan.cron]
        triggers = tuple(
            trigger_of(plan, parameter, checks.get(plan.workflow, "")) for plan in plans
        )
        environments = builder.environments.plans
        main = next(
            each.name for each in environments if each.variable == builder.environments.main
        )
        return DriverPlan(
            environments=environments,
            environment_of=builder.environment_of,
            task=f"{main}.{names.variable}",
            documentation=(f"{self.names.title} · {', '.join(self.names.sources)}",),
            triggers=triggers,
            loses=any(plan.skips for plan in timetable.launch_plans),
            trigger=parameter,
            kickoff=_kickoff(workflow, timetable.run_days),
            opens=builder.opens,
            statements=tuple(builder.statements),
            ends=builder.ends(),
        )

    def _crossings(self, facts: Facts, task: str, workflow: WorkflowPlan) -> Crossings:
        """What other workflows need to know of this one."""
        told = [each for each in self.lowered.heard if each.listeners]
        heard = tuple((self.names.heard[each.job][1], each) for each in told)
        wanted = dict.fromkeys((*facts.cuts, *facts.looked_at, *(each.job for each in told)))
        nodes = _nodes(workflow)
        places = {}
        for job in wanted:
            top = facts.graph.top(job)
            is_box = bool(facts.members.get(job))
            begins = row_name(f"{top} started") if facts.members.get(top) else None
            places[job] = Place(
                workflow=task,
                node=nodes[job] or "",
                wait="",
                # A run that rests begins with no box.
                box=begins,
                is_box=is_box,
                begins=row_name(f"{job} started") if is_box and job != top else "",
                waits="",
                scheduled=(),
            )
        own = tuple((self.names.cuts[cut.job][1], cut) for cut in facts.cuts.values())
        return (
            Crossings(own, heard, places, task, self.names.network, drives=True)
            if wanted
            else Crossings()
        )

    def _lost(self, side: str, what: str) -> None:
        job = self.lowered.facts.jobs[self.lowered.facts.order[0]]
        found = LostOutput(name=self.names.title, side=side, what=what)
        self.diagnostics.add(found, job.span, text=what)

    def _report(self, workflow: WorkflowPlan, timetable: Timetable) -> None:
        lowered = self.lowered
        first = lowered.facts.jobs[lowered.facts.groups[0][0]]
        if len(workflow.nodes) > MOST_ACTIONS:
            found = ManyActions(name=self.names.title, jobs=len(workflow.nodes))
            self.diagnostics.add(found, first.span, text=first.name)
        if lowered.facts.is_started or any(plan.cron for plan in timetable.launch_plans):
            clocks = timetable.launch_plans if not lowered.facts.is_started else ()
            moments = {plan.kickoff for plan in clocks if plan.cron}
            for given in workflow.inputs:
                if given.default is None and given.name not in moments:
                    missing = MissingInput(name=self.names.title, parameter=given.name)
                    self.diagnostics.add(missing, first.span, text=given.name)
        if any(not plan.cron and plan.notifications for plan in timetable.launch_plans):
            self.diagnostics.add(LostMail(name=self.names.title), first.span, text=first.name)
        if timetable.run_days:
            report_rest_days(lowered, self.diagnostics)

    def _report_answers(self, builder: DriverBuilder) -> None:
        """Report the jobs that other workflows ask about and cannot know."""
        facts = self.lowered.facts
        for name in facts.looked_at:
            job = facts.jobs[name]
            if job.call and not builder.entities.known_by(name):
                reason = f"other jobs are mapped to {job.call.entity}, too"
            elif isinstance(job.action, Approval) and not job.call:
                reason = "it is an approval"
            else:
                continue
            found = LostAnswer(name=name, reason=reason)
            self.diagnostics.add(found, job.span, job=name, text=name)


def _nodes(workflow: WorkflowPlan) -> dict[str, str | None]:
    """The node of each job, and that of the end of each box."""
    found = (node for node in workflow.nodes if node.role is not NodeRole.START)
    return {node.job: node.node_id for node in found if node.job}


def _triggers(timetable: Timetable, task: str) -> Iterator[LaunchPlanPlan]:
    """What starts the driver: the clock, and other drivers by the name of its task."""
    for plan in timetable.launch_plans:
        if plan.cron:
            yield plan
        elif plan.name == timetable.start:
            yield replace(plan, name=task)


def _kickoff(workflow: WorkflowPlan, checks: tuple[RunDaysPlan, ...]) -> str:
    """The parameter with the time of the trigger that checks use, if it is none of the inputs."""
    given = {plan.name for plan in workflow.inputs}
    return next((plan.kickoff for plan in checks if plan.kickoff not in given), "")
