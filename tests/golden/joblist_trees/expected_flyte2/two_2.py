"""two_2, converted by transpile from two.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="two_2")


@env.task(short_name="pong")
def pong() -> int:
    """pong · two.yml:7"""
    return run("echo pong")


@env.task(short_name="done")
def done_task() -> int:
    """done · two.yml:8 · condition: after pong"""
    return run("echo done")


@env.task(short_name="two_2")
async def two_2() -> list[str]:
    """two_2 · two.yml"""
    flow = Flow("two_2", network=True)
    pong_job = flow.start("pong", pong.aio())
    flow.start("done", done_task.aio(), pong_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(two_2).outputs()[0], sep="\n")
