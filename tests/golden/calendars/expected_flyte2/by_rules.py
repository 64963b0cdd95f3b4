"""BY_RULES, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    RuleCalendar,
    is_nth,
    local_date,
    rests,
    run,
    runs_already,
)

env = flyte.TaskEnvironment(name="by_rules")


@env.task(short_name="BY_RULES")
def by_rules_task() -> int:
    """BY_RULES · jobs.jil:51"""
    # TODO[A885] the days of calendar FIRST_WORKDAY depend on open questions: where non_workday N moves a day; taken: calendar_next_day = "workday_no_holiday"
    return run("true")


# HOLIDAYS · export.jil:7
HOLIDAYS = ("2026-12-25", "2026-12-26", "2027-01-01")

# FIRST_WORKDAY · export.jil:33
FIRST_WORKDAY = RuleCalendar(
    lambda day: is_nth(day, [1], ["mo", "tu", "we", "th", "fr"]),
    workdays=["mo", "tu", "we", "th", "fr"],
    holidays=HOLIDAYS,
    on_free_day="next workday that is no holiday",
)


def by_rules_runs(kickoff: datetime) -> bool:
    """BY_RULES · on days of FIRST_WORKDAY"""
    day = local_date(kickoff, "UTC")
    return day in FIRST_WORKDAY


@env.task(
    short_name="BY_RULES",
    triggers=flyte.Trigger(
        name="BY_RULES.schedule",
        automation=flyte.Cron("0 8 * * *", timezone="UTC"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "by_rules_runs"},
    ),
)
async def by_rules(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """BY_RULES · jobs.jil"""
    if trigger == "by_rules_runs" and not by_rules_runs(kickoff):
        return rests("BY_RULES", kickoff)
    if await runs_already("by_rules.by_rules"):
        return []

    flow = Flow("BY_RULES", network=True)
    flow.start("BY_RULES", by_rules_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(by_rules).outputs()[0], sep="\n")
