"""PLAIN_OUT, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="plain_out")


@env.task(short_name="PLAIN_OUT")
def plain_out_task() -> int:
    """PLAIN_OUT · commands.jil:24"""
    # TODO[A210] AUTORUN is set by the old agent, and not on Flyte
    return run("echo $AUTORUN", stdout=">> /tmp/out")


@env.task(short_name="PLAIN_OUT")
async def plain_out() -> list[str]:
    """PLAIN_OUT · commands.jil"""
    flow = Flow("PLAIN_OUT", network=True)
    flow.start("PLAIN_OUT", plain_out_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(plain_out).outputs()[0], sep="\n")
