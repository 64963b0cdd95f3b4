"""CODES_ONE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="codes_one")


@env.task(short_name="CODES_ONE")
def codes_one_task() -> int:
    """CODES_ONE · commands.jil:42"""
    return run("exit 2", success_codes=(2,))


@env.task(short_name="CODES_ONE")
async def codes_one() -> list[str]:
    """CODES_ONE · commands.jil"""
    flow = Flow("CODES_ONE", network=True)
    flow.start("CODES_ONE", codes_one_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(codes_one).outputs()[0], sep="\n")
