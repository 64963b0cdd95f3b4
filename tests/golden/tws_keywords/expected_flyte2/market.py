"""MARKET, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="market")


@env.task(short_name="W#MARKET.PRICES")
def prices(summer_fruit: str, herb: str) -> int:
    """W#MARKET.PRICES · keywords.tws:15

    machine: W
    statisticstype: CUSTOM
    """
    return run(
        "prices $SUMMER_FRUIT $HERB", env={"SUMMER_FRUIT": summer_fruit, "HERB": herb}
    )


@env.task(short_name="W#MARKET.SIGNS")
def signs() -> int:
    """W#MARKET.SIGNS · keywords.tws:19 · condition: FOLLOWS PRICES

    machine: W
    """
    # TODO[A779] AT 0900 TZ UTC of W#MARKET.SIGNS is ignored: in the workflow it does not wait for this time
    return run("signs")


@env.task(short_name="W#MARKET.STALLS")
def stalls() -> int:
    """W#MARKET.STALLS · keywords.tws:23 · condition: FOLLOWS SIGNS

    command: stalls
    machine: W
    """
    # TODO[A781] PAINTED behind W#MARKET.STALLS is neither a known keyword nor a job: the node of W#MARKET.STALLS fails
    # TODO[A781] BLUE behind W#MARKET.STALLS is neither a known keyword nor a job: the node of W#MARKET.STALLS fails
    # TODO[A784] DEADLINE 1000 of W#MARKET.STALLS is ignored: a late run is neither reported nor ended
    # TODO[A784] ONLATE KILL of W#MARKET.STALLS is ignored: a late run is neither reported nor ended
    # TODO[A786] MINDUR 0010 ONMINDUR ABEND of W#MARKET.STALLS is ignored
    return blocked("A781", "PAINTED is not known")


@env.task(
    short_name="MARKET",
    triggers=flyte.Trigger(
        name="MARKET.schedule", automation=flyte.Cron("0 6,8,10 * * *", timezone="UTC")
    ),
)
async def market(summer_fruit: str = "cherries", herb: str = "thyme") -> list[str]:
    """MARKET · keywords.tws"""
    flow = Flow("W#MARKET")
    prices_job = flow.start("W#MARKET.PRICES", prices.aio(summer_fruit, herb))
    signs_job = flow.start("W#MARKET.SIGNS", signs.aio(), prices_job.succeeded)
    flow.start("W#MARKET.STALLS", stalls.aio(), signs_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(market).outputs()[0], sep="\n")
