"""FIN_AUDIT, converted by transpile from finance/night.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.finance.desk.desk_either_cuts import DESK_EITHER
from expected.finance.fin_audit_cuts import FIN_AUDIT
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    cron,
    gate,
    look,
    run,
    tell,
)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_audit_job_look() -> str:
    """FIN_AUDIT · does what it waits for hold already?"""
    return look(FIN_AUDIT)


@workflow(failure_policy=KEEP_GOING)
def fin_audit_job_wait() -> bool:
    """FIN_AUDIT · waits for: FIN_POST succeeded since the last run"""
    return gate(FIN_AUDIT)


@task
def fin_audit_job() -> int:
    """FIN_AUDIT · finance/night.jil:46 · condition: s(FIN_POST, 0)

    application: finance
    """
    return run("echo audit")


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_audit_job_tell() -> str:
    """FIN_AUDIT · DESK_EITHER looks at it"""
    return tell(DESK_EITHER)


fin_audit = Workflow(name="FIN_AUDIT", failure_policy=KEEP_GOING)

fin_audit_job_look_node = fin_audit.add_entity(fin_audit_job_look).with_overrides(
    node_name="fin-audit-job-look", name="FIN_AUDIT (look)"
)
fin_audit_job_wait_node = fin_audit.add_subwf(fin_audit_job_wait).with_overrides(
    node_name="fin-audit-job-wait", name="FIN_AUDIT (wait)"
)
fin_audit_job_node = fin_audit.add_entity(fin_audit_job).with_overrides(
    node_name="fin-audit-job", name="FIN_AUDIT"
)
fin_audit_job_wait_node >> fin_audit_job_node
fin_audit_job_tell_node = fin_audit.add_entity(fin_audit_job_tell).with_overrides(
    node_name="fin-audit-job-tell", name="FIN_AUDIT (tell)"
)
fin_audit_job_node >> fin_audit_job_tell_node

fin_audit.add_workflow_output("fin_audit_job", fin_audit_job_node.o0)


fin_audit_schedule = LaunchPlan.get_or_create(
    fin_audit,
    name="FIN_AUDIT.schedule",
    schedule=cron("15 22 * * 1-5", timezone="Europe/London"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running fin_audit() {fin_audit()}")
