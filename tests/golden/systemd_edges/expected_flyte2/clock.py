"""clock, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="clock")


@env.task(short_name="clock")
def clock_task() -> int:
    """clock · times.units:52

    Persistent: maybe
    """
    # TODO[A094] clock.timer starts clock.service by the zone CET; on a machine whose own zone calls itself so, systemd takes the offset of that name
    # TODO[A095] clock.timer also starts clock.service 1d after its last start: the launch plan does not
    # TODO[A095] clock.timer also starts clock.service when the clock jumps: the launch plan does not
    # TODO[A095] clock.timer also starts clock.service when its zone changes: the launch plan does not
    # TODO[A094] clock.timer starts clock.service up to 1h later than the launch plan
    return run("/usr/bin/clock")


@env.task(
    short_name="clock",
    triggers=(
        flyte.Trigger(
            name="clock.schedule",
            automation=flyte.Cron("0 0 * * 1", timezone="Europe/Brussels"),
        ),
        flyte.Trigger(
            name="clock.schedule_2",
            automation=flyte.Cron("0 9-17 * * 1-5", timezone="UTC"),
        ),
    ),
)
async def clock() -> list[str]:
    """clock · times.units"""
    if await runs_already("clock.clock"):
        return []

    flow = Flow("clock", network=True)
    flow.start("clock", clock_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(clock).outputs()[0], sep="\n")
