"""LATIN, converted by transpile from latin.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="latin")


@env.task(short_name="LATIN")
def latin_task() -> int:
    """LATIN · latin.jil:1

    début
    """
    return run("echo café")


@env.task(short_name="LATIN")
async def latin() -> list[str]:
    """LATIN · latin.jil"""
    flow = Flow("LATIN", network=True)
    flow.start("LATIN", latin_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(latin).outputs()[0], sep="\n")
