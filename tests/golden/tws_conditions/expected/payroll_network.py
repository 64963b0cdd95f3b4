"""payroll_network, converted by transpile from branches.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    box_status,
    cron,
    done,
    exit_code,
    failed,
    not_failed,
    require_success,
    run_status,
    succeeded,
    terminated,
)


@task
def absences() -> str:
    """w#payroll.absences · branches.tws:3

    machine: w
    streamlogon: x
    recovery: stop
    """
    return run_status("echo absences")


@task
def backup(absences: str) -> str:
    """w#payroll.backup · branches.tws:7

    condition: follows absences if status_ok

    machine: w
    """
    if not succeeded(absences):
        return SKIPPED
    return run_status("echo backup")


@task
def intervention(absences: str) -> str:
    """w#payroll.intervention · branches.tws:9

    condition: follows absences if abend

    machine: w
    """
    # TODO[A767] w#payroll.intervention handles a failure of w#payroll.absences; the workflow fails nevertheless
    if not (failed(absences) or terminated(absences)):
        return SKIPPED
    return run_status("echo 'somebody'")


@task
def first(absences: str) -> str:
    """w#payroll.first · branches.tws:11

    condition: follows absences if status_err1

    machine: w
    """
    if not (exit_code(absences) == 1 or exit_code(absences) >= 10):
        return SKIPPED
    return run_status("echo first")


@task
def behind(first: str) -> str:
    """w#payroll.behind · branches.tws:13 · condition: follows first

    machine: w
    """
    if not succeeded(first):
        return SKIPPED
    return run_status("echo behind")


@task
def joined(backup: str, intervention: str, absences: str, first: str) -> str:
    """w#payroll.joined · branches.tws:15

    condition: join any 1 of description "either" follows backup if succ follows intervention if succ endjoin, join most 2 of follows absences if succ | rc = 1 follows backup if suppr follows first endjoin

    machine: w
    """
    # TODO[A321] w#payroll.joined may start late: it waits for the end of w#payroll.first, the source may start it before
    if not (
        (succeeded(backup) or succeeded(intervention))
        and (
            (
                (succeeded(absences) or exit_code(absences) == 1)
                and (exit_code(absences) != 0 or terminated(absences))
            )
            or ((succeeded(absences) or exit_code(absences) == 1) and succeeded(first))
            or ((exit_code(absences) != 0 or terminated(absences)) and succeeded(first))
        )
    ):
        return SKIPPED
    return run_status("echo joined")


@task
def beside(absences: str) -> str:
    """w#payroll.beside · branches.tws:25 · condition: follows absences if exec

    machine: w
    """
    # TODO[A765] w#payroll.beside may start when w#payroll.absences has started; in the workflow it waits for its end
    if not done(absences):
        return SKIPPED
    return run_status("echo beside")


@task
def never() -> str:
    """w#payroll.never · branches.tws:27 · condition: follows absences if fail

    machine: w
    """
    # TODO[A766] fail of w#payroll.absences can never hold: jobs that cannot be launched fail in a workflow
    return SKIPPED


@task
def absences_check(absences: str) -> str:
    """w#payroll.absences · fails if it failed"""
    return require_success({"w#payroll.absences": absences})


@task
def payroll_end(
    backup: str, intervention: str, first: str, behind: str, joined: str, beside: str
) -> str:
    """w#payroll · end of the box"""
    return box_status(
        {
            "w#payroll.backup": backup,
            "w#payroll.intervention": intervention,
            "w#payroll.first": first,
            "w#payroll.behind": behind,
            "w#payroll.joined": joined,
            "w#payroll.beside": beside,
            "w#payroll.never": SKIPPED,
        },
        success=not_failed(backup)
        and not_failed(intervention)
        and not_failed(first)
        and not_failed(behind)
        and not_failed(joined)
        and not_failed(beside),
    )


@task
def payroll_check(payroll: str) -> str:
    """w#payroll · fails if it failed"""
    return require_success({"w#payroll": payroll})


@task
def tape() -> str:
    """w#recovers.tape · branches.tws:34

    machine: w
    recovery: rerun
    """
    return run_status("echo tape")


@task
def tape_recovery(tape: str) -> str:
    """w#recovers.tape recovery · branches.tws:34 · condition: tape failed

    streamlogon: x
    """
    if not failed(tape):
        return SKIPPED
    return run_status("echo rewind")


@task
def tape_rerun(tape_recovery: str) -> str:
    """w#recovers.tape rerun · branches.tws:34

    condition: tape_recovery succeeded

    machine: w
    recovery: rerun
    """
    if not succeeded(tape_recovery):
        return SKIPPED
    return run_status("echo tape")


@task
def disk(tape: str, tape_rerun: str) -> str:
    """w#recovers.disk · branches.tws:35 · condition: follows tape

    machine: w
    recovery: continue
    """
    if not (succeeded(tape) or succeeded(tape_rerun)):
        return SKIPPED
    return run_status("echo disk")


@task
def disk_recovery(disk: str) -> str:
    """w#recovers.disk recovery · branches.tws:35 · condition: disk failed

    streamlogon: x
    """
    if not failed(disk):
        return SKIPPED
    return run_status("echo unmount all")


@task
def print_job() -> str:
    """w#recovers.print · branches.tws:36

    machine: w
    recovery: stop
    """
    return run_status("echo print")


@task
def print_recovery(print_job: str) -> str:
    """w#recovers.print recovery · branches.tws:36 · condition: print failed

    streamlogon: x
    """
    if not failed(print_job):
        return SKIPPED
    return run_status("echo unmount all")


@task
def mail() -> str:
    """w#recovers.mail · branches.tws:37

    machine: w
    recovery: continue
    """
    return run_status("echo mail")


@task
def post(mail: str) -> str:
    """w#recovers.post · branches.tws:38 · condition: follows mail if abend

    machine: w
    recovery: stop
    """
    # TODO[A764] when w#recovers.post fails, the source asks an operator; in the workflow it fails: recovery continue abendprompt "post failed"
    if not (failed(mail) or terminated(mail)):
        return SKIPPED
    return run_status("echo post")


@task
def last(mail: str, behind: str) -> str:
    """w#recovers.last · branches.tws:40

    condition: follows mail, follows payroll.behind

    machine: w
    recovery: rerun
    """
    # TODO[A786] repeatevery 0005 of w#recovers.last is ignored
    if not ((succeeded(mail) or failed(mail)) and succeeded(behind)):
        return SKIPPED
    return run_status("echo last", retries=2)


@task
def print_job_check(print_job: str) -> str:
    """w#recovers.print · fails if it failed"""
    return require_success({"w#recovers.print": print_job})


@task
def recovers_end(
    tape: str,
    tape_rerun: str,
    disk: str,
    disk_recovery: str,
    mail: str,
    post: str,
    last: str,
    absences: str,
    tape_recovery: str,
    print_recovery: str,
) -> str:
    """w#recovers · end of the box"""
    return box_status(
        {
            "w#recovers.tape": tape,
            "w#recovers.tape recovery": tape_recovery,
            "w#recovers.tape rerun": tape_rerun,
            "w#recovers.disk": disk,
            "w#recovers.disk recovery": disk_recovery,
            "w#recovers.print recovery": print_recovery,
            "w#recovers.mail": mail,
            "w#recovers.post": post,
            "w#recovers.last": last,
        },
        success=(succeeded(tape) or succeeded(tape_rerun))
        and (succeeded(disk) or succeeded(disk_recovery))
        and (succeeded(mail) or failed(mail))
        and not_failed(post)
        and (
            succeeded(last)
            or (
                (succeeded(mail) or failed(mail))
                and (exit_code(absences) != 1 or terminated(absences))
                and (exit_code(absences) < 10 or terminated(absences))
            )
        ),
    )


@task
def payroll_network_result(recovers: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"w#recovers": recovers})


# w#payroll · branches.tws:1 (flattened)
# machine: w
# on: runcycle r "FREQ=DAILY;" at 0600 tz UTC
#
# w#recovers · branches.tws:31 · condition: follows payroll (flattened)
# machine: w
# on: runcycle r "FREQ=DAILY" at 0600 tz UTC
payroll_network = Workflow(name="payroll_network", failure_policy=KEEP_GOING)

absences_node = payroll_network.add_entity(absences).with_overrides(
    node_name="absences", name="w#payroll.absences"
)
backup_node = payroll_network.add_entity(
    backup, absences=absences_node.o0
).with_overrides(node_name="backup", name="w#payroll.backup")
intervention_node = payroll_network.add_entity(
    intervention, absences=absences_node.o0
).with_overrides(node_name="intervention", name="w#payroll.intervention")
first_node = payroll_network.add_entity(
    first, absences=absences_node.o0
).with_overrides(node_name="first", name="w#payroll.first")
behind_node = payroll_network.add_entity(behind, first=first_node.o0).with_overrides(
    node_name="behind", name="w#payroll.behind"
)
joined_node = payroll_network.add_entity(
    joined,
    backup=backup_node.o0,
    intervention=intervention_node.o0,
    absences=absences_node.o0,
    first=first_node.o0,
).with_overrides(node_name="joined", name="w#payroll.joined")
beside_node = payroll_network.add_entity(
    beside, absences=absences_node.o0
).with_overrides(node_name="beside", name="w#payroll.beside")
never_node = payroll_network.add_entity(never).with_overrides(
    node_name="never", name="w#payroll.never"
)
absences_check_node = payroll_network.add_entity(
    absences_check, absences=absences_node.o0
).with_overrides(node_name="absences-check", name="w#payroll.absences (check)")
payroll_end_node = payroll_network.add_entity(
    payroll_end,
    backup=backup_node.o0,
    intervention=intervention_node.o0,
    first=first_node.o0,
    behind=behind_node.o0,
    joined=joined_node.o0,
    beside=beside_node.o0,
).with_overrides(node_name="payroll-end", name="w#payroll (end)")
absences_check_node >> payroll_end_node
payroll_check_node = payroll_network.add_entity(
    payroll_check, payroll=payroll_end_node.o0
).with_overrides(node_name="payroll-check", name="w#payroll (check)")
tape_node = payroll_network.add_entity(tape).with_overrides(
    node_name="tape", name="w#recovers.tape"
)
payroll_check_node >> tape_node
tape_recovery_node = payroll_network.add_entity(
    tape_recovery, tape=tape_node.o0
).with_overrides(node_name="tape-recovery", name="w#recovers.tape recovery")
tape_rerun_node = payroll_network.add_entity(
    tape_rerun, tape_recovery=tape_recovery_node.o0
).with_overrides(node_name="tape-rerun", name="w#recovers.tape rerun")
disk_node = payroll_network.add_entity(
    disk, tape=tape_node.o0, tape_rerun=tape_rerun_node.o0
).with_overrides(node_name="disk", name="w#recovers.disk")
disk_recovery_node = payroll_network.add_entity(
    disk_recovery, disk=disk_node.o0
).with_overrides(node_name="disk-recovery", name="w#recovers.disk recovery")
print_job_node = payroll_network.add_entity(print_job).with_overrides(
    node_name="print-job", name="w#recovers.print"
)
payroll_check_node >> print_job_node
print_recovery_node = payroll_network.add_entity(
    print_recovery, print_job=print_job_node.o0
).with_overrides(node_name="print-recovery", name="w#recovers.print recovery")
mail_node = payroll_network.add_entity(mail).with_overrides(
    node_name="mail", name="w#recovers.mail"
)
payroll_check_node >> mail_node
post_node = payroll_network.add_entity(post, mail=mail_node.o0).with_overrides(
    node_name="post", name="w#recovers.post"
)
last_node = payroll_network.add_entity(
    last, mail=mail_node.o0, behind=behind_node.o0
).with_overrides(node_name="last", name="w#recovers.last")
print_job_check_node = payroll_network.add_entity(
    print_job_check, print_job=print_job_node.o0
).with_overrides(node_name="print-job-check", name="w#recovers.print (check)")
recovers_end_node = payroll_network.add_entity(
    recovers_end,
    tape=tape_node.o0,
    tape_rerun=tape_rerun_node.o0,
    disk=disk_node.o0,
    disk_recovery=disk_recovery_node.o0,
    mail=mail_node.o0,
    post=post_node.o0,
    last=last_node.o0,
    absences=absences_node.o0,
    tape_recovery=tape_recovery_node.o0,
    print_recovery=print_recovery_node.o0,
).with_overrides(node_name="recovers-end", name="w#recovers (end)")
print_job_check_node >> recovers_end_node
payroll_network_result_node = payroll_network.add_entity(
    payroll_network_result, recovers=recovers_end_node.o0
).with_overrides(node_name="payroll-network-result", name="payroll_network (result)")

payroll_network.add_workflow_output("never", never_node.o0)
payroll_network.add_workflow_output(
    "payroll_network_result", payroll_network_result_node.o0
)


payroll_network_schedule = LaunchPlan.get_or_create(
    payroll_network,
    name="payroll_network.schedule",
    schedule=cron("0 6 * * *", timezone="UTC"),
)


if __name__ == "__main__":
    print(f"Running payroll_network() {payroll_network()}")
