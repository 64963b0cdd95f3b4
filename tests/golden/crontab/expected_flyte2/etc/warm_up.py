"""warm-up, converted by transpile from etc/crontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="etc-warm_up")


@env.task(short_name="warm-up")
def warm_up_task() -> int:
    """warm-up · etc/crontab:8

    schedule: @reboot
    user: root
    """
    # TODO[A087] @reboot: cron starts it when the machine does; no launch plan starts it
    return run(
        "/usr/local/sbin/warm-up",
        env={"PATH": "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin"},
    )


@env.task(short_name="warm-up")
async def warm_up() -> list[str]:
    """warm-up · etc/crontab"""
    flow = Flow("warm-up", network=True)
    flow.start("warm-up", warm_up_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(warm_up).outputs()[0], sep="\n")
