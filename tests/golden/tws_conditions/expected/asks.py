"""asks, converted by transpile from branches.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    blocked,
    box_status,
    cron,
    require_success,
    run,
)


@task
def absences() -> int:
    """w#asks.absences · branches.tws:48

    machine: w
    streamlogon: x
    recovery: stop
    defined in: branches.tws:3
    """
    return run("echo absences")


@task
def computed() -> int:
    """w#asks.computed · branches.tws:49

    machine: w
    """
    return run("echo x")


@task
def unknown() -> int:
    """w#asks.unknown · branches.tws:50

    command: echo unknown
    machine: w
    """
    # TODO[A768] w#asks.unknown has a condition without a translation: HEARD_OF; its node fails
    return blocked("A768", "IF HEARD_OF")


@task
def asks_job() -> int:
    """w#asks.asks · branches.tws:52

    command: echo asks
    machine: w
    """
    # TODO[A768] w#asks.asks has a condition without a translation: BIG: ${this.size} > 5; its node fails
    return blocked("A768", "IF BIG: ${this.size} > 5")


@task
def asks_end() -> str:
    """w#asks · end of the box"""
    return box_status({}, success=True)


@task
def asks_result(asks: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"w#asks": asks})


# w#asks · branches.tws:46
# machine: w
# on: runcycle r "FREQ=DAILY" at 0700 tz UTC
asks = Workflow(name="asks", failure_policy=KEEP_GOING)

absences_node = asks.add_entity(absences).with_overrides(
    node_name="absences", name="w#asks.absences"
)
computed_node = asks.add_entity(computed).with_overrides(
    node_name="computed", name="w#asks.computed"
)
unknown_node = asks.add_entity(unknown).with_overrides(
    node_name="unknown", name="w#asks.unknown"
)
asks_job_node = asks.add_entity(asks_job).with_overrides(
    node_name="asks-job", name="w#asks.asks"
)
asks_end_node = asks.add_entity(asks_end).with_overrides(
    node_name="asks-end", name="w#asks (end)"
)
absences_node >> asks_end_node
computed_node >> asks_end_node
unknown_node >> asks_end_node
asks_job_node >> asks_end_node
asks_result_node = asks.add_entity(asks_result, asks=asks_end_node.o0).with_overrides(
    node_name="asks-result", name="w#asks (result)"
)

asks.add_workflow_output("asks_result", asks_result_node.o0)


asks_schedule = LaunchPlan.get_or_create(
    asks, name="asks.schedule", schedule=cron("0 7 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running asks() {asks()}")
