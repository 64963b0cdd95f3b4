"""TRD.CLOSE · weekdays 18:00 America/New_York"""

import sys
from datetime import datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, task
from flytekit.models.concurrency import ConcurrencyLimitBehavior, ConcurrencyPolicy

from flows.finance.fin_night_cuts import FIN_LOAD
from flows.job_runtime import ENVIRONMENT, SMALL, cron, run, tell
from flows.reporting.rpt_summary_cuts import RPT_SUMMARY

ONE_AT_A_TIME = ConcurrencyPolicy(max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP)


@task
def trd_extract() -> int:
    """TRD.EXTRACT"""
    return run("echo extract")


@task(retries=2)
def trd_recon() -> int:
    """TRD.RECON · condition: s(TRD.EXTRACT)"""
    return run("echo reconcile")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def trd_recon_tell() -> str:
    """TRD.RECON · FIN.LOAD and RPT.SUMMARY look at it"""
    return tell(FIN_LOAD, RPT_SUMMARY)


trd_close = Workflow(
    name="TRD.CLOSE",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)
trd_close.add_workflow_input("kickoff", (datetime, datetime(1970, 1, 1)))
trd_extract_node = trd_close.add_entity(trd_extract).with_overrides(
    node_name="trd-extract", name="TRD.EXTRACT"
)
trd_recon_node = trd_close.add_entity(trd_recon).with_overrides(
    node_name="trd-recon", name="TRD.RECON"
)
trd_extract_node >> trd_recon_node
trd_recon_tell_node = trd_close.add_entity(trd_recon_tell).with_overrides(
    node_name="trd-recon-tell", name="TRD.RECON (tell)"
)
trd_recon_node >> trd_recon_tell_node

trd_close_schedule = LaunchPlan.get_or_create(
    trd_close,
    name="TRD.CLOSE.schedule",
    schedule=cron("0 18 * * 1-5", timezone="America/New_York", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)
