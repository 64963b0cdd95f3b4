"""PORT_network, converted by transpile from jobs.json."""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, approval, run, start_time, with_alerts

env = flyte.TaskEnvironment(name="port_network")


@env.task(short_name="PORT.LIST", retries=2)
def list_task(odate: datetime) -> int:
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


@env.task(short_name="PORT.WEIGH")
@with_alerts(
    failure='NOTIFICATION job=PORT.WEIGH to=quay@port.example message="scales broken"',
    terminated='NOTIFICATION job=PORT.WEIGH to=quay@port.example message="scales broken"',
)
def weigh() -> int:
    """PORT.WEIGH · jobs.json:21 · condition: PORT:LIST-TO-WEIGH

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    # TODO[A076] a run that goes on past New Day starts jobs that the source removes, such as PORT.WEIGH
    return run("/srv/port/bin/weigh.sh fast /srv/port", fail_codes=range(1, 6))


@env.task(short_name="PORT.SHED.INLINE")
def inline() -> int:
    """PORT.SHED.INLINE · jobs.json:41 · condition: PORT/SHED:DOOR-TO-INLINE

    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run("#!/bin/sh\necho stack\n", shell="/bin/sh")


@env.task(short_name="PORT.REPORT")
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


@env.task(short_name="LATER.CRANE")
def crane() -> int:
    """LATER.CRANE · jobs.json:56 · condition: HEAVY

    folder: LATER
    application: SHIP
    sub_application: PORT
    machine: quay1
    owner: port
    """
    return run("crane")


@env.task(
    short_name="PORT_network",
    triggers=flyte.Trigger(
        name="PORT_network.schedule",
        automation=flyte.Cron("0 18 * * 1,4", timezone="Europe/Oslo"),
        inputs={"odate": flyte.TriggerTime},
    ),
)
async def port_network(odate: datetime) -> list[str]:
    """PORT_network · jobs.json"""
    flow = Flow("PORT_network", network=True)
    # PORT · jobs.json:9
    # application: SHIP
    # sub_application: PORT
    # owner: port
    port = flow.box("PORT")
    list_task_job = port.start("PORT.LIST", list_task.aio(odate))
    weigh_job = port.start("PORT.WEIGH", weigh.aio(), list_task_job.succeeded)
    # PORT.SHED · jobs.json:38 · condition: PORT:WEIGH-TO-SHED
    # application: SHIP
    # sub_application: PORT
    # owner: port
    shed = port.box("PORT.SHED", weigh_job.succeeded)
    # PORT.SHED.DOOR · jobs.json:40
    # application: SHIP
    # sub_application: PORT
    # machine: quay1
    # owner: port
    door_job = shed.passes("PORT.SHED.DOOR")
    shed.start("PORT.SHED.INLINE", inline.aio(), door_job.succeeded)
    # PORT.REPORT confirmation · jobs.json:44 · condition: PORT:SHED-TO-REPORT
    report_confirmation_job = port.start(
        "PORT.REPORT confirmation",
        approval(
            "PORT.REPORT confirmation",
            "May PORT.REPORT run?",
            within=timedelta(hours=24),
        ),
        shed.succeeded,
    )
    port.start("PORT.REPORT", report.aio(), report_confirmation_job.succeeded)
    flow.start("LATER.CRANE", crane.aio(), weigh_job.exit_code(">=", 6))
    return await flow.finish()


if __name__ == "__main__":
    print(
        *flyte.run(port_network, odate=datetime.now(timezone.utc)).outputs()[0],
        sep="\n"
    )
