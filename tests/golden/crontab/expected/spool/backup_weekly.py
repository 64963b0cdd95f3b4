"""backup-weekly, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def backup_weekly_job() -> int:
    """backup-weekly · spool/bob.cron:4

    schedule: @weekly
    """
    return run("/home/bob/backup.sh --weekly")


backup_weekly = Workflow(name="backup-weekly", failure_policy=KEEP_GOING)

backup_weekly_job_node = backup_weekly.add_entity(backup_weekly_job).with_overrides(
    node_name="backup-weekly-job", name="backup-weekly"
)

backup_weekly.add_workflow_output("backup_weekly_job", backup_weekly_job_node.o0)


backup_weekly_schedule = LaunchPlan.get_or_create(
    backup_weekly,
    name="backup-weekly.schedule",
    schedule=cron("0 0 * * 0", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running backup_weekly() {backup_weekly()}")
