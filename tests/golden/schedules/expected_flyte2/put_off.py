"""PUT_OFF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="put_off")


@env.task(short_name="PUT_OFF")
def put_off_task() -> int:
    """PUT_OFF · schedules.jil:93"""
    return run("true")


@env.task(
    short_name="PUT_OFF",
    triggers=flyte.Trigger(
        name="PUT_OFF.schedule",
        automation=flyte.Cron("0,30 22,23 * * 5", timezone="America/New_York"),
    ),
)
async def put_off() -> list[str]:
    """PUT_OFF · schedules.jil"""
    if await runs_already("put_off.put_off"):
        return []

    flow = Flow("PUT_OFF", network=True)
    flow.start("PUT_OFF", put_off_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(put_off).outputs()[0], sep="\n")
