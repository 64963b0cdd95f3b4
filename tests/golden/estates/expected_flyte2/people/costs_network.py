"""COSTS_network, converted by transpile from people/people.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="people-costs_network")


@env.task(short_name="COSTS_SUM")
def costs_sum() -> int:
    """COSTS_SUM · people/people.jil:16"""
    return run("echo sum")


@env.task(short_name="COSTS_SEND")
def costs_send() -> int:
    """COSTS_SEND · people/people.jil:21 · condition: s(COSTS)

    application: people
    """
    return run("echo send")


@env.task(short_name="COSTS_network")
async def costs_network() -> list[str]:
    """COSTS_network · people/people.jil"""
    if await runs_already("people-costs_network.costs_network"):
        return []

    flow = Flow("COSTS_network", network=True)
    # COSTS · people/people.jil:11 · condition: s(PAYROLL) & s(FIN_NIGHT)
    # application: people
    costs = flow.box("COSTS")
    costs.start("COSTS_SUM", costs_sum.aio())
    flow.start("COSTS_SEND", costs_send.aio(), costs.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(costs_network).outputs()[0], sep="\n")
