"""backup-full, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def backup_full_job() -> int:
    """backup-full · spool/bob.cron:2

    schedule: 0 5 * * *
    """
    return run("/home/bob/backup.sh --full")


backup_full = Workflow(name="backup-full", failure_policy=KEEP_GOING)

backup_full_job_node = backup_full.add_entity(backup_full_job).with_overrides(
    node_name="backup-full-job", name="backup-full"
)

backup_full.add_workflow_output("backup_full_job", backup_full_job_node.o0)


backup_full_schedule = LaunchPlan.get_or_create(
    backup_full,
    name="backup-full.schedule",
    schedule=cron("0 5 * * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running backup_full() {backup_full()}")
