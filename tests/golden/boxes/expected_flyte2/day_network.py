"""DAY_network, converted by transpile from these files:

day.jil
late.jil
"""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, runs_already

env = flyte.TaskEnvironment(name="day_network")


@env.task(short_name="DAY.LOAD.A")
def day_load_a() -> int:
    """DAY.LOAD.A · day.jil:16"""
    return run("true")


@env.task(short_name="DAY.LOAD.B", retries=3)
def day_load_b() -> int:
    """DAY.LOAD.B · day.jil:20 · condition: s(DAY.LOAD.A)"""
    return run("true")


@env.task(short_name="DAY.CHECK")
def day_check() -> int:
    """DAY.CHECK · day.jil:26 · condition: s(DAY.LOAD)"""
    return run("true", time_limit=timedelta(minutes=10))


@env.task(short_name="OUTER.INNER.ONE")
def outer_inner_one() -> int:
    """OUTER.INNER.ONE · day.jil:38"""
    return run("true")


@env.task(short_name="OUTER.INNER.TWO")
def outer_inner_two() -> int:
    """OUTER.INNER.TWO · day.jil:42 · condition: success(OUTER.INNER.ONE)"""
    return run("true")


@env.task(short_name="LATE")
def late() -> int:
    """LATE · late.jil:1 · condition: success(OUTER.INNER.ONE) and s(OUTER)"""
    return run("true")


@env.task(
    short_name="DAY_network",
    triggers=flyte.Trigger(
        name="DAY_network.schedule",
        automation=flyte.Cron("0 6 * * 1-5", timezone="Europe/Berlin"),
    ),
)
async def day_network() -> list[str]:
    """DAY_network · day.jil, late.jil"""
    if await runs_already("day_network.day_network"):
        return []

    flow = Flow("DAY_network", network=True)
    # DAY · day.jil:3
    # Daily run
    # owner: batch@prod
    day = flow.box("DAY")
    # DAY.LOAD · day.jil:12
    day_load = day.box("DAY.LOAD")
    day_load_a_job = day_load.start("DAY.LOAD.A", day_load_a.aio())
    day_load.start("DAY.LOAD.B", day_load_b.aio(), day_load_a_job.succeeded)
    day.start("DAY.CHECK", day_check.aio(), day_load.succeeded)
    # OUTER · day.jil:32 · condition: s(DAY)
    outer = flow.box("OUTER", day.succeeded)
    # OUTER.INNER · day.jil:35
    outer_inner = outer.box("OUTER.INNER")
    outer_inner_one_job = outer_inner.start("OUTER.INNER.ONE", outer_inner_one.aio())
    outer_inner.start(
        "OUTER.INNER.TWO", outer_inner_two.aio(), outer_inner_one_job.succeeded
    )
    # OUTER.EMPTY · day.jil:47 · condition: s(OUTER.INNER)
    outer.passes("OUTER.EMPTY", outer_inner.succeeded)
    flow.start("LATE", late.aio(), outer_inner_one_job.succeeded & outer.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(day_network).outputs()[0], sep="\n")
