"""clocks_hourly_sync, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def hourly_sync() -> int:
    """hourly sync · clocks.tsv:2"""
    return run("echo sync")


clocks_hourly_sync = Workflow(name="clocks_hourly_sync", failure_policy=KEEP_GOING)

hourly_sync_node = clocks_hourly_sync.add_entity(hourly_sync).with_overrides(
    node_name="hourly-sync", name="hourly sync"
)

clocks_hourly_sync.add_workflow_output("hourly_sync", hourly_sync_node.o0)


clocks_hourly_sync_schedule = LaunchPlan.get_or_create(
    clocks_hourly_sync,
    name="clocks_hourly_sync.schedule",
    schedule=cron("5 * * * *", timezone="UTC"),
)


if __name__ == "__main__":
    print(f"Running clocks_hourly_sync() {clocks_hourly_sync()}")
