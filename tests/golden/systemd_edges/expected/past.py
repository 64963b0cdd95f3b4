"""past, converted by transpile from times.units."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, local_date, run


@task
def past_job() -> int:
    """past · times.units:78"""
    # TODO[A526] 2020-01-01 UTC leaves no day to run on: no launch plan was made
    # TODO[A526] *-02-30 UTC leaves no day to run on: no launch plan was made
    # TODO[A089] systemd ignores this: Fryday 08:00 is no calendar event: it cannot be read from character 1 on
    return run("/usr/bin/past")


past = Workflow(name="past", failure_policy=KEEP_GOING)

past_job_node = past.add_entity(past_job).with_overrides(
    node_name="past-job", name="past"
)

past.add_workflow_output("past_job", past_job_node.o0)


@task
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


@task
def past_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def past_on_run_days(kickoff: datetime) -> None:
    """past, if the kick-off is a start of its schedule."""
    run_day = past_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="past (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(past())
        .else_()
        .then(past_rests())
    )


past_schedule = LaunchPlan.get_or_create(
    past_on_run_days,
    name="past.schedule",
    schedule=cron("0 0 1 * *", timezone="UTC", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running past() {past()}")
