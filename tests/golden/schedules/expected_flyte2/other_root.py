"""OTHER_ROOT, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already, tell
from expected_flyte2.join_cuts import JOIN

env = flyte.TaskEnvironment(name="other_root")


@env.task(short_name="OTHER_ROOT")
def other_root_task() -> int:
    """OTHER_ROOT · schedules.jil:70"""
    return run("true")


@env.task(
    short_name="OTHER_ROOT",
    triggers=flyte.Trigger(
        name="OTHER_ROOT.schedule", automation=flyte.Cron("0 3 * * 6", timezone="UTC")
    ),
)
async def other_root() -> list[str]:
    """OTHER_ROOT · schedules.jil"""
    if await runs_already("other_root.other_root"):
        return []

    flow = Flow("OTHER_ROOT", network=True)
    flow.start(
        "OTHER_ROOT", other_root_task.aio(), tells=lambda: tell("OTHER_ROOT", JOIN)
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(other_root).outputs()[0], sep="\n")
