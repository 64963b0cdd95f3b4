"""TWICE_network, converted by transpile from these files:

second.jil
first.jil
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="twice_network")


@env.task(short_name="TWICE")
def twice(level: str) -> int:
    """TWICE · second.jil:1"""
    # TODO[A858] TWICE is defined again: its definition at first.jil:7 is dropped
    return run("echo second $LEVEL", env={"LEVEL": level})


@env.task(short_name="CHANGED")
def changed() -> int:
    """CHANGED · first.jil:10 · condition: s(TWICE)

    machine: m1
    """
    # TODO[A860] override_job changes only the next run of CHANGED: it was not applied
    return run("echo after")


@env.task(short_name="TWICE_network")
async def twice_network(level: str = "two") -> list[str]:
    """TWICE_network · second.jil, first.jil"""
    flow = Flow("TWICE_network", network=True)
    twice_job = flow.start("TWICE", twice.aio(level))
    flow.start("CHANGED", changed.aio(), twice_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(twice_network).outputs()[0], sep="\n")
