"""GONE, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, wait_for_file

env = flyte.TaskEnvironment(name="gone")


@env.task(short_name="GONE")
def gone_task() -> int:
    """GONE · files.jil:18"""
    # TODO[A869] watch_file_type NOTEXIST is read as a single check: GONE fails if the file is there
    return wait_for_file("/data/in/lock", absent=True, once=True)


@env.task(short_name="GONE")
async def gone() -> list[str]:
    """GONE · files.jil"""
    flow = Flow("GONE", network=True)
    flow.start("GONE", gone_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(gone).outputs()[0], sep="\n")
