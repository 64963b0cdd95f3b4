"""WEEKLY, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, cron, gate, look, run
from expected.weekly_cuts import WEEKLY


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def weekly_job_look() -> str:
    """CLEARING.REPORTS.WEEKLY · does what it waits for hold already?"""
    return look(WEEKLY)


@workflow(failure_policy=KEEP_GOING)
def weekly_job_wait() -> bool:
    """CLEARING.REPORTS.WEEKLY · waits for: BRANCHES.CLOSE succeeded in the run begun 12:59 before to 10:59 after this one, at most 10:00 after this start and (CLEARING.SCRIPT succeeded in the run begun 11:59 before to 11:59 after this one, at most 10:00 after this start or CLEARING.INLINE succeeded in the run begun 11:59 before to 11:59 after this one, at most 10:00 after this start)"""
    return gate(WEEKLY)


@task
def weekly_job() -> int:
    """CLEARING.REPORTS.WEEKLY · bank.xml:45"""
    # TODO[A067] CLEARING.REPORTS.WEEKLY has other days than CLEARING.REPORTS: it starts by itself, outside of the folder
    return run("report weekly")


weekly = Workflow(name="WEEKLY", failure_policy=KEEP_GOING)

weekly_job_look_node = weekly.add_entity(weekly_job_look).with_overrides(
    node_name="weekly-job-look", name="CLEARING.REPORTS.WEEKLY (look)"
)
weekly_job_wait_node = weekly.add_subwf(weekly_job_wait).with_overrides(
    node_name="weekly-job-wait", name="CLEARING.REPORTS.WEEKLY (wait)"
)
weekly_job_node = weekly.add_entity(weekly_job).with_overrides(
    node_name="weekly-job", name="CLEARING.REPORTS.WEEKLY"
)
weekly_job_wait_node >> weekly_job_node

weekly.add_workflow_output("weekly_job", weekly_job_node.o0)


weekly_schedule = LaunchPlan.get_or_create(
    weekly,
    name="WEEKLY.schedule",
    schedule=cron("0 20 * * 5", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running weekly() {weekly()}")
