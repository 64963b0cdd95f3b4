"""two_2, converted by transpile from two.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def pong() -> int:
    """pong · two.yml:7"""
    return run("echo pong")


@task
def done_job() -> int:
    """done · two.yml:8 · condition: after pong"""
    return run("echo done")


two_2 = Workflow(name="two_2", failure_policy=KEEP_GOING)

pong_node = two_2.add_entity(pong).with_overrides(node_name="pong", name="pong")
done_job_node = two_2.add_entity(done_job).with_overrides(
    node_name="done-job", name="done"
)
pong_node >> done_job_node

two_2.add_workflow_output("done_job", done_job_node.o0)


if __name__ == "__main__":
    print(f"Running two_2() {two_2()}")
