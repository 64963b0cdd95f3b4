"""sync-notes, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def sync_notes_job() -> int:
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


sync_notes = Workflow(name="sync-notes", failure_policy=KEEP_GOING)

sync_notes_job_node = sync_notes.add_entity(sync_notes_job).with_overrides(
    node_name="sync-notes-job", name="sync-notes"
)

sync_notes.add_workflow_output("sync_notes_job", sync_notes_job_node.o0)


sync_notes_schedule = LaunchPlan.get_or_create(
    sync_notes,
    name="sync-notes.schedule",
    schedule=cron(
        "0,5,10,15,20,25,30,35,40,45,50,55 * * * *", timezone="Europe/Berlin"
    ),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running sync_notes() {sync_notes()}")
