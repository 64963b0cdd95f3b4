"""NAMED_AS_A_HELPER, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    local_date,
    rests,
    run,
    runs_already,
)

env = flyte.TaskEnvironment(name="named_as_a_helper")


@env.task(short_name="NAMED_AS_A_HELPER")
def named_as_a_helper_task() -> int:
    """NAMED_AS_A_HELPER · jobs.jil:65"""
    return run("true")


# SUCCESS · export.jil:15
SUCCESS_CALENDAR = ("2027-01-29", "2027-02-26")


def named_as_a_helper_runs(kickoff: datetime) -> bool:
    """NAMED_AS_A_HELPER · on days of SUCCESS"""
    day = local_date(kickoff, "UTC")
    return day in SUCCESS_CALENDAR


@env.task(
    short_name="NAMED_AS_A_HELPER",
    triggers=flyte.Trigger(
        name="NAMED_AS_A_HELPER.schedule",
        automation=flyte.Cron("0 8 * * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "named_as_a_helper_runs"},
    ),
)
async def named_as_a_helper(
    kickoff: datetime = BY_HAND, trigger: str = ""
) -> list[str]:
    """NAMED_AS_A_HELPER · jobs.jil"""
    if trigger == "named_as_a_helper_runs" and not named_as_a_helper_runs(kickoff):
        return rests("NAMED_AS_A_HELPER", kickoff)
    if await runs_already("named_as_a_helper.named_as_a_helper"):
        return []

    flow = Flow("NAMED_AS_A_HELPER", network=True)
    flow.start("NAMED_AS_A_HELPER", named_as_a_helper_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(named_as_a_helper).outputs()[0], sep="\n")
