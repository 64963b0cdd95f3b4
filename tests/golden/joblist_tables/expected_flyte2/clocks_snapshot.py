"""clocks_snapshot, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="clocks_snapshot")


@env.task(short_name="snapshot")
def snapshot() -> int:
    """snapshot · clocks.tsv:3"""
    return run("echo snapshot")


@env.task(short_name="ship snapshot")
def ship_snapshot() -> int:
    """ship snapshot · clocks.tsv:4 · condition: after snapshot"""
    return run("echo ship")


@env.task(short_name="prune")
def prune() -> int:
    """prune · clocks.tsv:5 · condition: after ship snapshot"""
    return run("echo prune")


@env.task(
    short_name="clocks_snapshot",
    triggers=flyte.Trigger(
        name="clocks_snapshot.schedule",
        automation=flyte.Cron("30 1 * * 0", timezone="Europe/Paris"),
    ),
)
async def clocks_snapshot() -> list[str]:
    """clocks_snapshot · clocks.tsv"""
    flow = Flow("clocks_snapshot", network=True)
    snapshot_job = flow.start("snapshot", snapshot.aio())
    ship_snapshot_job = flow.start(
        "ship snapshot", ship_snapshot.aio(), snapshot_job.succeeded
    )
    flow.start("prune", prune.aio(), ship_snapshot_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(clocks_snapshot).outputs()[0], sep="\n")
