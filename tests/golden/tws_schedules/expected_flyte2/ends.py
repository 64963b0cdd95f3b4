"""ENDS, converted by transpile from cycles.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import BY_HAND, Flow, local_date, rests, run

env = flyte.TaskEnvironment(name="ends")


@env.task(short_name="C#ENDS.J")
def j() -> int:
    """C#ENDS.J · cycles.tws:49

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


def ends_runs(kickoff: datetime) -> bool:
    """ENDS · before 2027-12-31"""
    day = local_date(kickoff, "UTC")
    return day < "2027-12-31"


@env.task(
    short_name="ENDS",
    triggers=flyte.Trigger(
        name="ENDS.schedule",
        automation=flyte.Cron("0 6 * * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "ends_runs"},
    ),
)
async def ends(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """ENDS · cycles.tws"""
    if trigger == "ends_runs" and not ends_runs(kickoff):
        return rests("ENDS", kickoff)

    flow = Flow("C#ENDS")
    flow.start("C#ENDS.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(ends).outputs()[0], sep="\n")
