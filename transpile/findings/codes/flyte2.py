"""A66x: what Flyte 2 cannot keep."""

from transpile.findings.finding import Finding, Level


class LostKind(Finding, code="A662", level=Level.ERROR):
    """Kind of task that programs for Flyte 2 do not have.

    Shell tasks, containers and tasks of a team's template are objects of flytekit. The job is
    emitted as a Python function.
    """

    message = "{name} is no {kind} task on Flyte 2"
    help = "choose python for it in transpile.toml"
    name: str
    kind: str


class LostOutput(Finding, code="A663", level=Level.ERROR):
    """Output or input of a workflow that its driver does not have.

    A driver returns how its jobs ended, and takes inputs whose types are known.
    """

    message = "the driver of {name} has no {side} {what}"
    help = "remove it from [[workflow]] in transpile.toml, or annotate the task that uses it"
    name: str
    side: str
    what: str


class LostMail(Finding, code="A664", level=Level.WARNING):
    """Mail about runs that a person or another workflow starts.

    Flyte 2 sends mail about the runs of a trigger. The message is printed in the log of every run.
    """

    message = "{name}: no mail about runs that are not started by the clock"
    help = "start the task with `flyte.with_runcontext(notifications=...)`, or watch the log"
    name: str


class ManyActions(Finding, code="A665", level=Level.ERROR):
    """Workflow with more jobs than a run of Flyte 2 holds.

    The documents of Flyte 2 give 50,000 actions as the limit of a run. Each job is one, and so is
    each row about a box or a skipped job.
    """

    message = "{name} has {jobs:,} jobs and boxes, more than a run of Flyte 2 holds"
    help = "divide the workflow with [[cut]] in transpile.toml"
    name: str
    jobs: int


class MissingInput(Finding, code="A666", level=Level.ERROR):
    """Input without a default, of a workflow that the clock or another workflow starts.

    Nobody gives such a run a value, and Flyte starts no run without one.
    """

    message = "{name}: nobody gives the input {parameter} a value"
    help = "set a default for it in the inputs of [[workflow]] in transpile.toml"
    name: str
    parameter: str


class LostAnswer(Finding, code="A667", level=Level.ERROR):
    """Job that other workflows ask about, and whose status they cannot read.

    They find a job by the name of its task. An approval has no task, and two jobs that are mapped
    to one task are the same to them.
    """

    message = "other workflows cannot read how {name} ends: {reason}"
    help = "put the jobs into one workflow, or map each one to a task of its own"
    name: str
    reason: str


class LostSetting(Finding, code="A661", level=Level.ERROR):
    """Setting that Flyte 2 has no place for.

    A TaskEnvironment has no labels, and so no queue of Kueue, which is one.
    """

    message = "{name}: Flyte 2 has no {setting} of a task"
    help = "remove it from [[map]], and set it in a pod template of the platform"
    name: str
    setting: str
