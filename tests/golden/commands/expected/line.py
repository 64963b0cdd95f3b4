"""LINE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def line_job() -> int:
    """LINE · commands.jil:54

    machine: m1
    owner: me@m1
    """
    # TODO[A855] machine was read as an attribute, inside the line of command
    return run("echo one line")


line = Workflow(name="LINE", failure_policy=KEEP_GOING)

line_job_node = line.add_entity(line_job).with_overrides(
    node_name="line-job", name="LINE"
)

line.add_workflow_output("line_job", line_job_node.o0)


if __name__ == "__main__":
    print(f"Running line() {line()}")
