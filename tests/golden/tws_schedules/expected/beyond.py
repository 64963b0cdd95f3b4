"""BEYOND, converted by transpile from cycles.tws."""

from flytekit import Workflow, WorkflowFailurePolicy, task

from job_runtime import run


@task
def j() -> int:
    """C#BEYOND.J · cycles.tws:39

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#BEYOND · cycles.tws:29
#
# machine: C
# on: RUNCYCLE A "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH,4TH" AT 1300
# on: RUNCYCLE B WORKDAYS AT 0100
# on: RUNCYCLE C PAYDAYS -2 WORKDAYS AT 0200
# on: RUNCYCLE D "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" AT 0300
# on: RUNCYCLE E 12/24/2026, 12/31/2026 AT 0400
# on: RUNCYCLE F "FREQ=DAILY;BYFREEDAY" AT 0500
# on: RUNCYCLE G "FREQ=MONTHLY;BYMONTHDAY=-1" AT 0600
# on: RUNCYCLE H "FREQ=MONTHLY;BYMONTHDAY=1" AT 0600 +1 DAY
# on: RUNCYCLE I EVERYDAY AT 2500
# TODO[A770] cron cannot say "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH,4TH" of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say WORKDAYS of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say PAYDAYS -2 WORKDAYS of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say 12/24/2026 of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say 12/31/2026 of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say "FREQ=DAILY;BYFREEDAY" of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say "FREQ=MONTHLY;BYMONTHDAY=-1" of C#BEYOND: no launch plan was made for it
# TODO[A770] cron cannot say "FREQ=MONTHLY;BYMONTHDAY=1" of C#BEYOND: no launch plan was made for it
# TODO[A115] AT cannot be AT 2500: a time such as 0630 is expected
beyond = Workflow(
    name="BEYOND",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

j_node = beyond.add_entity(j)
j_node.with_overrides(node_name="j", name="C#BEYOND.J")

beyond.add_workflow_output("j", j_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running beyond() {beyond()}")
