"""BY_A_BAD_ROW, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="by_a_bad_row")


@env.task(short_name="BY_A_BAD_ROW")
def by_a_bad_row_task() -> int:
    """BY_A_BAD_ROW · jobs.jil:58

    start_times: "8:00"
    """
    # TODO[A876] run_calendar BROKEN decides when BY_A_BAD_ROW runs: no launch plan was made
    return run("true")


@env.task(short_name="BY_A_BAD_ROW")
async def by_a_bad_row() -> list[str]:
    """BY_A_BAD_ROW · jobs.jil"""
    flow = Flow("BY_A_BAD_ROW", network=True)
    flow.start("BY_A_BAD_ROW", by_a_bad_row_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(by_a_bad_row).outputs()[0], sep="\n")
