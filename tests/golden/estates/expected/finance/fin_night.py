"""FIN_NIGHT, converted by transpile from finance/night.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.finance.desk.desk_cuts import DESK
from expected.finance.desk.desk_trouble_cuts import DESK_TROUBLE
from expected.finance.fin_audit_cuts import FIN_AUDIT
from expected.finance.fin_night_cuts import FIN_LEDGER, FIN_POST, FIN_RATES
from expected.job_runtime import (
    BY_HAND,
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    box_status,
    cron,
    gate,
    is_day_of_week,
    look,
    not_before,
    require_success,
    run,
    run_status,
    tell,
)
from expected.people.costs_network_cuts import COSTS


@task
def fin_balance() -> str:
    """FIN_BALANCE · finance/night.jil:25"""
    return run_status("echo balance")


@task
def fin_ledger_end(fin_balance: str) -> str:
    """FIN_LEDGER · end of the box"""
    return box_status({"FIN_BALANCE": fin_balance})


# FIN_LEDGER · finance/night.jil:20
# condition: s(FIN_POST) & d(PAYROLL, 48.00)
fin_ledger = Workflow(name="FIN_LEDGER", failure_policy=KEEP_GOING)

fin_balance_node = fin_ledger.add_entity(fin_balance).with_overrides(
    node_name="fin-balance", name="FIN_BALANCE"
)
fin_ledger_end_node = fin_ledger.add_entity(
    fin_ledger_end, fin_balance=fin_balance_node.o0
).with_overrides(node_name="fin-ledger-end", name="FIN_LEDGER (end)")

fin_ledger.add_workflow_output("fin_ledger_end", fin_ledger_end_node.o0)


@task
def fin_load() -> str:
    """FIN_LOAD · finance/night.jil:10"""
    return run_status("echo load")


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_load_tell() -> str:
    """FIN_LOAD · FIN_RATES looks at it"""
    return tell(FIN_RATES)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_rates_look() -> str:
    """FIN_RATES · does what it waits for hold already?"""
    return look(FIN_RATES)


@workflow(failure_policy=KEEP_GOING)
def fin_rates_wait() -> bool:
    """FIN_RATES · waits for: FIN_LOAD failed or FX_RATES succeeded in the last 24:00"""
    return gate(FIN_RATES)


@task
def fin_rates() -> str:
    """FIN_RATES · finance/night.jil:30

    condition: f(FIN_LOAD) | s(FX_RATES, 24.00)
    """
    return run_status("echo rates")


@task
def fin_load_check(fin_load: str) -> str:
    """FIN_LOAD · fails if it failed"""
    return require_success({"FIN_LOAD": fin_load})


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_post_look() -> str:
    """FIN_POST · does what it waits for hold already?"""
    return look(FIN_POST)


@workflow(failure_policy=KEEP_GOING)
def fin_post_wait() -> bool:
    """FIN_POST · waits for: TRD_RECON succeeded in the last 12:00"""
    return gate(FIN_POST)


@task
def fin_post() -> int:
    """FIN_POST · finance/night.jil:14

    condition: s(FIN_LOAD) & s(TRD_RECON, 12.00)
    """
    return run("echo post")


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_post_tell() -> str:
    """FIN_POST · FIN_AUDIT looks at it"""
    return tell(FIN_AUDIT)


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_ledger_look() -> str:
    """FIN_LEDGER · does what it waits for hold already?"""
    return look(FIN_LEDGER)


@workflow(failure_policy=KEEP_GOING)
def fin_ledger_wait() -> bool:
    """FIN_LEDGER · waits for: PAYROLL ended in the last 48:00"""
    return gate(FIN_LEDGER)


@task(requests=SMALL, retries=5)
def fin_late_not_before(kickoff: datetime) -> str:
    """FIN_LATE · not before 23:30 mo,tu,we,th,fr Europe/London"""
    return not_before(
        kickoff,
        ["23:30"],
        timezone="Europe/London",
        days=lambda day: is_day_of_week(day, ["mo", "tu", "we", "th", "fr"]),
    )


@task
def fin_late() -> str:
    """FIN_LATE · finance/night.jil:36 · condition: s(FIN_LOAD)"""
    return run_status("echo late")


@task
def fin_night_end(fin_ledger: str, fin_rates: str, fin_late: str) -> str:
    """FIN_NIGHT · end of the box"""
    return box_status(
        {"FIN_LEDGER": fin_ledger, "FIN_RATES": fin_rates, "FIN_LATE": fin_late}
    )


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def fin_night_tell() -> str:
    """FIN_NIGHT · DESK, DESK_TROUBLE, COSTS look at it"""
    return tell(DESK, DESK_TROUBLE, COSTS)


@task
def fin_night_result(fin_night: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"FIN_NIGHT": fin_night})


# FIN_NIGHT · finance/night.jil:1
# application: finance
fin_night = Workflow(name="FIN_NIGHT", failure_policy=KEEP_GOING)
kickoff = fin_night.add_workflow_input("kickoff", (datetime, BY_HAND))

fin_load_node = fin_night.add_entity(fin_load).with_overrides(
    node_name="fin-load", name="FIN_LOAD"
)
fin_load_tell_node = fin_night.add_entity(fin_load_tell).with_overrides(
    node_name="fin-load-tell", name="FIN_LOAD (tell)"
)
fin_load_node >> fin_load_tell_node
fin_rates_look_node = fin_night.add_entity(fin_rates_look).with_overrides(
    node_name="fin-rates-look", name="FIN_RATES (look)"
)
fin_rates_wait_node = fin_night.add_subwf(fin_rates_wait).with_overrides(
    node_name="fin-rates-wait", name="FIN_RATES (wait)"
)
fin_rates_node = fin_night.add_entity(fin_rates).with_overrides(
    node_name="fin-rates", name="FIN_RATES"
)
fin_rates_wait_node >> fin_rates_node
fin_load_check_node = fin_night.add_entity(
    fin_load_check, fin_load=fin_load_node.o0
).with_overrides(node_name="fin-load-check", name="FIN_LOAD (check)")
fin_post_look_node = fin_night.add_entity(fin_post_look).with_overrides(
    node_name="fin-post-look", name="FIN_POST (look)"
)
fin_load_check_node >> fin_post_look_node
fin_post_wait_node = fin_night.add_subwf(fin_post_wait).with_overrides(
    node_name="fin-post-wait", name="FIN_POST (wait)"
)
fin_load_check_node >> fin_post_wait_node
fin_post_node = fin_night.add_entity(fin_post).with_overrides(
    node_name="fin-post", name="FIN_POST"
)
fin_post_wait_node >> fin_post_node
fin_post_tell_node = fin_night.add_entity(fin_post_tell).with_overrides(
    node_name="fin-post-tell", name="FIN_POST (tell)"
)
fin_post_node >> fin_post_tell_node
fin_ledger_look_node = fin_night.add_entity(fin_ledger_look).with_overrides(
    node_name="fin-ledger-look", name="FIN_LEDGER (look)"
)
fin_post_node >> fin_ledger_look_node
fin_ledger_wait_node = fin_night.add_subwf(fin_ledger_wait).with_overrides(
    node_name="fin-ledger-wait", name="FIN_LEDGER (wait)"
)
fin_post_node >> fin_ledger_wait_node
fin_ledger_node = fin_night.add_subwf(fin_ledger).with_overrides(
    node_name="fin-ledger", name="FIN_LEDGER"
)
fin_ledger_wait_node >> fin_ledger_node
fin_late_not_before_node = fin_night.add_entity(
    fin_late_not_before, kickoff=kickoff
).with_overrides(node_name="fin-late-not-before", name="FIN_LATE (not before)")
fin_load_check_node >> fin_late_not_before_node
fin_late_node = fin_night.add_entity(fin_late).with_overrides(
    node_name="fin-late", name="FIN_LATE"
)
fin_late_not_before_node >> fin_late_node
fin_night_end_node = fin_night.add_entity(
    fin_night_end,
    fin_ledger=fin_ledger_node.fin_ledger_end,
    fin_rates=fin_rates_node.o0,
    fin_late=fin_late_node.o0,
).with_overrides(node_name="fin-night-end", name="FIN_NIGHT (end)")
fin_night_tell_node = fin_night.add_entity(fin_night_tell).with_overrides(
    node_name="fin-night-tell", name="FIN_NIGHT (tell)"
)
fin_night_end_node >> fin_night_tell_node
fin_night_result_node = fin_night.add_entity(
    fin_night_result, fin_night=fin_night_end_node.o0
).with_overrides(node_name="fin-night-result", name="FIN_NIGHT (result)")

fin_night.add_workflow_output("fin_night_result", fin_night_result_node.o0)


fin_night_schedule = LaunchPlan.get_or_create(
    fin_night,
    name="FIN_NIGHT.schedule",
    schedule=cron("15 22 * * 1-5", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running fin_night() {fin_night()}")
