"""runbook, converted by transpile from runbook.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="runbook")


@env.task(short_name="fetch rates", retries=2)
def fetch_rates() -> int:
    """fetch rates · runbook.csv:2

    machine: ftp1
    Owner: treasury
    """
    return run("echo rates", time_limit=timedelta(minutes=10))


@env.task(short_name="fetch trades", retries=1)
def fetch_trades() -> int:
    """fetch trades · runbook.csv:3

    machine: ftp1
    Owner: desk
    """
    return run('echo "trades" |\nsort')


@env.task(short_name="value")
def value() -> int:
    """value · runbook.csv:5 · condition: after fetch rates

    machine: calc1
    """
    return run("echo value", time_limit=timedelta(hours=2))


@env.task(short_name="risk")
def risk() -> int:
    """risk · runbook.csv:6 · condition: after Collect, value

    machine: calc1
    """
    return run("echo risk")


@env.task(short_name="report")
def report() -> int:
    """report · runbook.csv:7 · condition: after risk"""
    return run("echo report")


@env.task(short_name="page")
def page() -> int:
    """page · runbook.csv:8 · condition: after fetch trades, report: one_failed"""
    return run("echo page")


@env.task(short_name="tidy")
def tidy() -> int:
    """tidy · runbook.csv:11 · condition: after page: done"""
    return run("echo tidy")


@env.task(short_name="runbook")
async def runbook() -> list[str]:
    """runbook · runbook.csv"""
    flow = Flow("runbook", network=True)
    # Collect · runbook.csv:2
    collect = flow.box("Collect")
    fetch_rates_job = collect.start("fetch rates", fetch_rates.aio())
    fetch_trades_job = collect.start("fetch trades", fetch_trades.aio())
    value_job = flow.start("value", value.aio(), fetch_rates_job.succeeded)
    risk_job = flow.start("risk", risk.aio(), collect.succeeded & value_job.succeeded)
    report_job = flow.start("report", report.aio(), risk_job.succeeded)
    page_job = flow.start(
        "page",
        page.aio(),
        (fetch_trades_job.not_succeeded | report_job.not_succeeded)
        & fetch_trades_job.over
        & report_job.over,
    )
    flow.start("tidy", tidy.aio(), page_job.over)
    # close · runbook.csv:12 · condition: after report
    flow.passes("close", report_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(runbook).outputs()[0], sep="\n")
