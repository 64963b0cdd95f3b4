"""WINDOWS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="windows")


@env.task(short_name="WINDOWS")
def windows_task() -> int:
    """WINDOWS · commands.jil:51"""
    # TODO[A209] this looks like a Windows command; Flyte runs it in a Linux container
    # TODO[A865] the whole command is in quotes: the shell takes it as the name of one program
    return run('"C:\\jobs\\run me.bat"')


@env.task(short_name="WINDOWS")
async def windows() -> list[str]:
    """WINDOWS · commands.jil"""
    flow = Flow("WINDOWS", network=True)
    flow.start("WINDOWS", windows_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(windows).outputs()[0], sep="\n")
