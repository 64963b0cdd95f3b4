"""FX_RATES, converted by transpile from trading/close.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task

from expected.finance.fin_night_cuts import FIN_RATES
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    run,
    tell,
)


@task
def fx_rates_job() -> int:
    """FX_RATES · trading/close.jil:21 · condition: s(TRD_LOAD)

    application: trading
    group: rates
    """
    return run("echo rates")


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fx_rates_job_tell() -> str:
    """FX_RATES · FIN_RATES looks at it"""
    return tell(FIN_RATES)


fx_rates = Workflow(name="FX_RATES", failure_policy=KEEP_GOING)

fx_rates_job_node = fx_rates.add_entity(fx_rates_job).with_overrides(
    node_name="fx-rates-job", name="FX_RATES"
)
fx_rates_job_tell_node = fx_rates.add_entity(fx_rates_job_tell).with_overrides(
    node_name="fx-rates-job-tell", name="FX_RATES (tell)"
)
fx_rates_job_node >> fx_rates_job_tell_node

fx_rates.add_workflow_output("fx_rates_job", fx_rates_job_node.o0)


fx_rates_start = LaunchPlan.get_or_create(
    fx_rates, name="FX_RATES.start", concurrency=ONE_AT_A_TIME
)


if __name__ == "__main__":
    print(f"Running fx_rates() {fx_rates()}")
