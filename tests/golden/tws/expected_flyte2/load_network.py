"""LOAD_network, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run, wait_for_file

env = flyte.TaskEnvironment(name="load_network")


@env.task(short_name="MAIN#LOAD.FETCH", retries=3)
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


@env.task(short_name="MAIN#LOAD.POST")
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


@env.task(short_name="MAIN#LOAD.PRINT")
def print_task() -> int:
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


@env.task(short_name="MAIN#LOAD.CLEAN")
def clean() -> int:
    """MAIN#LOAD.CLEAN · streams.tws:13 · condition: FOLLOWS MAIN#POST

    machine: MAIN
    streamlogon: bank
    recovery: continue
    defined in: definitions.tws:15
    """
    # TODO[A784] DEADLINE 2300 of MAIN#LOAD.CLEAN is ignored: a late run is neither reported nor ended
    return run("find /var/tmp/bank -mtime +7 -delete", fail_codes=())


@env.task(short_name="MAIN#SEND.TRANSFER opens /out/send.txt")
def wait_for_send_txt() -> int:
    """MAIN#SEND.TRANSFER opens /out/send.txt · streams.tws:21

    for: MAIN#SEND.TRANSFER
    """
    return wait_for_file("/out/send.txt", interval=120)


@env.task(short_name="MAIN#SEND.TRANSFER")
def transfer() -> int:
    """MAIN#SEND.TRANSFER · streams.tws:21

    Sends the file

    machine: MAIN
    job_type: filetransfer
    defined in: definitions.tws:26
    """
    # TODO[A201] job type filetransfer has no translation: its node fails
    return blocked("A201", "job type filetransfer")


@env.task(short_name="MAIN#SEND.POST_AGAIN")
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


@env.task(
    short_name="LOAD_network",
    triggers=flyte.Trigger(
        name="LOAD_network.schedule",
        automation=flyte.Cron("0 18 * * *", timezone="Europe/Paris"),
    ),
)
async def load_network(rundate: str = "2026-01-31") -> list[str]:
    """LOAD_network · streams.tws"""
    flow = Flow("LOAD_network", network=True)
    # MAIN#LOAD · streams.tws:1
    # Loads the day
    # machine: MAIN
    # timezone: Europe/Paris
    # carryforward: yes
    # limit: 5
    # priority: 30
    # on: RUNCYCLE DAYS "FREQ=DAILY;INTERVAL=1" AT 1800
    load = flow.box("MAIN#LOAD")
    fetch_job = load.start("MAIN#LOAD.FETCH", fetch.aio(rundate))
    post_job = load.start("MAIN#LOAD.POST", post.aio(rundate), fetch_job.succeeded)
    load.start("MAIN#LOAD.PRINT", print_task.aio(), post_job.succeeded)
    clean_job = load.start("MAIN#LOAD.CLEAN", clean.aio(), post_job.succeeded)
    # MAIN#SEND · streams.tws:16 · condition: FOLLOWS LOAD
    # machine: MAIN
    # timezone: Europe/Paris
    # on: RUNCYCLE DAYS "FREQ=DAILY" AT 1800
    send = flow.box("MAIN#SEND", load.succeeded)
    wait_for_send_txt_job = send.start(
        "MAIN#SEND.TRANSFER opens /out/send.txt", wait_for_send_txt.aio()
    )
    transfer_job = send.start(
        "MAIN#SEND.TRANSFER", transfer.aio(), wait_for_send_txt_job.succeeded
    )
    send.start(
        "MAIN#SEND.POST_AGAIN",
        post_again.aio(),
        transfer_job.succeeded & clean_job.succeeded,
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(load_network).outputs()[0], sep="\n")
