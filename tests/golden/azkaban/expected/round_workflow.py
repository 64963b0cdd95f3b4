"""round, converted by transpile from round.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def round_job() -> int:
    """round · round.job:1

    a: ${b}
    b: ${a}
    command: echo ${a}
    """
    # TODO[A808] the value cannot be resolved: the references form a cycle: a -> b -> a
    return blocked("A808", "the references form a cycle: a -> b -> a")


round_workflow = Workflow(name="round", failure_policy=KEEP_GOING)

round_job_node = round_workflow.add_entity(round_job).with_overrides(
    node_name="round-job", name="round"
)

round_workflow.add_workflow_output("round_job", round_job_node.o0)


if __name__ == "__main__":
    print(f"Running round_workflow() {round_workflow()}")
