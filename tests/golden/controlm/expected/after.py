"""AFTER, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.after_cuts import AFTER
from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, cron, gate, look, run


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def after_job_look() -> str:
    """BRANCHES.AFTER · does what it waits for hold already?"""
    return look(AFTER)


@workflow(failure_policy=KEEP_GOING)
def after_job_wait() -> bool:
    """BRANCHES.AFTER · waits for: CLEARING succeeded in the run begun 42:59 before to 19:01 before this one, at most 27:00 after this start"""
    return gate(AFTER)


@task
def after_job() -> int:
    """BRANCHES.AFTER · bank.xml:74 · condition: CLEARED

    folder: BRANCHES
    """
    # TODO[A015] DAYS="1,15,L1" of BRANCHES.AFTER depends on an open question: Which day is L1 of DAYS without a calendar, the `last day` of the month or the `day before`? Taken: controlm_end_of_month = "last day"
    return run("after")


after = Workflow(name="AFTER", failure_policy=KEEP_GOING)

after_job_look_node = after.add_entity(after_job_look).with_overrides(
    node_name="after-job-look", name="BRANCHES.AFTER (look)"
)
after_job_wait_node = after.add_subwf(after_job_wait).with_overrides(
    node_name="after-job-wait", name="BRANCHES.AFTER (wait)"
)
after_job_node = after.add_entity(after_job).with_overrides(
    node_name="after-job", name="BRANCHES.AFTER"
)
after_job_wait_node >> after_job_node

after.add_workflow_output("after_job", after_job_node.o0)


after_schedule = LaunchPlan.get_or_create(
    after,
    name="AFTER.schedule",
    schedule=cron("0 3 1,2,16 * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running after() {after()}")
