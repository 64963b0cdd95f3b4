"""CODES_MAX, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="codes_max")


@env.task(short_name="CODES_MAX")
def codes_max_task() -> int:
    """CODES_MAX · commands.jil:28"""
    return run("exit 3", success_codes=range(5))


@env.task(short_name="CODES_MAX")
async def codes_max() -> list[str]:
    """CODES_MAX · commands.jil"""
    flow = Flow("CODES_MAX", network=True)
    flow.start("CODES_MAX", codes_max_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(codes_max).outputs()[0], sep="\n")
