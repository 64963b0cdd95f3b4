"""clock, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def clock_job() -> int:
    """clock · times.units:52

    Persistent: maybe
    """
    # TODO[A094] clock.timer starts clock.service by the zone CET; on a machine whose own zone calls itself so, systemd takes the offset of that name
    # TODO[A095] clock.timer also starts clock.service 1d after its last start: the launch plan does not
    # TODO[A095] clock.timer also starts clock.service when the clock jumps: the launch plan does not
    # TODO[A095] clock.timer also starts clock.service when its zone changes: the launch plan does not
    # TODO[A094] clock.timer starts clock.service up to 1h later than the launch plan
    return run("/usr/bin/clock")


clock = Workflow(name="clock", failure_policy=KEEP_GOING)

clock_job_node = clock.add_entity(clock_job).with_overrides(
    node_name="clock-job", name="clock"
)

clock.add_workflow_output("clock_job", clock_job_node.o0)


clock_schedule = LaunchPlan.get_or_create(
    clock,
    name="clock.schedule",
    schedule=cron("0 0 * * 1", timezone="Europe/Brussels"),
    concurrency=ONE_AT_A_TIME,
)


clock_schedule_2 = LaunchPlan.get_or_create(
    clock,
    name="clock.schedule_2",
    schedule=cron("0 9-17 * * 1-5", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running clock() {clock()}")
