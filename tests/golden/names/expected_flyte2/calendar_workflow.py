"""calendar, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="calendar_workflow")


@env.task(short_name="json")
def json() -> int:
    """json · names.jil:61"""
    return run("echo 16")


@env.task(short_name="calendar")
async def calendar_workflow() -> list[str]:
    """calendar · names.jil"""
    flow = Flow("calendar")
    flow.start("json", json.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(calendar_workflow).outputs()[0], sep="\n")
