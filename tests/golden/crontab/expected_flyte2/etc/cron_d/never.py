"""never, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="etc-cron_d-never")


@env.task(short_name="never")
@with_alerts(
    failure="NOTIFICATION job=never to=night@shop.example",
    terminated="NOTIFICATION job=never to=night@shop.example",
)
def never_task() -> int:
    """never · etc/cron.d/shop:17

    schedule: 0 0-23/12 31 2,4 *
    user: shop
    """
    # TODO[A526] 0 0-23/12 31 2,4 * leaves no day to run on: no launch plan was made
    return run("/srv/shop/bin/never.sh", shell="/bin/bash")


@env.task(short_name="never")
async def never() -> list[str]:
    """never · etc/cron.d/shop"""
    flow = Flow("never", network=True)
    flow.start("never", never_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(never).outputs()[0], sep="\n")
