"""WINDOWS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def windows_job() -> int:
    """WINDOWS · commands.jil:51"""
    # TODO[A209] this looks like a Windows command; Flyte runs it in a Linux container
    # TODO[A865] the whole command is in quotes: the shell takes it as the name of one program
    return run('"C:\\jobs\\run me.bat"')


windows = Workflow(name="WINDOWS", failure_policy=KEEP_GOING)

windows_job_node = windows.add_entity(windows_job).with_overrides(
    node_name="windows-job", name="WINDOWS"
)

windows.add_workflow_output("windows_job", windows_job_node.o0)


if __name__ == "__main__":
    print(f"Running windows() {windows()}")
