"""rescue, converted by transpile from rescue.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    STARTED,
    blocked,
    box_status,
    failed,
    not_failed,
    not_succeeded,
    require_success,
    run_status,
    started,
    succeeded,
    terminated,
)


@task
def risky() -> str:
    """risky · rescue.flow:6"""
    return run_status("exec true risky", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def mend(risky: str) -> str:
    """mend · rescue.flow:11 · condition: after risky: one_failed"""
    if not not_succeeded(risky):
        return SKIPPED
    return run_status("exec true mend", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def inner_start(risky: str, mend: str) -> str:
    """inner · start of the box · condition: after risky, mend: one_success"""
    if not (succeeded(risky) or succeeded(mend)):
        return SKIPPED
    return STARTED


@task
def inner_work(inner_start: str) -> str:
    """inner:work · rescue.flow:25"""
    if not started(inner_start):
        return SKIPPED
    return run_status("exec true work 1", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def inner_tidy(inner_start: str) -> str:
    """inner:tidy · rescue.flow:29 · condition: after work: all_done"""
    if not started(inner_start):
        return SKIPPED
    return run_status(
        "exec true tidy rescue", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"}
    )


@task
def inner_model(inner_work: str) -> str:
    """inner:model · rescue.flow:35 · condition: after work

    class: org.example.Model
    """
    # TODO[A813] job type voldemort of inner:model has no translation: its node fails
    if not succeeded(inner_work):
        return SKIPPED
    return blocked("A813", "type voldemort")


@task
def inner_end(
    inner_tidy: str, inner_model: str, inner_start: str, inner_work: str
) -> str:
    """inner · end of the box"""
    if not started(inner_start):
        return SKIPPED
    return box_status(
        {
            "inner:work": inner_work,
            "inner:tidy": inner_tidy,
            "inner:model": inner_model,
        },
        success=succeeded(inner_tidy) and succeeded(inner_model),
        failure=not_succeeded(inner_tidy) or not_succeeded(inner_model),
        complete=True,
    )


@task
def last() -> int:
    """last · rescue.flow:41 · condition: after inner: all_done"""
    return 0


@task
def rescue_end(
    inner_work: str, inner_tidy: str, risky: str, mend: str, inner: str
) -> str:
    """rescue · end of the box"""
    return box_status(
        {"risky": risky, "mend": mend, "inner": inner},
        success=not_failed(inner_work) and not_failed(inner_tidy),
        failure=failed(inner_work)
        or terminated(inner_work)
        or failed(inner_tidy)
        or terminated(inner_tidy),
        complete=True,
    )


@task
def rescue_result(rescue: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"rescue": rescue})


# rescue · rescue.flow:1
# failure.action: finish_all_possible
#
# inner · rescue.flow:18 · condition: after risky, mend: one_success (flattened)
# depth: 1
rescue = Workflow(name="rescue", failure_policy=KEEP_GOING)

risky_node = rescue.add_entity(risky).with_overrides(node_name="risky", name="risky")
mend_node = rescue.add_entity(mend, risky=risky_node.o0).with_overrides(
    node_name="mend", name="mend"
)
inner_start_node = rescue.add_entity(
    inner_start, risky=risky_node.o0, mend=mend_node.o0
).with_overrides(node_name="inner-start", name="inner (start)")
inner_work_node = rescue.add_entity(
    inner_work, inner_start=inner_start_node.o0
).with_overrides(node_name="inner-work", name="inner:work")
inner_tidy_node = rescue.add_entity(
    inner_tidy, inner_start=inner_start_node.o0
).with_overrides(node_name="inner-tidy", name="inner:tidy")
inner_work_node >> inner_tidy_node
inner_model_node = rescue.add_entity(
    inner_model, inner_work=inner_work_node.o0
).with_overrides(node_name="inner-model", name="inner:model")
inner_end_node = rescue.add_entity(
    inner_end,
    inner_tidy=inner_tidy_node.o0,
    inner_model=inner_model_node.o0,
    inner_start=inner_start_node.o0,
    inner_work=inner_work_node.o0,
).with_overrides(node_name="inner-end", name="inner (end)")
last_node = rescue.add_entity(last).with_overrides(node_name="last", name="last")
inner_end_node >> last_node
rescue_end_node = rescue.add_entity(
    rescue_end,
    inner_work=inner_work_node.o0,
    inner_tidy=inner_tidy_node.o0,
    risky=risky_node.o0,
    mend=mend_node.o0,
    inner=inner_end_node.o0,
).with_overrides(node_name="rescue-end", name="rescue (end)")
last_node >> rescue_end_node
rescue_result_node = rescue.add_entity(
    rescue_result, rescue=rescue_end_node.o0
).with_overrides(node_name="rescue-result", name="rescue (result)")

rescue.add_workflow_output("rescue_result", rescue_result_node.o0)


if __name__ == "__main__":
    print(f"Running rescue() {rescue()}")
