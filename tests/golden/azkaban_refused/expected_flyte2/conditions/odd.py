"""odd, converted by transpile from conditions/odd.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="conditions-odd")


@env.task(short_name="a")
def a() -> int:
    """a · conditions/odd.flow:2"""
    return run("./a.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@env.task(short_name="b")
def b() -> int:
    """b · conditions/odd.flow:5 · condition: after a: ${a:x}"""
    # TODO[A823] the condition of b has no translation: unexpected ${a:x}
    return blocked("A823", "unexpected ${a:x}")


@env.task(short_name="c")
def c() -> int:
    """c · conditions/odd.flow:9 · condition: one_success"""
    # TODO[A824] the condition of c never holds: the job has no dependencies
    return blocked("A824", "the job has no dependencies")


@env.task(short_name="odd")
async def odd() -> list[str]:
    """odd · conditions/odd.flow"""
    flow = Flow("odd", network=True, joins=True)
    a_job = flow.start("a", a.aio())
    flow.start("b", b.aio(), a_job.succeeded)
    flow.start("c", c.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(odd).outputs()[0], sep="\n")
