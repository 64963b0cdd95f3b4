"""night, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="night")


@env.task(short_name="sweep")
def sweep() -> int:
    """sweep · times.units:122"""
    return run("/usr/bin/sweep")


@env.task(short_name="save")
def save() -> int:
    """save · times.units:117"""
    return run("/usr/bin/save")


@env.task(
    short_name="night",
    triggers=flyte.Trigger(
        name="night.schedule", automation=flyte.Cron("0 22 * * *", timezone="UTC")
    ),
)
async def night() -> list[str]:
    """night · times.units"""
    if await runs_already("night.night"):
        return []

    flow = Flow("night", network=True)
    sweep_job = flow.start("sweep", sweep.aio())
    flow.start("save", save.aio(), sweep_job.over)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(night).outputs()[0], sep="\n")
