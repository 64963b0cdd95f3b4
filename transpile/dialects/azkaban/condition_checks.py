"""Checks the condition of a node: whether Azkaban accepts it and whether it can hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from transpile.dialects.azkaban.codes.flows import (
    ConditionNeverHolds,
    ConditionRefused,
    OutputOfFlow,
    OutputOfParallelJob,
    ScriptedCondition,
)
from transpile.dialects.azkaban.conditions import (
    Asked,
    ConditionError,
    is_refused,
    never_holds,
    on_outputs,
    read_condition,
)
from transpile.dialects.azkaban.model import NOOP_TYPE, Flow, Node, upstream_of
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked


@dataclass(slots=True)
class Checked:
    """What a node's condition asks, why it has no translation, and if Azkaban refuses the flow."""

    asked: Asked
    problem: Blocked | None = None
    refused: bool = False


def check_condition(node: Node, flow: Flow, name: str, diagnostics: Diagnostics) -> Checked:
    """The condition of a node of the flow; `name` is its job. Problems are reported."""
    if node.condition is None:
        return Checked(Asked())
    text, span = node.condition

    def report(finding: Finding, offset: int = 0) -> None:
        place = span._replace(column=span.column + offset)
        diagnostics.add(finding, place, job=name, text=text)

    try:
        asked = read_condition(text)
        on_outputs(asked, str)
    except ConditionError as error:
        refused = is_refused(text)
        kind = ConditionRefused if refused else ScriptedCondition
        report(kind(name=name, reason=error.reason), error.offset)
        return Checked(Asked(), Blocked(kind, error.reason), refused)
    for job, offset in asked.jobs:
        if reason := _wrong_job(flow, node, job):
            report(ConditionRefused(name=name, reason=reason), offset)
            return Checked(Asked(asked.macro), refused=True)
        if flow.nodes[job].inner is not None:
            report(OutputOfFlow(name=name, upstream=job), offset)
            return Checked(Asked(), Blocked(OutputOfFlow, f"it uses the output of the flow {job}"))
        if job not in upstream_of(node.name, flow.nodes):
            report(OutputOfParallelJob(name=name, upstream=job), offset)
    if reason := _why_it_never_holds(asked, node, flow):
        report(ConditionNeverHolds(name=name, reason=reason))
        return Checked(Asked(), Blocked(ConditionNeverHolds, reason))
    return Checked(asked)


def _why_it_never_holds(asked: Asked, node: Node, flow: Flow) -> str:
    if never_holds(on_outputs(asked, str, silent_jobs(flow.nodes))):
        return "it compares the output of a noop, which has none"
    if asked.macro.startswith("one_") and not node.dependencies:
        return "the job has no dependencies"
    return ""


def silent_jobs(nodes: Mapping[str, Node]) -> set[str]:
    """The jobs that run nothing and so have no outputs."""
    return {name for name, node in nodes.items() if node.type == NOOP_TYPE}


def _wrong_job(flow: Flow, node: Node, job: str) -> str:
    """Why Azkaban refuses a job in the condition of a node; empty if it accepts it."""
    if job not in flow.nodes:
        return f"{job} is not a node of this flow"
    if job == node.name or node.name in upstream_of(job, flow.nodes):
        return f"{job} does not come before it"
    return ""
