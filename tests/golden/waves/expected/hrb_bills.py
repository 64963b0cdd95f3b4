"""HRB.BILLS, converted by transpile from more.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.hrb_bills_cuts import HRB_BILLS_LEGACY
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    box_status,
    require_success,
    run_status,
    tell_legacy,
    tell_legacy_start,
)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_bills_legacy_start() -> str:
    """HRB.BILLS · tells BIL.POST on the legacy side that it starts"""
    return tell_legacy_start(HRB_BILLS_LEGACY, interval=30)


@task
def hrb_print() -> str:
    """HRB.PRINT · more.jil:5

    machine: quay2
    owner: harbour@quay2
    """
    return run_status("print bills")


@task
def hrb_bills_end(hrb_print: str) -> str:
    """HRB.BILLS · end of the box"""
    return box_status({"HRB.PRINT": hrb_print})


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def hrb_bills_legacy_end(hrb_bills: str) -> str:
    """HRB.BILLS · tells BIL.POST on the legacy side how it ended"""
    return tell_legacy(HRB_BILLS_LEGACY, hrb_bills, interval=30)


@task
def hrb_bills_result(hrb_bills: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"HRB.BILLS": hrb_bills})


# HRB.BILLS · more.jil:1 · condition: s(CUS.PAPERS) & d(HRB.TIDE)
hrb_bills = Workflow(name="HRB.BILLS", failure_policy=KEEP_GOING)

hrb_bills_legacy_start_node = hrb_bills.add_entity(
    hrb_bills_legacy_start
).with_overrides(node_name="hrb-bills-legacy-start", name="HRB.BILLS (legacy start)")
hrb_print_node = hrb_bills.add_entity(hrb_print).with_overrides(
    node_name="hrb-print", name="HRB.PRINT"
)
hrb_bills_legacy_start_node >> hrb_print_node
hrb_bills_end_node = hrb_bills.add_entity(
    hrb_bills_end, hrb_print=hrb_print_node.o0
).with_overrides(node_name="hrb-bills-end", name="HRB.BILLS (end)")
hrb_bills_legacy_end_node = hrb_bills.add_entity(
    hrb_bills_legacy_end, hrb_bills=hrb_bills_end_node.o0
).with_overrides(node_name="hrb-bills-legacy-end", name="HRB.BILLS (legacy end)")
hrb_bills_result_node = hrb_bills.add_entity(
    hrb_bills_result, hrb_bills=hrb_bills_end_node.o0
).with_overrides(node_name="hrb-bills-result", name="HRB.BILLS (result)")

hrb_bills.add_workflow_output("hrb_bills_result", hrb_bills_result_node.o0)


hrb_bills_start = LaunchPlan.get_or_create(
    hrb_bills, name="HRB.BILLS.start", concurrency=ONE_AT_A_TIME
)


if __name__ == "__main__":
    print(f"Running hrb_bills() {hrb_bills()}")
