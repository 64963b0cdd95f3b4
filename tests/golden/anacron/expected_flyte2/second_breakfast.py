"""second-breakfast, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="second_breakfast")


@env.task(short_name="second-breakfast")
@with_alerts(
    failure="NOTIFICATION job=second-breakfast to=ops@example.com",
    terminated="NOTIFICATION job=second-breakfast to=ops@example.com",
)
def second_breakfast_task() -> int:
    """second-breakfast · night.cron:6

    schedule: 0 6 * * *
    """
    return run("/opt/markets/second-breakfast.sh", env={"CRON_TZ": "Middle/Earth"})


@env.task(short_name="second-breakfast")
async def second_breakfast() -> list[str]:
    """second-breakfast · night.cron"""
    flow = Flow("second-breakfast", network=True)
    flow.start("second-breakfast", second_breakfast_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(second_breakfast).outputs()[0], sep="\n")
