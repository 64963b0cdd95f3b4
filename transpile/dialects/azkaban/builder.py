"""Builds the network of a flow; embedded flows become boxes."""

from collections.abc import Iterator
from dataclasses import replace

from transpile.dialects.azkaban.alerts import EMAILS, build_alerts
from transpile.dialects.azkaban.codes.flows import HandlerNeverRuns, UndefinedFlow
from transpile.dialects.azkaban.codes.projects import (
    FailureActionNotProven,
    JobsNotKilled,
    OverriddenProperty,
)
from transpile.dialects.azkaban.commands import CommandBuilder
from transpile.dialects.azkaban.condition_checks import check_condition, silent_jobs
from transpile.dialects.azkaban.conditions import ALL_SUCCESS, Asked, on_outputs, on_parents
from transpile.dialects.azkaban.engine import Azkaban
from transpile.dialects.azkaban.job_types import LINES
from transpile.dialects.azkaban.model import (
    FLOW_TYPE,
    NOOP_TYPE,
    FailureAction,
    Flow,
    FlowPlan,
    Node,
)
from transpile.dialects.azkaban.outcomes import Level, Member
from transpile.dialects.azkaban.reader import Project
from transpile.dialects.azkaban.run_values import RunValues
from transpile.dialects.azkaban.schedules import build_schedule
from transpile.dialects.azkaban.scope import OUTPUT_FILE, Scope
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    All,
    Blocked,
    BoxRule,
    Condition,
    Job,
    Kind,
    Network,
    Status,
    StatusTest,
    Steps,
    Tally,
    atoms,
)


def build_network(
    flow: Flow, title: str, project: Project, diagnostics: Diagnostics, zone: str | None
) -> Network:
    """The network of a flow, one job per node; `zone` is the server's, if it is known."""
    values = RunValues(diagnostics, project.name, zone or "")
    commands = CommandBuilder(diagnostics, values)
    builder = _Builder(flow, title, commands, diagnostics)
    builder.build()
    if values.doubtful:
        keys = ", ".join(sorted(values.doubtful))
        diagnostics.add(OverriddenProperty(flow=flow.name, keys=keys), flow.span, text=keys)
    return Network(
        builder.jobs,
        values.variables,
        tally=Tally(commands.translated, commands.noted, commands.unsupported),
        engine=Azkaban,
        title=builder.title,
        alerts=build_alerts(flow, diagnostics),
        schedule=build_schedule(flow, zone, diagnostics),
        refused=builder.refused,
        side_files=frozenset(project.place.used),
        side_texts=project.place.texts,
        plan=builder.plan,
    )


class _Builder:
    """Builds the jobs of one flow; `title` names the workflow."""

    def __init__(
        self, flow: Flow, title: str, commands: CommandBuilder, diagnostics: Diagnostics
    ) -> None:
        self.jobs: dict[str, Job] = {}
        self.title = title
        self.refused = flow.refused
        self.plan = _plan(flow)
        self._commands = commands
        self._flow = flow
        self._diagnostics = diagnostics
        self._levels: dict[str | None, tuple[Flow, Level]] = {}

    def build(self) -> None:
        """Add all jobs. A flow with conditions becomes a box with a rule about its end."""
        scope = Scope(self._flow.name, "", (self._flow.config,), self._flow.nodes)
        top = self._level(self._flow, scope, None)
        action = self.plan.action = self._failure_action()
        for _, level in self._levels.values():
            self._note_level(level)
        if top.is_plain:
            self._note_failure_action(action)
            if self._flow.config:
                self._put_into_a_box(None)
            return
        goes_on = action is FailureAction.FINISH_POSSIBLE
        if not goes_on:
            self._note_failure_action(action)
            for flow, level in self._levels.values():
                self._report_handlers(flow, level)
                level.guard()
        for _, level in self._levels.values():
            for name, member in level.members.items():
                self.jobs[name] = replace(self.jobs[name], condition=member.condition)
        rule = top.rule(self._flow.span, goes_on=goes_on)
        self._make_rules(rule, goes_on)
        self._put_into_a_box(rule)

    def _note_level(self, level: Level) -> None:
        """Keep what the engine over days needs of a flow or an embedded flow."""
        for name, member in level.members.items():
            self.plan.children[name] = tuple(level.children[name])
            if member.inner is None and level.is_fatal(name):
                self.plan.fatal.add(name)

    # ---------------------------------------------------------------- jobs

    def _level(self, flow: Flow, scope: Scope, box: str | None) -> Level:
        """Add the nodes of a flow. The names of their jobs begin with those of the flows around."""
        level = Level()
        self._levels[box] = (flow, level)
        for node in flow.nodes.values():
            name = f"{scope.path}{node.name}"
            checked = check_condition(node, flow, name, self._diagnostics)
            self.refused |= checked.refused
            job = self._job(node, scope, box)
            if checked.problem is not None:
                self.plan.unread.add(name)
            inner = None
            if node.inner is not None:
                # A condition without a translation leaves open whether the whole flow inside runs.
                self.refused |= checked.problem is not None
                inner = self._level(node.inner, scope.within(node, node.inner), name)
            elif not job.blocked:
                job = replace(job, blocked=checked.problem)
            member = level.members[name] = self._member(node, scope, checked.asked, job, inner)
            if node.dependencies or node.condition:
                first = node.condition or node.dependencies[0]
                job = replace(
                    job,
                    condition=member.condition,
                    condition_text=_shown(node),
                    condition_span=first.span,
                )
            self.jobs[name] = job
        level.link()
        return level

    def _member(
        self, node: Node, scope: Scope, asked: Asked, job: Job, inner: Level | None
    ) -> Member:
        parents = tuple(f"{scope.path}{name}" for name in node.parents)
        condition = on_parents(asked.macro, list(parents))
        silent = silent_jobs(scope.nodes)
        outputs = on_outputs(asked, lambda name: f"{scope.path}{name}", silent, node.parents)
        tolerant = isinstance(job.action, Steps) and job.action.tolerance
        runs = job.action is not None and not job.blocked and not tolerant
        both = _both(condition, outputs)
        return Member(job.name, parents, asked.macro, both, runs, inner)

    def _job(self, node: Node, scope: Scope, box: str | None) -> Job:
        name = f"{scope.path}{node.name}"
        if node.inner is not None:
            notes = tuple(self._commands.notes(node, name))
            return Job(name, node.span, Kind.BOX, box=box, notes=notes)
        if node.type == FLOW_TYPE:
            blocked = Blocked(UndefinedFlow, "its flow cannot be loaded")
            return Job(name, node.span, Kind.OTHER, box=box, blocked=blocked)
        payload = self._commands.payload(node, scope)
        if payload.backoff:
            self.plan.backoff[name] = payload.backoff
        known = node.type in LINES or node.type == NOOP_TYPE
        return Job(
            name,
            node.span,
            Kind.COMMAND if known else Kind.OTHER,
            box=box,
            action=payload.action,
            retries=payload.retries if payload.action else 0,
            notes=tuple(payload.notes),
            blocked=payload.problem,
            output_file=OUTPUT_FILE if node.type in LINES else None,
        )

    # ---------------------------------------------------------------- failures

    def _failure_action(self) -> FailureAction:
        value = self._flow.own.get("failure.action")
        known = {action.value: action for action in FailureAction}
        action = known.get(value.text) if value else None
        if value is not None and action is FailureAction.CANCEL_ALL:
            self._diagnostics.add(JobsNotKilled(flow=self._flow.name), value.span, text=value.text)
        # The default of ExecutionOptions.mapToFailureAction, for unknown names too.
        return action or FailureAction.FINISH_RUNNING

    def _note_failure_action(self, action: FailureAction) -> None:
        """Report the default action if jobs run in parallel to one that may fail."""
        branches = any(
            len(level.ends) > 1 or any(len(member.parents) > 1 for member in level.members.values())
            for _, level in self._levels.values()
        )
        if branches and action is FailureAction.FINISH_RUNNING:
            found = FailureActionNotProven(flow=self._flow.name)
            self._diagnostics.add(found, self._flow.span, text=self.title)

    def _report_handlers(self, flow: Flow, level: Level) -> None:
        """Report the jobs that handle the failure of a parent and never run."""
        for node, member in zip(flow.nodes.values(), level.members.values(), strict=True):
            if member.macro == ALL_SUCCESS or node.condition is None:
                continue
            for parent in member.parents:
                children = level.children[parent]
                rivals = [c for c in children if level.members[c].macro == ALL_SUCCESS]
                if rivals and level.members[parent].can_fail:
                    text, span = node.condition
                    never = HandlerNeverRuns(name=member.name, parent=parent, rival=rivals[0])
                    self._diagnostics.add(never, span, job=member.name, text=text)

    def _make_rules(self, whole: BoxRule, goes_on: bool) -> None:
        """Set the rules of boxes that hold conditions or whose failure a condition asks for."""
        asked_for = set(_asked_for(whole.failure))
        for job in self.jobs.values():
            asked_for.update(_asked_for(job.condition))
        # The order is from the outside in: the rule of a box asks for the failure of inner boxes.
        for box, (_, level) in self._levels.items():
            if box is not None and (box in asked_for or not level.is_plain):
                rule = level.rule(self.jobs[box].span, goes_on=goes_on)
                asked_for.update(_asked_for(rule.failure))
                self.jobs[box] = replace(self.jobs[box], box_rule=rule)

    def _put_into_a_box(self, rule: BoxRule | None) -> None:
        """Put all jobs into a box for the flow, which holds its rule and its own properties."""
        while self.title in self.jobs:
            self.title = f"{self.title} (flow)"
        config = self._flow.config.items()
        notes = tuple((key, value.text) for key, value in config if key not in EMAILS)
        whole = Job(self.title, self._flow.span, Kind.BOX, box_rule=rule, notes=notes)
        self._commands.noted += len(notes)
        self._commands.translated += len(config) - len(notes)
        inside = {
            name: replace(job, box=self.title) if job.box is None else job
            for name, job in self.jobs.items()
        }
        self.jobs = {self.title: whole, **inside}


def _plan(flow: Flow) -> FlowPlan:
    trigger = flow.trigger
    if trigger is None:
        return FlowPlan()
    return FlowPlan(cron=trigger.cron.text, data=tuple(name for name, _ in trigger.dependencies))


def _asked_for(condition: Condition | None) -> Iterator[str]:
    """The jobs whose failure or end the condition asks for."""
    for atom in atoms(condition):
        if isinstance(atom, Status) and atom.test is not StatusTest.SUCCESS:
            yield atom.job


def _both(first: Condition, second: Condition) -> Condition:
    """Both conditions, without one that always holds."""
    terms = tuple(term for term in (first, second) if term != All(()))
    return terms[0] if len(terms) == 1 else All(terms)


def _shown(node: Node) -> str:
    """The dependencies and the condition of the node, for readers."""
    names = node.parents
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    parts = [f"after {', '.join(names[:8])}{more}"] if names else []
    parts += [node.condition.text] if node.condition else []
    return ": ".join(parts)
