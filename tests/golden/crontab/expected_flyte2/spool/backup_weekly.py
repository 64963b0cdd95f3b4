"""backup-weekly, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-backup_weekly")


@env.task(short_name="backup-weekly")
def backup_weekly_task() -> int:
    """backup-weekly · spool/bob.cron:4

    schedule: @weekly
    """
    return run("/home/bob/backup.sh --weekly")


@env.task(
    short_name="backup-weekly",
    triggers=flyte.Trigger(
        name="backup-weekly.schedule",
        automation=flyte.Cron("0 0 * * 0", timezone="Europe/Berlin"),
    ),
)
async def backup_weekly() -> list[str]:
    """backup-weekly · spool/bob.cron"""
    flow = Flow("backup-weekly", network=True)
    flow.start("backup-weekly", backup_weekly_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(backup_weekly).outputs()[0], sep="\n")
