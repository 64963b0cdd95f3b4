""".._.._etc_passwd, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="etc_passwd")


@env.task(short_name="../../etc/passwd")
def etc_passwd_task() -> int:
    """../../etc/passwd · names.jil:56"""
    return run("echo 15")


@env.task(short_name=".._.._etc_passwd")
async def etc_passwd() -> list[str]:
    """.._.._etc_passwd · names.jil"""
    flow = Flow(".._.._etc_passwd", network=True)
    flow.start("../../etc/passwd", etc_passwd_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(etc_passwd).outputs()[0], sep="\n")
