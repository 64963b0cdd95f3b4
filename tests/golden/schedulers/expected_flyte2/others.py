"""OTHERS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="others")


@env.task(short_name="OTHERS")
def others_task() -> int:
    """OTHERS · calls.jil:15"""
    # TODO[A220] the command drives a scheduler: conman sbs of MAIN#PAY
    # TODO[A220] the command drives a scheduler: curl (Azkaban) executeFlow of etl
    return run(
        'ssh tws "conman \'sbs MAIN#PAY;noask\'"; curl -d "ajax=executeFlow&flow=etl" https://azkaban/executor'
    )


@env.task(short_name="OTHERS")
async def others() -> list[str]:
    """OTHERS · calls.jil"""
    flow = Flow("OTHERS", network=True)
    flow.start("OTHERS", others_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(others).outputs()[0], sep="\n")
