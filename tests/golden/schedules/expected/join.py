"""JOIN, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, run


@task
def join_job() -> int:
    """JOIN · schedules.jil:77 · condition: s(SECOND) & s(OTHER_ROOT)"""
    return run("true")


join = Workflow(name="JOIN", failure_policy=KEEP_GOING)

join_job_node = join.add_entity(join_job).with_overrides(
    node_name="join-job", name="JOIN"
)

join.add_workflow_output("join_job", join_job_node.o0)


join_start = LaunchPlan.get_or_create(
    join, name="JOIN.start", concurrency=ONE_AT_A_TIME
)


if __name__ == "__main__":
    print(f"Running join() {join()}")
