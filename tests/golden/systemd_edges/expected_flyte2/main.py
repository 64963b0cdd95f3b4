"""main, converted by transpile from needs.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import (
    Flow,
    blocked,
    command,
    run,
    run_node,
    runs_already,
)

env = flyte.TaskEnvironment(name="main")


@env.task(short_name="first", retries=4)
def first() -> int:
    """first · needs.units:24"""
    # TODO[A097] OnFailure=first-aid.service of first.service is not kept: beside.service would run a second time; the workflow runs it once
    # TODO[A090] Restart of first.service is not kept: systemd tries again until 5 starts fall within 10s, the task 4 times
    # TODO[A091] RestartSec of first.service: the task is tried again at once, not after 30s
    return run_node(command("/usr/bin/first"))


@env.task(short_name="beside")
def beside() -> int:
    """beside · needs.units:33"""
    return run("/usr/bin/beside")


@env.task(short_name="bound")
def bound() -> int:
    """bound · needs.units:38"""
    return run("/usr/bin/bound")


@env.task(short_name="starter")
def starter() -> int:
    """starter · needs.units:48"""
    return run("/usr/bin/starter")


@env.task(short_name="held")
def held() -> int:
    """held · needs.units:43"""
    return run("/usr/bin/held")


@env.task(short_name="main")
def main_task() -> int:
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
    return blocked("A088", "it needs nowhere.service, which is not in the estate")


@env.task(short_name="alarm")
def alarm() -> int:
    """alarm · needs.units:59 · condition: OnFailure of first; OnFailure of main"""
    # TODO[A321] alarm may start late: it waits for the end of first, bound, the source may start it before
    return run("/usr/bin/alarm")


@env.task(short_name="first-aid")
def first_aid() -> int:
    """first-aid · needs.units:71

    condition: OnFailure of first; Requires beside; After beside
    """
    return run("/usr/bin/first-aid")


@env.task(short_name="louder")
def louder() -> int:
    """louder · needs.units:66 · condition: OnFailure of alarm"""
    # TODO[A321] louder may start late: it waits for the end of first, bound, the source may start it before
    return run("/usr/bin/alarm --loud")


@env.task(
    short_name="main",
    triggers=flyte.Trigger(
        name="main.schedule", automation=flyte.Cron("0 4 * * *", timezone="UTC")
    ),
)
async def main() -> list[str]:
    """main · needs.units"""
    if await runs_already("main.main"):
        return []

    flow = Flow("main", network=True)
    first_job = flow.start("first", first.aio())
    beside_job = flow.start("beside", beside.aio())
    bound_job = flow.start("bound", bound.aio())
    flow.start("starter", starter.aio())
    flow.start("held", held.aio())
    main_task_job = flow.start(
        "main", main_task.aio(), first_job.succeeded & bound_job.succeeded
    )
    alarm_job = flow.start(
        "alarm", alarm.aio(), first_job.not_succeeded | main_task_job.not_succeeded
    )
    flow.start(
        "first-aid", first_aid.aio(), first_job.not_succeeded & beside_job.succeeded
    )
    flow.start(
        "louder",
        louder.aio(),
        (first_job.not_succeeded | main_task_job.not_succeeded)
        & alarm_job.not_succeeded,
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(main).outputs()[0], sep="\n")
