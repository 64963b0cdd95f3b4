"""late, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="late")


@env.task(short_name="late")
def late_task() -> int:
    """late · anacrontab:13

    period: @daily
    delay: 1200
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    # TODO[A087] late: START_HOURS_RANGE leaves out 00:05, when anacron would start it
    return run("/usr/local/sbin/late.sh", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"})


@env.task(short_name="late")
async def late() -> list[str]:
    """late · anacrontab"""
    flow = Flow("late", network=True)
    flow.start("late", late_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(late).outputs()[0], sep="\n")
