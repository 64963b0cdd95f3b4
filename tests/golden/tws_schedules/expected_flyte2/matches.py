"""MATCHES, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="matches")


@env.task(short_name="C#SHARED (other schedule)")
def c_shared_other_schedule() -> int:
    """C#SHARED (other schedule) · C#SHARED has another schedule"""
    return blocked("A755", "C#SHARED has another schedule")


@env.task(short_name="C#MATCHES.J")
def j() -> int:
    """C#MATCHES.J · cycles.tws:27

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@env.task(
    short_name="MATCHES",
    triggers=flyte.Trigger(
        name="MATCHES.schedule", automation=flyte.Cron("0 6 * * *", timezone="UTC")
    ),
)
async def matches() -> list[str]:
    """MATCHES · cycles.tws"""
    flow = Flow("MATCHES", network=True)
    flow.start("C#SHARED (other schedule)", c_shared_other_schedule.aio())
    # C#MATCHES · cycles.tws:24 · condition: FOLLOWS SHARED
    # machine: C
    # on: EVERYDAY
    # TODO[A755] C#MATCHES waits for C#SHARED, which does not start with it: its node fails
    matches_box = flow.box("C#MATCHES", False)
    matches_box.start("C#MATCHES.J", j.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(matches).outputs()[0], sep="\n")
