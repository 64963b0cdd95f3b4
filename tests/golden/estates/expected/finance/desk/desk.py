"""DESK, converted by transpile from finance/morning.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.finance.desk.desk_cuts import DESK
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    cron,
    gate,
    look,
    run,
)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def desk_look() -> str:
    """DESK · does what it waits for hold already?"""
    return look(DESK)


@workflow(failure_policy=KEEP_GOING)
def desk_wait() -> bool:
    """DESK · waits for: FIN_NIGHT succeeded and TRD_CLOSE does not run"""
    return gate(DESK)


@task
def desk_list() -> int:
    """DESK_LIST · finance/morning.jil:12"""
    return run("echo list")


# DESK · finance/morning.jil:2 · condition: s(FIN_NIGHT) & n(TRD_CLOSE)
# application: finance
# group: desk
desk = Workflow(name="DESK", failure_policy=KEEP_GOING)

desk_look_node = desk.add_entity(desk_look).with_overrides(
    node_name="desk-look", name="DESK (look)"
)
desk_wait_node = desk.add_subwf(desk_wait).with_overrides(
    node_name="desk-wait", name="DESK (wait)"
)
desk_list_node = desk.add_entity(desk_list).with_overrides(
    node_name="desk-list", name="DESK_LIST"
)
desk_wait_node >> desk_list_node

desk.add_workflow_output("desk_list", desk_list_node.o0)


desk_schedule = LaunchPlan.get_or_create(
    desk,
    name="DESK.schedule",
    schedule=cron("0 5 * * 2-6", timezone="Europe/London"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running desk() {desk()}")
