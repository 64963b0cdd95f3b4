"""night, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    cron,
    require_success,
    run,
    run_status,
)


@task
def sweep() -> str:
    """sweep · times.units:122"""
    return run_status("/usr/bin/sweep")


@task
def save() -> int:
    """save · times.units:117"""
    return run("/usr/bin/save")


@task
def night_result(sweep: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"sweep": sweep})


night = Workflow(name="night", failure_policy=KEEP_GOING)

sweep_node = night.add_entity(sweep).with_overrides(node_name="sweep", name="sweep")
save_node = night.add_entity(save).with_overrides(node_name="save", name="save")
sweep_node >> save_node
night_result_node = night.add_entity(night_result, sweep=sweep_node.o0).with_overrides(
    node_name="night-result", name="night (result)"
)

night.add_workflow_output("save", save_node.o0)
night.add_workflow_output("night_result", night_result_node.o0)


night_schedule = LaunchPlan.get_or_create(
    night,
    name="night.schedule",
    schedule=cron("0 22 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running night() {night()}")
