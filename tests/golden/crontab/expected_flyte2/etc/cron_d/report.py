"""report, converted by transpile from etc/cron.d/shop."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import (
    BY_HAND,
    Flow,
    is_day_of_month,
    local_date,
    rests,
    run,
    with_alerts,
)

env = flyte.TaskEnvironment(name="etc-cron_d-report")


@env.task(short_name="report")
@with_alerts(
    failure="NOTIFICATION job=report to=night@shop.example",
    terminated="NOTIFICATION job=report to=night@shop.example",
)
def report_task() -> int:
    """report · etc/cron.d/shop:14

    schedule: 0 9 * * 1
    user: shop
    """
    return run("/srv/shop/bin/report.py --monthly", shell="/bin/bash")


def report_runs(kickoff: datetime) -> bool:
    """report · mo day 1-7"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@env.task(
    short_name="report",
    triggers=flyte.Trigger(
        name="report.schedule",
        automation=flyte.Cron("0 9 * * 1", timezone="Europe/Berlin"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "report_runs"},
        notifications=(
            notify.Email(
                on_phase=(
                    ActionPhase.ABORTED,
                    ActionPhase.FAILED,
                    ActionPhase.TIMED_OUT,
                ),
                recipients=("night@shop.example",),
            ),
        ),
    ),
)
async def report(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """report · etc/cron.d/shop"""
    if trigger == "report_runs" and not report_runs(kickoff):
        return rests("report", kickoff)

    flow = Flow("report", network=True)
    flow.start("report", report_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(report).outputs()[0], sep="\n")
