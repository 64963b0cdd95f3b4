"""MARKET, converted by transpile from keywords.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, cron, run


@task
def prices(summer_fruit: str, herb: str) -> int:
    """W#MARKET.PRICES · keywords.tws:15

    machine: W
    statisticstype: CUSTOM
    """
    return run(
        "prices $SUMMER_FRUIT $HERB", env={"SUMMER_FRUIT": summer_fruit, "HERB": herb}
    )


@task
def signs() -> int:
    """W#MARKET.SIGNS · keywords.tws:19 · condition: FOLLOWS PRICES

    machine: W
    """
    # TODO[A779] AT 0900 TZ UTC of W#MARKET.SIGNS is ignored: in the workflow it does not wait for this time
    return run("signs")


@task
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


# W#MARKET · keywords.tws:2
# machine: W
# onoverlap: PARALLEL
# isservice: yes
# servicename: MARKET
# servicedescription: "the market"
# servicetags: "|fruit|herbs|"
# servicevariables: "{stall: \"7\"}"
# statisticstype: CUSTOM
# on: RUNCYCLE R1 "FREQ=DAILY;" AT 0600 TZ UTC EVERY 0200 EVERYENDTIME 1000 DEADLINE 1130
# TODO[A784] DEADLINE 1130 of W#MARKET is ignored: a late run is neither reported nor ended
market = Workflow(name="MARKET", failure_policy=KEEP_GOING)
summer_fruit = market.add_workflow_input("summer_fruit", (str, "cherries"))
herb = market.add_workflow_input("herb", (str, "thyme"))

prices_node = market.add_entity(
    prices, summer_fruit=summer_fruit, herb=herb
).with_overrides(node_name="prices", name="W#MARKET.PRICES")
signs_node = market.add_entity(signs).with_overrides(
    node_name="signs", name="W#MARKET.SIGNS"
)
prices_node >> signs_node
stalls_node = market.add_entity(stalls).with_overrides(
    node_name="stalls", name="W#MARKET.STALLS"
)
signs_node >> stalls_node

market.add_workflow_output("stalls", stalls_node.o0)


market_schedule = LaunchPlan.get_or_create(
    market, name="MARKET.schedule", schedule=cron("0 6,8,10 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running market() {market()}")
