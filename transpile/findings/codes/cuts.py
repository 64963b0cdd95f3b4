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
