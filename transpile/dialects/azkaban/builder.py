"""A flow to the network of its jobs: flows inside become boxes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from transpile.dialects.azkaban.alerts import EMAILS, build_alerts
from transpile.dialects.azkaban.codes.flows import (
    ConditionNeverHolds,
    ConditionRefused,
    HandlerNeverRuns,
    OutputOfFlow,
    OutputOfParallelJob,
    ScriptedCondition,
    UndefinedFlow,
)
from transpile.dialects.azkaban.codes.projects import (
    FailureActionNotProven,
    JobsNotKilled,
    OverriddenProperty,
)
from transpile.dialects.azkaban.commands import OUTPUT_FILE, CommandBuilder, Scope
from transpile.dialects.azkaban.conditions import (
    ALL_SUCCESS,
    Asked,
    ConditionError,
    is_refused,
    never_holds,
    on_outputs,
    on_parents,
    read_condition,
)
from transpile.dialects.azkaban.engine import Azkaban
from transpile.dialects.azkaban.model import (
    FLOW_TYPE,
    NOOP_TYPE,
    FailureAction,
    Flow,
    Node,
    Value,
    all_above,
)
from transpile.dialects.azkaban.outcomes import Level, Member
from transpile.dialects.azkaban.reader import Project
from transpile.dialects.azkaban.schedules import build_schedule
from transpile.dialects.azkaban.types import LINES
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
from transpile.sources.text import Span


def build_network(
    flow: Flow, title: str, project: Project, diagnostics: Diagnostics, zone: str | None
) -> Network:
    """The network of a flow, one job for each node; `zone` is the server's, if it is known."""
    commands = CommandBuilder(diagnostics, project.name, zone or "")
    builder = _Builder(flow, title, commands, diagnostics)
    builder.build()
    if commands.doubtful:
        keys = ", ".join(sorted(commands.doubtful))
        diagnostics.add(OverriddenProperty(flow=flow.name, keys=keys), flow.span, text=keys)
    return Network(
        builder.jobs,
        commands.variables,
        tally=Tally(commands.translated, commands.noted, commands.unsupported),
        engine=Azkaban,
        title=builder.title,
        alerts=build_alerts(flow, diagnostics),
        schedule=build_schedule(flow, zone, diagnostics),
        refused=builder.refused,
        side_files=frozenset(project.place.used),
        side_texts=project.place.texts,
    )


class _Builder:
    """Builds the jobs of one flow; `title` is the workflow's."""

    def __init__(
        self, flow: Flow, title: str, commands: CommandBuilder, diagnostics: Diagnostics
    ) -> None:
        self.jobs: dict[str, Job] = {}
        self.title = title
        self.refused = flow.refused
        self.commands = commands
        self._flow = flow
        self._diagnostics = diagnostics
        self._levels: dict[str | None, tuple[Flow, Level]] = {}

    def build(self) -> None:
        """Add all jobs. With conditions the flow is a box, whose rule decides about the whole."""
        scope = Scope(self._flow.name, "", (self._flow.config,), self._flow.nodes)
        top = self._level(self._flow, scope, None)
        action = self._failure_action()
        if top.is_plain:
            self._note_failure_action(action)
            if self._flow.config:
                self._put_into_a_box(None)
            return
        goes_on = action is FailureAction.FINISH_POSSIBLE
        if not goes_on:
            self._guard()
        for _, level in self._levels.values():
            for name, member in level.members.items():
                self.jobs[name] = replace(self.jobs[name], condition=member.condition)
        rule = top.rule(self._flow.span, goes_on=goes_on)
        self._make_rules(rule, goes_on)
        self._put_into_a_box(rule)

    # ---------------------------------------------------------------- jobs

    def _level(self, flow: Flow, scope: Scope, box: str | None) -> Level:
        """Add the nodes of a flow; a node's name begins with those of the flows around it."""
        level = Level()
        self._levels[box] = (flow, level)
        for node in flow.nodes.values():
            name = f"{scope.path}{node.name}"
            asked, problem = self._asked(node, flow, name)
            job = self._job(node, scope, box)
            if problem and node.inner is not None:
                # Whether all that is inside runs is not known: no node can stand for that.
                self.refused = True
            elif problem and not job.blocked:
                job = replace(job, blocked=problem)
            inner = None
            if node.inner is not None:
                inner = self._level(node.inner, scope.within(node, node.inner), name)
            self.jobs[name] = job
            level.members[name] = self._member(node, scope, asked, job, inner)
            condition = level.members[name].condition
            if node.dependencies or node.condition:
                self.jobs[name] = replace(
                    job,
                    condition=condition,
                    condition_text=_shown(node),
                    condition_span=_place(node),
                )
        level.link()
        return level

    def _member(
        self, node: Node, scope: Scope, asked: Asked, job: Job, inner: Level | None
    ) -> Member:
        names = [reference.name for reference in node.dependencies]
        parents = tuple(f"{scope.path}{name}" for name in names)
        condition: Condition = on_parents(asked.macro, list(parents))
        silent = _silent(scope.nodes)
        outputs = on_outputs(asked, lambda name: f"{scope.path}{name}", silent, names)
        tolerant = isinstance(job.action, Steps) and job.action.tolerance
        runs = job.action is not None and not job.blocked and not tolerant
        both = _both(condition, outputs)
        return Member(job.name, parents, asked.macro, both, runs, inner)

    def _job(self, node: Node, scope: Scope, box: str | None) -> Job:
        name = f"{scope.path}{node.name}"
        if node.inner is not None:
            notes = tuple(self.commands.notes(node, name))
            return Job(name, node.span, Kind.BOX, box=box, notes=notes)
        if node.type == FLOW_TYPE:
            blocked = Blocked(UndefinedFlow, "its flow cannot be loaded")
            return Job(name, node.span, Kind.OTHER, box=box, blocked=blocked)
        payload = self.commands.payload(node, scope)
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

    # ---------------------------------------------------------------- conditions

    def _asked(self, node: Node, flow: Flow, name: str) -> tuple[Asked, Blocked | None]:
        """What the node's condition asks, and why it cannot be told."""
        value = node.condition
        if value is None:
            return Asked(), None
        try:
            asked = read_condition(value.text)
            on_outputs(asked, str)
        except ConditionError as error:
            refused = is_refused(value.text)
            self.refused |= refused
            place = _within(value, error.offset)
            kind = ConditionRefused if refused else ScriptedCondition
            found = kind(name=name, reason=error.reason)
            self._diagnostics.add(found, place, job=name, text=value.text)
            return Asked(), Blocked(kind, error.reason)
        for job, offset in asked.jobs:
            place, reason = _within(value, offset), _wrong_job(flow, node, job)
            if reason:
                self.refused = True
                refusal = ConditionRefused(name=name, reason=reason)
                self._diagnostics.add(refusal, place, job=name, text=value.text)
                return Asked(asked.macro), None
            if flow.nodes[job].inner is not None:
                output = OutputOfFlow(name=name, upstream=job)
                self._diagnostics.add(output, place, job=name, text=value.text)
                return Asked(), Blocked(OutputOfFlow, f"it looks at what the flow {job} hands over")
            if job not in _above(flow, node):
                beside = OutputOfParallelJob(name=name, upstream=job)
                self._diagnostics.add(beside, place, job=name, text=value.text)
        if never_holds(on_outputs(asked, str, _silent(flow.nodes))):
            reason = "it looks at what a noop hands over, which is nothing"
            never = ConditionNeverHolds(name=name, reason=reason)
            self._diagnostics.add(never, value.span, job=name, text=value.text)
            return Asked(), Blocked(ConditionNeverHolds, reason)
        if asked.macro.startswith("one_") and not node.dependencies:
            reason = "it depends on nothing"
            never = ConditionNeverHolds(name=name, reason=reason)
            self._diagnostics.add(never, value.span, job=name, text=value.text)
            return Asked(), Blocked(ConditionNeverHolds, f"{asked.macro}: {reason}")
        return asked, None

    # ---------------------------------------------------------------- failures

    def _failure_action(self) -> FailureAction:
        value = self._flow.own.get("failure.action")
        known = {action.value: action for action in FailureAction}
        action = known.get(value.text) if value else None
        if value is not None and action is FailureAction.CANCEL_ALL:
            self._diagnostics.add(JobsNotKilled(flow=self._flow.name), value.span, text=value.text)
        # Azkaban: ExecutionOptions.mapToFailureAction takes this one for whatever it does not know.
        return action or FailureAction.FINISH_RUNNING

    def _note_failure_action(self, action: FailureAction) -> None:
        """Without conditions only jobs beside the failed one are concerned."""
        branches = any(
            len(level.ends) > 1 or any(len(member.parents) > 1 for member in level.members.values())
            for _, level in self._levels.values()
        )
        if branches and action is FailureAction.FINISH_RUNNING:
            self._diagnostics.add(
                FailureActionNotProven(flow=self._flow.name), self._flow.span, text=self.title
            )

    def _guard(self) -> None:
        self._note_failure_action(FailureAction.FINISH_RUNNING)
        for flow, level in self._levels.values():
            self._report_handlers(flow, level)
            level.guard()

    def _report_handlers(self, flow: Flow, level: Level) -> None:
        """Jobs that are there for the failure of a parent, and never see it."""
        for node, member in zip(flow.nodes.values(), level.members.values(), strict=True):
            if member.macro == ALL_SUCCESS or node.condition is None:
                continue
            for parent in member.parents:
                rivals = [
                    child
                    for child in level.children[parent]
                    if level.members[child].macro == ALL_SUCCESS
                ]
                if rivals and level.members[parent].can_fail:
                    text = node.condition.text
                    self._diagnostics.add(
                        HandlerNeverRuns(name=member.name, parent=parent, rival=rivals[0]),
                        node.condition.span,
                        job=member.name,
                        text=text,
                    )

    def _make_rules(self, whole: BoxRule, goes_on: bool) -> None:
        """Rules for the boxes whose failure something looks at, or that have conditions inside."""
        looked_at = set(_looked_at(whole.failure))
        for job in self.jobs.values():
            looked_at.update(_looked_at(job.condition))
        # Boxes stand before those inside them, whose failure their rules look at.
        for box, (_, level) in self._levels.items():
            if box is not None and (box in looked_at or not level.is_plain):
                rule = level.rule(self.jobs[box].span, goes_on=goes_on)
                looked_at.update(_looked_at(rule.failure))
                self.jobs[box] = replace(self.jobs[box], box_rule=rule)

    def _put_into_a_box(self, rule: BoxRule | None) -> None:
        """The flow as a box around all: for its rule, and for what it says itself."""
        while self.title in self.jobs:
            self.title = f"{self.title} (flow)"
        config = self._flow.config.items()
        notes = tuple((key, value.text) for key, value in config if key not in EMAILS)
        whole = Job(self.title, self._flow.span, Kind.BOX, box_rule=rule, notes=notes)
        self.commands.noted += len(notes)
        self.commands.translated += len(config) - len(notes)
        inside = {
            name: replace(job, box=self.title) if job.box is None else job
            for name, job in self.jobs.items()
        }
        self.jobs = {self.title: whole, **inside}


def _looked_at(condition: Condition | None) -> Iterator[str]:
    """The jobs of which the condition asks more than their success."""
    for atom in atoms(condition):
        if isinstance(atom, Status) and atom.test is not StatusTest.SUCCESS:
            yield atom.job


def _both(first: Condition, second: Condition) -> Condition:
    """Both conditions; one alone where the other asks nothing."""
    terms = tuple(term for term in (first, second) if term != All(()))
    return terms[0] if len(terms) == 1 else All(terms)


def _shown(node: Node) -> str:
    """What the node waits for, as the source says it."""
    names = [reference.name for reference in node.dependencies]
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    parts = [f"after {', '.join(names[:8])}{more}"] if names else []
    parts += [node.condition.text] if node.condition else []
    return ": ".join(parts)


def _place(node: Node) -> Span:
    """Where it says so."""
    return node.condition.span if node.condition else node.dependencies[0].span


def _within(value: Value, offset: int) -> Span:
    """A place inside a value that stands on one line."""
    return value.span._replace(column=value.span.column + offset)


def _above(flow: Flow, node: Node) -> set[str]:
    """The names of all that the node waits for."""

    def parents(name: str) -> list[str]:
        return [reference.name for reference in flow.nodes[name].dependencies]

    return all_above(node.name, parents)


def _silent(nodes: Mapping[str, Node]) -> set[str]:
    """The jobs that run nothing, and so hand nothing over."""
    return {name for name, node in nodes.items() if node.type == NOOP_TYPE}


def _wrong_job(flow: Flow, node: Node, job: str) -> str:
    """Why the condition of a node must not name a job; empty where it may."""
    if job not in flow.nodes:
        return f"{job} is no node beside it"
    if job == node.name or node.name in _above(flow, flow.nodes[job]):
        return f"{job} does not come before it"
    return ""
