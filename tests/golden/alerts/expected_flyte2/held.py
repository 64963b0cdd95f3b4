"""HELD, converted by transpile from alerts.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="held")


@env.task(short_name="HELD")
def held_task() -> int:
    """HELD · alerts.jil:53

    status: on hold

    command: ./held.sh
    failure: ALARM JOBFAILURE job=HELD
    """
    # TODO[A206] HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@env.task(short_name="HELD")
async def held() -> list[str]:
    """HELD · alerts.jil"""
    flow = Flow("HELD", network=True)
    flow.start("HELD", held_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(held).outputs()[0], sep="\n")
