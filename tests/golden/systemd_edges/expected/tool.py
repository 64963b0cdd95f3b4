"""tool, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def tool_job() -> int:
    """tool · times.units:157"""
    return run("/usr/bin/tool")


tool = Workflow(name="tool", failure_policy=KEEP_GOING)

tool_job_node = tool.add_entity(tool_job).with_overrides(
    node_name="tool-job", name="tool"
)

tool.add_workflow_output("tool_job", tool_job_node.o0)


if __name__ == "__main__":
    print(f"Running tool() {tool()}")
