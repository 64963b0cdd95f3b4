"""FREE, converted by transpile from cycles.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import BY_HAND, Flow, local_date, rests, run

env = flyte.TaskEnvironment(name="free")


@env.task(short_name="C#FREE.J")
def j() -> int:
    """C#FREE.J · cycles.tws:44

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# B DATES · cycles.tws:42
B_DATES = ("2027-01-01",)


def free_runs(kickoff: datetime) -> bool:
    """FREE · daily except B DATES"""
    day = local_date(kickoff, "UTC")
    return day not in B_DATES


@env.task(
    short_name="FREE",
    triggers=flyte.Trigger(
        name="FREE.schedule",
        automation=flyte.Cron("0 6 * * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "free_runs"},
    ),
)
async def free(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """FREE · cycles.tws"""
    if trigger == "free_runs" and not free_runs(kickoff):
        return rests("FREE", kickoff)

    flow = Flow("C#FREE")
    flow.start("C#FREE.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(free).outputs()[0], sep="\n")
