"""party, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-party")


@env.task(short_name="party")
def party_task() -> int:
    """party · spool/ada:12

    schedule: 45 23 * * 5-1
    MAILTO: nobody
    """
    # TODO[A526] 45 23 * * 5-1 leaves no day to run on: no launch plan was made
    return run(
        "cd /home/ada\nparty",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


@env.task(short_name="party")
async def party() -> list[str]:
    """party · spool/ada"""
    flow = Flow("party", network=True)
    flow.start("party", party_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(party).outputs()[0], sep="\n")
