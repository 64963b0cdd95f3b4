"""asks, converted by transpile from branches.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="asks")


@env.task(short_name="w#asks.absences")
def absences() -> int:
    """w#asks.absences · branches.tws:48

    machine: w
    streamlogon: x
    recovery: stop
    defined in: branches.tws:3
    """
    return run("echo absences")


@env.task(short_name="w#asks.computed")
def computed() -> int:
    """w#asks.computed · branches.tws:49

    machine: w
    """
    return run("echo x")


@env.task(short_name="w#asks.unknown")
def unknown() -> int:
    """w#asks.unknown · branches.tws:50

    command: echo unknown
    machine: w
    """
    # TODO[A768] w#asks.unknown has a condition without a translation: HEARD_OF; its node fails
    return blocked("A768", "IF HEARD_OF")


@env.task(short_name="w#asks.asks")
def asks_task() -> int:
    """w#asks.asks · branches.tws:52

    command: echo asks
    machine: w
    """
    # TODO[A768] w#asks.asks has a condition without a translation: BIG: ${this.size} > 5; its node fails
    return blocked("A768", "IF BIG: ${this.size} > 5")


@env.task(
    short_name="asks",
    triggers=flyte.Trigger(
        name="asks.schedule", automation=flyte.Cron("0 7 * * *", timezone="UTC")
    ),
)
async def asks() -> list[str]:
    """asks · branches.tws"""
    flow = Flow("w#asks")
    absences_job = flow.start("w#asks.absences", absences.aio())
    computed_job = flow.start("w#asks.computed", computed.aio())
    unknown_job = flow.start("w#asks.unknown", unknown.aio())
    asks_task_job = flow.start("w#asks.asks", asks_task.aio())
    flow.succeeds_if(
        absences_job.succeeded
        & computed_job.succeeded
        & unknown_job.succeeded
        & asks_task_job.succeeded
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(asks).outputs()[0], sep="\n")
