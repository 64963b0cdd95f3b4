"""tea, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-tea")


@env.task(short_name="tea")
def tea_task() -> int:
    """tea · spool/ada:9

    schedule: 0 7 * * 1-5-7
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\ntea.sh",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


@env.task(
    short_name="tea",
    triggers=flyte.Trigger(
        name="tea.schedule",
        automation=flyte.Cron("0 7 * * 1-5", timezone="Europe/Berlin"),
    ),
)
async def tea() -> list[str]:
    """tea · spool/ada"""
    flow = Flow("tea", network=True)
    flow.start("tea", tea_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(tea).outputs()[0], sep="\n")
