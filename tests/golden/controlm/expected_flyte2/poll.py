"""POLL, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="poll")


@env.task(short_name="BRANCHES.POLL")
def poll_task() -> int:
    """BRANCHES.POLL · bank.xml:78

    folder: BRANCHES
    """
    # TODO[A065] a run of BRANCHES.POLL that takes longer than its interval leaves out the next one
    return run("poll")


@env.task(
    short_name="POLL",
    triggers=(
        flyte.Trigger(
            name="POLL.schedule",
            automation=flyte.Cron("0 7-9 * * *", timezone="Europe/Berlin"),
        ),
        flyte.Trigger(
            name="POLL.schedule_2",
            automation=flyte.Cron("20,40 7,8 * * *", timezone="Europe/Berlin"),
        ),
    ),
)
async def poll() -> list[str]:
    """POLL · bank.xml"""
    if await runs_already("poll.poll"):
        return []

    flow = Flow("POLL", network=True)
    flow.start("BRANCHES.POLL", poll_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(poll).outputs()[0], sep="\n")
