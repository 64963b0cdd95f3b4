"""INDIA_network, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="india_network")


@env.task(short_name="INDIA")
def india() -> int:
    """INDIA · schedules.jil:101"""
    return run("true")


@env.task(short_name="BEHIND_INDIA")
def behind_india() -> int:
    """BEHIND_INDIA · schedules.jil:108 · condition: s(INDIA)"""
    # TODO[A509] date_conditions without start_times: read as no schedule
    # TODO[A878] run_window 08:00-09:00 of BEHIND_INDIA is ignored: a condition or a box starts the job, at a time that only the run decides
    return run("true")


@env.task(
    short_name="INDIA_network",
    triggers=flyte.Trigger(
        name="INDIA_network.schedule",
        automation=flyte.Cron("0 8 * * 1", timezone="Asia/Kolkata"),
    ),
)
async def india_network() -> list[str]:
    """INDIA_network · schedules.jil"""
    if await runs_already("india_network.india_network"):
        return []

    flow = Flow("INDIA_network", network=True)
    india_job = flow.start("INDIA", india.aio())
    flow.start("BEHIND_INDIA", behind_india.aio(), india_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(india_network).outputs()[0], sep="\n")
