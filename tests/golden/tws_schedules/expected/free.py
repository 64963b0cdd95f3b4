"""FREE, converted by transpile from cycles.tws."""

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, task

from job_runtime import cron, run


@task
def j() -> int:
    """C#FREE.J · cycles.tws:44

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#FREE · cycles.tws:40
#
# machine: C
# timezone: UTC
# freedays: HOLIDAYS -SA -SU
# on: RUNCYCLE A "FREQ=DAILY" FDNEXT AT 0600
# except: RUNCYCLE B 01/01/2027
# except: HOLIDAYS
# TODO[A771] FDNEXT of C#FREE is not kept: the launch plan also runs on these days
# TODO[A771] 01/01/2027 of C#FREE is not kept: the launch plan also runs on these days
# TODO[A771] HOLIDAYS of C#FREE is not kept: the launch plan also runs on these days
free = Workflow(
    name="FREE",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

j_node = free.add_entity(j)
j_node.with_overrides(node_name="j", name="C#FREE.J")

free.add_workflow_output("j", j_node.outputs["o0"])


free_schedule = LaunchPlan.get_or_create(
    free, name="FREE.schedule", schedule=cron("0 6 * * *", timezone="UTC")
)


if __name__ == "__main__":
    print(f"Running free() {free()}")
