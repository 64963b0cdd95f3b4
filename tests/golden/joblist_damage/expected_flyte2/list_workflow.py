"""list, converted by transpile from list.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="list_workflow")


@env.task(short_name="b")
def b() -> int:
    """b · list.yml:1"""
    return run("echo b")


@env.task(short_name="c")
def c() -> int:
    """c · list.yml:6"""
    return run("echo c")


@env.task(short_name="late")
def late() -> int:
    """late · list.yml:7 · condition: after b"""
    # TODO[A747] the schedule of late is ignored: it comes after b
    return run("echo late")


@env.task(short_name="list")
async def list_workflow() -> list[str]:
    """list · list.yml"""
    flow = Flow("list", network=True)
    b_job = flow.start("b", b.aio())
    # b (box) · list.yml:6
    b_box = flow.box("b (box)")
    b_box.start("c", c.aio())
    flow.start("late", late.aio(), b_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(list_workflow).outputs()[0], sep="\n")
