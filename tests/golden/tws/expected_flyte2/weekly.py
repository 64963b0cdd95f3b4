"""WEEKLY, converted by transpile from these files:

streams.tws
definitions.tws
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, elsewhere, run, wait_for_file
from expected_flyte2.weekly_cuts import WEEKLY

env = flyte.TaskEnvironment(name="weekly")


@env.task(short_name="prompt OK_TO_GO")
def prompt_ok_to_go() -> int:
    """prompt OK_TO_GO · nobody has answered: OK_TO_GO"""
    return blocked("A758", "nobody has answered: OK_TO_GO")


@env.task(short_name="FARNET::CPU9#REMOTE.JOB")
def farnet_cpu9_remote_job() -> int:
    """FARNET::CPU9#REMOTE.JOB · FARNET::CPU9#REMOTE.JOB runs on another network"""
    return blocked("A756", "FARNET::CPU9#REMOTE.JOB runs on another network")


@env.task(short_name="MAIN#WEEKLY opens /in/week (-d %p/a -a -f %p/b)")
def wait_for_week() -> int:
    """MAIN#WEEKLY opens /in/week (-d %p/a -a -f %p/b) · streams.tws:36

    waits for: /in/week (exists)
    every 120 s, at least 0 bytes
    for: MAIN#WEEKLY
    machine: MAIN
    test: -d %p/a -a -f %p/b
    """
    # TODO[A763] MAIN#WEEKLY waits for /in/week with a test that has no translation: -d %p/a -a -f %p/b; its node fails
    return blocked("A763", "OPENS with the test (-d %p/a -a -f %p/b)")


@env.task(short_name="MAIN#WEEKLY opens /in/^RUNDATE^.csv (notempty)")
def wait_for_rundate_csv(rundate: str) -> int:
    """MAIN#WEEKLY opens /in/^RUNDATE^.csv (notempty) · streams.tws:36

    for: MAIN#WEEKLY
    test: notempty
    """
    return wait_for_file(f"/in/{rundate}.csv", interval=120, min_size=1)


@env.task(short_name="MAIN#WEEKLY.FETCH", retries=3)
def fetch(rundate: str) -> int:
    """MAIN#WEEKLY.FETCH · streams.tws:39

    Fetches the files

    machine: MAIN
    streamlogon: ^OWNER^
    tasktype: UNIX
    recovery: rerun
    defined in: definitions.tws:2
    """
    # TODO[A761] EVERY 0015 of MAIN#WEEKLY.FETCH is ignored: it runs once
    return run("/opt/bank/fetch.sh $RUNDATE", env={"RUNDATE": rundate})


@env.task(short_name="MAIN#WEEKLY.POST")
def post() -> int:
    """MAIN#WEEKLY.POST · streams.tws:40

    status: on hold

    command: /opt/bank/post --day "^RUNDATE^" --mode 'all'
    success_codes: 0-0, 4-7
    machine: MAIN
    streamlogon: bank
    recovery: stop
    defined in: definitions.tws:9
    """
    # TODO[A206] MAIN#WEEKLY.POST is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@env.task(short_name="MAIN#WEEKLY.CHECKED")
def checked() -> int:
    """MAIN#WEEKLY.CHECKED · streams.tws:44

    machine: MAIN
    recovery: stop
    defined in: definitions.tws:34
    """
    return run("check")


@env.task(short_name="MAIN#WEEKLY.CHECKED recovery")
def checked_recovery() -> int:
    """MAIN#WEEKLY.CHECKED recovery · definitions.tws:34

    condition: CHECKED failed
    """
    # TODO[A754] MAIN#WEEKLY.CHECKED recovery runs MAIN#GONE, which is not defined: its node fails
    return blocked("A754", "MAIN#GONE is not defined")


@env.task(short_name="prompt of MAIN#WEEKLY.CLEAN")
def prompt_of_main_weekly_clean() -> int:
    """prompt of MAIN#WEEKLY.CLEAN · nobody has answered: Is the tape in?"""
    return blocked("A758", "nobody has answered: Is the tape in?")


@env.task(short_name="MAIN#WEEKLY.NOBODY")
def main_weekly_nobody() -> int:
    """MAIN#WEEKLY.NOBODY · MAIN#WEEKLY.NOBODY is not defined"""
    return blocked("A303", "MAIN#WEEKLY.NOBODY is not defined")


@env.task(short_name="MAIN#WEEKLY.NOT_DEFINED")
def not_defined() -> int:
    """MAIN#WEEKLY.NOT_DEFINED · streams.tws:45 · condition: FOLLOWS NOBODY

    machine: MAIN
    """
    # TODO[A303] job MAIN#WEEKLY.NOBODY is not defined: this condition of MAIN#WEEKLY.NOT_DEFINED never holds
    # TODO[A754] MAIN#WEEKLY.NOT_DEFINED runs MAIN#NOT_DEFINED, which is not defined: its node fails
    return blocked("A754", "MAIN#NOT_DEFINED is not defined")


@env.task(
    short_name="WEEKLY",
    triggers=flyte.Trigger(
        name="WEEKLY.schedule",
        automation=flyte.Cron("0 3 * * 0", timezone="Europe/Paris"),
    ),
)
async def weekly(rundate: str = "2026-01-31") -> list[str]:
    """WEEKLY · streams.tws, definitions.tws"""
    flow = Flow("WEEKLY", network=True)
    flow.start("prompt OK_TO_GO", prompt_ok_to_go.aio())
    flow.start("FARNET::CPU9#REMOTE.JOB", farnet_cpu9_remote_job.aio())
    # MAIN#WEEKLY · streams.tws:30
    # condition: FOLLOWS LOAD.@ PREVIOUS, FOLLOWS WEEKLY PREVIOUS, FOLLOWS FARNET::CPU9#REMOTE.JOB
    # machine: MAIN
    # timezone: Europe/Paris
    # on: RUNCYCLE SUNDAYS "FREQ=WEEKLY;BYDAY=SU" AT 0300 UNTIL 0600
    # TODO[A757] the dependency of MAIN#WEEKLY on an earlier instance, MAIN#WEEKLY, is ignored
    # TODO[A756] MAIN#WEEKLY waits for FARNET::CPU9#REMOTE.JOB, which runs on another network: its node fails
    # TODO[A762] UNTIL 0600 of MAIN#WEEKLY is ignored: it may start later
    # TODO[A758] MAIN#WEEKLY waits for an answer to a prompt: OK_TO_GO
    weekly_box = flow.box(
        "MAIN#WEEKLY", False, wait=lambda: elsewhere("MAIN#WEEKLY", WEEKLY)
    )
    wait_for_week_job = weekly_box.start(
        "MAIN#WEEKLY opens /in/week (-d %p/a -a -f %p/b)", wait_for_week.aio()
    )
    wait_for_rundate_csv_job = weekly_box.start(
        "MAIN#WEEKLY opens /in/^RUNDATE^.csv (notempty)",
        wait_for_rundate_csv.aio(rundate),
    )
    fetch_job = weekly_box.start(
        "MAIN#WEEKLY.FETCH",
        fetch.aio(rundate),
        wait_for_week_job.succeeded & wait_for_rundate_csv_job.succeeded,
    )
    post_job = weekly_box.start(
        "MAIN#WEEKLY.POST",
        post.aio(),
        wait_for_week_job.succeeded & wait_for_rundate_csv_job.succeeded,
    )
    checked_job = weekly_box.start(
        "MAIN#WEEKLY.CHECKED",
        checked.aio(),
        wait_for_week_job.succeeded & wait_for_rundate_csv_job.succeeded,
    )
    weekly_box.start(
        "MAIN#WEEKLY.CHECKED recovery", checked_recovery.aio(), checked_job.failed
    )
    flow.start("prompt of MAIN#WEEKLY.CLEAN", prompt_of_main_weekly_clean.aio())
    # MAIN#WEEKLY.CLEAN · streams.tws:41 · condition: FOLLOWS FETCH, POST
    # status: on noexec
    # command: find /var/tmp/bank -mtime +7 -delete
    # fail_codes: none
    # machine: MAIN
    # streamlogon: bank
    # recovery: continue
    # defined in: definitions.tws:15
    # TODO[A758] MAIN#WEEKLY.CLEAN waits for an answer to a prompt: Is the tape in?
    clean_job = weekly_box.passes("MAIN#WEEKLY.CLEAN", False)
    flow.start("MAIN#WEEKLY.NOBODY", main_weekly_nobody.aio())
    not_defined_job = weekly_box.start(
        "MAIN#WEEKLY.NOT_DEFINED", not_defined.aio(), False
    )
    weekly_box.succeeds_if(
        wait_for_week_job.succeeded
        & wait_for_rundate_csv_job.succeeded
        & fetch_job.succeeded
        & post_job.succeeded
        & clean_job.succeeded
        & checked_job.succeeded
        & not_defined_job.succeeded
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(weekly).outputs()[0], sep="\n")
