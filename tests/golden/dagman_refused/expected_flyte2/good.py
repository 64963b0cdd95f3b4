"""good, converted by transpile from good.dag."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="good")


@env.task(short_name="A")
def a() -> int:
    """A · good.dag:1"""
    return run("exec /bin/true")


@env.task(short_name="good")
async def good() -> list[str]:
    """good · good.dag"""
    flow = Flow("good", network=True)
    flow.start("A", a.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(good).outputs()[0], sep="\n")
