"""cron, converted by transpile from fields/cron.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING


@task
def a() -> int:
    """a · fields/cron.flow:4"""
    return 0


cron_workflow = Workflow(name="cron", failure_policy=KEEP_GOING)

a_node = cron_workflow.add_entity(a).with_overrides(node_name="a", name="a")

cron_workflow.add_workflow_output("a", a_node.o0)


if __name__ == "__main__":
    print(f"Running cron_workflow() {cron_workflow()}")
