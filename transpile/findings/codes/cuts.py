"""A54x: conditions that lead from one workflow into another."""

from transpile.findings.codes.examples import AT_EIGHT, CROSSING, DAILY
from transpile.findings.finding import Finding, Level, Starts


class UncutCondition(Finding, code="A541", level=Level.ERROR):
    """Condition on another workflow that cannot be kept.

    The job looks at jobs of another workflow, by their last known status on the platform. A value
    of a global, or a job in no workflow, cannot be looked at from there as part of the same
    alternative. The node of the job fails.
    """

    message = "the condition of {name} on other workflows is not kept: {reason}"
    help = "put the jobs into one workflow with [[workflow]] jobs, or take the alternatives apart"
    example = CROSSING.format(condition="s(A) | v(MODE) = on")
    name: str
    reason: str


class CutInRule(Finding, code="A542", level=Level.ERROR):
    """Rule of a box about a job of another workflow.

    box_success and box_failure are evaluated when the members of the box have ended, by their
    statuses. A job of another workflow has none there: the term counts as false.
    """

    message = "the rule of box {name} looks at {upstream}, which is in another workflow"
    help = "put both into one workflow with [[workflow]] jobs in transpile.toml"
    example = (
        DAILY + AT_EIGHT + "\ninsert_job: B\njob_type: BOX\ndate_conditions: 1\n"
        'days_of_week: all\nstart_times: "09:00"\nbox_success: s(C) & s(A)\n\n'
        "insert_job: C\nbox_name: B\ncommand: true\n"
    )
    name: str
    upstream: str


class StartMissed(Finding, code="A544", level=Level.ERROR, starts=Starts.NOTED):
    """Start by another workflow that is missed.

    A job without start times starts whenever a job that its condition names ends, if the condition
    holds then. This job is in a workflow that starts otherwise: it only waits for the others.
    """

    message = "in the source the end of {upstream} starts {name}; here {name} only waits for it"
    help = "give the job start times, or a condition that succeeds with one job of each workflow"
    example = f"{DAILY}{AT_EIGHT}\ninsert_job: B\ncommand: true\ncondition: n(A)\n"
    name: str
    upstream: str


class StartTimeInBox(Finding, code="A543", level=Level.WARNING, was="A505", starts=Starts.NOTED):
    """Start time of a job in a box.

    The job starts at its first time after the start of the workflow. The documents of the source
    leave open what becomes of a time that passes before the box starts, or after the job has run
    in it: the next run of the box may use it, or not.
    """

    message = (
        "{name} in box {box} starts at its first time after the start of the workflow ({schedule})"
    )
    help = "give the job one time in each run of the box, and the box start times of its own"
    example = (
        DAILY.replace("insert_job: A", "insert_job: A\njob_type: BOX").replace(
            "command: true\n", ""
        )
        + AT_EIGHT
        + "\ninsert_job: B\nbox_name: A\ncommand: true\ndate_conditions: 1\n"
        'days_of_week: all\nstart_times: "09:00, 10:00"\n'
    )
    name: str
    box: str
    schedule: str


class UnitWithoutStart(Finding, code="A545", level=Level.ERROR):
    """Unit that nothing starts.

    A unit without start times whose condition leads into several workflows is a workflow of its
    own, which tasks of the others start. With `starts = false` or `waits = false` in the table
    [platform] of transpile.toml, they do not.
    """

    message = (
        "nothing starts the workflow of {name}: {feeders} would, but [platform] allows no starts"
    )
    help = (
        "start it yourself when its condition holds, or put it into one workflow with the others "
        "by [[workflow]] jobs"
    )
    name: str
    feeders: str


class NoEndpoint(Finding, code="A546", level=Level.WARNING):
    """No address of Flyte Admin.

    Jobs that wait for other workflows, and workflows that start others, ask Flyte Admin from their
    tasks. The platform does not tell tasks its address; without one they fail. A site may also set
    FLYTE_PLATFORM_URL for all its tasks.
    """

    message = "workflows wait for others, and the address of Flyte Admin is not set"
    help = 'set it in transpile.toml, such as endpoint = "flyteadmin:81" in the table [platform]'


class CycleOverWorkflows(Finding, code="A547", level=Level.ERROR):
    """Cycle over workflows.

    Jobs that start at different times wait for one another. The source remembers the last status of
    each job: none of them starts at first, but once an operator forces one, the others see its
    status, and from then on each start uses the last status of the job before it on the cycle.
    """

    message = (
        "these jobs of several workflows wait for one another: {cycle}; in the source none starts "
        "until an operator forces one, then each start uses the last status of the other"
    )
    help = "break the cycle; its jobs and their downstream jobs were left out"
    example = CROSSING.format(condition="s(A)").replace(AT_EIGHT, f"{AT_EIGHT}condition: s(B)\n")
    cycle: str


class NoWait(Finding, code="A548", level=Level.ERROR):
    """Condition on another workflow, and no waits.

    A job waits for another workflow by a gate that tasks answer through Flyte Admin. With `waits =
    false` in the table [platform] of transpile.toml, tasks do not reach it. The node of the job
    fails.
    """

    message = "{name} cannot wait for {others} in another workflow: [platform] waits is false"
    help = "let tasks reach Flyte Admin, or put the jobs into one workflow with [[workflow]] jobs"
    name: str
    others: str
