"""ONE_LINE, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def on() -> int:
    """A#ONE_LINE.ON · broken.tws:4

    machine: A
    """
    return run("on")


# A#ONE_LINE · broken.tws:4
# machine: A
# on: everyday
one_line = Workflow(name="ONE_LINE", failure_policy=KEEP_GOING)

on_node = one_line.add_entity(on).with_overrides(node_name="on", name="A#ONE_LINE.ON")

one_line.add_workflow_output("on", on_node.o0)


one_line_schedule = LaunchPlan.get_or_create(
    one_line, name="ONE_LINE.schedule", schedule=cron("0 6 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running one_line() {one_line()}")
