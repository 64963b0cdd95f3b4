"""LINE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="line")


@env.task(short_name="LINE")
def line_task() -> int:
    """LINE · commands.jil:54

    machine: m1
    owner: me@m1
    """
    # TODO[A855] machine was read as an attribute, inside the line of command
    return run("echo one line")


@env.task(short_name="LINE")
async def line() -> list[str]:
    """LINE · commands.jil"""
    flow = Flow("LINE", network=True)
    flow.start("LINE", line_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(line).outputs()[0], sep="\n")
