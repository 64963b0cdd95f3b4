"""boot, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="boot")


@env.task(short_name="boot")
def boot_task() -> int:
    """boot · times.units:11"""
    # TODO[A093] boot.timer starts boot.service 5min after boot: no launch plan was made
    # TODO[A093] boot.timer starts boot.service 10min after systemd has started: no launch plan was made
    # TODO[A093] boot.timer starts boot.service 1h after the timer has started: no launch plan was made
    return run("/usr/bin/warm-up")


@env.task(short_name="boot")
async def boot() -> list[str]:
    """boot · times.units"""
    flow = Flow("boot", network=True)
    flow.start("boot", boot_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(boot).outputs()[0], sep="\n")
