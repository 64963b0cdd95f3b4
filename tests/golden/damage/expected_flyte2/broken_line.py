"""BROKEN_LINE, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="broken_line")


@env.task(short_name="BROKEN_LINE")
def broken_line_task() -> int:
    """BROKEN_LINE · broken.jil:19

    command: echo one
    """
    # TODO[A110] this text belongs to no statement or attribute: two three
    return blocked("A110", "the command continues on lines that cannot be joined")


@env.task(short_name="BROKEN_LINE")
async def broken_line() -> list[str]:
    """BROKEN_LINE · broken.jil"""
    flow = Flow("BROKEN_LINE", network=True)
    flow.start("BROKEN_LINE", broken_line_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(broken_line).outputs()[0], sep="\n")
