"""COPY, converted by transpile from jobs.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.copy_workflow_cuts import COPY
from expected_flyte2.job_runtime import Flow, elsewhere, run

env = flyte.TaskEnvironment(name="copy_workflow")


@env.task(short_name="LATER.COPY")
def copy() -> int:
    """LATER.COPY · jobs.json:65 · condition: LIFTED

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run("copy")


@env.task(
    short_name="COPY",
    triggers=flyte.Trigger(
        name="COPY.schedule",
        automation=flyte.Cron("0 10 * * 2,5", timezone="Europe/Oslo"),
    ),
)
async def copy_workflow() -> list[str]:
    """COPY · jobs.json"""
    flow = Flow("COPY", network=True)
    flow.start("LATER.COPY", copy.aio(), wait=lambda: elsewhere("LATER.COPY", COPY))
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(copy_workflow).outputs()[0], sep="\n")
