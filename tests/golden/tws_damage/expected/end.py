"""END, converted by transpile from broken.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def follows() -> int:
    """END.FOLLOWS · broken.tws:23

    machine: A
    """
    return run("named like a keyword")


@task
def at() -> int:
    """END.AT · broken.tws:24 · condition: FOLLOWS FOLLOWS

    machine: A
    """
    return run("at")


# END · broken.tws:21
# on: EVERYDAY
end = Workflow(name="END", failure_policy=KEEP_GOING)

follows_node = end.add_entity(follows).with_overrides(
    node_name="follows", name="END.FOLLOWS"
)
at_node = end.add_entity(at).with_overrides(node_name="at", name="END.AT")
follows_node >> at_node

end.add_workflow_output("at", at_node.o0)


end_schedule = LaunchPlan.get_or_create(
    end, name="END.schedule", schedule=cron("0 8 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running end() {end()}")
