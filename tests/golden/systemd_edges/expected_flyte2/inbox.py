"""inbox, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="inbox")


@env.task(short_name="inbox")
def inbox_task() -> int:
    """inbox · times.units:146"""
    # TODO[A093] inbox.path starts inbox.service when a file changes: no launch plan was made
    return run("/usr/bin/inbox")


@env.task(short_name="inbox")
async def inbox() -> list[str]:
    """inbox · times.units"""
    flow = Flow("inbox", network=True)
    flow.start("inbox", inbox_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(inbox).outputs()[0], sep="\n")
