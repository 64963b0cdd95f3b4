"""DESK, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

import flyte

from expected_flyte2.finance.desk.desk_cuts import DESK
from expected_flyte2.job_runtime import Flow, elsewhere, run, runs_already

env = flyte.TaskEnvironment(name="finance-desk-desk")


@env.task(short_name="DESK_LIST")
def desk_list() -> int:
    """DESK_LIST · finance/morning.jil:12"""
    return run("echo list")


@env.task(
    short_name="DESK",
    triggers=flyte.Trigger(
        name="DESK.schedule",
        automation=flyte.Cron("0 5 * * 2-6", timezone="Europe/London"),
    ),
)
async def desk() -> list[str]:
    """DESK · finance/morning.jil"""
    if await runs_already("finance-desk-desk.desk"):
        return []

    flow = Flow("DESK", network=True)
    # DESK · finance/morning.jil:2 · condition: s(FIN_NIGHT) & n(TRD_CLOSE)
    # application: finance
    # group: desk
    desk_box = flow.box("DESK", wait=lambda: elsewhere("DESK", DESK))
    desk_box.start("DESK_LIST", desk_list.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(desk).outputs()[0], sep="\n")
