"""NIGHT, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def load() -> int:
    """LOAD · calls.jil:3"""
    # TODO[A220] the command drives a scheduler: sendevent FORCE_STARTJOB of REPORT (it heads a workflow of this estate)
    return run("load.sh && /opt/CA/bin/sendevent -E FORCE_STARTJOB -J REPORT")


@task
def check() -> int:
    """CHECK · calls.jil:7 · condition: s(LOAD)"""
    # TODO[A221] the command queries a scheduler: autorep status of LOAD (a job of the same workflow)
    return run(
        'ksh -c \'while [ "$(autorep -J LOAD | awk "{print $4}")" != SU ]; do sleep 60; done\''
    )


# NIGHT · calls.jil:1
night = Workflow(name="NIGHT", failure_policy=KEEP_GOING)

load_node = night.add_entity(load).with_overrides(node_name="load", name="LOAD")
check_node = night.add_entity(check).with_overrides(node_name="check", name="CHECK")
load_node >> check_node

night.add_workflow_output("check", check_node.o0)


if __name__ == "__main__":
    print(f"Running night() {night()}")
