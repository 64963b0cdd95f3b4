"""NAMED_AS_A_HELPER, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, local_date, run


@task
def named_as_a_helper_job() -> int:
    """NAMED_AS_A_HELPER · jobs.jil:65"""
    return run("true")


named_as_a_helper = Workflow(name="NAMED_AS_A_HELPER", failure_policy=KEEP_GOING)

named_as_a_helper_job_node = named_as_a_helper.add_entity(
    named_as_a_helper_job
).with_overrides(node_name="named-as-a-helper-job", name="NAMED_AS_A_HELPER")

named_as_a_helper.add_workflow_output(
    "named_as_a_helper_job", named_as_a_helper_job_node.o0
)


# SUCCESS · export.jil:15
SUCCESS_CALENDAR = ("2027-01-29", "2027-02-26")


@task
def named_as_a_helper_runs(kickoff: datetime) -> bool:
    """NAMED_AS_A_HELPER · on days of SUCCESS"""
    day = local_date(kickoff, "UTC")
    return day in SUCCESS_CALENDAR


@task
def named_as_a_helper_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def named_as_a_helper_on_run_days(kickoff: datetime) -> None:
    """named_as_a_helper, if the kick-off is a start of its schedule."""
    run_day = named_as_a_helper_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="NAMED_AS_A_HELPER (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(named_as_a_helper())
        .else_()
        .then(named_as_a_helper_rests())
    )


named_as_a_helper_schedule = LaunchPlan.get_or_create(
    named_as_a_helper_on_run_days,
    name="NAMED_AS_A_HELPER.schedule",
    schedule=cron("0 8 * * *", timezone="UTC", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running named_as_a_helper() {named_as_a_helper()}")
