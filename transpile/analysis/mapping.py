"""Applies the team's [[map]] rules to jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from transpile.findings.codes.mapping import NotMapped
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Action,
    Blocked,
    Command,
    EntityCall,
    ExitRule,
    InitialStatus,
    Job,
    JobGraph,
    MapRule,
    Network,
    Rules,
    SettledJob,
    Steps,
    Table,
    traits_of,
)


@dataclass(slots=True)
class Mapped:
    """Jobs as the team wants them, and the rules that some job follows.

    `calls` has the entities that stand for jobs, `actions` what these do without them.
    """

    jobs: dict[str, Job]
    rules: set[MapRule] = field(default_factory=set)
    calls: dict[str, EntityCall] = field(default_factory=dict)
    actions: dict[str, Action | None] = field(default_factory=dict)

    def settled(
        self, held_up: Mapping[str, Blocked], never_ends: Mapping[str, Blocked]
    ) -> tuple[dict[str, SettledJob], dict[str, SettledJob]]:
        """The jobs with what was found out about them, and those with a call as without it."""
        jobs, unmapped = {}, {}
        for name, job in self.jobs.items():
            why, call = held_up.get(name), self.calls.get(name)
            jobs[name] = SettledJob.of(job, None if call else why, never_ends.get(name), call)
            if call is not None:
                own = replace(job, action=self.actions[name])
                unmapped[name] = SettledJob.of(own, why, never_ends.get(name), None)
        return jobs, unmapped


def map_jobs(
    graph: JobGraph,
    order: Sequence[str],
    network: Network,
    rules: Rules,
    diagnostics: Diagnostics,
) -> Mapped:
    """After this pass each job has what the first rule that matches it says.

    Jobs for which no rule names a pod template have that of the platform.
    """
    mapped = Mapped(dict(graph.jobs))
    for name in order if rules.maps else ():
        job = graph.jobs[name]
        traits = traits_of(job, network.engine.name)
        rule = next((rule for rule in rules.maps if rule.mismatch(traits) is None), None)
        if rule is not None:
            mapped.rules.add(rule)
            job = replace(job, task_kind=rule.kind)
            if rule.call is not None:
                said = network.jobs.get(name, job)
                target = rule.call.entity.target or rules.form.target
                reason = _objection(graph, job, said)
                if target != rules.form.target:
                    reason = f"it is made for the target {target}"
                job = _called(job, rule.call, reason, mapped, diagnostics)
            if not graph.has_members(name):
                killed = network.engine.retries_killed and name not in mapped.calls
                job = _with_settings(job, rule, retries_killed=killed)
            mapped.jobs[name] = job
    if template := rules.form.platform.pod_template:
        for name, job in mapped.jobs.items():
            own = name in mapped.calls or "pod_template" in dict(job.settings)
            if not own and not graph.has_members(name):
                settings = (*job.settings, ("pod_template", template))
                mapped.jobs[name] = replace(job, settings=settings)
    return mapped


def _called(
    job: Job, call: EntityCall, objection: str, mapped: Mapped, diagnostics: Diagnostics
) -> Job:
    """The job if an entity stands for it; as it was, and reported, where none can."""
    if objection:
        entity = str(call.entity)
        diagnostics.add(
            NotMapped(name=job.name, entity=entity, reason=objection),
            call.span,
            job=job.name,
            text=entity,
        )
        return job
    mapped.calls[job.name] = call
    mapped.actions[job.name] = job.action
    # The entity may fail, also where the job does nothing, and knows no exit codes.
    action = job.action or Command(("",))
    if isinstance(action, Command):
        action = replace(action, success=ExitRule())
    return replace(job, action=action)


def _with_settings(job: Job, rule: MapRule, *, retries_killed: bool) -> Job:
    settings = dict(rule.settings)
    image, retries = settings.pop("image", None), settings.pop("retries", None)
    resources = settings.pop("resources", None)
    if isinstance(image, str):
        job = replace(job, image=image)
    if isinstance(retries, int):
        job = replace(job, retries=retries)
        if retries_killed and isinstance(job.action, Command):
            job = replace(job, action=Steps((job.action,)))
    if isinstance(resources, Table):
        pairs = tuple((key, str(value)) for key, value in resources.items)
        job = replace(job, resources=pairs)
    return replace(job, settings=tuple(settings.items()))


def _objection(graph: JobGraph, job: Job, said: Job) -> str:
    if graph.has_members(job.name):
        return "it is a box"
    if job.status is not InitialStatus.ACTIVE:
        return f"it is {job.status.value}"
    if isinstance(job.action, Steps) and (job.action.before or job.action.after):
        return "it has scripts before or after it"
    if said.condition_text and said.condition is None:
        return "its condition cannot be read"
    return "it runs last, whatever happened" if job.runs_last else ""
