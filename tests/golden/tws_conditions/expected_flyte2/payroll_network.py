"""payroll_network, converted by transpile from branches.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="payroll_network")


@env.task(short_name="w#payroll.absences")
def absences() -> int:
    """w#payroll.absences · branches.tws:3

    machine: w
    streamlogon: x
    recovery: stop
    """
    return run("echo absences")


@env.task(short_name="w#payroll.backup")
def backup() -> int:
    """w#payroll.backup · branches.tws:7

    condition: follows absences if status_ok

    machine: w
    """
    return run("echo backup")


@env.task(short_name="w#payroll.intervention")
def intervention() -> int:
    """w#payroll.intervention · branches.tws:9

    condition: follows absences if abend

    machine: w
    """
    # TODO[A767] w#payroll.intervention handles a failure of w#payroll.absences; the workflow fails nevertheless
    return run("echo 'somebody'")


@env.task(short_name="w#payroll.first")
def first() -> int:
    """w#payroll.first · branches.tws:11

    condition: follows absences if status_err1

    machine: w
    """
    return run("echo first")


@env.task(short_name="w#payroll.behind")
def behind() -> int:
    """w#payroll.behind · branches.tws:13 · condition: follows first

    machine: w
    """
    return run("echo behind")


@env.task(short_name="w#payroll.joined")
def joined() -> int:
    """w#payroll.joined · branches.tws:15

    condition: join any 1 of description "either" follows backup if succ follows intervention if succ endjoin, join most 2 of follows absences if succ | rc = 1 follows backup if suppr follows first endjoin

    machine: w
    """
    return run("echo joined")


@env.task(short_name="w#payroll.beside")
def beside() -> int:
    """w#payroll.beside · branches.tws:25 · condition: follows absences if exec

    machine: w
    """
    # TODO[A765] w#payroll.beside may start when w#payroll.absences has started; in the workflow it waits for its end
    return run("echo beside")


@env.task(short_name="w#payroll.never")
def never() -> int:
    """w#payroll.never · branches.tws:27 · condition: follows absences if fail

    machine: w
    """
    # TODO[A766] fail of w#payroll.absences can never hold: jobs that cannot be launched fail in a workflow
    return run("echo never")


@env.task(short_name="w#recovers.tape")
def tape() -> int:
    """w#recovers.tape · branches.tws:34

    machine: w
    recovery: rerun
    """
    return run("echo tape")


@env.task(short_name="w#recovers.tape recovery")
def tape_recovery() -> int:
    """w#recovers.tape recovery · branches.tws:34 · condition: tape failed

    streamlogon: x
    """
    return run("echo rewind")


@env.task(short_name="w#recovers.tape rerun")
def tape_rerun() -> int:
    """w#recovers.tape rerun · branches.tws:34

    condition: tape_recovery succeeded

    machine: w
    recovery: rerun
    """
    return run("echo tape")


@env.task(short_name="w#recovers.disk")
def disk() -> int:
    """w#recovers.disk · branches.tws:35 · condition: follows tape

    machine: w
    recovery: continue
    """
    return run("echo disk")


@env.task(short_name="w#recovers.disk recovery")
def disk_recovery() -> int:
    """w#recovers.disk recovery · branches.tws:35 · condition: disk failed

    streamlogon: x
    """
    return run("echo unmount all")


@env.task(short_name="w#recovers.print")
def print_task() -> int:
    """w#recovers.print · branches.tws:36

    machine: w
    recovery: stop
    """
    return run("echo print")


@env.task(short_name="w#recovers.print recovery")
def print_recovery() -> int:
    """w#recovers.print recovery · branches.tws:36 · condition: print failed

    streamlogon: x
    """
    return run("echo unmount all")


@env.task(short_name="w#recovers.mail")
def mail() -> int:
    """w#recovers.mail · branches.tws:37

    machine: w
    recovery: continue
    """
    return run("echo mail")


@env.task(short_name="w#recovers.post")
def post() -> int:
    """w#recovers.post · branches.tws:38 · condition: follows mail if abend

    machine: w
    recovery: stop
    """
    # TODO[A764] when w#recovers.post fails, the source asks an operator; in the workflow it fails: recovery continue abendprompt "post failed"
    return run("echo post")


@env.task(short_name="w#recovers.last", retries=2)
def last() -> int:
    """w#recovers.last · branches.tws:40

    condition: follows mail, follows payroll.behind

    machine: w
    recovery: rerun
    """
    # TODO[A786] repeatevery 0005 of w#recovers.last is ignored
    return run("echo last")


@env.task(
    short_name="payroll_network",
    triggers=flyte.Trigger(
        name="payroll_network.schedule",
        automation=flyte.Cron("0 6 * * *", timezone="UTC"),
    ),
)
async def payroll_network() -> list[str]:
    """payroll_network · branches.tws"""
    flow = Flow("payroll_network", network=True)
    # w#payroll · branches.tws:1
    # machine: w
    # on: runcycle r "FREQ=DAILY;" at 0600 tz UTC
    payroll = flow.box("w#payroll")
    absences_job = payroll.start("w#payroll.absences", absences.aio())
    backup_job = payroll.start("w#payroll.backup", backup.aio(), absences_job.succeeded)
    intervention_job = payroll.start(
        "w#payroll.intervention",
        intervention.aio(),
        absences_job.failed | absences_job.terminated,
    )
    first_job = payroll.start(
        "w#payroll.first",
        first.aio(),
        absences_job.exit_code("==", 1) | absences_job.exit_code(">=", 10),
    )
    behind_job = payroll.start("w#payroll.behind", behind.aio(), first_job.succeeded)
    joined_job = payroll.start(
        "w#payroll.joined",
        joined.aio(),
        (backup_job.succeeded | intervention_job.succeeded)
        & (
            (
                (absences_job.succeeded | absences_job.exit_code("==", 1))
                & (absences_job.exit_code("!=", 0) | absences_job.terminated)
            )
            | (
                (absences_job.succeeded | absences_job.exit_code("==", 1))
                & first_job.succeeded
            )
            | (
                (absences_job.exit_code("!=", 0) | absences_job.terminated)
                & first_job.succeeded
            )
        ),
    )
    beside_job = payroll.start("w#payroll.beside", beside.aio(), absences_job.done)
    never_job = payroll.start("w#payroll.never", never.aio(), False)
    payroll.succeeds_if(
        absences_job.succeeded
        & backup_job.not_failed
        & intervention_job.not_failed
        & first_job.not_failed
        & behind_job.not_failed
        & joined_job.not_failed
        & beside_job.not_failed
        & never_job.not_failed
    )
    # w#recovers · branches.tws:31 · condition: follows payroll
    # machine: w
    # on: runcycle r "FREQ=DAILY" at 0600 tz UTC
    recovers = flow.box("w#recovers", payroll.succeeded)
    tape_job = recovers.start("w#recovers.tape", tape.aio())
    tape_recovery_job = recovers.start(
        "w#recovers.tape recovery", tape_recovery.aio(), tape_job.failed
    )
    tape_rerun_job = recovers.start(
        "w#recovers.tape rerun", tape_rerun.aio(), tape_recovery_job.succeeded
    )
    disk_job = recovers.start(
        "w#recovers.disk", disk.aio(), tape_job.succeeded | tape_rerun_job.succeeded
    )
    disk_recovery_job = recovers.start(
        "w#recovers.disk recovery", disk_recovery.aio(), disk_job.failed
    )
    print_task_job = recovers.start("w#recovers.print", print_task.aio())
    recovers.start(
        "w#recovers.print recovery", print_recovery.aio(), print_task_job.failed
    )
    mail_job = recovers.start("w#recovers.mail", mail.aio())
    post_job = recovers.start(
        "w#recovers.post", post.aio(), mail_job.failed | mail_job.terminated
    )
    last_job = recovers.start(
        "w#recovers.last",
        last.aio(),
        (mail_job.succeeded | mail_job.failed) & behind_job.succeeded,
    )
    recovers.succeeds_if(
        (tape_job.succeeded | tape_rerun_job.succeeded)
        & (disk_job.succeeded | disk_recovery_job.succeeded)
        & print_task_job.succeeded
        & (mail_job.succeeded | mail_job.failed)
        & post_job.not_failed
        & (
            last_job.succeeded
            | (
                payroll.succeeded
                & (mail_job.succeeded | mail_job.failed)
                & (absences_job.exit_code("!=", 1) | absences_job.terminated)
                & (absences_job.exit_code("<", 10) | absences_job.terminated)
            )
        )
    )
    recovers.waits_for(payroll, absences_job)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(payroll_network).outputs()[0], sep="\n")
