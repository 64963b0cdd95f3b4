"""BRANCHES_2, converted by transpile from bank.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run, wait_for_file


@task
def watch() -> int:
    """BRANCHES.WATCH · bank.xml:79

    folder: BRANCHES
    """
    return wait_for_file("/srv/bank/go", interval=30)


@task
def start() -> int:
    """BRANCHES.START · bank.xml:84 · condition: GO

    folder: BRANCHES
    """
    return run("start")


branches_2 = Workflow(name="BRANCHES_2", failure_policy=KEEP_GOING)

watch_node = branches_2.add_entity(watch).with_overrides(
    node_name="watch", name="BRANCHES.WATCH"
)
start_node = branches_2.add_entity(start).with_overrides(
    node_name="start", name="BRANCHES.START"
)
watch_node >> start_node

branches_2.add_workflow_output("start", start_node.o0)


branches_2_schedule = LaunchPlan.get_or_create(
    branches_2,
    name="BRANCHES_2.schedule",
    schedule=cron("30 6 * * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running branches_2() {branches_2()}")
