"""tidy, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="tidy")


@env.task(short_name="tidy")
@with_alerts(
    failure="NOTIFICATION job=tidy to=ops@example.com",
    terminated="NOTIFICATION job=tidy to=ops@example.com",
)
def tidy_task() -> int:
    """tidy · night.cron:4

    schedule: 10~40 3 * * *
    mail: failures
    """
    # TODO[A087] 10~40: cronie chooses a number of this range; the launch plan takes the lowest one
    return run("/opt/markets/tidy.sh", env={"CRON_TZ": "America/New_York"})


@env.task(
    short_name="tidy",
    triggers=flyte.Trigger(
        name="tidy.schedule",
        automation=flyte.Cron("10 3 * * *", timezone="America/New_York"),
        notifications=(
            notify.Email(
                on_phase=(
                    ActionPhase.ABORTED,
                    ActionPhase.FAILED,
                    ActionPhase.TIMED_OUT,
                ),
                recipients=("ops@example.com",),
            ),
        ),
    ),
)
async def tidy() -> list[str]:
    """tidy · night.cron"""
    flow = Flow("tidy", network=True)
    flow.start("tidy", tidy_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(tidy).outputs()[0], sep="\n")
