"""empty, converted by transpile from empty.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="empty")


@env.task(short_name="empty")
def empty_task() -> int:
    """empty · empty.job:1"""
    # TODO[A812] retries is not a number: many
    return blocked("A812", "retries is many")


@env.task(short_name="empty")
async def empty() -> list[str]:
    """empty · empty.job"""
    flow = Flow("empty", network=True, joins=True)
    flow.start("empty", empty_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(empty).outputs()[0], sep="\n")
