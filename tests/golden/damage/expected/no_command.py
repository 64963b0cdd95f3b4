"""NO_COMMAND, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def no_command_job() -> int:
    """NO_COMMAND · broken.jil:17"""
    # TODO[A202] a job of type command needs command: its node fails
    return blocked("A202", "no command")


no_command = Workflow(name="NO_COMMAND", failure_policy=KEEP_GOING)

no_command_job_node = no_command.add_entity(no_command_job).with_overrides(
    node_name="no-command-job", name="NO_COMMAND"
)

no_command.add_workflow_output("no_command_job", no_command_job_node.o0)


if __name__ == "__main__":
    print(f"Running no_command() {no_command()}")
