"""data, converted by transpile from fields/data.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="fields-data")


@env.task(short_name="data")
async def data() -> list[str]:
    """data · fields/data.flow"""
    flow = Flow("data", network=True, joins=True)
    # a · fields/data.flow:6
    flow.passes("a")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(data).outputs()[0], sep="\n")
