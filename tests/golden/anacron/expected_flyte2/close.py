"""close, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte
from flyte import notify
from flyte.models import ActionPhase

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="close")


@env.task(short_name="close")
@with_alerts(
    failure="NOTIFICATION job=close to=ops@example.com",
    terminated="NOTIFICATION job=close to=ops@example.com",
)
def close_task() -> int:
    """close · night.cron:3

    schedule: 0 18 * * 1-5
    """
    return run("/opt/markets/close.sh", env={"CRON_TZ": "America/New_York"})


@env.task(
    short_name="close",
    triggers=flyte.Trigger(
        name="close.schedule",
        automation=flyte.Cron("0 18 * * 1-5", timezone="America/New_York"),
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
async def close() -> list[str]:
    """close · night.cron"""
    flow = Flow("close", network=True)
    flow.start("close", close_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(close).outputs()[0], sep="\n")
