"""GOOD, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run

# left out: SELF
# TODO[A401] these jobs wait for one another: SELF -> SELF
# left out: CYCLE_A
# TODO[A401] these jobs wait for one another: CYCLE_A -> CYCLE_B -> CYCLE_C -> CYCLE_A
# left out: CYCLE_B
# left out: CYCLE_C
# left out: BEHIND
# TODO[A402] BEHIND was left out: it waits for CYCLE_B
# left out: WAITS_FOR_ITS_BOX
# TODO[A401] these jobs wait for one another: WAITS_FOR_ITS_BOX -> BOX -> WAITS_FOR_ITS_BOX
# left out: BOX
# TODO[A402] BOX was left out: it waits for WAITS_FOR_ITS_BOX
# left out: BEHIND_THE_BOX
# TODO[A402] BEHIND_THE_BOX was left out: it waits for BOX


@task
def good_job() -> int:
    """GOOD · broken.jil:2"""
    return run("true")


good = Workflow(name="GOOD", failure_policy=KEEP_GOING)

good_job_node = good.add_entity(good_job).with_overrides(
    node_name="good-job", name="GOOD"
)

good.add_workflow_output("good_job", good_job_node.o0)


if __name__ == "__main__":
    print(f"Running good() {good()}")
