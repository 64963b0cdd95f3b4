"""nightly, converted by transpile from nightly.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task
from flytekit.types.error import FlyteError

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    SUCCESS,
    box_status,
    command,
    compare_output,
    cron,
    not_failed,
    not_succeeded,
    on_failure,
    output_or,
    report_failure,
    require_success,
    run_node_status,
    run_status,
    succeeded,
    with_outputs,
)


@task
def first() -> tuple[str, str]:
    """first · nightly.flow:14"""
    return with_outputs(
        run_status, "exec true first", output_file="JOB_OUTPUT_PROP_FILE"
    )


@task
def second(first: str, first_outputs: str, rows: str) -> str:
    """second · nightly.flow:19

    condition: after first: ${first:rows} > 10 && ${first:kind} == "full"
    """
    if not (
        succeeded(first)
        and compare_output(first_outputs, "rows", ">", 10)
        and compare_output(first_outputs, "kind", "==", "full")
    ):
        return SKIPPED
    return run_status(
        "exec true second ${rows} world",
        env={
            "rows": output_or(rows, "rows", first_outputs),
            "JOB_OUTPUT_PROP_FILE": "/dev/null",
        },
    )


@task
def third(first: str, first_outputs: str) -> str:
    """third · nightly.flow:27

    condition: after first: (!(${first:rows} > 10) || ${first:kind} != "full") && all_success
    """
    if not (
        succeeded(first)
        and (
            compare_output(first_outputs, "rows", "not >", 10)
            or compare_output(first_outputs, "kind", "!=", "full")
        )
    ):
        return SKIPPED
    return run_node_status(
        command("exec true third", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"}), retries=1
    )


@task
def join(second: str, third: str) -> str:
    """join · nightly.flow:36 · condition: after second, third: one_success"""
    # TODO[A321] join may start late: it waits for the end of second, the source may start it before
    if not (succeeded(second) or succeeded(third)):
        return SKIPPED
    return run_status("exec true join", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def alarm(first: str, join: str) -> str:
    """alarm · nightly.flow:43 · condition: after first, join: one_failed"""
    # TODO[A825] alarm never runs after a failure of first, because second needs its success: the flow then starts no more jobs
    # TODO[A321] alarm may start late: it waits for the end of first, the source may start it before
    if not ((not_succeeded(first) or not_succeeded(join)) and not_failed(first)):
        return SKIPPED
    return run_status("exec true alarm", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def close(first: str) -> str:
    """close · nightly.flow:50 · condition: after join, alarm: all_done"""
    if not not_failed(first):
        return SKIPPED
    return SUCCESS


@task
def nightly_end(
    close: str, first: str, second: str, third: str, join: str, alarm: str
) -> str:
    """nightly · end of the box"""
    return box_status(
        {
            "first": first,
            "second": second,
            "third": third,
            "join": join,
            "alarm": alarm,
            "close": close,
        },
        success=succeeded(close),
        failure=not_succeeded(close),
        complete=True,
    )


@task
def nightly_result(nightly: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"nightly": nightly})


@task
def nightly_failed(rows: str, err: FlyteError | None = None) -> None:
    """nightly · runs when it has failed"""
    report_failure("NOTIFICATION workflow=nightly to=team@example.com", err)


# nightly · nightly.flow:1
# who: world
nightly = Workflow(name="nightly", failure_policy=KEEP_GOING)
rows = nightly.add_workflow_input("rows", (str, "$$rows"))
on_failure(
    nightly, nightly_failed, node_name="nightly-failed", name="nightly (failure)"
)

first_node = nightly.add_entity(first).with_overrides(node_name="first", name="first")
second_node = nightly.add_entity(
    second, first=first_node.o0, first_outputs=first_node.o1, rows=rows
).with_overrides(node_name="second", name="second")
third_node = nightly.add_entity(
    third, first=first_node.o0, first_outputs=first_node.o1
).with_overrides(node_name="third", name="third")
join_node = nightly.add_entity(
    join, second=second_node.o0, third=third_node.o0
).with_overrides(node_name="join", name="join")
alarm_node = nightly.add_entity(
    alarm, first=first_node.o0, join=join_node.o0
).with_overrides(node_name="alarm", name="alarm")
close_node = nightly.add_entity(close, first=first_node.o0).with_overrides(
    node_name="close", name="close"
)
alarm_node >> close_node
nightly_end_node = nightly.add_entity(
    nightly_end,
    close=close_node.o0,
    first=first_node.o0,
    second=second_node.o0,
    third=third_node.o0,
    join=join_node.o0,
    alarm=alarm_node.o0,
).with_overrides(node_name="nightly-end", name="nightly (end)")
nightly_result_node = nightly.add_entity(
    nightly_result, nightly=nightly_end_node.o0
).with_overrides(node_name="nightly-result", name="nightly (result)")

nightly.add_workflow_output("nightly_result", nightly_result_node.o0)


nightly_schedule = LaunchPlan.get_or_create(
    nightly,
    name="nightly.schedule",
    schedule=cron("15 6 * * 1-5"),
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.ABORTED,
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.SUCCEEDED,
                WorkflowExecutionPhase.TIMED_OUT,
            ],
            recipients_email=["team@example.com"],
        )
    ],
)


if __name__ == "__main__":
    print(f"Running nightly() {nightly()}")
