"""TRD_CLOSE, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task

from expected.finance.desk.desk_cuts import DESK
from expected.finance.desk.desk_either_cuts import DESK_EITHER
from expected.finance.desk.desk_trouble_cuts import DESK_TROUBLE
from expected.finance.fin_night_cuts import FIN_POST
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    box_status,
    cron,
    require_success,
    run_status,
    tell,
)
from expected.trading.rates.fx_rates_cuts import FX_RATES


@task
def trd_load(odate: str) -> str:
    """TRD_LOAD · trading/close.jil:10"""
    return run_status('echo "trades of $ODATE"', env={"ODATE": odate})


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def trd_load_tell() -> str:
    """TRD_LOAD · DESK_TROUBLE, FX_RATES look at it"""
    return tell(DESK_TROUBLE, FX_RATES)


@task
def trd_load_check(trd_load: str) -> str:
    """TRD_LOAD · fails if it failed"""
    return require_success({"TRD_LOAD": trd_load})


@task
def trd_recon() -> str:
    """TRD_RECON · trading/close.jil:14 · condition: s(TRD_LOAD)"""
    return run_status("echo reconciled", success_codes=(0, 2))


@task
def trd_close_end(trd_recon: str) -> str:
    """TRD_CLOSE · end of the box"""
    return box_status({"TRD_RECON": trd_recon})


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def trd_close_tell() -> str:
    """TRD_CLOSE · DESK, DESK_EITHER look at it"""
    return tell(DESK, DESK_EITHER)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def trd_recon_tell() -> str:
    """TRD_RECON · DESK_TROUBLE, FIN_POST look at it"""
    return tell(DESK_TROUBLE, FIN_POST)


@task
def trd_close_result(trd_close: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"TRD_CLOSE": trd_close})


# TRD_CLOSE · trading/close.jil:1
# application: trading
# group: close
trd_close = Workflow(name="TRD_CLOSE", failure_policy=KEEP_GOING)
odate = trd_close.add_workflow_input("odate", (str, "2026-01-30"))

trd_load_node = trd_close.add_entity(trd_load, odate=odate).with_overrides(
    node_name="trd-load", name="TRD_LOAD"
)
trd_load_tell_node = trd_close.add_entity(trd_load_tell).with_overrides(
    node_name="trd-load-tell", name="TRD_LOAD (tell)"
)
trd_load_node >> trd_load_tell_node
trd_load_check_node = trd_close.add_entity(
    trd_load_check, trd_load=trd_load_node.o0
).with_overrides(node_name="trd-load-check", name="TRD_LOAD (check)")
trd_recon_node = trd_close.add_entity(trd_recon).with_overrides(
    node_name="trd-recon", name="TRD_RECON"
)
trd_load_check_node >> trd_recon_node
trd_close_end_node = trd_close.add_entity(
    trd_close_end, trd_recon=trd_recon_node.o0
).with_overrides(node_name="trd-close-end", name="TRD_CLOSE (end)")
trd_close_tell_node = trd_close.add_entity(trd_close_tell).with_overrides(
    node_name="trd-close-tell", name="TRD_CLOSE (tell)"
)
trd_close_end_node >> trd_close_tell_node
trd_recon_tell_node = trd_close.add_entity(trd_recon_tell).with_overrides(
    node_name="trd-recon-tell", name="TRD_RECON (tell)"
)
trd_recon_node >> trd_recon_tell_node
trd_close_result_node = trd_close.add_entity(
    trd_close_result, trd_close=trd_close_end_node.o0
).with_overrides(node_name="trd-close-result", name="TRD_CLOSE (result)")

trd_close.add_workflow_output("trd_close_result", trd_close_result_node.o0)


trd_close_schedule = LaunchPlan.get_or_create(
    trd_close,
    name="TRD_CLOSE.schedule",
    schedule=cron("0 18 * * 1-5", timezone="America/New_York"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running trd_close() {trd_close()}")
