"""CODES_FAIL, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="codes_fail")


@env.task(short_name="CODES_FAIL")
def codes_fail_task() -> int:
    """CODES_FAIL · commands.jil:37"""
    return run("exit 3", fail_codes=(1, *range(5, 8)))


@env.task(short_name="CODES_FAIL")
async def codes_fail() -> list[str]:
    """CODES_FAIL · commands.jil"""
    flow = Flow("CODES_FAIL", network=True)
    flow.start("CODES_FAIL", codes_fail_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(codes_fail).outputs()[0], sep="\n")
