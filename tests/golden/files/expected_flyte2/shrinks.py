"""SHRINKS, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="shrinks")


@env.task(short_name="SHRINKS")
def shrinks_task() -> int:
    """SHRINKS · files.jil:28

    watch_file_change_type: DELTA
    watch_file_change_value: 5
    """
    # TODO[A863] a file trigger with watch_file_type SHRINK has no translation: its node fails
    return blocked("A863", "watch_file_type SHRINK")


@env.task(short_name="SHRINKS")
async def shrinks() -> list[str]:
    """SHRINKS · files.jil"""
    flow = Flow("SHRINKS", network=True)
    flow.start("SHRINKS", shrinks_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(shrinks).outputs()[0], sep="\n")
