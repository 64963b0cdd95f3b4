"""A54x: conditions that lead from one workflow into another."""

from transpile.findings.codes.examples import AT_EIGHT, CROSSING, DAILY
from transpile.findings.finding import Finding, Level


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


class StartTimeInBox(Finding, code="A543", level=Level.WARNING, was="A505"):
    """Start time of a job in a box.

    The job starts at its first time after the start of the workflow. The documents of the source
    leave open what becomes of a time that passes while the box does not run: the next run of the
    box may use it, or not.
    """

    message = (
        "{name} in box {box} starts at its first time after the start of the workflow ({schedule})"
    )
    help = "check that no time passes between the runs of the box"
    example = (
        DAILY.replace("insert_job: A", "insert_job: A\njob_type: BOX").replace(
            "command: true\n", ""
        )
        + AT_EIGHT
        + "\ninsert_job: B\nbox_name: A\ncommand: true\ndate_conditions: 1\n"
        'days_of_week: mo\nstart_times: "09:00"\n'
    )
    name: str
    box: str
    schedule: str
