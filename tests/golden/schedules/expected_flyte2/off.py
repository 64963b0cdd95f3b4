"""OFF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="off")


@env.task(short_name="OFF")
def off_task() -> int:
    """OFF · schedules.jil:28

    days_of_week: all
    start_times: "1:00"
    """
    return run("true")


@env.task(short_name="OFF")
async def off() -> list[str]:
    """OFF · schedules.jil"""
    flow = Flow("OFF", network=True)
    flow.start("OFF", off_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(off).outputs()[0], sep="\n")
