"""ONLY_ONE, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def only_one_job(home_dir: str) -> int:
    """ONLY_ONE · commands.jil:12"""
    return run(
        "awk '{print $1, \"'\"$GLOBAL_HOME_DIR\"'\"}' $GLOBAL_HOME_DIR $HOME_DIR",
        env={"GLOBAL_HOME_DIR": home_dir},
    )


only_one = Workflow(name="ONLY_ONE", failure_policy=KEEP_GOING)
home_dir = only_one.add_workflow_input("home_dir", (str, "/opt/batch"))

only_one_job_node = only_one.add_entity(only_one_job, home_dir=home_dir).with_overrides(
    node_name="only-one-job", name="ONLY_ONE"
)

only_one.add_workflow_output("only_one_job", only_one_job_node.o0)


if __name__ == "__main__":
    print(f"Running only_one() {only_one()}")
