"""BOTH, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="both")


@env.task(short_name="BOTH")
def both_task() -> int:
    """BOTH · jobs.jil:37

    days_of_week: mo
    start_times: "8:00"
    """
    # TODO[A879] both days_of_week and run_calendar are given: no launch plan was made
    return run("true")


@env.task(short_name="BOTH")
async def both() -> list[str]:
    """BOTH · jobs.jil"""
    flow = Flow("BOTH", network=True)
    flow.start("BOTH", both_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(both).outputs()[0], sep="\n")
