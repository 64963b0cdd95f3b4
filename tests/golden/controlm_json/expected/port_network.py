"""PORT_network, converted by transpile from jobs.json."""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.copy_workflow_cuts import COPY
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    SKIPPED,
    SMALL,
    approval,
    approved,
    cron,
    exit_code,
    require_success,
    run,
    run_status,
    start_time,
    tell,
    with_alerts,
)


@task
def door() -> int:
    """PORT.SHED.DOOR · jobs.json:40

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return 0


@task
def inline() -> int:
    """PORT.SHED.INLINE · jobs.json:41 · condition: PORT/SHED:DOOR-TO-INLINE

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run("#!/bin/sh\necho stack\n", shell="/bin/sh")


# PORT.SHED · jobs.json:38 · condition: PORT:WEIGH-TO-SHED
# application: SHIP
# sub_application: PORT
# owner: port
shed = Workflow(name="SHED", failure_policy=KEEP_GOING)

door_node = shed.add_entity(door).with_overrides(
    node_name="door", name="PORT.SHED.DOOR"
)
inline_node = shed.add_entity(inline).with_overrides(
    node_name="inline", name="PORT.SHED.INLINE"
)
door_node >> inline_node

shed.add_workflow_output("inline", inline_node.o0)


@task(retries=2)
def list_job(odate: datetime) -> int:
    """PORT.LIST · jobs.json:14

    Ships of the day.

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run(
        "ships /srv/port/$ODATE_Ymd.txt",
        env={"ODATE_Ymd": start_time(odate, "%Y%m%d", "Europe/Oslo")},
    )


@task
@with_alerts(
    failure='NOTIFICATION job=PORT.WEIGH to=quay@port.example message="scales broken"',
    terminated='NOTIFICATION job=PORT.WEIGH to=quay@port.example message="scales broken"',
)
def weigh() -> str:
    """PORT.WEIGH · jobs.json:21 · condition: PORT:LIST-TO-WEIGH

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    # TODO[A076] a run that goes on past New Day starts jobs that the source removes, such as PORT.WEIGH
    # TODO[A217] mail to quay@port.example about PORT.WEIGH is not sent: Flyte notifies per workflow
    return run_status("/srv/port/bin/weigh.sh fast /srv/port", fail_codes=range(1, 6))


@task
def crane(weigh: str) -> str:
    """LATER.CRANE · jobs.json:56 · condition: HEAVY

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    if not (exit_code(weigh) >= 6):
        return SKIPPED
    return run_status("crane")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def crane_tell() -> str:
    """LATER.CRANE · LATER.COPY looks at it"""
    return tell(COPY)


@task
def port_network_result(crane: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"LATER.CRANE": crane})


@task
def weigh_check(weigh: str) -> str:
    """PORT.WEIGH · fails if it failed"""
    return require_success({"PORT.WEIGH": weigh})


@task
def report_confirmation(answer: bool) -> int:
    """PORT.REPORT confirmation · jobs.json:44 · condition: PORT:SHED-TO-REPORT"""
    return approved("May PORT.REPORT run?", answer=answer)


@workflow(failure_policy=KEEP_GOING)
def report_confirmation_approval() -> int:
    """PORT.REPORT confirmation · jobs.json:44 · condition: PORT:SHED-TO-REPORT"""
    return report_confirmation(
        answer=approval("PORT.REPORT confirmation", within=timedelta(hours=24))
    ).with_overrides(name="PORT.REPORT confirmation")


@task
def report() -> int:
    """PORT.REPORT · jobs.json:44 · condition: confirmed

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: office
    resource: SCALES 1
    """
    # TODO[A204] resources are ignored: SCALES 1
    return run("report")


# PORT · jobs.json:9 (flattened)
# application: SHIP
# sub_application: PORT
# owner: port
port_network = Workflow(name="PORT_network", failure_policy=KEEP_GOING)
odate = port_network.add_workflow_input("odate", datetime)

list_job_node = port_network.add_entity(list_job, odate=odate).with_overrides(
    node_name="list-job", name="PORT.LIST"
)
weigh_node = port_network.add_entity(weigh).with_overrides(
    node_name="weigh", name="PORT.WEIGH"
)
list_job_node >> weigh_node
crane_node = port_network.add_entity(crane, weigh=weigh_node.o0).with_overrides(
    node_name="crane", name="LATER.CRANE"
)
crane_tell_node = port_network.add_entity(crane_tell).with_overrides(
    node_name="crane-tell", name="LATER.CRANE (tell)"
)
crane_node >> crane_tell_node
port_network_result_node = port_network.add_entity(
    port_network_result, crane=crane_node.o0
).with_overrides(node_name="port-network-result", name="PORT_network (result)")
weigh_check_node = port_network.add_entity(
    weigh_check, weigh=weigh_node.o0
).with_overrides(node_name="weigh-check", name="PORT.WEIGH (check)")
shed_node = port_network.add_subwf(shed).with_overrides(
    node_name="shed", name="PORT.SHED"
)
weigh_check_node >> shed_node
report_confirmation_node = port_network.add_subwf(
    report_confirmation_approval
).with_overrides(node_name="report-confirmation", name="PORT.REPORT confirmation")
shed_node >> report_confirmation_node
report_node = port_network.add_entity(report).with_overrides(
    node_name="report", name="PORT.REPORT"
)
report_confirmation_node >> report_node

port_network.add_workflow_output("port_network_result", port_network_result_node.o0)
port_network.add_workflow_output("report", report_node.o0)


port_network_schedule = LaunchPlan.get_or_create(
    port_network,
    name="PORT_network.schedule",
    schedule=cron("0 18 * * 1,4", timezone="Europe/Oslo", kickoff="odate"),
)


if __name__ == "__main__":
    print(f"Running port_network() {port_network(odate=datetime.now(timezone.utc))}")
