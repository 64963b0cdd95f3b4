"""CALENDAR, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="calendar_workflow")


@env.task(short_name="CALENDAR")
def calendar() -> int:
    """CALENDAR · schedules.jil:39

    start_times: "1:00"
    """
    # TODO[A876] run_calendar WORKDAYS decides when CALENDAR runs: no launch plan was made
    return run("true")


@env.task(short_name="CALENDAR")
async def calendar_workflow() -> list[str]:
    """CALENDAR · schedules.jil"""
    flow = Flow("CALENDAR", network=True)
    flow.start("CALENDAR", calendar.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(calendar_workflow).outputs()[0], sep="\n")
