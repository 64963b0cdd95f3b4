"""COMPLETE, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, wait_for_file

env = flyte.TaskEnvironment(name="complete")


@env.task(short_name="COMPLETE")
def complete_task() -> int:
    """COMPLETE · files.jil:23"""
    return wait_for_file("/data/in/big", interval=60, steady=120)


@env.task(short_name="COMPLETE")
async def complete() -> list[str]:
    """COMPLETE · files.jil"""
    flow = Flow("COMPLETE", network=True)
    flow.start("COMPLETE", complete_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(complete).outputs()[0], sep="\n")
