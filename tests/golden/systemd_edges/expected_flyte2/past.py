"""past, converted by transpile from times.units."""

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

env = flyte.TaskEnvironment(name="past")


@env.task(short_name="past")
def past_task() -> int:
    """past · times.units:78"""
    # TODO[A526] 2020-01-01 UTC leaves no day to run on: no launch plan was made
    # TODO[A526] *-02-30 UTC leaves no day to run on: no launch plan was made
    # TODO[A089] systemd ignores this: Fryday 08:00 is no calendar event: it cannot be read from character 1 on
    return run("/usr/bin/past")


def past_runs(kickoff: datetime) -> bool:
    """past · day 1 from 2027-01-01 before 2028-01-01 or day 1 from 2036-01-01 before 2037-01-01 or day 1 from 2045-01-01 before 2046-01-01 or day 1 from 2054-01-01 before 2055-01-01 or day 1 from 2063-01-01 before 2064-01-01 or day 1 from 2072-01-01 before 2073-01-01 or day 1 from 2081-01-01 before 2082-01-01 or day 1 from 2090-01-01 before 2091-01-01 or day 1 from 2099-01-01 before 2100-01-01 or day 1 from 2108-01-01 before 2109-01-01 or day 1 from 2117-01-01 before 2118-01-01 or day 1 from 2126-01-01 before 2127-01-01"""
    day = local_date(kickoff, "UTC")
    return (
        (day >= "2027-01-01" and day < "2028-01-01")
        or (day >= "2036-01-01" and day < "2037-01-01")
        or (day >= "2045-01-01" and day < "2046-01-01")
        or (day >= "2054-01-01" and day < "2055-01-01")
        or (day >= "2063-01-01" and day < "2064-01-01")
        or (day >= "2072-01-01" and day < "2073-01-01")
        or (day >= "2081-01-01" and day < "2082-01-01")
        or (day >= "2090-01-01" and day < "2091-01-01")
        or (day >= "2099-01-01" and day < "2100-01-01")
        or (day >= "2108-01-01" and day < "2109-01-01")
        or (day >= "2117-01-01" and day < "2118-01-01")
        or (day >= "2126-01-01" and day < "2127-01-01")
    )


@env.task(
    short_name="past",
    triggers=flyte.Trigger(
        name="past.schedule",
        automation=flyte.Cron("0 0 1 * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "past_runs"},
    ),
)
async def past(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """past · times.units"""
    if trigger == "past_runs" and not past_runs(kickoff):
        return rests("past", kickoff)
    if await runs_already("past.past"):
        return []

    flow = Flow("past", network=True)
    flow.start("past", past_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(past).outputs()[0], sep="\n")
