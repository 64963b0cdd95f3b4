"""FIN.NIGHT · daily 22:15 Europe/London"""

import sys
from datetime import datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, task, workflow
from flytekit.models.concurrency import ConcurrencyLimitBehavior, ConcurrencyPolicy

from flows.finance.fin_night_cuts import FIN_LOAD
from flows.job_runtime import (
    ENVIRONMENT,
    SKIPPED,
    SMALL,
    cron,
    failed,
    gate,
    look,
    not_before,
    run,
    run_status,
    tell,
)
from flows.reporting.rpt_summary_cuts import RPT_SUMMARY

ONE_AT_A_TIME = ConcurrencyPolicy(max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP)
GOES_ON = WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def fin_load_look() -> str:
    """FIN.LOAD · does what it waits for hold already?"""
    return look(FIN_LOAD)


@workflow(failure_policy=GOES_ON)
def fin_load_wait() -> bool:
    """FIN.LOAD · waits for: TRD.RECON succeeded in the last 12:00"""
    return gate(FIN_LOAD)


@task(retries=2)
def fin_load() -> int:
    """FIN.LOAD · condition: s(TRD.RECON, 12.00)"""
    return run("echo load")


@task
def fin_post() -> str:
    """FIN.POST · condition: s(FIN.LOAD)"""
    return run_status("echo post")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def fin_post_tell() -> str:
    """FIN.POST · RPT.SUMMARY looks at it"""
    return tell(RPT_SUMMARY)


@task
def fin_alert(fin_post: str) -> str:
    """FIN.ALERT · condition: f(FIN.POST)"""
    if not failed(fin_post):
        return SKIPPED
    return run_status("echo call the desk")


@task(requests=SMALL, retries=5)
def fin_late_not_before(kickoff: datetime) -> str:
    """FIN.LATE · not before 23:30 Europe/London"""
    return not_before(kickoff, ("23:30",), timezone="Europe/London")


@task
def fin_late() -> int:
    """FIN.LATE"""
    return run("echo late")


fin_night = Workflow(name="FIN.NIGHT", failure_policy=GOES_ON)
kickoff = fin_night.add_workflow_input("kickoff", (datetime, datetime(1970, 1, 1)))
fin_load_look_node = fin_night.add_entity(fin_load_look).with_overrides(
    node_name="fin-load-look", name="FIN.LOAD (look)"
)
fin_load_wait_node = fin_night.add_entity(fin_load_wait).with_overrides(
    node_name="fin-load-wait", name="FIN.LOAD (wait)"
)
fin_load_node = fin_night.add_entity(fin_load).with_overrides(node_name="fin-load", name="FIN.LOAD")
fin_load_wait_node >> fin_load_node
fin_post_node = fin_night.add_entity(fin_post).with_overrides(node_name="fin-post", name="FIN.POST")
fin_load_node >> fin_post_node
fin_post_tell_node = fin_night.add_entity(fin_post_tell).with_overrides(
    node_name="fin-post-tell", name="FIN.POST (tell)"
)
fin_post_node >> fin_post_tell_node
fin_alert_node = fin_night.add_entity(
    fin_alert, fin_post=fin_post_node.outputs["o0"]
).with_overrides(node_name="fin-alert", name="FIN.ALERT")
fin_late_not_before_node = fin_night.add_entity(
    fin_late_not_before, kickoff=kickoff
).with_overrides(node_name="fin-late-not-before", name="FIN.LATE (not before)")
fin_late_node = fin_night.add_entity(fin_late).with_overrides(node_name="fin-late", name="FIN.LATE")
fin_late_not_before_node >> fin_late_node

fin_night_schedule = LaunchPlan.get_or_create(
    fin_night,
    name="FIN.NIGHT.schedule",
    schedule=cron("15 22 * * *", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)
