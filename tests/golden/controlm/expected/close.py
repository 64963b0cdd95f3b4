"""CLOSE, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.clearing_network_cuts import CLEARING
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    SMALL,
    cron,
    run,
    tell,
    with_alerts,
)
from expected.weekly_cuts import WEEKLY


@task
@with_alerts(
    failure='ALARM SHOUT job=BRANCHES.CLOSE to=ops message="branches are open"',
    terminated='ALARM SHOUT job=BRANCHES.CLOSE to=ops message="branches are open"',
)
def close_job() -> int:
    """BRANCHES.CLOSE · bank.xml:68

    folder: BRANCHES
    resource: LINES 2
    resource: LEDGER exclusive
    """
    # TODO[A204] resources are ignored: LINES 2
    # TODO[A204] resources are ignored: LEDGER exclusive
    return run("close")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def close_job_tell() -> str:
    """BRANCHES.CLOSE · CLEARING, CLEARING.REPORTS.WEEKLY look at it"""
    return tell(CLEARING, WEEKLY)


close = Workflow(name="CLOSE", failure_policy=KEEP_GOING)

close_job_node = close.add_entity(close_job).with_overrides(
    node_name="close-job", name="BRANCHES.CLOSE"
)
close_job_tell_node = close.add_entity(close_job_tell).with_overrides(
    node_name="close-job-tell", name="BRANCHES.CLOSE (tell)"
)
close_job_node >> close_job_tell_node

close.add_workflow_output("close_job", close_job_node.o0)


close_schedule = LaunchPlan.get_or_create(
    close, name="CLOSE.schedule", schedule=cron("0 19 * * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running close() {close()}")
