"""Kinds of tasks: approvals, and the kinds that rules of the team want for jobs."""

from dataclasses import dataclass, field, replace

from transpile.findings.codes.jobs import AlarmLost
from transpile.findings.codes.mapping import RetriedAfterKill, WrongTaskKind
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Approval, Facts, Job, TaskKind, traits_of
from transpile.targets.flyte.around import ApprovalPlan
from transpile.targets.flyte.custom import print_task
from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.names import HOMES, IMPORTED, Scope
from transpile.targets.flyte.objects import Unfit, as_object
from transpile.targets.flyte.values import Minutes


@dataclass(slots=True)
class Kinds:
    """Changes the kinds of the tasks of one module.

    `imports` has module, name and variable of each import of a template.
    """

    facts: Facts
    diagnostics: Diagnostics
    scope: Scope
    module: str
    imports: list[tuple[str, str, str]] = field(default_factory=list)

    def of(self, job: Job, task: TaskPlan) -> TaskPlan:
        """The task as the kind that its job wants; unchanged and reported if it does not fit."""
        if isinstance(job.action, Approval):
            # flytekit allows approvals only in workflows that are functions.
            workflow = self.scope.claim(f"{task.function}_approval", "_node")
            task = replace(task, approval=ApprovalPlan(workflow, Minutes(job.action.within)))
        kind = job.task_kind
        if kind is None:
            return task
        try:
            made = self._made(kind, job, task)
        except Unfit as error:
            self.diagnostics.add(
                WrongTaskKind(name=job.name, kind=kind.name, reason=str(error)),
                kind.span,
                job=job.name,
                text=kind.name,
            )
            return task
        if made.maker and job.retries:
            self.diagnostics.add(
                RetriedAfterKill(name=job.name), kind.span, job=job.name, text=kind.name
            )
        if made.alerts:
            lines = ", ".join(str(line) for _, line in made.alerts)
            self.diagnostics.add(
                AlarmLost(name=job.name, what=lines, reason=f"a {kind.name} task stands for it"),
                kind.span,
                job=job.name,
                text=kind.name,
            )
        return replace(made, alerts=())

    def _made(self, kind: TaskKind, job: Job, task: TaskPlan) -> TaskPlan:
        if task.approval:
            raise Unfit("it asks for an approval")
        if kind.template is None:
            return as_object(task, kind.name, f"{self.module}.{task.function}")
        printed = print_task(task, kind.template, traits_of(job, self.facts.said.engine.name))
        fresh = [found for found in dict.fromkeys(printed.imports) if found not in self.imports]
        variables = [variable for _, _, variable in fresh]
        for package, name, variable in fresh:
            ours = variable in IMPORTED and (package, name) != (HOMES.get(name), variable)
            if ours or variables.count(variable) > 1 or not self.scope.is_free(variable):
                raise Unfit(f"the name {variable}, which the template imports, is taken")
        self.scope.take(variables)
        self.imports += fresh
        return printed.task
