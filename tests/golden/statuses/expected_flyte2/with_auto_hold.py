"""WITH_AUTO_HOLD, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="with_auto_hold")


@env.task(short_name="AUTO_HELD")
def auto_held() -> int:
    """AUTO_HELD · statuses.jil:39

    status: on hold

    command: rm -rf /
    """
    # TODO[A206] AUTO_HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@env.task(short_name="NOT_HELD")
def not_held() -> int:
    """NOT_HELD · statuses.jil:44

    status: INACTIVE
    """
    return run("true")


@env.task(short_name="WITH_AUTO_HOLD")
async def with_auto_hold() -> list[str]:
    """WITH_AUTO_HOLD · statuses.jil"""
    flow = Flow("WITH_AUTO_HOLD", terminators=("NOT_HELD",))
    flow.start("AUTO_HELD", auto_held.aio())
    flow.start("NOT_HELD", not_held.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(with_auto_hold).outputs()[0], sep="\n")
