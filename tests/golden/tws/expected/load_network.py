"""LOAD_network, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    SMALL,
    blocked,
    cron,
    run,
    tell,
    wait_for_file,
)
from expected.weekly_cuts import WEEKLY


@task
def load_start() -> int:
    """MAIN#LOAD · start of the box"""
    return 0


@task(retries=3)
def fetch(rundate: str) -> int:
    """MAIN#LOAD.FETCH · streams.tws:10

    Fetches the files

    machine: MAIN
    streamlogon: ^OWNER^
    tasktype: UNIX
    recovery: rerun
    defined in: definitions.tws:2
    """
    return run("/opt/bank/fetch.sh $RUNDATE", env={"RUNDATE": rundate})


@task
def post(rundate: str) -> int:
    """MAIN#LOAD.POST · streams.tws:11 · condition: FOLLOWS FETCH

    machine: MAIN
    streamlogon: bank
    recovery: stop
    defined in: definitions.tws:9
    """
    return run(
        "/opt/bank/post --day \"$RUNDATE\" --mode 'all'",
        env={"RUNDATE": rundate},
        success_codes=(0, *range(4, 8)),
    )


@task
def print_job() -> int:
    """MAIN#LOAD.PRINT · streams.tws:12 · condition: FOLLOWS POST

    machine: OTHER
    streamlogon: BANK\\operator
    tasktype: WINDOWS
    interactive: yes
    defined in: definitions.tws:20
    """
    # TODO[A209] this looks like a Windows command; Flyte runs it in a Linux container
    # TODO[A204] resources are ignored: NEEDS 2 PRINTERS, MAIN#PAPER
    return run("C:\\Bank\\print.cmd")


@task
def clean() -> int:
    """MAIN#LOAD.CLEAN · streams.tws:13 · condition: FOLLOWS MAIN#POST

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    # TODO[A784] DEADLINE 2300 of MAIN#LOAD.CLEAN is ignored: a late run is neither reported nor ended
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


@task
def load_end() -> int:
    """MAIN#LOAD · end of the box"""
    return 0


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def load_tell() -> str:
    """MAIN#LOAD · MAIN#WEEKLY looks at it"""
    return tell(WEEKLY)


@task
def wait_for_send_txt() -> int:
    """MAIN#SEND.TRANSFER opens /out/send.txt · streams.tws:21

    for: MAIN#SEND.TRANSFER
    """
    return wait_for_file("/out/send.txt", interval=120)


@task
def transfer() -> int:
    """MAIN#SEND.TRANSFER · streams.tws:21

    Sends the file

    machine: MAIN
    job_type: filetransfer
    defined in: definitions.tws:26
    """
    # TODO[A201] job type filetransfer has no translation: its node fails
    return blocked("A201", "job type filetransfer")


@task
def post_again() -> int:
    """MAIN#SEND.POST_AGAIN · streams.tws:22

    condition: FOLLOWS TRANSFER, FOLLOWS MAIN#LOAD.CLEAN

    command: /opt/bank/post --day "^RUNDATE^" --mode 'all'
    success_codes: 0-0, 4-7
    time limit: 90 minutes
    machine: MAIN
    streamlogon: bank
    recovery: stop
    defined in: definitions.tws:9
    onuntil: CANC
    """
    # TODO[A779] AT 2100 of MAIN#SEND.POST_AGAIN is ignored: in the workflow it does not wait for this time
    # TODO[A762] UNTIL 2200 of MAIN#SEND.POST_AGAIN is ignored: it may start later
    # TODO[A759] an operator has to confirm the result of MAIN#SEND.POST_AGAIN: its node fails
    return blocked("A759", "an operator has to confirm how it ended")


# MAIN#LOAD · streams.tws:1 (flattened)
# Loads the day
# machine: MAIN
# timezone: Europe/Paris
# carryforward: yes
# limit: 5
# priority: 30
# on: RUNCYCLE DAYS "FREQ=DAILY;INTERVAL=1" AT 1800
#
# MAIN#SEND · streams.tws:16 · condition: FOLLOWS LOAD (flattened)
# machine: MAIN
# timezone: Europe/Paris
# on: RUNCYCLE DAYS "FREQ=DAILY" AT 1800
load_network = Workflow(name="LOAD_network", failure_policy=KEEP_GOING)
rundate = load_network.add_workflow_input("rundate", (str, "2026-01-31"))

load_start_node = load_network.add_entity(load_start).with_overrides(
    node_name="load-start", name="MAIN#LOAD (start)"
)
fetch_node = load_network.add_entity(fetch, rundate=rundate).with_overrides(
    node_name="fetch", name="MAIN#LOAD.FETCH"
)
load_start_node >> fetch_node
post_node = load_network.add_entity(post, rundate=rundate).with_overrides(
    node_name="post", name="MAIN#LOAD.POST"
)
fetch_node >> post_node
print_job_node = load_network.add_entity(print_job).with_overrides(
    node_name="print-job", name="MAIN#LOAD.PRINT"
)
post_node >> print_job_node
clean_node = load_network.add_entity(clean).with_overrides(
    node_name="clean", name="MAIN#LOAD.CLEAN"
)
post_node >> clean_node
load_end_node = load_network.add_entity(load_end).with_overrides(
    node_name="load-end", name="MAIN#LOAD (end)"
)
print_job_node >> load_end_node
clean_node >> load_end_node
load_tell_node = load_network.add_entity(load_tell).with_overrides(
    node_name="load-tell", name="MAIN#LOAD (tell)"
)
load_end_node >> load_tell_node
wait_for_send_txt_node = load_network.add_entity(wait_for_send_txt).with_overrides(
    node_name="wait-for-send-txt", name="MAIN#SEND.TRANSFER opens /out/send.txt"
)
load_end_node >> wait_for_send_txt_node
transfer_node = load_network.add_entity(transfer).with_overrides(
    node_name="transfer", name="MAIN#SEND.TRANSFER"
)
wait_for_send_txt_node >> transfer_node
post_again_node = load_network.add_entity(post_again).with_overrides(
    node_name="post-again", name="MAIN#SEND.POST_AGAIN"
)
transfer_node >> post_again_node

load_network.add_workflow_output("post_again", post_again_node.o0)


load_network_schedule = LaunchPlan.get_or_create(
    load_network,
    name="LOAD_network.schedule",
    schedule=cron("0 18 * * *", timezone="Europe/Paris"),
)


if __name__ == "__main__":
    print(f"Running load_network() {load_network()}")
