"""BAD_ZONE, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="bad_zone")


@env.task(short_name="BAD_ZONE")
def bad_zone_task() -> int:
    """BAD_ZONE · schedules.jil:21

    days_of_week: all
    start_times: "1:00"
    """
    # TODO[A506] time zone Middle/Earth is unknown: no launch plan was made
    return run("true")


@env.task(short_name="BAD_ZONE")
async def bad_zone() -> list[str]:
    """BAD_ZONE · schedules.jil"""
    flow = Flow("BAD_ZONE", network=True)
    flow.start("BAD_ZONE", bad_zone_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(bad_zone).outputs()[0], sep="\n")
