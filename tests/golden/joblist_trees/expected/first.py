"""first, converted by transpile from two.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def ping() -> int:
    """ping · two.yml:3"""
    return run("echo ping")


first = Workflow(name="first", failure_policy=KEEP_GOING)

ping_node = first.add_entity(ping).with_overrides(node_name="ping", name="ping")

first.add_workflow_output("ping", ping_node.o0)


if __name__ == "__main__":
    print(f"Running first() {first()}")
