"""WINDOW, converted by transpile from schedules.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, local_date, run


@task
def window_job() -> int:
    """WINDOW · schedules.jil:45

    must_start_times: "1:05"
    """
    # TODO[A873] must_start_times of WINDOW is ignored: nothing on Flyte raises MUST_START_ALARM
    # TODO[A521] in Europe/London the clock skips 01:00 on 2026-03-29: Flyte omits this start, the source may make up for it
    # TODO[A532] in Europe/London the clock shows 01:00 twice on 2026-10-25: Flyte starts the workflow twice, the source only the second time
    return run("true")


window = Workflow(name="WINDOW", failure_policy=KEEP_GOING)

window_job_node = window.add_entity(window_job).with_overrides(
    node_name="window-job", name="WINDOW"
)

window.add_workflow_output("window_job", window_job_node.o0)


# HOLIDAYS · schedules.jil:121
HOLIDAYS = ("2026-12-25", "2026-12-26")


@task
def window_runs(kickoff: datetime) -> bool:
    """WINDOW · daily except HOLIDAYS"""
    day = local_date(kickoff, "Europe/London")
    return day not in HOLIDAYS


@task
def window_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def window_on_run_days(kickoff: datetime) -> None:
    """window, if the kick-off is a start of its schedule."""
    run_day = window_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="WINDOW (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(window())
        .else_()
        .then(window_rests())
    )


window_schedule = LaunchPlan.get_or_create(
    window_on_run_days,
    name="WINDOW.schedule",
    schedule=cron("0 1 * * *", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running window() {window()}")
