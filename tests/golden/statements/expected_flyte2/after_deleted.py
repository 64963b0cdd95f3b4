"""AFTER_DELETED, converted by transpile from first.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="after_deleted")


@env.task(short_name="DELETED")
def deleted() -> int:
    """DELETED · DELETED is not defined"""
    return blocked("A303", "DELETED is not defined")


@env.task(short_name="AFTER_DELETED")
def after_deleted_task() -> int:
    """AFTER_DELETED · first.jil:24 · condition: s(DELETED)"""
    # TODO[A303] job DELETED is not defined: this condition of AFTER_DELETED never holds
    return run("true")


@env.task(short_name="AFTER_DELETED")
async def after_deleted() -> list[str]:
    """AFTER_DELETED · first.jil"""
    flow = Flow("AFTER_DELETED", network=True)
    flow.start("DELETED", deleted.aio())
    flow.start("AFTER_DELETED", after_deleted_task.aio(), False)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(after_deleted).outputs()[0], sep="\n")
