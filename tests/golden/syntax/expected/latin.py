"""LATIN, converted by transpile from latin.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def latin_job() -> int:
    """LATIN · latin.jil:1

    début
    """
    return run("echo café")


latin = Workflow(name="LATIN", failure_policy=KEEP_GOING)

latin_job_node = latin.add_entity(latin_job).with_overrides(
    node_name="latin-job", name="LATIN"
)

latin.add_workflow_output("latin_job", latin_job_node.o0)


if __name__ == "__main__":
    print(f"Running latin() {latin()}")
