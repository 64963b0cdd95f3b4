"""jexl, converted by transpile from jexl.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="jexl")


@env.task(short_name="jexl")
def jexl_task() -> int:
    """jexl · jexl.job:1

    command: echo $(new("java.util.Date"))
    """
    # TODO[A809] the value cannot be resolved: echo $(new("java.util.Date")) is a JEXL expression
    return blocked("A809", 'echo $(new("java.util.Date")) is a JEXL expression')


@env.task(short_name="jexl")
async def jexl() -> list[str]:
    """jexl · jexl.job"""
    flow = Flow("jexl", network=True, joins=True)
    flow.start("jexl", jexl_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(jexl).outputs()[0], sep="\n")
