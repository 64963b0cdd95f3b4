"""runbook, converted by transpile from runbook.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    SUCCESS,
    box_status,
    not_succeeded,
    require_success,
    run,
    run_status,
    succeeded,
)


@task
def fetch_rates() -> str:
    """fetch rates · runbook.csv:2

    machine: ftp1
    Owner: treasury
    """
    return run_status("echo rates", retries=2, time_limit=timedelta(minutes=10))


@task
def fetch_trades() -> str:
    """fetch trades · runbook.csv:3

    machine: ftp1
    Owner: desk
    """
    return run_status('echo "trades" |\nsort', retries=1)


@task
def collect_end(fetch_rates: str, fetch_trades: str) -> str:
    """Collect · end of the box"""
    return box_status({"fetch rates": fetch_rates, "fetch trades": fetch_trades})


@task
def value(fetch_rates: str) -> str:
    """value · runbook.csv:5 · condition: after fetch rates

    machine: calc1
    """
    if not succeeded(fetch_rates):
        return SKIPPED
    return run_status("echo value", time_limit=timedelta(hours=2))


@task
def risk(collect: str, value: str) -> str:
    """risk · runbook.csv:6 · condition: after Collect, value

    machine: calc1
    """
    if not (succeeded(collect) and succeeded(value)):
        return SKIPPED
    return run_status("echo risk")


@task
def report(risk: str) -> str:
    """report · runbook.csv:7 · condition: after risk"""
    if not succeeded(risk):
        return SKIPPED
    return run_status("echo report")


@task
def page(fetch_trades: str, report: str) -> str:
    """page · runbook.csv:8 · condition: after fetch trades, report: one_failed"""
    if not (not_succeeded(fetch_trades) or not_succeeded(report)):
        return SKIPPED
    return run_status("echo page")


@task
def tidy() -> int:
    """tidy · runbook.csv:11 · condition: after page: done"""
    return run("echo tidy")


@task
def close(report: str) -> str:
    """close · runbook.csv:12 · condition: after report"""
    if not succeeded(report):
        return SKIPPED
    return SUCCESS


@task
def runbook_result(
    collect: str, value: str, risk: str, report: str, page: str, close: str
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "Collect": collect,
            "value": value,
            "risk": risk,
            "report": report,
            "page": page,
            "close": close,
        }
    )


# Collect · runbook.csv:2 (flattened)
runbook = Workflow(name="runbook", failure_policy=KEEP_GOING)

fetch_rates_node = runbook.add_entity(fetch_rates).with_overrides(
    node_name="fetch-rates", name="fetch rates"
)
fetch_trades_node = runbook.add_entity(fetch_trades).with_overrides(
    node_name="fetch-trades", name="fetch trades"
)
collect_end_node = runbook.add_entity(
    collect_end, fetch_rates=fetch_rates_node.o0, fetch_trades=fetch_trades_node.o0
).with_overrides(node_name="collect-end", name="Collect (end)")
value_node = runbook.add_entity(value, fetch_rates=fetch_rates_node.o0).with_overrides(
    node_name="value", name="value"
)
risk_node = runbook.add_entity(
    risk, collect=collect_end_node.o0, value=value_node.o0
).with_overrides(node_name="risk", name="risk")
report_node = runbook.add_entity(report, risk=risk_node.o0).with_overrides(
    node_name="report", name="report"
)
page_node = runbook.add_entity(
    page, fetch_trades=fetch_trades_node.o0, report=report_node.o0
).with_overrides(node_name="page", name="page")
tidy_node = runbook.add_entity(tidy).with_overrides(node_name="tidy", name="tidy")
page_node >> tidy_node
close_node = runbook.add_entity(close, report=report_node.o0).with_overrides(
    node_name="close", name="close"
)
runbook_result_node = runbook.add_entity(
    runbook_result,
    collect=collect_end_node.o0,
    value=value_node.o0,
    risk=risk_node.o0,
    report=report_node.o0,
    page=page_node.o0,
    close=close_node.o0,
).with_overrides(node_name="runbook-result", name="runbook (result)")

runbook.add_workflow_output("tidy", tidy_node.o0)
runbook.add_workflow_output("runbook_result", runbook_result_node.o0)


if __name__ == "__main__":
    print(f"Running runbook() {runbook()}")
