"""TRD_OPEN_network, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def trd_open() -> int:
    """TRD_OPEN · trading/close.jil:27

    application: trading
    group: opening
    """
    return run("echo open")


@task
def fx_open() -> int:
    """FX_OPEN · trading/close.jil:36

    application: trading
    group: opening
    """
    return run("echo rates")


trd_open_network = Workflow(name="TRD_OPEN_network", failure_policy=KEEP_GOING)

trd_open_node = trd_open_network.add_entity(trd_open).with_overrides(
    node_name="trd-open", name="TRD_OPEN"
)
fx_open_node = trd_open_network.add_entity(fx_open).with_overrides(
    node_name="fx-open", name="FX_OPEN"
)

trd_open_network.add_workflow_output("trd_open", trd_open_node.o0)
trd_open_network.add_workflow_output("fx_open", fx_open_node.o0)


trd_open_network_schedule = LaunchPlan.get_or_create(
    trd_open_network,
    name="TRD_OPEN_network.schedule",
    schedule=cron("0 7 * * 1-5", timezone="America/New_York"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running trd_open_network() {trd_open_network()}")
