"""BY_RULES, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    RuleCalendar,
    cron,
    is_nth,
    local_date,
    run,
)


@task
def by_rules_job() -> int:
    """BY_RULES · jobs.jil:51"""
    # TODO[A885] the days of calendar FIRST_WORKDAY depend on open questions: where non_workday N moves a day; taken: calendar_next_day = "workday_no_holiday"
    return run("true")


by_rules = Workflow(name="BY_RULES", failure_policy=KEEP_GOING)

by_rules_job_node = by_rules.add_entity(by_rules_job).with_overrides(
    node_name="by-rules-job", name="BY_RULES"
)

by_rules.add_workflow_output("by_rules_job", by_rules_job_node.o0)


# HOLIDAYS · export.jil:7
HOLIDAYS = ("2026-12-25", "2026-12-26", "2027-01-01")

# FIRST_WORKDAY · export.jil:33
FIRST_WORKDAY = RuleCalendar(
    lambda day: is_nth(day, [1], ["mo", "tu", "we", "th", "fr"]),
    workdays=["mo", "tu", "we", "th", "fr"],
    holidays=HOLIDAYS,
    on_free_day="next workday that is no holiday",
)


@task
def by_rules_runs(kickoff: datetime) -> bool:
    """BY_RULES · on days of FIRST_WORKDAY"""
    day = local_date(kickoff, "UTC")
    return day in FIRST_WORKDAY


@task
def by_rules_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def by_rules_on_run_days(kickoff: datetime) -> None:
    """by_rules, if the kick-off is a start of its schedule."""
    run_day = by_rules_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BY_RULES (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(by_rules())
        .else_()
        .then(by_rules_rests())
    )


by_rules_schedule = LaunchPlan.get_or_create(
    by_rules_on_run_days,
    name="BY_RULES.schedule",
    schedule=cron("0 8 * * *", timezone="UTC", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running by_rules() {by_rules()}")
