"""PRODUCTION_NIGHT, converted by transpile from site.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def production_load() -> int:
    """PRODUCTION_LOAD · site.jil:4

    machine: ~{$HOST}~
    """
    # TODO[A127] placeholder ~{$HOST}~ has no value
    return run("load --to /data machine: y/PRODUCTIONPRODUCTION")


@task
def missing() -> int:
    """MISSING · MISSING is not defined"""
    return blocked("A303", "MISSING is not defined")


@task
def production_send() -> int:
    """PRODUCTION_SEND · site.jil:9 · condition: s(PRODUCTION_LOAD) & s(MISSING)

    command: send ~{$REGION}~
    """
    # TODO[A127] placeholder ~{$REGION}~ has no value
    # TODO[A303] job MISSING is not defined: this condition of PRODUCTION_SEND never holds
    return blocked("A127", "command has a placeholder without a value: REGION")


# PRODUCTION_NIGHT · site.jil:1
# night of PRODUCTION
production_night = Workflow(name="PRODUCTION_NIGHT", failure_policy=KEEP_GOING)

production_load_node = production_night.add_entity(production_load).with_overrides(
    node_name="production-load", name="PRODUCTION_LOAD"
)
missing_node = production_night.add_entity(missing).with_overrides(
    node_name="missing", name="MISSING"
)
production_send_node = production_night.add_entity(production_send).with_overrides(
    node_name="production-send", name="PRODUCTION_SEND"
)
production_load_node >> production_send_node
missing_node >> production_send_node

production_night.add_workflow_output("production_send", production_send_node.o0)


if __name__ == "__main__":
    print(f"Running production_night() {production_night()}")
