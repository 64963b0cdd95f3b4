"""letter, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="etc-cron_d-letter")


@env.task(short_name="letter")
@with_alerts(
    failure="NOTIFICATION job=letter to=night@shop.example",
    terminated="NOTIFICATION job=letter to=night@shop.example",
)
def letter_task() -> int:
    """letter · etc/cron.d/shop:12

    schedule: 15 14 1,15 * 5
    user: shop
    """
    return run("/srv/shop/bin/letter.py", shell="/bin/bash")


@env.task(
    short_name="letter",
    triggers=flyte.Trigger(
        name="letter.schedule",
        automation=flyte.Cron("15 14 1,15 * 5", timezone="Europe/Berlin"),
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
async def letter() -> list[str]:
    """letter · etc/cron.d/shop"""
    flow = Flow("letter", network=True)
    flow.start("letter", letter_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(letter).outputs()[0], sep="\n")
