"""CLEARING_network, converted by transpile from bank.xml."""

import sys
from datetime import datetime, timezone
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.clearing_network_cuts import CLEARING
from expected_flyte2.job_runtime import (
    Flow,
    elsewhere,
    is_day_of_week,
    not_before,
    run,
    start_time,
    with_alerts,
)

env = flyte.TaskEnvironment(name="clearing_network")


@env.task(short_name="CLEARING.FETCH", retries=3)
def fetch(odate: datetime) -> int:
    """CLEARING.FETCH · bank.xml:10

    machine: bank1
    owner: clear
    """
    # TODO[A058] CLEARING.FETCH runs again at once, not after 00005M
    return run(
        "fetch /srv/bank/in.$ODATE_Ymd.csv $ODATE_ymd $ODATE_Ymd_minus_1",
        env={
            "ODATE_Ymd": start_time(odate, "%Y%m%d", "Europe/Berlin"),
            "ODATE_ymd": start_time(odate, "%y%m%d", "Europe/Berlin"),
            "ODATE_Ymd_minus_1": start_time(odate, "%Y%m%d -1", "Europe/Berlin"),
        },
    )


@env.task(short_name="CLEARING.SCRIPT")
def script() -> int:
    """CLEARING.SCRIPT · bank.xml:17 · condition: FETCHED

    priority: AA
    critical: 1
    """
    # TODO[A076] a run that goes on past New Day starts jobs that the source removes, such as CLEARING.SCRIPT
    return run("/srv/bank/bin/book.sh in FUL", success_codes=range(5))


@env.task(short_name="CLEARING.INLINE")
@with_alerts(
    success='NOTIFICATION job=CLEARING.INLINE to=ops@bank.example message="inline done"'
)
def inline() -> int:
    """CLEARING.INLINE · bank.xml:32 · condition: FETCHED"""
    # TODO[A055] DOSYSOUT OPTION="C" PAR="/tmp/out" of CLEARING.INLINE is ignored: nothing copies the output
    return run("#!/bin/sh\necho one\necho two", shell="/bin/sh")


@env.task(short_name="CLEARING.REPORTS.DAILY")
def daily() -> int:
    """CLEARING.REPORTS.DAILY · bank.xml:44"""
    return run("report daily")


@env.task(short_name="CLEARING.REPORTS.LATE")
def late() -> int:
    """CLEARING.REPORTS.LATE · bank.xml:46"""
    return run("report late", fail_codes=(3,))


@env.task(short_name="REPAIR.REPAIR")
def repair() -> int:
    """REPAIR.REPAIR · bank.xml:58

    folder: REPAIR
    """
    # TODO[A016] REPAIR.REPAIR names no days: taken as ordered on no day
    # TODO[A025] REPAIR.REPAIR uses %%ORDERID: in the workflow it is the name of the run, for all its jobs
    return run(
        "repair ${FLYTE_INTERNAL_EXECUTION_ID} at $(TZ=Europe/Berlin date +%H%M%S)"
    )


@env.task(short_name="WARNINGS.WARN")
def warn() -> int:
    """WARNINGS.WARN · bank.xml:62 · condition: BOOKS-BROKEN

    folder: WARNINGS
    """
    return run("warn")


@env.task(
    short_name="CLEARING_network",
    triggers=flyte.Trigger(
        name="CLEARING_network.schedule",
        automation=flyte.Cron("0 20 * * 1-5", timezone="Europe/Berlin"),
        inputs={"odate": flyte.TriggerTime},
    ),
)
async def clearing_network(odate: datetime) -> list[str]:
    """CLEARING_network · bank.xml"""
    flow = Flow("CLEARING_network", network=True)
    # CLEARING · bank.xml:3 · condition: BRANCHES-CLOSED
    # application: BANK
    # sub_application: CLEAR
    # TODO[A015] WEEKDAYS="1,2,3,4,5" of CLEARING depends on an open question: Which day begins the week and has the number 1 in WEEKDAYS? With `Monday`, 0 is Sunday; with `Sunday`, 0 is Saturday. Taken: controlm_first_weekday = "Monday"
    clearing = flow.box(
        "CLEARING",
        alerts={
            "failure": 'ALARM SHOUT job=CLEARING to=ops message="clearing failed"',
            "terminated": 'ALARM SHOUT job=CLEARING to=ops message="clearing failed"',
        },
        wait=lambda: elsewhere("CLEARING", CLEARING),
    )
    fetch_job = clearing.start("CLEARING.FETCH", fetch.aio(odate))
    script_job = clearing.start("CLEARING.SCRIPT", script.aio(), fetch_job.succeeded)
    inline_job = clearing.start("CLEARING.INLINE", inline.aio(), fetch_job.succeeded)
    # CLEARING.REPORTS · bank.xml:40 · condition: BOOKED or INLINE-OK
    reports = clearing.box(
        "CLEARING.REPORTS", script_job.succeeded | inline_job.succeeded
    )
    reports.start(
        "CLEARING.REPORTS.DAILY",
        daily.aio(),
        clock=lambda: not_before(
            "CLEARING.REPORTS.DAILY",
            odate,
            ["23:00"],
            timezone="Europe/Berlin",
            days=lambda day: is_day_of_week(day, ["mo", "tu", "we", "th", "fr"]),
        ),
    )
    reports.start("CLEARING.REPORTS.LATE", late.aio())
    # CLEARING.JOIN · bank.xml:52 · condition: REPORTED
    clearing.passes("CLEARING.JOIN", reports.succeeded)
    flow.start("REPAIR.REPAIR", repair.aio(), script_job.exit_code(">=", 9))
    flow.start("WARNINGS.WARN", warn.aio(), script_job.exit_code(">=", 9))
    return await flow.finish()


if __name__ == "__main__":
    print(
        *flyte.run(clearing_network, odate=datetime.now(timezone.utc)).outputs()[0],
        sep="\n"
    )
