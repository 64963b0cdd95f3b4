"""BRANCHES_2, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, wait_for_file

env = flyte.TaskEnvironment(name="branches_2")


@env.task(short_name="BRANCHES.WATCH")
def watch() -> int:
    """BRANCHES.WATCH · bank.xml:79

    folder: BRANCHES
    """
    return wait_for_file("/srv/bank/go", interval=30)


@env.task(short_name="BRANCHES.START")
def start() -> int:
    """BRANCHES.START · bank.xml:84 · condition: GO

    folder: BRANCHES
    """
    return run("start")


@env.task(
    short_name="BRANCHES_2",
    triggers=flyte.Trigger(
        name="BRANCHES_2.schedule",
        automation=flyte.Cron("30 6 * * *", timezone="Europe/Berlin"),
    ),
)
async def branches_2() -> list[str]:
    """BRANCHES_2 · bank.xml"""
    flow = Flow("BRANCHES_2", network=True)
    watch_job = flow.start("BRANCHES.WATCH", watch.aio())
    flow.start("BRANCHES.START", start.aio(), watch_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(branches_2).outputs()[0], sep="\n")
