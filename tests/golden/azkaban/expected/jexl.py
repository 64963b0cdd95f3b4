"""jexl, converted by transpile from jexl.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def jexl_job() -> int:
    """jexl · jexl.job:1

    command: echo $(new("java.util.Date"))
    """
    # TODO[A809] the value cannot be resolved: echo $(new("java.util.Date")) is a JEXL expression
    return blocked("A809", 'echo $(new("java.util.Date")) is a JEXL expression')


jexl = Workflow(name="jexl", failure_policy=KEEP_GOING)

jexl_job_node = jexl.add_entity(jexl_job).with_overrides(
    node_name="jexl-job", name="jexl"
)

jexl.add_workflow_output("jexl_job", jexl_job_node.o0)


if __name__ == "__main__":
    print(f"Running jexl() {jexl()}")
