"""nightly, converted by transpile from nightly.yaml."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    STARTED,
    box_status,
    cron,
    exit_code,
    failed,
    not_failed,
    not_succeeded,
    require_success,
    run,
    run_status,
    started,
    succeeded,
    terminated,
)


@task
def stage(warehouse_start: str) -> str:
    """stage · nightly.yaml:20"""
    if not started(warehouse_start):
        return SKIPPED
    return run_status("echo one\necho two", env={"REGION": "eu", "MODE": "full"})


@task
def load(stage: str) -> str:
    """load · nightly.yaml:25 · condition: after stage

    owner: dwh
    """
    if not succeeded(stage):
        return SKIPPED
    return run_status("echo load", env={"REGION": "eu"})


@task
def reject(load: str, warehouse_start: str) -> str:
    """reject · nightly.yaml:26 · condition: after load"""
    if not ((failed(load) or terminated(load)) and started(warehouse_start)):
        return SKIPPED
    return run_status("echo reject", env={"REGION": "eu"})


@task
def warehouse_end(stage: str, load: str, reject: str, warehouse_start: str) -> str:
    """warehouse · end of the box"""
    if not started(warehouse_start):
        return SKIPPED
    return box_status(
        {"stage": stage, "load": load, "reject": reject},
        success=succeeded(stage) and succeeded(load) and not_failed(reject),
        failure=not_succeeded(stage)
        or not_succeeded(load)
        or failed(reject)
        or terminated(reject),
        complete=True,
    )


# warehouse · nightly.yaml:17 · condition: after export, no
warehouse = Workflow(name="warehouse", failure_policy=KEEP_GOING)
warehouse_start_input = warehouse.add_workflow_input("warehouse_start", str)

stage_node = warehouse.add_entity(
    stage, warehouse_start=warehouse_start_input
).with_overrides(node_name="stage", name="stage")
load_node = warehouse.add_entity(load, stage=stage_node.o0).with_overrides(
    node_name="load", name="load"
)
reject_node = warehouse.add_entity(
    reject, load=load_node.o0, warehouse_start=warehouse_start_input
).with_overrides(node_name="reject", name="reject")
warehouse_end_node = warehouse.add_entity(
    warehouse_end,
    stage=stage_node.o0,
    load=load_node.o0,
    reject=reject_node.o0,
    warehouse_start=warehouse_start_input,
).with_overrides(node_name="warehouse-end", name="warehouse (end)")

warehouse.add_workflow_output("warehouse_end", warehouse_end_node.o0)


@task(retries=1)
def export() -> int:
    """export · nightly.yaml:9"""
    return run("echo export", env={"REGION": "eu"}, time_limit=timedelta(minutes=15))


@task
def no() -> str:
    """no · nightly.yaml:13 · condition: after export"""
    return run_status(
        'echo "no"', env={"REGION": "eu"}, retries=1, time_limit=timedelta(minutes=15)
    )


@task
def warehouse_start(no: str) -> str:
    """warehouse · start of the box · condition: after export, no"""
    if not succeeded(no):
        return SKIPPED
    return STARTED


@task
def publish(warehouse: str) -> str:
    """publish · nightly.yaml:27 · condition: after warehouse"""
    if not succeeded(warehouse):
        return SKIPPED
    return run_status("echo publish", env={"REGION": "eu"})


@task
def audit(publish: str, no: str) -> str:
    """audit · nightly.yaml:28

    condition: success(export) & (failure(publish) | exit(no) >= 4)
    """
    if not (failed(publish) or terminated(publish) or exit_code(no) >= 4):
        return SKIPPED
    return run_status("echo audit", env={"REGION": "eu"})


@task
def nightly_result(no: str, warehouse: str, publish: str, audit: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {"no": no, "warehouse": warehouse, "publish": publish, "audit": audit}
    )


nightly = Workflow(name="nightly", failure_policy=KEEP_GOING)

export_node = nightly.add_entity(export).with_overrides(
    node_name="export", name="export"
)
no_node = nightly.add_entity(no).with_overrides(node_name="no", name="no")
export_node >> no_node
warehouse_start_node = nightly.add_entity(
    warehouse_start, no=no_node.o0
).with_overrides(node_name="warehouse-start", name="warehouse (start)")
warehouse_node = nightly.add_subwf(
    warehouse, warehouse_start=warehouse_start_node.o0
).with_overrides(node_name="warehouse", name="warehouse")
publish_node = nightly.add_entity(
    publish, warehouse=warehouse_node.warehouse_end
).with_overrides(node_name="publish", name="publish")
audit_node = nightly.add_entity(
    audit, publish=publish_node.o0, no=no_node.o0
).with_overrides(node_name="audit", name="audit")
nightly_result_node = nightly.add_entity(
    nightly_result,
    no=no_node.o0,
    warehouse=warehouse_node.warehouse_end,
    publish=publish_node.o0,
    audit=audit_node.o0,
).with_overrides(node_name="nightly-result", name="nightly (result)")

nightly.add_workflow_output("nightly_result", nightly_result_node.o0)


nightly_schedule = LaunchPlan.get_or_create(
    nightly,
    name="nightly.schedule",
    schedule=cron("30 2 * * 1-5", timezone="Europe/London"),
)


if __name__ == "__main__":
    print(f"Running nightly() {nightly()}")
