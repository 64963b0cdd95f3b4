"""WEEKLY, converted by transpile from these files:

streams.tws
definitions.tws
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    SMALL,
    blocked,
    box_status,
    cron,
    gate,
    look,
    require_success,
    run,
    wait_for_file,
)
from expected.weekly_cuts import WEEKLY


@task
def prompt_ok_to_go() -> int:
    """prompt OK_TO_GO · nobody has answered: OK_TO_GO"""
    return blocked("A758", "nobody has answered: OK_TO_GO")


@task
def farnet_cpu9_remote_job() -> int:
    """FARNET::CPU9#REMOTE.JOB · FARNET::CPU9#REMOTE.JOB runs on another network"""
    return blocked("A756", "FARNET::CPU9#REMOTE.JOB runs on another network")


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def weekly_look() -> str:
    """MAIN#WEEKLY · does what it waits for hold already?"""
    return look(WEEKLY)


@workflow(failure_policy=KEEP_GOING)
def weekly_wait() -> bool:
    """MAIN#WEEKLY · waits for: MAIN#LOAD succeeded in the run begun 21:00 before to 3:30 after this one"""
    return gate(WEEKLY)


@task
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


@task
def wait_for_rundate_csv(rundate: str) -> int:
    """MAIN#WEEKLY opens /in/^RUNDATE^.csv (notempty) · streams.tws:36

    for: MAIN#WEEKLY
    test: notempty
    """
    return wait_for_file(f"/in/{rundate}.csv", interval=120, min_size=1)


@task(retries=3)
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


@task
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


@task
def prompt_of_main_weekly_clean() -> int:
    """prompt of MAIN#WEEKLY.CLEAN · nobody has answered: Is the tape in?"""
    return blocked("A758", "nobody has answered: Is the tape in?")


@task
def clean() -> int:
    """MAIN#WEEKLY.CLEAN · streams.tws:41 · condition: FOLLOWS FETCH, POST

    status: on noexec

    command: find /var/tmp/bank -mtime +7 -delete
    fail_codes: none
    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    # TODO[A758] MAIN#WEEKLY.CLEAN waits for an answer to a prompt: Is the tape in?
    return 0


@task
def checked() -> int:
    """MAIN#WEEKLY.CHECKED · streams.tws:44

    machine: MAIN
    recovery: stop
    defined in: definitions.tws:34
    """
    return run("check")


@task
def checked_recovery() -> int:
    """MAIN#WEEKLY.CHECKED recovery · definitions.tws:34

    condition: CHECKED failed
    """
    # TODO[A754] MAIN#WEEKLY.CHECKED recovery runs MAIN#GONE, which is not defined: its node fails
    return blocked("A754", "MAIN#GONE is not defined")


@task
def main_weekly_nobody() -> int:
    """MAIN#WEEKLY.NOBODY · MAIN#WEEKLY.NOBODY is not defined"""
    return blocked("A303", "MAIN#WEEKLY.NOBODY is not defined")


@task
def not_defined() -> int:
    """MAIN#WEEKLY.NOT_DEFINED · streams.tws:45 · condition: FOLLOWS NOBODY

    machine: MAIN
    """
    # TODO[A303] job MAIN#WEEKLY.NOBODY is not defined: this condition of MAIN#WEEKLY.NOT_DEFINED never holds
    # TODO[A754] MAIN#WEEKLY.NOT_DEFINED runs MAIN#NOT_DEFINED, which is not defined: its node fails
    return blocked("A754", "MAIN#NOT_DEFINED is not defined")


@task
def weekly_end() -> str:
    """MAIN#WEEKLY · end of the box"""
    return box_status({}, success=True)


@task
def weekly_result(weekly: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"MAIN#WEEKLY": weekly})


# MAIN#WEEKLY · streams.tws:30
# condition: FOLLOWS LOAD.@ PREVIOUS, FOLLOWS WEEKLY PREVIOUS, FOLLOWS FARNET::CPU9#REMOTE.JOB
# machine: MAIN
# timezone: Europe/Paris
# on: RUNCYCLE SUNDAYS "FREQ=WEEKLY;BYDAY=SU" AT 0300 UNTIL 0600
# TODO[A757] the dependency of MAIN#WEEKLY on an earlier instance, MAIN#WEEKLY, is ignored
# TODO[A756] MAIN#WEEKLY waits for FARNET::CPU9#REMOTE.JOB, which runs on another network: its node fails
# TODO[A762] UNTIL 0600 of MAIN#WEEKLY is ignored: it may start later
# TODO[A758] MAIN#WEEKLY waits for an answer to a prompt: OK_TO_GO
weekly = Workflow(name="WEEKLY", failure_policy=KEEP_GOING)
rundate = weekly.add_workflow_input("rundate", (str, "2026-01-31"))

prompt_ok_to_go_node = weekly.add_entity(prompt_ok_to_go).with_overrides(
    node_name="prompt-ok-to-go", name="prompt OK_TO_GO"
)
farnet_cpu9_remote_job_node = weekly.add_entity(farnet_cpu9_remote_job).with_overrides(
    node_name="farnet-cpu9-remote-job", name="FARNET::CPU9#REMOTE.JOB"
)
weekly_look_node = weekly.add_entity(weekly_look).with_overrides(
    node_name="weekly-look", name="MAIN#WEEKLY (look)"
)
prompt_ok_to_go_node >> weekly_look_node
farnet_cpu9_remote_job_node >> weekly_look_node
weekly_wait_node = weekly.add_subwf(weekly_wait).with_overrides(
    node_name="weekly-wait", name="MAIN#WEEKLY (wait)"
)
prompt_ok_to_go_node >> weekly_wait_node
farnet_cpu9_remote_job_node >> weekly_wait_node
wait_for_week_node = weekly.add_entity(wait_for_week).with_overrides(
    node_name="wait-for-week", name="MAIN#WEEKLY opens /in/week (-d %p/a -a -f %p/b)"
)
weekly_wait_node >> wait_for_week_node
wait_for_rundate_csv_node = weekly.add_entity(
    wait_for_rundate_csv, rundate=rundate
).with_overrides(
    node_name="wait-for-rundate-csv",
    name="MAIN#WEEKLY opens /in/^RUNDATE^.csv (notempty)",
)
weekly_wait_node >> wait_for_rundate_csv_node
fetch_node = weekly.add_entity(fetch, rundate=rundate).with_overrides(
    node_name="fetch", name="MAIN#WEEKLY.FETCH"
)
wait_for_week_node >> fetch_node
wait_for_rundate_csv_node >> fetch_node
post_node = weekly.add_entity(post).with_overrides(
    node_name="post", name="MAIN#WEEKLY.POST"
)
wait_for_week_node >> post_node
wait_for_rundate_csv_node >> post_node
prompt_of_main_weekly_clean_node = weekly.add_entity(
    prompt_of_main_weekly_clean
).with_overrides(
    node_name="prompt-of-main-weekly-clean", name="prompt of MAIN#WEEKLY.CLEAN"
)
clean_node = weekly.add_entity(clean).with_overrides(
    node_name="clean", name="MAIN#WEEKLY.CLEAN"
)
fetch_node >> clean_node
post_node >> clean_node
prompt_of_main_weekly_clean_node >> clean_node
checked_node = weekly.add_entity(checked).with_overrides(
    node_name="checked", name="MAIN#WEEKLY.CHECKED"
)
wait_for_week_node >> checked_node
wait_for_rundate_csv_node >> checked_node
checked_recovery_node = weekly.add_entity(checked_recovery).with_overrides(
    node_name="checked-recovery", name="MAIN#WEEKLY.CHECKED recovery"
)
checked_node >> checked_recovery_node
main_weekly_nobody_node = weekly.add_entity(main_weekly_nobody).with_overrides(
    node_name="main-weekly-nobody", name="MAIN#WEEKLY.NOBODY"
)
not_defined_node = weekly.add_entity(not_defined).with_overrides(
    node_name="not-defined", name="MAIN#WEEKLY.NOT_DEFINED"
)
wait_for_week_node >> not_defined_node
wait_for_rundate_csv_node >> not_defined_node
main_weekly_nobody_node >> not_defined_node
weekly_end_node = weekly.add_entity(weekly_end).with_overrides(
    node_name="weekly-end", name="MAIN#WEEKLY (end)"
)
clean_node >> weekly_end_node
checked_recovery_node >> weekly_end_node
not_defined_node >> weekly_end_node
weekly_result_node = weekly.add_entity(
    weekly_result, weekly=weekly_end_node.o0
).with_overrides(node_name="weekly-result", name="MAIN#WEEKLY (result)")

weekly.add_workflow_output("weekly_result", weekly_result_node.o0)


weekly_schedule = LaunchPlan.get_or_create(
    weekly, name="WEEKLY.schedule", schedule=cron("0 3 * * 0", timezone="Europe/Paris")
)


if __name__ == "__main__":
    print(f"Running weekly() {weekly()}")
