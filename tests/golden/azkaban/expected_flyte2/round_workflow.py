"""round, converted by transpile from round.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="round_workflow")


@env.task(short_name="round")
def round_task() -> int:
    """round · round.job:1

    a: ${b}
    b: ${a}
    command: echo ${a}
    """
    # TODO[A808] the value cannot be resolved: the references form a cycle: a -> b -> a
    return blocked("A808", "the references form a cycle: a -> b -> a")


@env.task(short_name="round")
async def round_workflow() -> list[str]:
    """round · round.job"""
    flow = Flow("round", network=True, joins=True)
    flow.start("round", round_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(round_workflow).outputs()[0], sep="\n")
