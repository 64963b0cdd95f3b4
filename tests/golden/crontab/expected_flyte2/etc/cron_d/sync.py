"""sync, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, runs_already, with_alerts

env = flyte.TaskEnvironment(name="etc-cron_d-sync")


@env.task(short_name="sync")
@with_alerts(
    failure="NOTIFICATION job=sync to=night@shop.example",
    terminated="NOTIFICATION job=sync to=night@shop.example",
)
def sync_task() -> int:
    """sync · etc/cron.d/shop:8

    schedule: */10 8-17 * * 1-5
    user: shop
    """
    return run("/srv/shop/bin/sync.sh", shell="/bin/bash")


@env.task(
    short_name="sync",
    triggers=flyte.Trigger(
        name="sync.schedule",
        automation=flyte.Cron(
            "0,10,20,30,40,50 8-17 * * 1-5", timezone="Europe/Berlin"
        ),
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
async def sync() -> list[str]:
    """sync · etc/cron.d/shop"""
    if await runs_already("etc-cron_d-sync.sync"):
        return []

    flow = Flow("sync", network=True)
    flow.start("sync", sync_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(sync).outputs()[0], sep="\n")
