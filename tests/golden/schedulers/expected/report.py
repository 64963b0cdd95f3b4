"""REPORT, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def report_job() -> int:
    """REPORT · calls.jil:12"""
    return run("report.sh")


report = Workflow(name="REPORT", failure_policy=KEEP_GOING)

report_job_node = report.add_entity(report_job).with_overrides(
    node_name="report-job", name="REPORT"
)

report.add_workflow_output("report_job", report_job_node.o0)


if __name__ == "__main__":
    print(f"Running report() {report()}")
