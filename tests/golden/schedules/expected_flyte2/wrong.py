"""WRONG, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="wrong")


@env.task(short_name="WRONG")
def wrong_task() -> int:
    """WRONG · schedules.jil:87"""
    # TODO[A115] days_of_week cannot be mo,xx: expected days such as mo,tu or all
    # TODO[A115] start_times cannot be "25:00": expected times such as "08:00, 20:30"
    return run("true")


@env.task(short_name="WRONG")
async def wrong() -> list[str]:
    """WRONG · schedules.jil"""
    flow = Flow("WRONG", network=True)
    flow.start("WRONG", wrong_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(wrong).outputs()[0], sep="\n")
