"""OLD, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="old")


@env.task(short_name="C#OLD.J")
def j() -> int:
    """C#OLD.J · cycles.tws:48

    the last

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    # TODO[A786] RECOVERY STOP of C#OLD.J is ignored
    return run("true")


@env.task(short_name="OLD")
async def old() -> list[str]:
    """OLD · cycles.tws"""
    flow = Flow("C#OLD")
    flow.start("C#OLD.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(old).outputs()[0], sep="\n")
