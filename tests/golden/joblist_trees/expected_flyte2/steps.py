"""steps, converted by transpile from steps.json."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="steps")


@env.task(short_name="08")
def task_08() -> int:
    """08 · steps.json:2

    a name, not a number
    """
    return run("echo été")


@env.task(short_name="1_000")
def task_1_000() -> int:
    """1_000 · steps.json:3 · condition: after 08"""
    return run("echo thousand")


@env.task(short_name="on")
def on() -> int:
    """on · steps.json:4 · condition: after 1_000: all_failed

    tags: ["a", "b"]
    """
    return run("echo on")


@env.task(short_name="steps")
async def steps() -> list[str]:
    """steps · steps.json"""
    flow = Flow("steps", network=True)
    task_08_job = flow.start("08", task_08.aio())
    task_1_000_job = flow.start("1_000", task_1_000.aio(), task_08_job.succeeded)
    flow.start("on", on.aio(), task_1_000_job.not_succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(steps).outputs()[0], sep="\n")
