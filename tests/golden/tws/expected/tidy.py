"""TIDY, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def clean() -> int:
    """MAIN#TIDY.CLEAN · streams.tws:52

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


# MAIN#TIDY · streams.tws:49
# machine: MAIN
# draft: yes
# on: RUNCYCLE DAYS "FREQ=DAILY" AT 0400
# TODO[A753] MAIN#TIDY is a draft: it was converted without a launch plan
tidy = Workflow(name="TIDY", failure_policy=KEEP_GOING)

clean_node = tidy.add_entity(clean).with_overrides(
    node_name="clean", name="MAIN#TIDY.CLEAN"
)

tidy.add_workflow_output("clean", clean_node.o0)


if __name__ == "__main__":
    print(f"Running tidy() {tidy()}")
