"""poll, converted by transpile from poll.service."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="poll")


@env.task(short_name="poll")
def poll_task() -> int:
    """poll · poll.service:1

    FixedRandomDelay: yes
    """
    # TODO[A094] poll.timer starts poll.service up to 30s later than the launch plan
    # TODO[A094] poll.timer starts poll.service right after a run that goes on at its time; the launch plan skips that start
    return run("/usr/bin/poll", stdout="> /dev/null", stderr="> &1")


@env.task(
    short_name="poll",
    triggers=flyte.Trigger(
        name="poll.schedule",
        automation=flyte.Cron("0,15,30,45 * * * *", timezone="Europe/Berlin"),
    ),
)
async def poll() -> list[str]:
    """poll · poll.service"""
    if await runs_already("poll.poll"):
        return []

    flow = Flow("poll", network=True)
    flow.start("poll", poll_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(poll).outputs()[0], sep="\n")
