"""backup-full, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-backup_full")


@env.task(short_name="backup-full")
def backup_full_task() -> int:
    """backup-full · spool/bob.cron:2

    schedule: 0 5 * * *
    """
    return run("/home/bob/backup.sh --full")


@env.task(
    short_name="backup-full",
    triggers=flyte.Trigger(
        name="backup-full.schedule",
        automation=flyte.Cron("0 5 * * *", timezone="Europe/Berlin"),
    ),
)
async def backup_full() -> list[str]:
    """backup-full · spool/bob.cron"""
    flow = Flow("backup-full", network=True)
    flow.start("backup-full", backup_full_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(backup_full).outputs()[0], sep="\n")
