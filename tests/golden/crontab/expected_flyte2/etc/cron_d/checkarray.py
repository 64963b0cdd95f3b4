"""checkarray, converted by transpile from etc/cron.d/shop."""

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

env = flyte.TaskEnvironment(name="etc-cron_d-checkarray")


@env.task(short_name="checkarray")
@with_alerts(
    failure="NOTIFICATION job=checkarray to=night@shop.example",
    terminated="NOTIFICATION job=checkarray to=night@shop.example",
)
def checkarray_task() -> int:
    """checkarray · etc/cron.d/shop:16

    schedule: 57 0 * * 0
    user: root
    """
    return run(
        "if [ -x /usr/share/mdadm/checkarray ]; then /usr/share/mdadm/checkarray --cron --all --idle --quiet; fi",
        shell="/bin/bash",
    )


def checkarray_runs(kickoff: datetime) -> bool:
    """checkarray · su day 1-7"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@env.task(
    short_name="checkarray",
    triggers=flyte.Trigger(
        name="checkarray.schedule",
        automation=flyte.Cron("57 0 * * 0", timezone="Europe/Berlin"),
        inputs={"kickoff": flyte.TriggerTime, "trigger": "checkarray_runs"},
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
async def checkarray(kickoff: datetime = BY_HAND, trigger: str = "") -> list[str]:
    """checkarray · etc/cron.d/shop"""
    if trigger == "checkarray_runs" and not checkarray_runs(kickoff):
        return rests("checkarray", kickoff)

    flow = Flow("checkarray", network=True)
    flow.start("checkarray", checkarray_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(checkarray).outputs()[0], sep="\n")
