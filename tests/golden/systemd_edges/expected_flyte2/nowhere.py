"""nowhere, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, runs_already

env = flyte.TaskEnvironment(name="nowhere")


@env.task(short_name="nowhere")
def nowhere_task() -> int:
    """nowhere · times.units:90"""
    # TODO[A088] systemd does not start nowhere.service: nowhere.service is not in the estate
    return blocked("A088", "nowhere.service is not in the estate")


@env.task(
    short_name="nowhere",
    triggers=flyte.Trigger(
        name="nowhere.schedule", automation=flyte.Cron("0 0 * * *", timezone="UTC")
    ),
)
async def nowhere() -> list[str]:
    """nowhere · times.units"""
    if await runs_already("nowhere.nowhere"):
        return []

    flow = Flow("nowhere", network=True)
    flow.start("nowhere", nowhere_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(nowhere).outputs()[0], sep="\n")
