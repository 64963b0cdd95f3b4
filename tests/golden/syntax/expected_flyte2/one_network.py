"""ONE_network, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="one_network")


@env.task(short_name="ONE")
def one() -> int:
    """ONE · odd.jil:4

    machine: m1
    """
    return run('echo "a: b" c:d')


@env.task(short_name="TWO")
def two() -> int:
    """TWO · odd.jil:16 · condition: SUCCESS(ONE) & s(ONE)

    machine: m1
    """
    # TODO[A857] condition continues on the next lines: they were joined
    return run("echo two # not a comment")


@env.task(
    short_name="ONE_network",
    triggers=flyte.Trigger(
        name="ONE_network.schedule",
        automation=flyte.Cron("0 8,9 * * 1,2", timezone="UTC"),
    ),
)
async def one_network() -> list[str]:
    """ONE_network · odd.jil"""
    if await runs_already("one_network.one_network"):
        return []

    flow = Flow("ONE_network", network=True)
    one_job = flow.start("ONE", one.aio())
    flow.start("TWO", two.aio(), one_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(one_network).outputs()[0], sep="\n")
