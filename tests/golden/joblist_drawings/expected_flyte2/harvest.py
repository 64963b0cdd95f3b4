"""harvest, converted by transpile from harvest.dot."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="harvest")


@env.task(short_name="pick", retries=1)
def pick() -> int:
    """pick · harvest.dot:5

    machine: field\\1
    """
    return run("echo pick")


@env.task(short_name="sort", retries=1)
def sort() -> int:
    """sort · harvest.dot:6 · condition: after pick

    label: Sort <b>fruit</b>
    """
    return run("echo 'a\\tb'")


@env.task(short_name="weigh", retries=1)
def weigh() -> int:
    """weigh · harvest.dot:7 · condition: after sort"""
    return run("echo weigh")


@env.task(short_name="press", retries=1)
def press() -> int:
    """press · harvest.dot:7 · condition: after sort"""
    return run("echo press", env={"VAT": "3"})


@env.task(short_name="rest")
def rest() -> int:
    """rest · harvest.dot:12 · condition: after press"""
    return run("echo rest", time_limit=timedelta(hours=24))


@env.task(short_name="throw", retries=1)
def throw() -> int:
    """throw · harvest.dot:17 · condition: after rest

    label of rest -> throw: bad must
    """
    return run("echo throw")


@env.task(short_name="clean", retries=1)
def clean() -> int:
    """clean · harvest.dot:20

    condition: !success(throw) & (failure(weigh) | exit(press) >= 4)
    """
    return run("echo clean")


@env.task(
    short_name="harvest",
    triggers=flyte.Trigger(
        name="harvest.schedule",
        automation=flyte.Cron("0 0 * * *", timezone="Europe/Madrid"),
    ),
)
async def harvest() -> list[str]:
    """harvest · harvest.dot"""
    flow = Flow("harvest", network=True)
    pick_job = flow.start("pick", pick.aio())
    sort_job = flow.start("sort", sort.aio(), pick_job.succeeded)
    weigh_job = flow.start("weigh", weigh.aio(), sort_job.succeeded)
    # cellar · harvest.dot:8
    cellar = flow.box("cellar")
    press_job = cellar.start("press", press.aio(), sort_job.succeeded)
    rest_job = cellar.start("rest", rest.aio(), press_job.succeeded)
    throw_job = flow.start("throw", throw.aio(), rest_job.failed | rest_job.terminated)
    flow.start(
        "clean",
        clean.aio(),
        throw_job.not_succeeded
        & (weigh_job.failed | weigh_job.terminated | press_job.exit_code(">=", 4))
        & throw_job.over
        & weigh_job.over
        & press_job.over,
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(harvest).outputs()[0], sep="\n")
