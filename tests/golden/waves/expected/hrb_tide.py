"""HRB.TIDE, converted by transpile from estate.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.hrb_tide_cuts import HRB_TIDE_LEGACY
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    cron,
    require_success,
    run_status,
    tell_legacy,
    tell_legacy_start,
)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_tide_job_legacy_start() -> str:
    """HRB.TIDE · tells CUS.GATE, HRB.BILLS on the legacy side that it starts"""
    return tell_legacy_start(HRB_TIDE_LEGACY, interval=30)


@task
def hrb_tide_job() -> str:
    """HRB.TIDE · estate.jil:40"""
    return run_status("tide")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_tide_job_legacy_end(hrb_tide_job: str) -> str:
    """HRB.TIDE · tells CUS.GATE, HRB.BILLS on the legacy side how it ended"""
    return tell_legacy(HRB_TIDE_LEGACY, hrb_tide_job, interval=30)


@task
def hrb_tide_result(hrb_tide_job: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"HRB.TIDE": hrb_tide_job})


hrb_tide = Workflow(name="HRB.TIDE", failure_policy=KEEP_GOING)

hrb_tide_job_legacy_start_node = hrb_tide.add_entity(
    hrb_tide_job_legacy_start
).with_overrides(node_name="hrb-tide-job-legacy-start", name="HRB.TIDE (legacy start)")
hrb_tide_job_node = hrb_tide.add_entity(hrb_tide_job).with_overrides(
    node_name="hrb-tide-job", name="HRB.TIDE"
)
hrb_tide_job_legacy_start_node >> hrb_tide_job_node
hrb_tide_job_legacy_end_node = hrb_tide.add_entity(
    hrb_tide_job_legacy_end, hrb_tide_job=hrb_tide_job_node.o0
).with_overrides(node_name="hrb-tide-job-legacy-end", name="HRB.TIDE (legacy end)")
hrb_tide_result_node = hrb_tide.add_entity(
    hrb_tide_result, hrb_tide_job=hrb_tide_job_node.o0
).with_overrides(node_name="hrb-tide-result", name="HRB.TIDE (result)")

hrb_tide.add_workflow_output("hrb_tide_result", hrb_tide_result_node.o0)


hrb_tide_schedule = LaunchPlan.get_or_create(
    hrb_tide,
    name="HRB.TIDE.schedule",
    schedule=cron("15 0,12 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running hrb_tide() {hrb_tide()}")
