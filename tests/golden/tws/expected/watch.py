"""WATCH, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def clean() -> int:
    """MAIN#WATCH.CLEAN · streams.tws:60

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    # TODO[A761] EVERY 0100 of MAIN#WATCH.CLEAN is ignored: it runs once
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


# MAIN#WATCH · streams.tws:55
# machine: MAIN
# TODO[A776] STARTCOND FILECREATED MAIN#USER "/in/x" starts MAIN#WATCH: no launch plan was made
# TODO[A775] ONOVERLAP DONOTSTART of MAIN#WATCH is ignored: an execution starts while another one runs
# TODO[A778] VARTABLE OTHERS of MAIN#WATCH is ignored: parameters have the values of the default table
watch = Workflow(name="WATCH", failure_policy=KEEP_GOING)

clean_node = watch.add_entity(clean).with_overrides(
    node_name="clean", name="MAIN#WATCH.CLEAN"
)

watch.add_workflow_output("clean", clean_node.o0)


if __name__ == "__main__":
    print(f"Running watch() {watch()}")
