"""CODES_SUCCESS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="codes_success")


@env.task(short_name="CODES_SUCCESS")
def codes_success_task() -> int:
    """CODES_SUCCESS · commands.jil:32"""
    return run("exit 12", success_codes=(0, *range(10, 21)))


@env.task(short_name="CODES_SUCCESS")
async def codes_success() -> list[str]:
    """CODES_SUCCESS · commands.jil"""
    flow = Flow("CODES_SUCCESS", network=True)
    flow.start("CODES_SUCCESS", codes_success_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(codes_success).outputs()[0], sep="\n")
