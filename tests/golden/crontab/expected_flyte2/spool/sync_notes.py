"""sync-notes, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="spool-sync_notes")


@env.task(short_name="sync-notes")
def sync_notes_task() -> int:
    """sync-notes · spool/ada:11

    schedule: */5 * * * *
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\nsync-notes --to backup",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


@env.task(
    short_name="sync-notes",
    triggers=flyte.Trigger(
        name="sync-notes.schedule",
        automation=flyte.Cron(
            "0,5,10,15,20,25,30,35,40,45,50,55 * * * *", timezone="Europe/Berlin"
        ),
    ),
)
async def sync_notes() -> list[str]:
    """sync-notes · spool/ada"""
    if await runs_already("spool-sync_notes.sync_notes"):
        return []

    flow = Flow("sync-notes", network=True)
    flow.start("sync-notes", sync_notes_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(sync_notes).outputs()[0], sep="\n")
