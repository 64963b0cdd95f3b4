"""The rules of a migration, put on the jobs that they are about."""

from dataclasses import replace

from transpile.findings.codes.mapping import NotMapped
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Command,
    ExitRule,
    InitialStatus,
    Job,
    MapRule,
    Network,
    Rules,
    Steps,
    Table,
    facts_of,
)


def map_jobs(network: Network, rules: Rules, diagnostics: Diagnostics) -> Network:
    """The network in which each job has what the first rule that matches it says.

    Rules for workflows are those of the network that holds a job of theirs. Jobs for which no rule
    names a pod template have that of the platform.
    """
    template = rules.form.platform.pod_template
    if not rules.maps and not rules.workflows and not template:
        return network
    jobs, followed = dict(network.jobs), set()
    for name in network.order if rules.maps else ():
        facts = facts_of(network, name)
        rule = next((rule for rule in rules.maps if rule.mismatch(facts) is None), None)
        if rule is not None:
            jobs[name] = _mapped(network, jobs[name], rule, diagnostics)
            followed.add(rule)
    if template:
        jobs = {name: _on_the_platform(network, job, template) for name, job in jobs.items()}
    wanted = tuple(rule for rule in rules.workflows if any(map(rule.matches, network.order)))
    return replace(network, jobs=jobs, map_rules=frozenset(followed), workflow_rules=wanted)


def _mapped(network: Network, job: Job, rule: MapRule, diagnostics: Diagnostics) -> Job:
    settings = dict(rule.settings)
    job = replace(job, task_kind=rule.kind)
    if rule.call is not None:
        reason = _objection(network, job)
        if reason:
            entity = str(rule.call.entity)
            diagnostics.add(
                NotMapped(name=job.name, entity=entity, reason=reason),
                rule.call.span,
                job=job.name,
                text=entity,
            )
        else:
            # What stands in the way of the command does not stand in the way of the entity. That
            # may fail, also where the job does nothing, and knows no exit codes.
            action = job.action or Command(("",))
            if isinstance(action, Command):
                action = replace(action, success=ExitRule())
            job = replace(job, call=rule.call, unmapped=job, blocked=None, action=action)
    if network.members.get(job.name):
        return job
    image, retries = settings.pop("image", None), settings.pop("retries", None)
    resources = settings.pop("resources", None)
    if isinstance(image, str):
        job = replace(job, image=image)
    if isinstance(retries, int):
        job = replace(job, retries=retries)
        if network.retries_killed and isinstance(job.action, Command) and job.call is None:
            job = replace(job, action=Steps((job.action,)))
    if isinstance(resources, Table):
        pairs = tuple((key, str(value)) for key, value in resources.items)
        job = replace(job, resources=pairs)
    return replace(job, settings=tuple(settings.items()))


def _on_the_platform(network: Network, job: Job, template: str) -> Job:
    """The job with the pod template, unless it has one of its own."""
    if network.members.get(job.name) or job.call or "pod_template" in dict(job.settings):
        return job
    return replace(job, settings=(*job.settings, ("pod_template", template)))


def _objection(network: Network, job: Job) -> str:
    if network.members.get(job.name):
        return "it is a box"
    if job.status is not InitialStatus.ACTIVE:
        return f"it is {job.status.value}"
    if isinstance(job.action, Steps) and (job.action.before or job.action.after):
        return "it has scripts before or after it"
    return "it runs last, whatever happened" if job.runs_last else ""
