"""ENDS, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import cron, run


@task
def j() -> int:
    """C#ENDS.J · cycles.tws:49

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#ENDS · cycles.tws:49
#
# machine: C
# on: RUNCYCLE A VALIDFROM 01/01/2026 VALIDTO 12/31/2027 DESCRIPTION "two years" "FREQ=DAILY;" AT 0600 TZ UTC
# TODO[A773] VALIDTO 12/31/2027 of C#ENDS is not kept: the launch plan does not end
ends = Workflow(
    name="ENDS",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

j_node = ends.add_entity(j)
j_node.with_overrides(node_name="j", name="C#ENDS.J")

ends.add_workflow_output("j", j_node.outputs["o0"])


ends_schedule = LaunchPlan.get_or_create(
    ends, name="ENDS.schedule", schedule=cron("0 6 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running ends() {ends()}")
