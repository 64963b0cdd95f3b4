"""close, converted by transpile from etc/cron.d/shop."""

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

env = flyte.TaskEnvironment(name="etc-cron_d-close")


@env.task(short_name="close")
@with_alerts(
    failure="NOTIFICATION job=close to=night@shop.example",
    terminated="NOTIFICATION job=close to=night@shop.example",
)
def close_task() -> int:
    """close · etc/cron.d/shop:15

    schedule: 59 23 28-31 * *
    user: shop
    """
    return run("/srv/shop/bin/close.sh", shell="/bin/bash")


def close_runs(kickoff: datetime) -> bool:
    """close · day -1"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [-1])


@env.task(
    short_name="close",
    triggers=flyte.Trigger(
        name="close.schedule",
        automation=flyte.Cron("59 23 28-31 * *", timezone="Europe/Berlin"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "close_runs"},
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
async def close(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """close · etc/cron.d/shop"""
    if trigger == "close_runs" and not close_runs(kickoff):
        return rests("close", kickoff)

    flow = Flow("close", network=True)
    flow.start("close", close_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(close).outputs()[0], sep="\n")
