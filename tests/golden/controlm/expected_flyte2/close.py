"""CLOSE, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="close")


@env.task(short_name="BRANCHES.CLOSE")
@with_alerts(
    failure='ALARM SHOUT job=BRANCHES.CLOSE to=ops message="branches are open"',
    terminated='ALARM SHOUT job=BRANCHES.CLOSE to=ops message="branches are open"',
)
def close_task() -> int:
    """BRANCHES.CLOSE · bank.xml:68

    folder: BRANCHES
    resource: LINES 2
    resource: LEDGER exclusive
    """
    # TODO[A204] resources are ignored: LINES 2
    # TODO[A204] resources are ignored: LEDGER exclusive
    return run("close")


@env.task(
    short_name="CLOSE",
    triggers=flyte.Trigger(
        name="CLOSE.schedule",
        automation=flyte.Cron("0 19 * * *", timezone="Europe/Berlin"),
    ),
)
async def close() -> list[str]:
    """CLOSE · bank.xml"""
    flow = Flow("CLOSE", network=True)
    flow.start("BRANCHES.CLOSE", close_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(close).outputs()[0], sep="\n")
