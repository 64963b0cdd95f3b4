"""plain, converted by transpile from plain.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="plain")


@env.task(short_name="a")
def a() -> int:
    """a · plain.flow:3"""
    return run("./a.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="b")
def b() -> int:
    """b · plain.flow:4 · condition: after a"""
    return run("./b.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="c")
def c() -> int:
    """c · plain.flow:5 · condition: after a"""
    return run("./c.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="plain")
async def plain() -> list[str]:
    """plain · plain.flow"""
    flow = Flow("plain", joins=True)
    a_job = flow.start("a", a.aio())
    b_job = flow.start("b", b.aio(), a_job.succeeded)
    c_job = flow.start("c", c.aio(), a_job.succeeded)
    # d · plain.flow:6 · condition: after b, c
    flow.passes("d", b_job.succeeded & c_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(plain).outputs()[0], sep="\n")
