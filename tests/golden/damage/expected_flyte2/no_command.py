"""NO_COMMAND, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="no_command")


@env.task(short_name="NO_COMMAND")
def no_command_task() -> int:
    """NO_COMMAND · broken.jil:17"""
    # TODO[A202] a job of type command needs command: its node fails
    return blocked("A202", "no command")


@env.task(short_name="NO_COMMAND")
async def no_command() -> list[str]:
    """NO_COMMAND · broken.jil"""
    flow = Flow("NO_COMMAND", network=True)
    flow.start("NO_COMMAND", no_command_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(no_command).outputs()[0], sep="\n")
