"""fine, converted by transpile from jobs/fine.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="jobs-fine")


@env.task(short_name="fine")
def fine_task() -> int:
    """fine · jobs/fine.job:1"""
    return run("exec true", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="fine")
async def fine() -> list[str]:
    """fine · jobs/fine.job"""
    flow = Flow("fine", network=True, joins=True)
    flow.start("fine", fine_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fine).outputs()[0], sep="\n")
