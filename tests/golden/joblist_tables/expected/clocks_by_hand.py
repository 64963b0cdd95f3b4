"""clocks_by_hand, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def by_hand() -> int:
    """by hand · clocks.tsv:6"""
    return run("echo hand")


clocks_by_hand = Workflow(name="clocks_by_hand", failure_policy=KEEP_GOING)

by_hand_node = clocks_by_hand.add_entity(by_hand).with_overrides(
    node_name="by-hand", name="by hand"
)

clocks_by_hand.add_workflow_output("by_hand", by_hand_node.o0)


if __name__ == "__main__":
    print(f"Running clocks_by_hand() {clocks_by_hand()}")
