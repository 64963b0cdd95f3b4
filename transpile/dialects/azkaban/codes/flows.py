"""Flows: dependencies and conditions."""

from transpile.dialects.azkaban.codes.examples import JOB_A
from transpile.findings.finding import Finding, Level

_REFUSED = "correct it; Azkaban refuses the whole project, here only the flow was left out"


class UndefinedDependency(Finding, code="A804", level=Level.ERROR):
    """Undefined dependency.

    A dependency is the name of a job file without folder and suffix. Pass the folder of the whole
    project, so that all its jobs are read.
    """

    message = "{name} depends on {upstream}, which is not defined in this project"
    help = _REFUSED
    example = "type=command\ncommand=true\ndependencies=nowhere\n"
    name: str
    upstream: str


class AmbiguousDependency(Finding, code="A805", level=Level.ERROR):
    """Ambiguous dependency.

    Several job files have this name, so Azkaban loads none of them.
    """

    message = "{name} depends on {upstream}, which is defined several times"
    help = _REFUSED
    name: str
    upstream: str


class UndefinedFlow(Finding, code="A806", level=Level.ERROR, of_action=True):
    """Undefined flow.

    A flow has the name of the job that no other job depends on.
    """

    message = "{name} runs the flow {flow}, which is not defined in this project"
    help = "set flow.name to the last job of the flow; this flow was left out"
    example = "type=flow\nflow.name=nowhere\nretries=0\n"
    name: str
    flow: str


class RecursiveFlow(Finding, code="A807", level=Level.ERROR):
    """Flow inside itself.

    A flow cannot run inside itself.
    """

    message = "{name} runs the flow {flow}, which contains it: {cycle}"
    help = _REFUSED
    example = "type=flow\nflow.name=0\nretries=0\n"
    name: str
    flow: str
    cycle: str


class ConditionRefused(Finding, code="A822", level=Level.ERROR):
    """Condition that Azkaban refuses.

    A condition compares output values of upstream jobs in the same flow with numbers and texts,
    and has at most one of all_success, all_done, all_failed, one_success and one_failed.
    """

    message = "Azkaban refuses the condition of {name}: {reason}"
    help = _REFUSED
    example = (
        JOB_A + "  - {name: B, type: noop, dependsOn: [A], condition: one_failed && all_done}\n"
    )
    name: str
    reason: str


class ScriptedCondition(Finding, code="A823", level=Level.ERROR):
    """Condition without a translation.

    Azkaban evaluates conditions with a JavaScript engine. Conditions that its loader accepts but
    that depend on the rules of JavaScript are not translated.
    """

    message = "the condition of {name} has no translation: {reason}"
    help = (
        "compare with a number or a text, and use ! only before parentheses; its node fails "
        "until then"
    )
    example = JOB_A + "  - {name: B, type: noop, dependsOn: [A], condition: '!${A:x}'}\n"
    name: str
    reason: str


class ConditionNeverHolds(Finding, code="A824", level=Level.ERROR):
    """Condition that never holds.

    Azkaban cancels the job in every run.
    """

    message = "the condition of {name} never holds: {reason}"
    help = "correct it, or delete it; its node fails until then"
    example = "nodes:\n  - name: A\n    type: noop\n    condition: one_failed\n"
    name: str
    reason: str


class HandlerNeverRuns(Finding, code="A825", level=Level.WARNING):
    """Failure handler that never runs.

    If some job needs the success of a failed job, the flow fails; by default Azkaban then only
    lets running jobs end. The workflow does the same downstream of the failed job.
    """

    message = (
        "{name} never runs after a failure of {parent}, because {rival} needs its success: the "
        "flow then starts no more jobs"
    )
    help = "if it is to run, set failure.action: finish_all_possible in the flow's config"
    example = (
        JOB_A + "  - {name: B, type: noop, dependsOn: [A]}\n"
        "  - {name: C, type: noop, dependsOn: [A], condition: one_failed}\n"
    )
    name: str
    parent: str
    rival: str


class OutputOfParallelJob(Finding, code="A831", level=Level.WARNING):
    """Output of a parallel job.

    Azkaban uses the output that exists when the parents have ended, which may be none.
    """

    message = (
        "{name} uses the output of {upstream} without waiting for it; in the workflow it waits"
    )
    help = "let it depend on that job"
    example = JOB_A + "  - {name: B, type: noop, condition: '${A:x} == 1'}\n"
    name: str
    upstream: str


class OutputOfFlow(Finding, code="A834", level=Level.ERROR):
    """Output of a flow.

    A flow passes on the output of its last jobs; tasks can pass values only inside one workflow.
    """

    message = "{name} uses the output of {upstream}, which is a flow"
    help = (
        "use the output of the flow's last job, or pass it through a file; its node fails until"
        " then"
    )
    example = (
        "nodes:\n  - name: A\n    type: flow\n    nodes: [{name: a, type: noop}]\n"
        "  - {name: B, type: noop, dependsOn: [A], condition: '${A:x} == 1'}\n"
    )
    name: str
    upstream: str
