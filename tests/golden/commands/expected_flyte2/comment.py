"""COMMENT, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="comment")


@env.task(short_name="COMMENT")
def comment_task() -> int:
    """COMMENT · commands.jil:56

    max_run_alarm: 600
    """
    # TODO[A856] comment behind the command removed: /* twice a day */
    # TODO[A873] max_run_alarm of COMMENT is ignored: nothing on Flyte raises MAXRUNALARM
    return run("echo done")


@env.task(short_name="COMMENT")
async def comment() -> list[str]:
    """COMMENT · commands.jil"""
    flow = Flow("COMMENT", network=True)
    flow.start("COMMENT", comment_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(comment).outputs()[0], sep="\n")
