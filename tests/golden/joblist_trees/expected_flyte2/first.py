"""first, converted by transpile from two.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="first")


@env.task(short_name="ping")
def ping() -> int:
    """ping · two.yml:3"""
    return run("echo ping")


@env.task(short_name="first")
async def first() -> list[str]:
    """first · two.yml"""
    flow = Flow("first", network=True)
    flow.start("ping", ping.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(first).outputs()[0], sep="\n")
