"""init, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="init")


@env.task(short_name="__init__")
def init_task() -> int:
    """__init__ · names.jil:65"""
    return run("echo 17")


@env.task(short_name="init")
async def init() -> list[str]:
    """init · names.jil"""
    flow = Flow("init", network=True)
    flow.start("__init__", init_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(init).outputs()[0], sep="\n")
