"""tool, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="tool")


@env.task(short_name="tool")
def tool_task() -> int:
    """tool · times.units:157"""
    return run("/usr/bin/tool")


@env.task(short_name="tool")
async def tool() -> list[str]:
    """tool · times.units"""
    flow = Flow("tool", network=True)
    flow.start("tool", tool_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(tool).outputs()[0], sep="\n")
