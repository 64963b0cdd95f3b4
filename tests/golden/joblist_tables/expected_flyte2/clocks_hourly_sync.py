"""clocks_hourly_sync, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="clocks_hourly_sync")


@env.task(short_name="hourly sync")
def hourly_sync() -> int:
    """hourly sync · clocks.tsv:2"""
    return run("echo sync")


@env.task(
    short_name="clocks_hourly_sync",
    triggers=flyte.Trigger(
        name="clocks_hourly_sync.schedule",
        automation=flyte.Cron("5 * * * *", timezone="UTC"),
    ),
)
async def clocks_hourly_sync() -> list[str]:
    """clocks_hourly_sync · clocks.tsv"""
    flow = Flow("clocks_hourly_sync", network=True)
    flow.start("hourly sync", hourly_sync.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(clocks_hourly_sync).outputs()[0], sep="\n")
