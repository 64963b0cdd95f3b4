"""BOTH, converted by transpile from keywords.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    is_day_of_week,
    local_date,
    rests,
    run,
)

env = flyte.TaskEnvironment(name="both")


@env.task(short_name="W#BOTH.COUNT")
def count() -> int:
    """W#BOTH.COUNT · keywords.tws:41

    machine: W
    """
    return run("count")


def both_runs(kickoff: datetime) -> bool:
    """BOTH · sa day 1"""
    day = local_date(kickoff, "UTC")
    return is_day_of_week(day, ["sa"])


@env.task(
    short_name="BOTH",
    triggers=flyte.Trigger(
        name="BOTH.schedule",
        automation=flyte.Cron("0 6 1 * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "both_runs"},
    ),
)
async def both(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BOTH · keywords.tws"""
    if trigger == "both_runs" and not both_runs(kickoff):
        return rests("BOTH", kickoff)

    flow = Flow("W#BOTH")
    flow.start("W#BOTH.COUNT", count.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(both).outputs()[0], sep="\n")
