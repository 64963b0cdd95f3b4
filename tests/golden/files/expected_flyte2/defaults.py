"""DEFAULTS, converted by transpile from files.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, wait_for_file

env = flyte.TaskEnvironment(name="defaults")


@env.task(short_name="DEFAULTS")
def defaults_task() -> int:
    """DEFAULTS · files.jil:9

    machine: agent1
    """
    return wait_for_file(
        "/data/in/$HOME/x y.csv", interval=60, steady=60, time_limit=timedelta(hours=1)
    )


@env.task(short_name="DEFAULTS")
async def defaults() -> list[str]:
    """DEFAULTS · files.jil"""
    flow = Flow("DEFAULTS", network=True)
    flow.start("DEFAULTS", defaults_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(defaults).outputs()[0], sep="\n")
