"""main, converted by transpile from needs.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    SKIPPED,
    blocked,
    command,
    cron,
    not_succeeded,
    require_success,
    run,
    run_node_status,
    run_status,
    succeeded,
)


@task
def first() -> str:
    """first · needs.units:24"""
    # TODO[A097] OnFailure=first-aid.service of first.service is not kept: beside.service would run a second time; the workflow runs it once
    # TODO[A090] Restart of first.service is not kept: systemd tries again until 5 starts fall within 10s, the task 4 times
    # TODO[A091] RestartSec of first.service: the task is tried again at once, not after 30s
    return run_node_status(command("/usr/bin/first"), retries=4)


@task
def beside() -> int:
    """beside · needs.units:33"""
    return run("/usr/bin/beside")


@task
def bound() -> str:
    """bound · needs.units:38"""
    return run_status("/usr/bin/bound")


@task
def starter() -> int:
    """starter · needs.units:48"""
    return run("/usr/bin/starter")


@task
def held() -> int:
    """held · needs.units:43"""
    return run("/usr/bin/held")


@task
def main_job(first: str, bound: str) -> str:
    """main · needs.units:7

    condition: Requires first beside; BindsTo bound; Wants starter; Upholds held; After first starter bound

    command: /usr/bin/main
    Requires: nowhere.service database.service var.mount
    Requisite: ready.service
    Conflicts: other.service shutdown.target
    After: nowhere.service database.service
    """
    # TODO[A088] systemd does not start main.service: it needs nowhere.service, which is not in the estate
    # TODO[A097] Requires=database.service of main.service is not kept: the workflow does not start a daemon (Type=notify)
    # TODO[A091] Requires of main.service: both start at once: a failure of beside.service does not stop main.service
    # TODO[A097] After=first.service of main.service is not kept: systemd starts main.service, or gives it up, after the first try of first.service; the workflow waits for the last one
    # TODO[A097] BindsTo=bound.service of main.service is not kept: it stops when the other ends, and does not start behind one that has ended
    # TODO[A091] Upholds of main.service: held.service runs once; systemd starts it again while main.service runs
    # TODO[A097] Requisite=ready.service of main.service is not kept: it must be active already, and no workflow keeps a service active
    # TODO[A097] Conflicts=other.service of main.service is not kept: Flyte stops no job because another one starts
    # TODO[A091] After of main.service: main.service starts as soon as starter.service has started, not when it has ended
    # TODO[A091] OnFailure of main.service: alarm.service runs once, also after the end of several units
    # TODO[A097] OnFailure=unknown.service of main.service is not kept: it is not in the estate
    if not (succeeded(first) and succeeded(bound)):
        return SKIPPED
    return blocked("A088", "it needs nowhere.service, which is not in the estate")


@task
def alarm(first: str, main_job: str) -> str:
    """alarm · needs.units:59 · condition: OnFailure of first; OnFailure of main"""
    # TODO[A321] alarm may start late: it waits for the end of first, bound, the source may start it before
    if not (not_succeeded(first) or not_succeeded(main_job)):
        return SKIPPED
    return run_status("/usr/bin/alarm")


@task
def first_aid(first: str) -> str:
    """first-aid · needs.units:71

    condition: OnFailure of first; Requires beside; After beside
    """
    if not not_succeeded(first):
        return SKIPPED
    return run_status("/usr/bin/first-aid")


@task
def louder(first: str, main_job: str, alarm: str) -> str:
    """louder · needs.units:66 · condition: OnFailure of alarm"""
    # TODO[A321] louder may start late: it waits for the end of first, bound, the source may start it before
    if not ((not_succeeded(first) or not_succeeded(main_job)) and not_succeeded(alarm)):
        return SKIPPED
    return run_status("/usr/bin/alarm --loud")


@task
def main_result(
    first: str, bound: str, main_job: str, alarm: str, first_aid: str, louder: str
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "first": first,
            "bound": bound,
            "main": main_job,
            "alarm": alarm,
            "first-aid": first_aid,
            "louder": louder,
        }
    )


main = Workflow(name="main", failure_policy=KEEP_GOING)

first_node = main.add_entity(first).with_overrides(node_name="first", name="first")
beside_node = main.add_entity(beside).with_overrides(node_name="beside", name="beside")
bound_node = main.add_entity(bound).with_overrides(node_name="bound", name="bound")
starter_node = main.add_entity(starter).with_overrides(
    node_name="starter", name="starter"
)
held_node = main.add_entity(held).with_overrides(node_name="held", name="held")
main_job_node = main.add_entity(
    main_job, first=first_node.o0, bound=bound_node.o0
).with_overrides(node_name="main-job", name="main")
alarm_node = main.add_entity(
    alarm, first=first_node.o0, main_job=main_job_node.o0
).with_overrides(node_name="alarm", name="alarm")
first_aid_node = main.add_entity(first_aid, first=first_node.o0).with_overrides(
    node_name="first-aid", name="first-aid"
)
beside_node >> first_aid_node
louder_node = main.add_entity(
    louder, first=first_node.o0, main_job=main_job_node.o0, alarm=alarm_node.o0
).with_overrides(node_name="louder", name="louder")
main_result_node = main.add_entity(
    main_result,
    first=first_node.o0,
    bound=bound_node.o0,
    main_job=main_job_node.o0,
    alarm=alarm_node.o0,
    first_aid=first_aid_node.o0,
    louder=louder_node.o0,
).with_overrides(node_name="main-result", name="main (result)")

main.add_workflow_output("starter", starter_node.o0)
main.add_workflow_output("held", held_node.o0)
main.add_workflow_output("main_result", main_result_node.o0)


main_schedule = LaunchPlan.get_or_create(
    main,
    name="main.schedule",
    schedule=cron("0 4 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running main() {main()}")
