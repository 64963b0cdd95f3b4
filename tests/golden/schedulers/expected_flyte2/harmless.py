"""HARMLESS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="harmless")


@env.task(short_name="HARMLESS")
def harmless_task() -> int:
    """HARMLESS · calls.jil:18"""
    return run(
        "echo sendevent -E STARTJOB -J REPORT; grep jil /data/jil/run.sh # autorep -J LOAD"
    )


@env.task(short_name="HARMLESS")
async def harmless() -> list[str]:
    """HARMLESS · calls.jil"""
    flow = Flow("HARMLESS", network=True)
    flow.start("HARMLESS", harmless_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(harmless).outputs()[0], sep="\n")
