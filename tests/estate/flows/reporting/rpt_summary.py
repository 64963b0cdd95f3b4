"""RPT.SUMMARY · started by FIN.NIGHT or TRD.CLOSE"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task
from flytekit.models.concurrency import ConcurrencyLimitBehavior, ConcurrencyPolicy

from flows.job_runtime import run

ONE_AT_A_TIME = ConcurrencyPolicy(max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP)


@task
def rpt_summary_job() -> int:
    """RPT.SUMMARY"""
    return run("echo summary")


rpt_summary = Workflow(name="RPT.SUMMARY")
rpt_summary_node = rpt_summary.add_entity(rpt_summary_job).with_overrides(
    node_name="rpt-summary", name="RPT.SUMMARY"
)

rpt_summary_start = LaunchPlan.get_or_create(
    rpt_summary, name="RPT.SUMMARY.start", concurrency=ONE_AT_A_TIME
)
