"""shop.clean, converted by transpile from etc/cron.d/shop."""

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

env = flyte.TaskEnvironment(name="etc-cron_d-shop_clean")


@env.task(short_name="shop.clean")
@with_alerts(
    failure="NOTIFICATION job=shop.clean to=night@shop.example",
    terminated="NOTIFICATION job=shop.clean to=night@shop.example",
)
def shop_clean_task() -> int:
    """shop.clean · etc/cron.d/shop:13

    schedule: 0 12 */2 * 1
    user: shop
    """
    return run("cd /srv/shop && python3 -m shop.clean", shell="/bin/bash")


def shop_clean_runs(kickoff: datetime) -> bool:
    """shop.clean · mo day 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(
        day, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31]
    )


@env.task(
    short_name="shop.clean",
    triggers=flyte.Trigger(
        name="shop.clean.schedule",
        automation=flyte.Cron("0 12 * * 1", timezone="Europe/Berlin"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "shop_clean_runs"},
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
async def shop_clean(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """shop.clean · etc/cron.d/shop"""
    if trigger == "shop_clean_runs" and not shop_clean_runs(kickoff):
        return rests("shop.clean", kickoff)

    flow = Flow("shop.clean", network=True)
    flow.start("shop.clean", shop_clean_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(shop_clean).outputs()[0], sep="\n")
