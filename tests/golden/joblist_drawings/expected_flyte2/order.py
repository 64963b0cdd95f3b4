"""order, converted by transpile from order.tsort."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked

env = flyte.TaskEnvironment(name="order")


@env.task(short_name="dig")
def dig() -> int:
    """dig · order.tsort:1"""
    # TODO[A741] dig has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="plant")
def plant() -> int:
    """plant · order.tsort:1 · condition: after dig"""
    # TODO[A741] plant has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="water")
def water() -> int:
    """water · order.tsort:2 · condition: after plant, dig"""
    # TODO[A741] water has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="reap")
def reap() -> int:
    """reap · order.tsort:3 · condition: after water"""
    # TODO[A741] reap has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="rest")
def rest() -> int:
    """rest · order.tsort:4"""
    # TODO[A741] rest has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="order")
async def order() -> list[str]:
    """order · order.tsort"""
    flow = Flow("order", network=True)
    dig_job = flow.start("dig", dig.aio())
    plant_job = flow.start("plant", plant.aio(), dig_job.succeeded)
    water_job = flow.start(
        "water", water.aio(), plant_job.succeeded & dig_job.succeeded
    )
    flow.start("reap", reap.aio(), water_job.succeeded)
    flow.start("rest", rest.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(order).outputs()[0], sep="\n")
