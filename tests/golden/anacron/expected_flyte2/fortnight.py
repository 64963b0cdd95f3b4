"""fortnight, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="fortnight")


@env.task(short_name="fortnight")
def fortnight_task() -> int:
    """fortnight · anacrontab:11

    period: 14
    delay: 10
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    # TODO[A087] fortnight: it runs every 14 days, but the day of its last run is not known
    return run(
        "/usr/local/sbin/fortnight.sh  \t--keep 2",
        env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"},
    )


@env.task(short_name="fortnight")
async def fortnight() -> list[str]:
    """fortnight · anacrontab"""
    flow = Flow("fortnight", network=True)
    flow.start("fortnight", fortnight_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fortnight).outputs()[0], sep="\n")
