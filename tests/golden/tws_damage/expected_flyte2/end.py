"""END, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="end")


@env.task(short_name="END.FOLLOWS")
def follows() -> int:
    """END.FOLLOWS · broken.tws:23

    machine: A
    """
    return run("named like a keyword")


@env.task(short_name="END.AT")
def at() -> int:
    """END.AT · broken.tws:24 · condition: FOLLOWS FOLLOWS

    machine: A
    """
    return run("at")


@env.task(
    short_name="END",
    triggers=flyte.Trigger(
        name="END.schedule", automation=flyte.Cron("0 8 * * *", timezone="UTC")
    ),
)
async def end() -> list[str]:
    """END · broken.tws"""
    flow = Flow("END")
    follows_job = flow.start("END.FOLLOWS", follows.aio())
    flow.start("END.AT", at.aio(), follows_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(end).outputs()[0], sep="\n")
