"""PLAIN_OUT, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def plain_out_job() -> int:
    """PLAIN_OUT · commands.jil:24"""
    # TODO[A210] AUTORUN is set by the old agent, and not on Flyte
    return run("echo $AUTORUN", stdout=">> /tmp/out")


plain_out = Workflow(name="PLAIN_OUT", failure_policy=KEEP_GOING)

plain_out_job_node = plain_out.add_entity(plain_out_job).with_overrides(
    node_name="plain-out-job", name="PLAIN_OUT"
)

plain_out.add_workflow_output("plain_out_job", plain_out_job_node.o0)


if __name__ == "__main__":
    print(f"Running plain_out() {plain_out()}")
