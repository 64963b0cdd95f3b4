"""weak, converted by transpile from weak.dag."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, SKIPPED, done, require_success, run_status


@task
def count() -> str:
    """Count · weak.dag:2"""
    return run_status("exec /bin/echo Count in the splice")


@task
def report(count: str) -> str:
    """Report · weak.dag:3 · condition: WEAK PARENT Count"""
    if not done(count):
        return SKIPPED
    return run_status("exec /bin/echo Report in the splice")


@task
def weak_result(count: str, report: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"Count": count, "Report": report})


weak = Workflow(name="weak", failure_policy=KEEP_GOING)

count_node = weak.add_entity(count).with_overrides(node_name="count", name="Count")
report_node = weak.add_entity(report, count=count_node.o0).with_overrides(
    node_name="report", name="Report"
)
weak_result_node = weak.add_entity(
    weak_result, count=count_node.o0, report=report_node.o0
).with_overrides(node_name="weak-result", name="weak (result)")

weak.add_workflow_output("weak_result", weak_result_node.o0)


if __name__ == "__main__":
    print(f"Running weak() {weak()}")
