"""sed, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-sed")


@env.task(short_name="sed")
def sed_task() -> int:
    """sed · spool/ada:10

    schedule: 0 6 * * *
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\nsed -i 's/\\\\/\\/' notes.txt",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


@env.task(
    short_name="sed",
    triggers=flyte.Trigger(
        name="sed.schedule",
        automation=flyte.Cron("0 6 * * *", timezone="Europe/Berlin"),
    ),
)
async def sed() -> list[str]:
    """sed · spool/ada"""
    flow = Flow("sed", network=True)
    flow.start("sed", sed_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(sed).outputs()[0], sep="\n")
