"""fetch, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="etc-cron_d-fetch")


@env.task(short_name="fetch")
@with_alerts(
    failure="NOTIFICATION job=fetch to=night@shop.example",
    terminated="NOTIFICATION job=fetch to=night@shop.example",
)
def fetch_task() -> int:
    """fetch · etc/cron.d/shop:7

    Fetch the orders of the day before.

    schedule: 30 2 * * mon-fri
    user: shop
    """
    return run(
        "/srv/shop/bin/fetch.sh --all >> /var/log/shop/fetch.log 2>&1",
        shell="/bin/bash",
    )


@env.task(
    short_name="fetch",
    triggers=flyte.Trigger(
        name="fetch.schedule",
        automation=flyte.Cron("30 2 * * 1-5", timezone="Europe/Berlin"),
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
async def fetch() -> list[str]:
    """fetch · etc/cron.d/shop"""
    flow = Flow("fetch", network=True)
    flow.start("fetch", fetch_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fetch).outputs()[0], sep="\n")
